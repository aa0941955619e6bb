"""The results of all units in cells that fill, and the one that has just been announced."""

from app.live.contexts import Context
from app.live.memory import once, result_of, sorted_comments
from app.live.screens import parts
from app.live.screens.reveal import Stamp, stamp
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, Unit
from app.meeting.rounds.state import Round
from app.meeting.telling import tells_numbers


class KindOfComment(Context, frozen=True, kw_only=True):
    kind: str
    number: int


class Cell(Context, frozen=True, kw_only=True):
    """What has been made known of a unit; ``outcome`` is empty before its result has been shown whole.

    ``is_latest``: the last step has announced it.
    """

    number: int | None
    unit: str
    is_known: bool
    is_latest: bool
    outcome: str
    score: str | None
    grade: str
    comments: list[KindOfComment]


class Announced(Context, frozen=True, kw_only=True):
    """The result that the last step has announced, by the whole name of its unit; ``id`` is that of the unit."""

    id: str
    unit: str
    short_name: str
    score: str | None
    stamp: Stamp | None


@once
def cells(meeting: Meeting) -> list[Cell]:
    """The units that report, in their order; a result as soon as the hall has been shown the whole of it."""
    reports = [(each, meeting.unit(each.unit)) for each in meeting.presentations if each.unit]
    return [_cell(meeting, each, unit) for each, unit in reports if not meeting.agenda.runs[each.id].skipped]


def announced_round(meeting: Meeting, scene: Scene) -> Round | None:
    """None if the announcement did not bring the scene, or was of several: those are seen among the others."""
    told = [each for each in meeting.revealed_rounds if _has_just_been(meeting, each.id)]
    if scene != meeting.displays.shown:
        return None
    return told[0] if len(told) == 1 and tells_numbers(meeting.plan) else None


def announced(meeting: Meeting, scene: Scene) -> Announced | None:
    told = announced_round(meeting, scene)
    if told is None:
        return None
    result, unit = result_of(meeting, told), meeting.unit(told.unit)
    return Announced(
        id=unit.id,
        unit=unit.name,
        short_name=unit.short_name,
        score=str(result.score) if result.score is not None else None,
        stamp=stamp(result.grade) if result.grade else None,
    )


def _has_just_been(meeting: Meeting, round: str) -> bool:
    return meeting.displays.shown is not None and meeting.script.announces(round)


def _cell(meeting: Meeting, item: AgendaItem, unit: Unit) -> Cell:
    round = meeting.rounds.get(item.id)
    result = result_of(meeting, round) if round and round.is_revealed else None
    comments = [] if meeting.plan.is_scored else _released(meeting, unit)
    return Cell(
        number=parts.number_of(meeting, item),
        unit=unit.short_name,
        is_known=bool(result or comments),
        is_latest=bool(result) and _has_just_been(meeting, item.id),
        outcome=result.outcome if result else "",
        score=str(result.score) if result and result.score is not None and tells_numbers(meeting.plan) else None,
        grade=result.grade if result else "",
        comments=comments,
    )


def _released(meeting: Meeting, unit: Unit) -> list[KindOfComment]:
    kinds = [comment.kind for comment in sorted_comments(meeting).released_on.get(unit.id, [])]
    return [KindOfComment(kind=kind, number=kinds.count(kind)) for kind in dict.fromkeys(sorted(kinds))]
