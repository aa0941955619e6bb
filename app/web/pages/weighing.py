"""What the supervisor alone sees: how each seat judged beside the others, and what would be otherwise without it."""

from fractions import Fraction
from typing import Any

from app.live.memory import changes_without_a_seat, result_of
from app.live.screens.analysis import agreement_told, can_leave_out
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.severity import Severity, severities


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """``units`` are those scored so far, ``seats`` how far each lay from the others in each of them."""
    closed = [each for each in meeting.closed_rounds if result_of(meeting, each).is_scored]
    return {
        "agreement": agreement_told(meeting),
        "units": [meeting.unit(each.unit).short_name for each in closed],
        "seats": [_row(meeting, closed, each) for each in _severities(meeting)],
    }


def without_seats(meeting: Meeting, round: Round) -> list[dict[str, Any]] | None:
    """The seats without which a unit would have no result, another grade or another place; None: not reckoned."""
    if not result_of(meeting, round).is_scored or not can_leave_out(meeting):
        return None
    return [
        {"seat": meeting.seat(each.seat).label, "outcome": each.outcome, "grade": each.grade, "moves": each.moves}
        for each in changes_without_a_seat(meeting)
        if each.round == round.id
    ]


def deviations(meeting: Meeting, round: Round) -> dict[str, str]:
    """By seat: its total less the median of the others'."""
    found = {each.seat: each.deviations.get(round.id) for each in _severities(meeting)}
    return {seat: _signed(deviation) for seat, deviation in found.items() if deviation is not None}


def _severities(meeting: Meeting) -> list[Severity]:
    """Of points; what levels are apart is no number."""
    results = [result_of(meeting, each) for each in meeting.closed_rounds]
    return severities(meeting.plan, results) if meeting.plan.mode is Mode.POINTS else []


def _row(meeting: Meeting, closed: list[Round], severity: Severity) -> dict[str, Any]:
    found = [severity.deviations.get(each.id) for each in closed]
    return {
        "seat": meeting.seat(severity.seat).label,
        "mean": _signed(severity.mean),
        "deviations": ["" if each is None else _signed(each) for each in found],
    }


def _signed(number: Fraction) -> str:
    """``+1.50``, ``−0.25``, ``0.00``."""
    shown = rounded(number, 2)
    return f"{shown:+f}".replace("-", "−") if shown else str(abs(shown))
