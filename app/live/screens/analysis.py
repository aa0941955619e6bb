"""What moderator and supervisor see of results besides, and nobody else: whether the seats agree, and how far a result
hangs on single ones.

No seat is named here: what one of them gave is the supervisor's alone to see, on the pages of the record.
"""

from fractions import Fraction

from app.live.contexts import Context
from app.live.memory import agreement_of, changes_without_a_seat
from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.result import Outcome

MOST_SEATS = 20
"""So many, and every closing can bear to be reckoned again without each of them (75 ms)."""


class OneSeatLess(Context, frozen=True, kw_only=True):
    """Each of so many ``seats`` left out in turn: how often the unit would have no result, another grade, another place
    among those scored so far."""

    seats: int
    no_result: int
    other_grade: int
    other_place: int


class AgreementTold(Context, frozen=True, kw_only=True):
    """``concordance``: Kendall's W; ``of_mean``, ``of_one``: ICC(2,k) and ICC(2,1), of points. None: it is not defined.

    ``order`` and ``reliability`` say in a word how much that is.
    """

    seats: int
    units: int
    concordance: str | None
    order: str
    of_mean: str | None
    of_one: str | None
    reliability: str


RELIABILITY = ((Fraction(9, 10), "excellent"), (Fraction(3, 4), "good"), (Fraction(1, 2), "moderate"))
"""Koo and Li, "A guideline of selecting and reporting intraclass correlation coefficients", J Chiropr Med 15 (2016)."""
ORDER = ((Fraction(7, 10), "strong"), (Fraction(1, 2), "moderate"))
"""Schmidt, "Managing Delphi surveys using nonparametric statistical techniques", Decision Sciences 28 (1997)."""


def agreement_told(meeting: Meeting) -> AgreementTold | None:
    """Of the closed rounds; None if there are too few of them."""
    found = agreement_of(meeting)
    if found is None:
        return None
    of_mean = found.correlation.of_mean if found.correlation else None
    return AgreementTold(
        seats=found.seats,
        units=found.units,
        concordance=_text(found.concordance),
        order=_word(found.concordance, ORDER, "weak"),
        of_mean=_text(of_mean),
        of_one=_text(found.correlation.of_one if found.correlation else None),
        reliability=_word(of_mean, RELIABILITY, "poor"),
    )


def can_leave_out(meeting: Meeting) -> bool:
    return len(meeting.plan.seats) <= MOST_SEATS


def one_seat_less(meeting: Meeting, round: Round) -> OneSeatLess | None:
    """Of a closed round with a result."""
    if not can_leave_out(meeting):
        return None
    found = [each for each in changes_without_a_seat(meeting) if each.round == round.id]
    without_result = sum(each.outcome is not Outcome.SCORED for each in found)
    return OneSeatLess(
        seats=len(meeting.plan.seats),
        no_result=without_result,
        other_grade=sum(each.grade is not None for each in found) - without_result,
        other_place=sum(each.moves for each in found),
    )


def _text(coefficient: Fraction | None) -> str | None:
    return None if coefficient is None else str(rounded(coefficient, 2))


def _word(coefficient: Fraction | None, lines: tuple[tuple[Fraction, str], ...], lowest: str) -> str:
    if coefficient is None:
        return ""
    return next((word for least, word in lines if coefficient >= least), lowest)
