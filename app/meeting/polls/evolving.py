"""What opening, closing, showing and withdrawing a poll changes, also on the displays that follow the agenda."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.displays.state import Displays, Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen
from app.meeting.polls.state import Poll

OfPolls = e.PollOpened | e.PollClosed | e.PollShown | e.PollHidden | e.PollWithdrawn


def turned(meeting: Meeting, event: OfPolls) -> Meeting:
    polls = {**meeting.polls, event.poll: _turned(meeting, event)}
    return replace(meeting, polls=polls, displays=_displays(meeting, event))


def _turned(meeting: Meeting, event: OfPolls) -> Poll:
    if isinstance(event, e.PollOpened):
        return Poll(event.poll, event.unit, event.number, event.at)
    poll = meeting.polls[event.poll]
    match event:
        case e.PollClosed():
            return replace(poll, closed_at=event.at, count=event.count)
        case e.PollShown():
            return replace(poll, shown_at=event.at, tally=event.tally)
        case e.PollHidden():
            return replace(poll, shown_at=None, tally={})
        case e.PollWithdrawn():
            closed_at, count = poll.closed_at or event.at, poll.count or event.count
            ended = replace(poll, closed_at=closed_at, count=count, shown_at=None, tally={})
            return replace(ended, withdrawn_at=event.at, reason=event.reason)


def _displays(meeting: Meeting, event: OfPolls) -> Displays:
    """The hall is asked, and told; while it is scored as well, it is not asked by a picture of its own."""
    match event:
        case e.PollOpened() if meeting.plan.rules.polls is not PollsOpen.WITH_ROUND:
            return replace(meeting.displays, shown=Scene(SceneKind.POLL, poll=event.poll))
        case e.PollShown():
            return replace(meeting.displays, shown=Scene(SceneKind.POLL, poll=event.poll))
        case e.PollWithdrawn():
            return meeting.displays.without(lambda scene: scene.poll == event.poll)
    return meeting.displays
