"""The script before the moderator: the step that comes next, and the last ones taken."""

from itertools import islice
from typing import Any

from app.live.contexts import Context
from app.live.memory import result_of
from app.live.screens import parts
from app.live.screens.parts import PlaceShown, Tally
from app.meeting.comments.summing_up import pages_shown
from app.meeting.meeting import Meeting
from app.meeting.plan import ResultsShown
from app.meeting.scoring.reckoning import reveal_steps
from app.meeting.script.state import Step, StepKind, Taken
from app.meeting.script.steps import can_be_passed, next_step, rounds_of_grade, steps_back

LAST_TAKEN = 5


class CommentOffered(Context, frozen=True, kw_only=True):
    id: str
    kind: str
    seat: str
    text: str


class StepShown(Context, frozen=True, kw_only=True):
    """What a step is about, as far as it is: ``unit`` by its short name, ``parts`` of the reveal of which it shows
    ``part``, ``page`` (from 1) of ``pages``, ``number`` of a lot. ``units`` are those whose results it tells."""

    id: str
    kind: str
    place: PlaceShown | None
    round: str
    unit: str
    part: str
    parts: list[str]
    page: int
    pages: int
    grade: str
    units: list[str]
    number: int
    comment: CommentOffered | None


class StepOffered(StepShown, frozen=True, kw_only=True):
    """The step that ``advance`` takes. Before a round closes: its sheets, the seats that are missing, and their ids.

    ``can_be_passed``: whether ``pass_step`` takes it. ``outcome``: why the unit that has just been scored has no result
    to be shown; null if it has one.
    """

    sheets: Tally | None
    missing: list[str]
    without: list[str]
    can_be_passed: bool
    outcome: str | None


class StepTaken(StepShown, frozen=True, kw_only=True):
    """A step that can be taken back; its ``id`` is that of ``undo_step``. ``at``: milliseconds since 1970.

    ``passed``: it was passed over.
    """

    at: int | None
    time: str
    passed: bool


def offered(meeting: Meeting) -> StepOffered | None:
    step = next_step(meeting)
    if step is None:
        return None
    round = meeting.rounds.get(step.round) if step.kind is StepKind.CLOSE else None
    missing = meeting.missing(round) if round else []
    told = rounds_of_grade(meeting, step.grade) if step.kind is StepKind.ANNOUNCE_GRADE else ()
    return StepOffered(
        **_shown(meeting, step, step.id, told),
        sheets=parts.tally(meeting, round),
        missing=[seat.label for seat in missing],
        without=[seat.id for seat in missing],
        can_be_passed=can_be_passed(meeting, step),
        outcome=_no_result(meeting) if step.kind in (StepKind.ENTER, StepKind.FINISH) else None,
    )


def taken(meeting: Meeting) -> list[StepTaken]:
    """The last ones, the latest first."""
    return [_taken(meeting, each) for each in islice(steps_back(meeting), LAST_TAKEN)]


def _taken(meeting: Meeting, taken: Taken) -> StepTaken:
    return StepTaken(
        **_shown(meeting, taken.step, taken.id, tuple(taken.told)),
        at=parts.instant(taken.at),
        time=parts.time_of_day(meeting, taken.at),
        passed=taken.passed,
    )


def _shown(meeting: Meeting, step: Step, id: str, told: tuple[str, ...]) -> dict[str, Any]:
    """The fields of ``StepShown``."""
    comment = meeting.comments.get(step.comment)
    item = step.round or (step.place.item if step.place else "")
    unit = step.unit or (comment.unit if comment else meeting.item(item).unit if item else None)
    round = meeting.rounds.get(step.round)
    closed = result_of(meeting, round) if round and not round.is_open else None
    return {
        "id": id,
        "kind": step.kind,
        "place": parts.place(meeting, step.place),
        "round": step.round,
        "unit": meeting.unit(unit).short_name if unit else "",
        "part": step.part,
        "parts": list(reveal_steps(closed)) if closed and step.kind is StepKind.SHOW else [],
        "page": step.page + 1,
        "pages": len(pages_shown(meeting, step.unit)) if step.kind is StepKind.SUM_UP else 0,
        "grade": step.grade,
        "units": [meeting.unit(meeting.rounds[each].unit).short_name for each in told if each in meeting.rounds],
        "number": step.number,
        "comment": CommentOffered(
            id=comment.id, kind=comment.kind, seat=meeting.seat(comment.seat).label, text=comment.text
        )
        if comment
        else None,
    }


def _no_result(meeting: Meeting) -> str | None:
    """Of a unit that has been scored, and whose result would have been shown."""
    item = meeting.current_item
    round = meeting.rounds.get(item.id) if item else None
    if round is None or round.is_open or meeting.plan.rules.results_shown is ResultsShown.BY_HAND:
        return None
    result = result_of(meeting, round)
    return None if result.is_scored else str(result.outcome)
