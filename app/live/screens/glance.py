"""All units of a meeting in one table: what has been told of each, and how long it took."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from app.live.memory import public_account, result_of, sorted_comments
from app.live.screens import parts, pictures
from app.live.screens.overview import KindOfComment
from app.live.screens.results_contexts import MeanAtAGlance, TimeHeld, UnitAtAGlance
from app.meeting.comments.state import CommentKind
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import Ranked, ranking
from app.meeting.scoring.result import Result
from app.meeting.telling import Account, told, told_to_staff


def what_is_told(meeting: Meeting, round: Round, is_staff: bool) -> tuple[Result, Account]:
    """The result of a round, and how it came about, as far as this viewer is told."""
    result = result_of(meeting, round)
    if is_staff:
        return result, told_to_staff(result)
    return told(meeting.plan, result), public_account(meeting, round)


def units_at_a_glance(meeting: Meeting, shown: Sequence[Round], is_staff: bool) -> list[UnitAtAGlance]:
    """``shown``: the rounds whose results this viewer sees."""
    if not meeting.opened_at:
        return []
    items = [item for item in meeting.presentations if _reports(meeting, item)]
    known = {round.id: what_is_told(meeting, round, is_staff) for round in shown}
    ranks = _ranks(meeting, shown) if is_staff or meeting.plan.rules.ranks_told else {}
    longest = max((_longest(meeting, item) for item in items), default=timedelta())
    rows = [_row(meeting, item, known.get(item.id), ranks.get(item.id), longest) for item in items]
    return sorted(rows, key=lambda row: row.rank or len(rows) + 1) if ranks else rows


def times_held(meeting: Meeting, item: AgendaItem) -> list[TimeHeld]:
    """Segment by segment."""
    run, has_had_time = meeting.agenda.runs[item.id], is_over(meeting, item)
    return [
        TimeHeld(
            kind=segment.kind,
            planned=parts.milliseconds(segment.planned),
            allotted=parts.milliseconds(segment.planned + run.added[at]),
            actual=parts.milliseconds(run.spent[at]) if has_had_time else None,
        )
        for at, segment in enumerate(item.segments)
    ]


def tables_known(units: Sequence[UnitAtAGlance]) -> list[str]:
    """Of what something is known of any unit."""
    known = {
        "criteria": any(len(each.means) > 1 for each in units),
        "levels": any(each.levels for each in units),
        "times": any(each.time.actual is not None for each in units),
    }
    return [name for name, is_known in known.items() if is_known]


def is_over(meeting: Meeting, item: AgendaItem) -> bool:
    """Whether a unit has had its time: that of one on the stage is not known yet."""
    is_on = meeting.agenda.place is not None and meeting.agenda.place.item == item.id and not meeting.is_finished
    return meeting.agenda.runs[item.id].has_begun and not is_on


def _reports(meeting: Meeting, item: AgendaItem) -> bool:
    return not meeting.agenda.runs[item.id].skipped or item.id in meeting.rounds


def _ranks(meeting: Meeting, shown: Sequence[Round]) -> dict[str, Ranked]:
    ranked = ranking(meeting, [result_of(meeting, round) for round in shown])
    return {each.result.round: each for each in ranked}


def _row(
    meeting: Meeting,
    item: AgendaItem,
    known: tuple[Result, Account] | None,
    ranked: Ranked | None,
    longest: timedelta,
) -> UnitAtAGlance:
    unit, run = meeting.unit(item.unit or ""), meeting.agenda.runs[item.id]
    result, account = known or (None, None)
    round, spread = meeting.rounds.get(item.id), account.spread if account else None
    return UnitAtAGlance(
        unit=unit.id,
        name=unit.short_name,
        number=None if meeting.lacks_order else parts.number_of(meeting, item),
        is_revealed=round is not None and round.is_revealed,
        outcome=result.outcome if result else "",
        score=str(result.score) if result and result.score is not None else None,
        grade=result.grade if result else "",
        rank=ranked.rank if ranked else None,
        broken_by=ranked.broken_by if ranked else None,
        approval=str(result.approval) if result and result.approval is not None else None,
        counted=result.turnout.counted if result else None,
        entitled=result.turnout.entitled if result else None,
        lowest=str(spread.lowest) if spread else "",
        highest=str(spread.highest) if spread else "",
        means=_means(meeting, account) if account else [],
        levels=parts.levels_given(result) if result else [],
        comments=_comments(meeting, unit.id),
        time=_time(meeting, item),
        planned_share=_share(item.planned, longest),
        actual_share=_share(sum(run.spent, timedelta()), longest) if is_over(meeting, item) else "0",
    )


def _means(meeting: Meeting, account: Account) -> list[MeanAtAGlance]:
    return [
        MeanAtAGlance(mean=str(each.shown), share=pictures.bar(each.shown, criterion.minimum, criterion.maximum))
        for each in account.criteria
        for criterion in [meeting.criterion(each.criterion)]
    ]


def _comments(meeting: Meeting, unit: str) -> list[KindOfComment]:
    """How many stand on the screens."""
    released = sorted_comments(meeting).released_on.get(unit, [])
    return [KindOfComment(kind=kind, number=sum(each.kind is kind for each in released)) for kind in CommentKind]


def _time(meeting: Meeting, item: AgendaItem) -> TimeHeld:
    held = times_held(meeting, item)
    actual = [each.actual for each in held if each.actual is not None]
    return TimeHeld(
        kind="",
        planned=sum(each.planned for each in held),
        allotted=sum(each.allotted for each in held),
        actual=sum(actual) if actual else None,
    )


def _longest(meeting: Meeting, item: AgendaItem) -> timedelta:
    """What the longest bar stands for."""
    run = meeting.agenda.runs[item.id]
    return max(item.planned, sum(run.spent, timedelta()) if is_over(meeting, item) else timedelta())


def _share(time: timedelta, longest: timedelta) -> str:
    return pictures.bar(Decimal(parts.milliseconds(time)), Decimal(0), Decimal(parts.milliseconds(longest))) or "0"
