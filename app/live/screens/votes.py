"""What the results page tells of the audience: three voices beside each other, of which none is added to another."""

from app.live.contexts import Context
from app.live.screens import parts, promised
from app.live.screens.parts import ResultShown
from app.live.screens.polls import PollTold, poll_told
from app.live.screens.promised import PromisesCounted
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit


class VotesOnUnit(Context, frozen=True, kw_only=True):
    """``poll``: the one that counts, null if none does; ``others``: held before it, or withdrawn.

    ``panel``: its result once that is revealed; ``promises``: those of the meeting before.
    """

    unit: str
    name: str
    panel: ResultShown | None
    poll: PollTold | None
    others: list[PollTold]
    promises: PromisesCounted | None


class VotesTold(Context, frozen=True, kw_only=True):
    """``voices``: who was asked, in words that say what such a vote proves and what not."""

    code: str
    voices: list[str]
    units: list[VotesOnUnit]


def told(look: Look) -> VotesTold:
    """Of the page of one unit that unit alone. Nothing of a poll that is open: how many, the display shows."""
    meeting, asked = look.meeting, look.viewer.unit
    units = [of_unit(meeting, unit) for unit in meeting.plan.units if asked in (None, unit.id)]
    return VotesTold(
        code=meeting.plan.code,
        voices=[*meeting.plan.rules.voices] if any(units) else [],
        units=[each for each in units if each],
    )


def of_unit(meeting: Meeting, unit: Unit) -> VotesOnUnit | None:
    """None before a poll on it has closed."""
    closed = [each for each in meeting.polls.values() if each.unit == unit.id and not each.is_open]
    if not closed:
        return None
    counting, round = meeting.poll_on(unit.id), meeting.round_of(unit.id)
    return VotesOnUnit(
        unit=unit.id,
        name=unit.short_name,
        panel=parts.shown_result(meeting, round) if round and round.is_revealed else None,
        poll=poll_told(meeting, counting) if counting in closed else None,
        others=[poll_told(meeting, each) for each in closed if each is not counting],
        promises=promised.counted_of(meeting, unit),
    )
