"""What opening, closing and reopening a round changes."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round


def turned(meeting: Meeting, event: e.RoundOpened | e.RoundClosed | e.RoundReopened) -> Meeting:
    return with_round(meeting, _turned(meeting, event))


def taken_back(meeting: Meeting, event: e.RoundTakenBack) -> Meeting:
    return replace(meeting, rounds={id: round for id, round in meeting.rounds.items() if id != event.round})


def with_round(meeting: Meeting, round: Round) -> Meeting:
    return replace(meeting, rounds={**meeting.rounds, round.id: round})


def _turned(meeting: Meeting, event: e.RoundOpened | e.RoundClosed | e.RoundReopened) -> Round:
    match event:
        case e.RoundOpened():
            return Round(event.round, event.unit, event.at)
        case e.RoundClosed():
            return replace(meeting.rounds[event.round], closed_at=event.at)
        case e.RoundReopened():
            round = meeting.rounds[event.round]
            return replace(round, closed_at=None, checked_at=None, reopenings=(*round.reopenings, event.reason))
