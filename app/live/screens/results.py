"""The results with their working: all of them for staff, the revealed ones for everybody."""

from msgspec.structs import asdict

from app.live.screens import composites, parts, pictures, votes
from app.live.screens.analysis import agreement_told, one_seat_less
from app.live.screens.glance import is_over, tables_known, times_held, units_at_a_glance, what_is_told
from app.live.screens.promised import listed
from app.live.screens.results_contexts import (
    AllComments,
    Board,
    Counted,
    CriterionMean,
    CriterionNamed,
    GroupMean,
    MarkTold,
    ResultOfUnit,
    Spread,
    Turnout,
)
from app.live.screens.strip import Scale, scale_of, strip
from app.live.views import Look, Region, View
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, Mode
from app.meeting.promises.counting import revealed_counts
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.rubric import Level
from app.meeting.scoring.result import Result
from app.meeting.script.steps import waits_for_check
from app.meeting.telling import Account, SheetTold, tells_numbers

MOST_COMMENTS = 50
"""Of one unit, as they stand on a page that is painted anew with each of them; the record holds all."""


def board(look: Look) -> Board:
    meeting, is_staff, unit = look.meeting, look.viewer.is_staff, look.viewer.unit
    plan, shown = meeting.plan, meeting.closed_rounds if is_staff else meeting.revealed_rounds
    units = units_at_a_glance(meeting, shown, is_staff)
    return Board(
        title=plan.name,
        is_rehearsal=plan.is_rehearsal,
        code=plan.code,
        status=parts.status(meeting),
        mode=plan.mode,
        seal=meeting.seal,
        rules=parts.rules_said(plan) if meeting.seal and not unit else [],
        is_staff=is_staff,
        receipts=plan.rules.receipts_told,
        full=str(plan.full_score),
        numbers_told=is_staff or tells_numbers(plan),
        unit=unit,
        tables=tables_known(units),
        is_ranked=any(each.rank for each in units),
        criteria=[CriterionNamed(name=each.name, out_of=parts.out_of(each)) for each in plan.criteria],
        levels=[level.name for level in _levels(meeting)],
        agreement=agreement_told(meeting) if is_staff and not unit else None,
        units=[each for each in units if unit in (None, each.unit)],
        results=_results(look, shown) if plan.is_scored else _commented(meeting, unit),
    )


def all_comments(meeting: Meeting, asked: str) -> AllComments | None:
    """A page of all released comments, newest first."""
    page = parts.page_of(asked, parts.number_released(meeting))
    if page is None:
        return None
    shown = parts.released_comments(meeting, parts.COMMENTS_A_PAGE, start=page.start)
    return AllComments(**asdict(page), comments=shown)


def _results(look: Look, shown: list[Round]) -> list[ResultOfUnit]:
    """All of them on one scale, also that of a unit which was asked for alone."""
    meeting, viewer = look.meeting, look.viewer
    told = [what_is_told(meeting, round, viewer.is_staff) for round in shown]
    totals = [each.total for _, account in told for each in account.totals]
    scores = [result.score for result, _ in told if result.score is not None]
    scale = scale_of(meeting.plan, [*totals, *scores])
    return [
        _result(look, round, result, account, scale)
        for round, (result, account) in zip(shown, told, strict=True)
        if viewer.unit in (None, round.unit)
    ]


def _result(look: Look, round: Round, result: Result, account: Account, scale: Scale | None) -> ResultOfUnit:
    meeting, is_staff = look.meeting, look.viewer.is_staff
    totals = parts.totals(account, with_trim=True)
    return ResultOfUnit(
        round=round.id,
        unit=meeting.unit(round.unit).name,
        unit_id=round.unit,
        short_name=meeting.unit(round.unit).short_name,
        is_revealed=round.is_revealed,
        check=digest_of_round(round) if is_staff and waits_for_check(meeting, round) else "",
        less=one_seat_less(meeting, round) if is_staff and result.is_scored else None,
        outcome=result.outcome,
        score=str(result.score) if result.score is not None else None,
        grade=result.grade,
        approval=str(result.approval) if result.approval is not None else None,
        turnout=_turnout(result),
        criteria=_criteria(meeting, account),
        groups=_groups(meeting, account),
        spread=_spread(account),
        levels=parts.levels_given(result),
        totals=totals,
        picture=strip(meeting.plan.rules.grades, scale, tuple(totals), result.score),
        sheets=[_sheet(meeting, each) for each in account.sheets],
        withheld=sorted(account.withheld),
        working=account.working,
        promises=listed(meeting, meeting.unit(round.unit)) if revealed_counts(meeting, round.unit) else [],
        comments=parts.released_comments(meeting, MOST_COMMENTS, round.unit),
        more_comments=max(parts.number_released(meeting, round.unit) - MOST_COMMENTS, 0),
        times=times_held(meeting, meeting.item(round.id)),
        is_over=is_over(meeting, meeting.item(round.id)),
    )


def _commented(meeting: Meeting, unit: str | None) -> list[ResultOfUnit]:
    """Where nothing is scored: what was said of the units whose time has begun."""
    begun = [each for each in meeting.presentations if meeting.agenda.runs[each.id].has_begun]
    return [_of_comments(meeting, each) for each in begun if unit in (None, each.unit)]


def _of_comments(meeting: Meeting, item: AgendaItem) -> ResultOfUnit:
    unit = meeting.unit(item.unit or "")
    return ResultOfUnit(
        round=item.id,
        unit=unit.name,
        unit_id=unit.id,
        short_name=unit.short_name,
        is_revealed=True,
        check="",
        less=None,
        outcome="",
        score=None,
        grade="",
        approval=None,
        turnout=None,
        criteria=[],
        groups=[],
        spread=None,
        levels=[],
        totals=[],
        picture=None,
        sheets=[],
        withheld=[],
        working=(),
        promises=listed(meeting, unit) if revealed_counts(meeting, unit.id) else [],
        comments=parts.released_comments(meeting, MOST_COMMENTS, unit.id),
        more_comments=max(parts.number_released(meeting, unit.id) - MOST_COMMENTS, 0),
        times=times_held(meeting, item),
        is_over=is_over(meeting, item),
    )


def _levels(meeting: Meeting) -> list[Level]:
    """As they are counted: best first."""
    found = [level for each in meeting.plan.criteria for level in each.levels]
    return sorted(found, key=lambda level: level.points, reverse=True) if meeting.plan.mode is Mode.LEVELS else []


def _turnout(result: Result) -> Turnout:
    names = Turnout.__struct_fields__
    return Turnout(**{name: getattr(result.turnout, name) for name in names})


def _groups(meeting: Meeting, account: Account) -> list[GroupMean]:
    groups = [(meeting.plan.group(each.group), each) for each in account.groups]
    return [
        GroupMean(group=group.id, group_name=group.name, sheets=each.sheets, mean=str(each.shown))
        for group, each in groups
    ]


def _criteria(meeting: Meeting, account: Account) -> list[CriterionMean]:
    return [
        CriterionMean(
            name=criterion.name,
            mean=str(each.shown),
            maximum=str(plain(criterion.maximum)),
            out_of=parts.out_of(criterion),
            share=pictures.bar(each.shown, criterion.minimum, criterion.maximum),
        )
        for each in account.criteria
        for criterion in [meeting.criterion(each.criterion)]
    ]


def _spread(account: Account) -> Spread | None:
    if account.spread is None:
        return None
    return Spread(**{name: str(getattr(account.spread, name)) for name in Spread.__struct_fields__})


def _sheet(meeting: Meeting, sheet: SheetTold) -> Counted:
    return Counted(
        receipt=sheet.receipt,
        shown=_level_of(meeting, sheet) or ("" if sheet.total is None else str(sheet.total)),
        dropped=sheet.dropped,
        marks=[
            MarkTold(points=str(sheet.marks[c.id]), dropped=sheet.dropped_marks.get(c.id, ""))
            for c in meeting.plan.criteria
            if c.id in sheet.marks
        ],
    )


def _level_of(meeting: Meeting, sheet: SheetTold) -> str:
    """The name of the level given; empty where points are given, or where it is not told."""
    scale = meeting.plan.criteria[0]
    return scale.level_name(sheet.marks.get(scale.id))


REGIONS = (
    Region("results-board", board),
    Region("results-composites", composites.told),
    Region("results-votes", votes.told),
)
RESULTS = View("results", REGIONS, pause=0.25)
