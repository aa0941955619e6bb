"""How an open poll stands at this moment: how many have voted, and what they chose where the rules let somebody see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import CountsSeen, Voice
from app.meeting.polls.state import Tally
from app.store.ballots import tally_of, turnouts
from app.store.tickets import good_tickets


@dataclass(frozen=True, slots=True)
class Voting:
    """``turnouts`` of each open poll by voice; ``tickets``: how many are good, used or not."""

    turnouts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    tickets: int = 0


def voting_on(connection: Connection, meeting: Meeting) -> Voting:
    """What was chosen is read only where somebody may see it."""
    code, polls = meeting.plan.code, [each.id for each in meeting.open_polls]
    is_seen = meeting.plan.rules.counts_seen is not CountsSeen.NOBODY
    return Voting(
        turnouts(connection, code, polls),
        {poll: tally_of(connection, code, poll) for poll in polls} if is_seen else {},
        good_tickets(connection, code) if Voice.TICKET in meeting.plan.rules.voices else 0,
    )
