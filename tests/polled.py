"""Polls with ballots, for stories without a database: what would be counted there is said here."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.plan import Mode, Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.polls.state import Count, Tally
from app.papers.folder.proceedings import Proceedings
from app.store.ballots import Told, receipt_of
from app.store.slips import slips
from app.store.tables import BallotRow, SlipKeyRow, table_of
from tests.live.served import Served, Sitting
from tests.meetings import NOON, opened, small_plan
from tests.records import proceedings_of_story
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


# --- with every ballot ------------------------------------------------------------------------------------------------

KEY = "5e" * 32
"""By which slips are made here."""

Ballots = list[tuple[str, str, str]]
"""Voter, voice, choice."""


CAST: dict[str, Ballots] = {
    "water.1": [
        *(("one", "phone", "satisfied"), ("two", "phone", "satisfied"), ("three", "phone", "fairly")),
        *(("four", "ticket", "dissatisfied"), ("five", "web", "unknown")),
    ],
    "court.1": [("one", "phone", "dissatisfied"), ("four", "ticket", "fairly")],
    "school.1": [("one", "phone", "dissatisfied")],
}


def recountable(code: str = "small") -> Story:
    """One poll is shown; one has ended, and nobody was told what came of it; one is shown and withdrawn."""
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL)
    story = opened(small_plan(code=code, mode=Mode.COMMENTS, rules=rules))
    for unit, ballots in zip(("water", "court", "school"), CAST.values(), strict=True):
        ends_with(story.does(c.OpenPoll(unit)), f"{unit}.1", ballots)
    for poll in ("water.1", "school.1"):
        shows(story, poll, CAST[poll])
    return story.does(c.WithdrawPoll("school.1", "the wrong unit"))


def all_have_voted(served: Served) -> Sitting:
    """A meeting that is held there; everybody has voted on its three units, and nothing has ended yet."""
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL)
    sitting = served.holds(small_plan(mode=Mode.COMMENTS, rules=rules))
    sitting.performs(c.OpenMeeting(sitting.plan), *(c.OpenPoll(poll.partition(".")[0]) for poll in CAST))
    with served.database.writing() as connection:
        for poll, ballots in CAST.items():
            put(connection, sitting.code, poll, ballots, key="")
    return sitting


def told_of(code: str, poll: str, ballots: Ballots) -> Told:
    receipts = sorted(receipt_of(code, poll, voter) for voter, _, _ in ballots)
    return Told(tuple(receipts), tuple(slips(KEY, code, poll, ballots)))


def ends_with(story: _Played, poll: str, ballots: Ballots) -> _Played:
    """An open poll ends with these, as a database would count them."""
    told = told_of(story.meeting.plan.code, poll, ballots)
    voices = dict(sorted(Counter(voice for _, voice, _ in ballots).items()))
    count = Count(voices, receipts=digest_of_lines(told.receipts), slips=digest_of_lines(told.slips))
    return _does(story, c.ClosePoll(poll), count=count)


def shows(story: _Played, poll: str, ballots: Ballots) -> _Played:
    tally: Tally = {}
    for (voice, choice), number in sorted(Counter((voice, choice) for _, voice, choice in ballots).items()):
        tally.setdefault(voice, {})[choice] = number
    return shown_with(story, poll, tally)


def counted_record(story: Story, ballots: Mapping[str, Ballots] = CAST) -> Proceedings:
    """As papers are made of it; the ballots of all polls are at hand, also of those that are shown to nobody."""
    told = {poll: told_of(story.meeting.plan.code, poll, each) for poll, each in ballots.items()}
    return replace(proceedings_of_story(story), ballots=told)


def put(connection: Connection, code: str, poll: str, ballots: Ballots, key: str = KEY) -> None:
    """Their rows."""
    alike = {"meeting": code, "poll": poll, "press": 0, "cast_at": NOON}
    rows = [alike | {"voter": voter, "voice": voice, "choice": choice} for voter, voice, choice in ballots]
    connection.execute(sa.insert(table_of(BallotRow)), rows)
    if key:
        connection.execute(sa.insert(table_of(SlipKeyRow)), [{"meeting": code, "poll": poll, "key": key}])


def digest_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _does(story: _Played, command: c.Command, **counted: object) -> _Played:
    for event in decide(story.meeting, command, story.now):
        made: e.Event = replace(event, **counted) if isinstance(event, e.PollClosed | e.PollShown) else event  # type: ignore[arg-type]
        story.meeting = evolve(story.meeting, made)
        story.events.append(made)
    return story
