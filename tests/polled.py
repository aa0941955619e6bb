"""Polls with ballots, for stories without a database: what would be counted there is said here."""

from dataclasses import replace
from typing import Any, TypeVar

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.polls.state import Count, Tally
from tests.stories import Story

_Played = TypeVar("_Played", bound=Story)


def closed_with(story: _Played, poll: str, tally: Tally, **more: Any) -> _Played:
    """An open poll ends with so many ballots, and ``more`` that was counted."""
    count = Count({voice: sum(chosen.values()) for voice, chosen in tally.items()}, "ab" * 32, "cd" * 32, **more)
    return _does(story, c.ClosePoll(poll), count=count)


def voted(story: _Played, poll: str, tally: Tally, **more: Any) -> _Played:
    """The same, and it is shown."""
    return shown_with(closed_with(story, poll, tally, **more), poll, tally)


def shown_with(story: _Played, poll: str, tally: Tally) -> _Played:
    """One that has ended with these ballots is shown."""
    return _does(story, c.ShowPoll(poll), tally=tally)


def _does(story: _Played, command: c.Command, **counted: object) -> _Played:
    for event in decide(story.meeting, command, story.now):
        made: e.Event = replace(event, **counted) if isinstance(event, e.PollClosed | e.PollShown) else event  # type: ignore[arg-type]
        story.meeting = evolve(story.meeting, made)
        story.events.append(made)
    return story
