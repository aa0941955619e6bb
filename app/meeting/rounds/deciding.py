"""Scoring rounds: open, close, reopen. Moving on does not close a round; only somebody's word does."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.lookups import must_be_open, the_presentation, the_round, unit_name
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind, RoundsOpen
from app.meeting.polls.deciding import closed_with
from app.meeting.polls.deciding import opened_with as polled_with
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.rounds.state import Round
from app.meeting.texts import the_reason


def open_round(meeting: Meeting, command: c.OpenRound, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    item, unit = the_presentation(meeting, command.round)
    refuse_if(meeting.agenda.runs[item.id].skipped, "item.skipped", item=item.title)
    round = meeting.rounds.get(item.id)
    refuse_if(round is not None and round.is_open, "round.already_open", unit=unit.short_name)
    refuse_if(round is not None, "round.was_closed", unit=unit.short_name)
    return _opened(meeting, item.id, unit.id, now)


def close_round(meeting: Meeting, command: c.CloseRound, now: datetime) -> list[e.Event]:
    round = the_round(meeting, command.round)
    refuse_unless(round.is_open, "round.closed", unit=unit_name(meeting, round))
    missing = meeting.missing(round)
    if {seat.id for seat in missing} - set(command.without):
        raise Refused(
            "round.sheets_missing",
            unit=unit_name(meeting, round),
            seats=tuple(seat.label for seat in missing),
            again={"without": [seat.id for seat in missing]},
        )
    return _closed(meeting, round, now)


def close_all_rounds(meeting: Meeting, command: c.CloseAllRounds, now: datetime) -> list[e.Event]:
    rounds = meeting.open_rounds
    refuse_unless(bool(rounds), "rounds.none_open")
    missing = [(round, seat) for round in rounds for seat in meeting.missing(round)]
    if {f"{round.id}/{seat.id}" for round, seat in missing} - set(command.without):
        raise Refused(
            "rounds.sheets_missing",
            seats=tuple(f"{unit_name(meeting, round)} {seat.label}" for round, seat in missing),
            again={"without": [f"{round.id}/{seat.id}" for round, seat in missing]},
        )
    return [event for round in rounds for event in _closed(meeting, round, now)]


def reopen_round(meeting: Meeting, command: c.ReopenRound, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    round = the_round(meeting, command.round)
    unit = unit_name(meeting, round)
    refuse_if(round.is_open, "round.already_open", unit=unit)
    refuse_if(round.is_being_revealed, "result.revealed", unit=unit)
    return [e.RoundReopened(round.id, the_reason(command.reason), at=now)]


def opened_with(meeting: Meeting, place: Place, now: datetime) -> list[e.Event]:
    """The round that opens by itself as a segment begins. What was closed by hand is not opened again."""
    item = meeting.item(place.item)
    opens = (
        meeting.plan.is_scored
        and meeting.plan.rules.rounds_open is not RoundsOpen.BY_HAND
        and item.kind is ItemKind.PRESENTATION
        and item.id not in meeting.rounds
        and place.segment >= meeting.opening_segment(item)
    )
    return _opened(meeting, item.id, item.unit, now) if opens and item.unit else []


def _opened(meeting: Meeting, item: str, unit: str, now: datetime) -> list[e.Event]:
    return [e.RoundOpened(item, unit, at=now), *polled_with(meeting, unit, now)]


def _closed(meeting: Meeting, round: Round, now: datetime) -> list[e.Event]:
    closed = e.RoundClosed(round.id, tuple(seat.id for seat in meeting.missing(round)), at=now)
    return [closed, *closed_with(meeting, round.unit, now)]
