"""The result of a round of levels: how often each was given, and which they come to."""

from decimal import Decimal

from app.meeting.meeting import Meeting
from app.meeting.plan import FIRST_RECKONING, LevelRule, Rules
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion, Level
from app.meeting.scoring.numbers import share_of
from app.meeting.scoring.result import CountedSheet, LevelCount, Outcome, Result, Turnout, Working

PLACES_AT_FIRST = 1
"""Of shares of levels, by ``FIRST_RECKONING``."""


def level_result(
    meeting: Meeting, round: Round, turnout: Turnout, sheets: list[CountedSheet], working: list[Working]
) -> Result:
    plan = meeting.plan
    places = PLACES_AT_FIRST if meeting.reckoning == FIRST_RECKONING else plan.rules.places
    scale = plan.criteria[0]
    levels = sorted(scale.levels, key=lambda level: level.points.copy_negate())
    given = [sheet.marks[scale.id] for sheet in sheets]
    counts = tuple(
        LevelCount(level, number, share_of(number, len(given), places))
        for level in levels
        for number in [given.count(level.points)]
    )
    approving = sum(count.sheets for count in counts if count.level.approving)
    approval = share_of(approving, len(given), places)
    level = _chosen_level(plan.rules, scale, given)
    working.append(Working("levels", {"levels": [f"{count.level.name} {count.sheets}" for count in counts]}))
    working.append(
        Working("approval", {"approving": str(approving), "counted": str(len(given)), "share": str(approval)})
    )
    working.append(Working(f"level_by_{plan.rules.level_rule}", {"level": level.name}))
    return Result(
        round=round.id,
        unit=round.unit,
        outcome=Outcome.SCORED,
        turnout=turnout,
        grade=level.name,
        sheets=tuple(sheets),
        levels=counts,
        level=level,
        approval=approval,
        working=tuple(working),
    )


def _chosen_level(rules: Rules, scale: Criterion, given: list[Decimal]) -> Level:
    """By plurality, of levels given equally often the lower one; by median, of two middle levels the lower one."""
    if rules.level_rule is LevelRule.MEDIAN:
        points = sorted(given)[(len(given) - 1) // 2]
    else:
        points = max(set(given), key=lambda each: (given.count(each), each.copy_negate()))
    return next(level for level in scale.levels if level.points == points)
