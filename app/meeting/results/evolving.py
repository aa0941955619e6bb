"""What showing a result changes, and the chair's word on a tie."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.results.state import TieRuling
from app.meeting.rounds.evolving import with_round
from app.meeting.rounds.state import Round


def step_shown(meeting: Meeting, event: e.ResultStepShown) -> Meeting:
    round = meeting.rounds[event.round]
    return _in_the_spotlight(meeting, replace(round, steps_shown=(*round.steps_shown, event.step), shown_at=event.at))


def revealed(meeting: Meeting, event: e.ResultRevealed) -> Meeting:
    round = meeting.rounds[event.round]
    shown = replace(round, steps_shown=event.steps, shown_at=event.at, revealed_at=event.at, announced=event.announced)
    return _in_the_spotlight(meeting, shown)


def withdrawn(meeting: Meeting, event: e.RevealWithdrawn) -> Meeting:
    """As if it had not been shown, on every display."""
    hidden = replace(meeting.rounds[event.round], steps_shown=(), shown_at=None, revealed_at=None, announced=None)
    displays = meeting.displays.without(lambda scene: scene.round == hidden.id)
    spotlight = None if displays.spotlight == hidden.id else displays.spotlight
    return replace(with_round(meeting, hidden), displays=replace(displays, spotlight=spotlight))


def tie_ruled(meeting: Meeting, event: e.TieRuled) -> Meeting:
    ruling = TieRuling(event.rounds, event.reason, event.author)
    return replace(meeting, rulings=(*meeting.rulings, ruling))


def _in_the_spotlight(meeting: Meeting, round: Round) -> Meeting:
    return replace(with_round(meeting, round), displays=replace(meeting.displays, spotlight=round.id))
