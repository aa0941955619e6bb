"""What the script does about polls: where the agenda stands at a unit, and before the meeting ends."""

from collections.abc import Iterator

from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen
from app.meeting.polls.state import id_of_poll
from app.meeting.script.state import Step, StepKind


def steps_of_poll(meeting: Meeting, unit: str) -> Iterator[Step]:
    """Open, close, show. What was opened by hand is closed by the script as well; its result is shown by hand."""
    rule, poll = meeting.plan.rules.polls, meeting.poll_on(unit)
    if poll is None:
        if rule is PollsOpen.BY_SCRIPT:
            id = id_of_poll(unit, meeting.number_of_polls(unit) + 1)
            yield Step(StepKind.OPEN_POLL, unit=unit, poll=id)
    elif poll.is_open:
        yield Step(StepKind.CLOSE_POLL, unit=unit, poll=poll.id)
    elif not poll.is_shown and rule is not PollsOpen.BY_HAND:
        yield Step(StepKind.SHOW_POLL, unit=unit, poll=poll.id)


def polls_to_close(meeting: Meeting) -> Iterator[Step]:
    yield from (Step(StepKind.CLOSE_POLL, unit=each.unit, poll=each.id) for each in meeting.open_polls)
