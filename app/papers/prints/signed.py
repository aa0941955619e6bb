"""What was submitted, as it is signed and filed: the summary of a unit, and the sheets of a seat.

Both hold the marks of single seats: they are the supervisor's, and only of rounds that are closed.
"""

from collections.abc import Sequence
from typing import Any

from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Seat
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.signing import Drawing
from app.meeting.sheets.state import Sheet, Standing
from app.store.persons import Persons, Task
from app.store.signatures import Signature, Signatures

SIGNERS = (Task.COUNTER, Task.SCRUTINEER, Task.SUPERVISOR)
"""Who signs a result, beside the seats that sign their sheets."""


def summary_of(meeting: Meeting, round: Round, people: Persons, signatures: Signatures) -> dict[str, Any]:
    """Every seat with its marks, what they come to, and who signs for it."""
    result = result_of(meeting, round)
    return {
        "unit": meeting.unit(round.unit),
        "rows": [
            {"seat": seat, "person": people.at_seat(seat.id), **_row(meeting, round, seat, signatures)}
            for seat in meeting.plan.seats
        ],
        "outcome": str(result.outcome),
        "score": "" if result.score is None else str(result.score),
        "grade": result.grade,
        "counted": result.turnout.counted,
        "columns": len(meeting.plan.criteria) + (3 if meeting.plan.mode is Mode.POINTS else 2),
        "signers": [
            {
                "task": str(task),
                "person": people.with_task(task),
                "signature": _signature_of_result(round, task, signatures),
            }
            for task in SIGNERS
        ],
    }


def sheets_of(meeting: Meeting, seat: Seat, people: Persons, signatures: Signatures) -> dict[str, Any]:
    """What one seat gave each unit."""
    return {
        "seat": seat,
        "person": people.at_seat(seat.id),
        "rows": [
            {"unit": meeting.unit(round.unit), **_row(meeting, round, seat, signatures)}
            for round in meeting.closed_rounds
        ],
    }


def path_of(drawing: Drawing) -> str:
    """The strokes as the path of a picture; a dot is a line as short as can be."""
    return "".join(f"M{_points(stroke)}{'' if len(stroke) > 2 else 'h1'}" for stroke in drawing)


def _points(stroke: Sequence[int]) -> str:
    return " ".join(f"{x},{y}" for x, y in zip(stroke[::2], stroke[1::2], strict=True))


def _row(meeting: Meeting, round: Round, seat: Seat, signatures: Signatures) -> dict[str, Any]:
    sheet, version = round.sheet(seat.id), round.sheet(seat.id).current
    is_recused = round.unit in seat.recusals
    return {
        "standing": str(Standing.RECUSED if is_recused else sheet.standing),
        "marks": [_mark(each, version.marks) for each in meeting.plan.criteria] if version else [],
        "total": str(total_of(meeting.plan, version.marks)) if version else "",
        "receipt": version.receipt if version else "",
        "signature": _signature_of_sheet(round, sheet, signatures),
    }


def _mark(criterion: Criterion, marks: dict[str, Any]) -> str:
    points = marks.get(criterion.id)
    return criterion.level_name(points) or ("" if points is None else f"{plain(points):f}")


def _signature_of_sheet(round: Round, sheet: Sheet, signatures: Signatures) -> dict[str, str]:
    """``earlier``: there is one, but of a version that does not count any more."""
    if sheet.current is None:
        return _shown(None)
    found = signatures.of_sheet(round.id, sheet.seat, sheet.current.receipt)
    before = (signatures.of_sheet(round.id, sheet.seat, version.receipt) for version in sheet.versions)
    return _shown(found, is_earlier=any(each is not None and not each.is_on_paper for each in before))


def _signature_of_result(round: Round, task: Task, signatures: Signatures) -> dict[str, str]:
    found = signatures.of_result(round.id, task, digest_of_round(round))
    return _shown(found, is_earlier=any(each.round == round.id and each.by.of == task for each in signatures.known))


def _shown(found: Signature | None, is_earlier: bool = False) -> dict[str, str]:
    if found is None:
        return {"state": "earlier" if is_earlier else "none", "path": ""}
    return {"state": "paper" if found.is_on_paper else "drawn", "path": path_of(found.drawing)}
