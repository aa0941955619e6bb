"""Sheets: marks given as they come, submission with everything said again, abstention, recusal, correction."""

import base64
import hashlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.decimals import plain
from app.meeting.lookups import must_be_open, the_criterion, the_round, the_seat, the_unit, unit_name
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.numbers import total_of
from app.meeting.sheets.state import Correction, SheetVersion, Standing
from app.meeting.texts import the_author, the_reason

SHORTEST_SALT = 16


def give_score(meeting: Meeting, command: c.GiveScore, now: datetime) -> list[e.Event]:
    round, seat = open_sheet(meeting, command.round, command.seat)
    criterion = the_criterion(meeting, command.criterion)
    points = _valid(criterion, command.points)
    is_given = round.sheet(seat.id).marks.get(criterion.id) == points
    return [] if is_given else [e.ScoreGiven(round.id, seat.id, criterion.id, points, at=now)]


def erase_score(meeting: Meeting, command: c.EraseScore, now: datetime) -> list[e.Event]:
    round, seat = open_sheet(meeting, command.round, command.seat)
    criterion = the_criterion(meeting, command.criterion)
    refuse_unless(criterion.id in round.sheet(seat.id).marks, "score.not_given", criterion=criterion.name)
    return [e.ScoreErased(round.id, seat.id, criterion.id, at=now)]


def submit_sheet(meeting: Meeting, command: c.SubmitSheet, now: datetime) -> list[e.Event]:
    round, seat = _seat_in_round(meeting, command.round, command.seat)
    shown = the_unit(meeting, command.unit)
    unit = unit_name(meeting, round)
    refuse_unless(shown.id == round.unit, "sheet.other_unit", unit=unit, shown=shown.short_name)
    marks = _complete(meeting, command.marks)
    total = total_of(meeting.plan, marks)
    is_right = command.total.is_finite() and command.total == total
    refuse_unless(is_right, "sheet.other_total", shown=f"{command.total:.40g}", total=str(total))
    _must_not_be_recused(meeting, round, seat)
    version = _version(round, seat, marks, command.salt, now)
    sheet = round.sheet(seat.id)
    handed_in = sheet.current if round.is_open else sheet.late or sheet.current
    refuse_if(handed_in is not None and handed_in.marks == marks, "sheet.already_submitted")
    if not round.is_open:
        return [e.SheetCameLate(round.id, seat.id, version, at=now)]
    _must_not_have_left(meeting, round, seat)
    return [e.SheetSubmitted(round.id, seat.id, version, at=now)]


def abstain(meeting: Meeting, command: c.Abstain, now: datetime) -> list[e.Event]:
    round, seat = _open_round(meeting, command.round, command.seat)
    unit = unit_name(meeting, round)
    standing = round.sheet(seat.id).standing
    refuse_if(standing is Standing.RECUSED, "seat.recused", seat=seat.label, unit=unit)
    refuse_if(standing is Standing.ABSTAINED, "sheet.already_abstained", seat=seat.label, unit=unit)
    return [e.SeatAbstained(round.id, seat.id, at=now)]


def recuse(meeting: Meeting, command: c.Recuse, now: datetime) -> list[e.Event]:
    round, seat = _open_round(meeting, command.round, command.seat)
    recused = round.sheet(seat.id).standing is Standing.RECUSED
    refuse_if(recused, "seat.recused", seat=seat.label, unit=unit_name(meeting, round))
    return [e.SeatRecused(round.id, seat.id, the_reason(command.reason), at=now)]


def return_to_sheet(meeting: Meeting, command: c.ReturnToSheet, now: datetime) -> list[e.Event]:
    round, seat = _open_round(meeting, command.round, command.seat)
    has_left = round.sheet(seat.id).standing in (Standing.ABSTAINED, Standing.RECUSED)
    refuse_unless(has_left, "seat.not_recused", seat=seat.label, unit=unit_name(meeting, round))
    return [e.SeatReturned(round.id, seat.id, at=now)]


def correct_sheet(meeting: Meeting, command: c.CorrectSheet, now: datetime) -> list[e.Event]:
    """Also to the marks that stand there already: a refusal of those would say without a trace whose a sheet is."""
    round, seat = _correctable(meeting, command.round, command.seat)
    correction = Correction(the_author(command.author), the_reason(command.reason))
    marks = _complete(meeting, command.marks)
    version = replace(_version(round, seat, marks, command.salt, now), correction=correction)
    return [e.SheetCorrected(round.id, seat.id, version, at=now)]


def void_sheet(meeting: Meeting, command: c.VoidSheet, now: datetime) -> list[e.Event]:
    round, seat = _correctable(meeting, command.round, command.seat)
    correction = Correction(the_author(command.author), the_reason(command.reason))
    is_void = round.sheet(seat.id).standing is Standing.VOID
    return [] if is_void else [e.SheetVoided(round.id, seat.id, correction, at=now)]


def accept_late_sheet(meeting: Meeting, command: c.AcceptLateSheet, now: datetime) -> list[e.Event]:
    round, seat = _correctable(meeting, command.round, command.seat)
    correction = Correction(the_author(command.author), the_reason(command.reason))
    sheet = round.sheet(seat.id)
    if sheet.late is None:
        raise Refused("sheet.not_late", seat=seat.label)
    version = replace(sheet.late, number=len(sheet.versions) + 1, correction=correction)
    return [e.SheetCorrected(round.id, seat.id, version, at=now)]


def receipt_of(salt: str, round: str, seat: str, marks: dict[str, Decimal]) -> str:
    """Eight letters and digits in two groups, from the SHA-256 of salt, round, seat and marks."""
    said = "|".join([salt, round, seat, *(f"{criterion}={marks[criterion]}" for criterion in sorted(marks))])
    code = base64.b32encode(hashlib.sha256(said.encode()).digest()).decode()
    return f"{code[:4]}-{code[4:8]}"


def _seat_in_round(meeting: Meeting, round_id: str, seat_id: str) -> tuple[Round, Seat]:
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    seat = the_seat(meeting, seat_id)
    round = the_round(meeting, round_id)
    recused = round.unit in seat.recusals
    refuse_if(recused, "seat.recused", seat=seat.label, unit=unit_name(meeting, round))
    return round, seat


def _open_round(meeting: Meeting, round_id: str, seat_id: str) -> tuple[Round, Seat]:
    must_be_open(meeting)
    round, seat = _seat_in_round(meeting, round_id, seat_id)
    refuse_unless(round.is_open, "round.closed", unit=unit_name(meeting, round))
    return round, seat


def open_sheet(meeting: Meeting, round_id: str, seat_id: str) -> tuple[Round, Seat]:
    round, seat = _open_round(meeting, round_id, seat_id)
    _must_not_have_left(meeting, round, seat)
    return round, seat


def _must_not_have_left(meeting: Meeting, round: Round, seat: Seat) -> None:
    _must_not_be_recused(meeting, round, seat)
    has_abstained = round.sheet(seat.id).standing is Standing.ABSTAINED
    refuse_if(has_abstained, "sheet.abstained", seat=seat.label, unit=unit_name(meeting, round))


def _must_not_be_recused(meeting: Meeting, round: Round, seat: Seat) -> None:
    """Neither by the plan nor by a word in the meeting."""
    is_recused = round.unit in seat.recusals or round.sheet(seat.id).standing is Standing.RECUSED
    refuse_if(is_recused, "seat.recused", seat=seat.label, unit=unit_name(meeting, round))


def _correctable(meeting: Meeting, round_id: str, seat_id: str) -> tuple[Round, Seat]:
    """A closed round whose result the hall has not seen: a correction is never watched live."""
    seat = the_seat(meeting, seat_id)
    round = the_round(meeting, round_id)
    unit = unit_name(meeting, round)
    _must_not_be_recused(meeting, round, seat)
    refuse_if(round.is_open, "round.still_open", unit=unit)
    refuse_if(round.is_being_revealed, "result.revealed", unit=unit)
    return round, seat


def _complete(meeting: Meeting, marks: dict[str, Decimal]) -> dict[str, Decimal]:
    for id in marks:
        the_criterion(meeting, id)
    missing = tuple(criterion.name for criterion in meeting.plan.criteria if criterion.id not in marks)
    refuse_if(bool(missing), "sheet.incomplete", criteria=missing)
    return {criterion.id: _valid(criterion, marks[criterion.id]) for criterion in meeting.plan.criteria}


def _valid(criterion: Criterion, points: Decimal) -> Decimal:
    refuse_unless(points.is_finite(), "score.not_a_number", criterion=criterion.name)
    minimum, maximum = str(plain(criterion.minimum)), str(plain(criterion.maximum))
    in_range = criterion.minimum <= points <= criterion.maximum
    said = f"{points:.6g}"
    refuse_unless(
        in_range, "score.out_of_range", criterion=criterion.name, minimum=minimum, maximum=maximum, points=said
    )
    if criterion.levels:
        refuse_unless(criterion.allows(points), "score.no_such_level", criterion=criterion.name)
    step = str(plain(criterion.step))
    refuse_unless(criterion.allows(points), "score.off_step", criterion=criterion.name, step=step, points=said)
    return plain(points)


def _version(round: Round, seat: Seat, marks: dict[str, Decimal], salt: str, now: datetime) -> SheetVersion:
    refuse_if(len(salt) < SHORTEST_SALT, "salt.missing")
    must_be_an_id(salt)
    number = len(round.sheet(seat.id).versions) + 1
    return SheetVersion(number, marks, now, receipt_of(salt, round.id, seat.id, marks))
