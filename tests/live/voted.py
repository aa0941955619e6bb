"""A poll that is open, and how it stands: of one voice more, of another what was chosen."""

from typing import Any

from app.live.voting import Voting
from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import CountsSeen, PollsOpen, Voters
from tests.meetings import Story, at_water, small_plan

POLL = "water.1"
TALLY = {"phone": {"satisfied": 7301, "dissatisfied": 7302}}
VOTING = Voting({POLL: {"phone": 14603, "ticket": 40}}, {POLL: TALLY}, tickets=48)
"""As if it had been read in spite of the rules: a context must not tell it even then."""
OTHERS = Voting({POLL: {"phone": 14603, "ticket": 40}}, {POLL: {"phone": {"fairly": 14600, "unknown": 3}}}, tickets=48)
"""As many ballots of each voice, and all of them for something else."""


def asked(seen: CountsSeen, **rules: Any) -> Story:
    usual = {"polls": PollsOpen.BY_HAND, "voters": Voters.EVERYBODY, "audience": 300, "counts_seen": seen}
    return at_water(small_plan(rules=Rules(**usual | rules))).does(c.OpenPoll("water"))
