"""What showing a result changes, and the chair's word on a tie."""

from dataclasses import replace
from datetime import datetime

from app.meeting import events as e
from app.meeting.displays.state import Displays
from app.meeting.meeting import Meeting
from app.meeting.results.state import TieRuling
from app.meeting.rounds.evolving import with_round
from app.meeting.rounds.state import Round


def step_shown(meeting: Meeting, event: e.ResultStepShown) -> Meeting:
    round = meeting.rounds[event.round]
    return _in_the_spotlight(meeting, _with_shown(round, (*round.steps_shown, event.step), event.at))


def revealed(meeting: Meeting, event: e.ResultRevealed) -> Meeting:
    round = meeting.rounds[event.round]
    shown = _with_shown(round, event.steps, event.at)
    return _in_the_spotlight(meeting, replace(shown, revealed_at=event.at, announced=event.announced))


def withdrawn(meeting: Meeting, event: e.RevealWithdrawn) -> Meeting:
    """As if it had not been shown, on every display."""
    hidden = _not_revealed(meeting.rounds[event.round])
    return replace(with_round(meeting, hidden), displays=_without(meeting, hidden.id))


def hidden(meeting: Meeting, event: e.ResultHidden) -> Meeting:
    """What remains is shown where it was; of what has no part left nothing is, on any display."""
    round = replace(_not_revealed(meeting.rounds[event.round]), steps_shown=event.parts)
    after = with_round(meeting, round)
    return after if event.parts else replace(after, displays=_without(meeting, round.id))


def checked(meeting: Meeting, event: e.ResultChecked) -> Meeting:
    return with_round(meeting, replace(meeting.rounds[event.round], checked_at=event.at))


def tie_ruled(meeting: Meeting, event: e.TieRuled) -> Meeting:
    ruling = TieRuling(event.rounds, event.reason, event.author)
    return replace(meeting, rulings=(*meeting.rulings, ruling))


def _with_shown(round: Round, steps: tuple[str, ...], at: datetime) -> Round:
    """The last of single steps is told again as the whole; then nothing more is seen than before."""
    added = len(steps) - len(round.steps_shown)
    return replace(round, steps_shown=steps, shown_at=at, shown_at_once=added or round.shown_at_once)


def _not_revealed(round: Round) -> Round:
    return replace(round, steps_shown=(), shown_at=None, shown_at_once=0, revealed_at=None, announced=None)


def _without(meeting: Meeting, round: str) -> Displays:
    displays = meeting.displays.without(lambda scene: scene.round == round)
    return replace(displays, spotlight=None if displays.spotlight == round else displays.spotlight)


def _in_the_spotlight(meeting: Meeting, round: Round) -> Meeting:
    """What is announced with others is seen among them."""
    after = with_round(meeting, round)
    if meeting.script.announces(round.id) and meeting.displays.shown is not None:
        return after
    return replace(after, displays=replace(meeting.displays, spotlight=round.id, shown=None))
