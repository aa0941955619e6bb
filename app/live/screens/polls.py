"""Polls as they are told: how many have voted, and what they chose only once it is shown."""

from collections.abc import Mapping

from app.live.contexts import Context
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen, Voice
from app.meeting.polls.state import Poll

LATEST_POLLS = 30


class ChoiceTold(Context, frozen=True, kw_only=True):
    """``share``: whole per cent of the ballots of its voice, half up."""

    choice: str
    ballots: int
    share: int


class VoiceTold(Context, frozen=True, kw_only=True):
    """Ballots of one voice; ``choices`` once they are shown, in the order of the ballot."""

    voice: str
    ballots: int
    choices: list[ChoiceTold]


class PollTold(Context, frozen=True, kw_only=True):
    """A poll that has closed. ``is_shown``: it may be told how the audience voted. A withdrawn one does not count."""

    poll: str
    unit: str
    number: int
    is_shown: bool
    is_withdrawn: bool
    voices: list[VoiceTold]


class PollOffered(Context, frozen=True, kw_only=True):
    """An open poll: between what is chosen. How many have voted is no part of it: that would reach every phone each
    second."""

    poll: str
    unit: str
    choices: list[str]


class Vote(Context, frozen=True, kw_only=True):
    """What the audience is asked, and what it has answered, the latest first. ``is_asked``: whether it ever is."""

    code: str
    is_asked: bool
    takes_tickets: bool
    open: list[PollOffered]
    told: list[PollTold]


def vote(look: Look) -> Vote:
    meeting, rules = look.meeting, look.meeting.plan.rules
    counting = [each for each in reversed(meeting.polls.values()) if meeting.poll_on(each.unit) is each]
    return Vote(
        code=meeting.plan.code,
        is_asked=bool(meeting.polls),
        takes_tickets=Voice.TICKET in rules.voices,
        open=[
            PollOffered(poll=each.id, unit=_unit(meeting, each), choices=list(rules.choices))
            for each in meeting.open_polls
        ],
        told=[poll_told(meeting, each) for each in counting if not each.is_open][:LATEST_POLLS],
    )


class PollOnConsole(Context, frozen=True, kw_only=True):
    """``ballots``: how many there are by voice, of an open poll as counted a moment ago."""

    poll: str
    unit: str
    number: int
    is_open: bool
    is_shown: bool
    ballots: list[VoiceTold]


class PollsOnConsole(Context, frozen=True, kw_only=True):
    """``can_open``: the id of the unit on the stage, if a poll on it can be opened; ``was_held``: there has been one.

    ``polls``: the latest on each unit, newest first.
    """

    can_open: str | None
    was_held: bool
    unit: str
    polls: list[PollOnConsole]


def on_console(look: Look) -> PollsOnConsole:
    meeting = look.meeting
    unit = meeting.current_unit
    last = meeting.poll_on(unit.id) if unit else None
    is_asked = meeting.is_open and meeting.plan.rules.polls is not PollsOpen.NEVER
    can_open = is_asked and unit is not None and not (last and last.is_open)
    counting = [each for each in reversed(meeting.polls.values()) if meeting.poll_on(each.unit) is each]
    return PollsOnConsole(
        can_open=unit.id if can_open and unit else None,
        was_held=last is not None,
        unit=unit.short_name if unit else "",
        polls=[_on_console(look, each) for each in counting[:LATEST_POLLS]],
    )


def _on_console(look: Look, poll: Poll) -> PollOnConsole:
    ballots = ballots_so_far(look, poll)
    return PollOnConsole(
        poll=poll.id,
        unit=_unit(look.meeting, poll),
        number=poll.number,
        is_open=poll.is_open,
        is_shown=poll.is_shown,
        ballots=[
            VoiceTold(voice=each, ballots=ballots.get(each, 0), choices=[]) for each in look.meeting.plan.rules.voices
        ],
    )


def ballots_so_far(look: Look, poll: Poll) -> Mapping[str, int]:
    """How many ballots by voice: as they were counted at the end, or while it is open a moment ago."""
    return poll.count.ballots if poll.count else look.presence.turnouts.get(poll.id, {})


def poll_told(meeting: Meeting, poll: Poll) -> PollTold:
    """Of one that has closed."""
    ballots = poll.count.ballots if poll.count else {}
    voices = [each for each in meeting.plan.rules.voices if each in ballots or len(meeting.plan.rules.voices) == 1]
    return PollTold(
        poll=poll.id,
        unit=_unit(meeting, poll),
        number=poll.number,
        is_shown=poll.is_shown,
        is_withdrawn=poll.is_withdrawn,
        voices=[_voice(meeting, poll, voice, ballots.get(voice, 0)) for voice in voices],
    )


def _voice(meeting: Meeting, poll: Poll, voice: str, ballots: int) -> VoiceTold:
    chosen = poll.tally.get(voice, {})
    choices = [
        ChoiceTold(choice=each, ballots=chosen.get(each, 0), share=per_cent(chosen.get(each, 0), ballots))
        for each in meeting.plan.rules.choices
    ]
    return VoiceTold(voice=voice, ballots=ballots, choices=choices if poll.is_shown else [])


def per_cent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def _unit(meeting: Meeting, poll: Poll) -> str:
    return meeting.unit(poll.unit).short_name
