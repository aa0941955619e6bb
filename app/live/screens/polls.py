"""Polls as they are told: how many have voted, and what they chose only once it is shown."""

from collections.abc import Iterator
from datetime import datetime

from app.live.contexts import Context
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import CountsSeen, PollsOpen, Voice
from app.meeting.polls.state import Count, Poll, Tally, sealed
from app.meeting.scoring.numbers import share_of

LATEST_POLLS = 30


class ChoiceTold(Context, frozen=True, kw_only=True):
    """``name``: what the organiser calls it, empty where it is one of ours. ``share``: per cent of the ballots of its
    voice, half up to as many decimals as the rules give to results."""

    choice: str
    name: str
    ballots: int
    share: str


class VoiceTold(Context, frozen=True, kw_only=True):
    """Ballots of one voice, and ``of`` how many who could vote, if that is known: ``turnout`` in whole per cent.

    ``choices`` in the order of the ballot, once they are shown, or while the poll is open to whom the rules let see
    them. ``adds_up``: their shares, rounded as they are, come to 100.
    """

    voice: str
    ballots: int
    of: int | None
    turnout: int | None
    choices: list[ChoiceTold]
    adds_up: bool


class RefusedTold(Context, frozen=True, kw_only=True):
    """So many ballots of a voice, or tickets at the door, were refused, for the reason of which this is the code."""

    voice: str
    code: str
    number: int


class PollTold(Context, frozen=True, kw_only=True):
    """A poll that has closed. ``is_shown``: it may be told how the audience voted. A withdrawn one does not count.

    ``refused``: until it closed; of these ``refused_in_all``.
    """

    poll: str
    unit: str
    number: int
    is_shown: bool
    is_withdrawn: bool
    voices: list[VoiceTold]
    refused: list[RefusedTold]
    refused_in_all: int


class PollOffered(Context, frozen=True, kw_only=True):
    """An open poll: between what is chosen. How many have voted is no part of it: that would reach every phone each
    second. ``names``: what the organiser calls the choices, where they are not ours."""

    poll: str
    unit: str
    choices: list[str]
    names: dict[str, str]


class PollHeard(Context, frozen=True, kw_only=True):
    """What has happened last to any poll: ``opened``, ``closed``, ``shown`` or ``withdrawn``."""

    what: str
    unit: str


class Vote(Context, frozen=True, kw_only=True):
    """What the audience is asked, and what it has answered, the latest first. ``is_asked``: whether it ever is.

    ``seen_by``: who sees what is chosen before a poll has closed, by the rules: ``nobody``, ``moderator`` or ``hall``.
    ``heard``: for those who do not see the page.
    """

    code: str
    is_asked: bool
    takes_tickets: bool
    seen_by: str
    heard: PollHeard | None
    open: list[PollOffered]
    told: list[PollTold]


def vote(look: Look) -> Vote:
    meeting, rules = look.meeting, look.meeting.plan.rules
    counting = [each for each in reversed(meeting.polls.values()) if meeting.poll_on(each.unit) is each]
    return Vote(
        code=meeting.plan.code,
        is_asked=bool(meeting.polls),
        takes_tickets=Voice.TICKET in rules.voices,
        seen_by=rules.counts_seen,
        heard=_heard(meeting),
        open=[
            PollOffered(
                poll=each.id, unit=_unit(meeting, each), choices=list(rules.choices), names=rules.names_of_choices
            )
            for each in meeting.open_polls
        ],
        told=[poll_told(meeting, each) for each in counting if not each.is_open][:LATEST_POLLS],
    )


def _heard(meeting: Meeting) -> PollHeard | None:
    """By what has happened, and not by how polls stand: that one is withdrawn says nothing anew of the one before."""
    turns = [turn for poll in meeting.polls.values() for turn in _turns(meeting, poll)]
    return max(turns, key=lambda turn: turn[0])[1] if turns else None


def _turns(meeting: Meeting, poll: Poll) -> Iterator[tuple[tuple[datetime, int], PollHeard]]:
    turns = (
        ("opened", poll.opened_at),
        ("closed", poll.closed_at),
        ("shown", poll.shown_at),
        ("withdrawn", poll.withdrawn_at),
    )
    for at, (what, when) in enumerate(turns):
        if when is not None:
            yield (when, at), PollHeard(what=what, unit=_unit(meeting, poll))


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
    return PollOnConsole(
        poll=poll.id,
        unit=_unit(look.meeting, poll),
        number=poll.number,
        is_open=poll.is_open,
        is_shown=poll.is_shown,
        ballots=so_far(look, poll, CountsSeen.MODERATOR),
    )


def so_far(look: Look, poll: Poll, seen_by: CountsSeen) -> list[VoiceTold]:
    """How many ballots of every voice: as they were counted at the end, or while it is open a moment ago."""
    meeting, voting = look.meeting, look.presence.voting
    if poll.count:
        return [_voice(meeting, each, poll.count, poll.tally) for each in meeting.plan.rules.voices]
    count = Count(dict(voting.turnouts.get(poll.id, {})), tickets=voting.tickets)
    tally = voting.tallies.get(poll.id, {}) if meeting.plan.rules.counts_seen in _SEEN[seen_by] else {}
    return [_voice(meeting, each, count, tally) for each in meeting.plan.rules.voices]


_SEEN = {CountsSeen.MODERATOR: (CountsSeen.MODERATOR, CountsSeen.HALL), CountsSeen.HALL: (CountsSeen.HALL,)}
"""By what the rules say, of an open poll."""


def poll_told(meeting: Meeting, poll: Poll) -> PollTold:
    """Of one that has closed."""
    count, asked = sealed(poll), meeting.plan.rules.voices
    refused = [
        RefusedTold(voice=voice, code=code, number=number)
        for voice, reasons in count.refused.items()
        for code, number in reasons.items()
    ]
    return PollTold(
        poll=poll.id,
        unit=_unit(meeting, poll),
        number=poll.number,
        is_shown=poll.is_shown,
        is_withdrawn=poll.is_withdrawn,
        voices=[_voice(meeting, each, count, poll.tally) for each in asked if each in count.ballots or len(asked) == 1],
        refused=refused,
        refused_in_all=sum(each.number for each in refused),
    )


def _voice(meeting: Meeting, voice: Voice, count: Count, tally: Tally) -> VoiceTold:
    """``tally`` is empty where nothing of it may be told."""
    chosen, ballots = tally.get(voice, {}), count.ballots.get(voice, 0)
    rules = meeting.plan.rules
    shares = {each: share_of(chosen.get(each, 0), ballots, rules.places) for each in rules.choices}
    choices = [
        ChoiceTold(
            choice=each, name=rules.names_of_choices.get(each, ""), ballots=chosen.get(each, 0), share=f"{share:f}"
        )
        for each, share in shares.items()
    ]
    of = _could_vote(meeting, voice, count)
    return VoiceTold(
        voice=voice,
        ballots=ballots,
        of=of,
        turnout=min(int(share_of(ballots, of, 0)), 100) if of else None,
        choices=choices if tally else [],
        adds_up=not (tally and ballots) or sum(shares.values()) == 100,
    )


def _could_vote(meeting: Meeting, voice: Voice, count: Count) -> int | None:
    """With a ticket as many as are good, else as many as are expected in the hall; of the web nobody knows."""
    if voice is Voice.WEB:
        return None
    return (count.tickets if voice is Voice.TICKET else 0) or meeting.plan.rules.audience or None


def _unit(meeting: Meeting, poll: Poll) -> str:
    return meeting.unit(poll.unit).short_name
