"""Links that hold a new key: the ways into one meeting."""

from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from app.meeting.plan import Plan
from app.store import keys
from app.store.keys import Key, Role


@dataclass(frozen=True, slots=True)
class Links:
    """Freshly made ways into one meeting, as paths; their tokens cannot be asked for again."""

    code: str
    title: str
    moderator: str
    seats: dict[str, str] = field(default_factory=dict)


def make_links(connection: Connection, plan: Plan, label: str) -> Links:
    """A full set of new keys: the moderator's and one for each seat. ``label`` says what they were made for."""
    seats = {
        seat.id: f"/{plan.code}/seat/{keys.make(connection, Key(plan.code, Role.SEAT, seat.id), label)}"
        for seat in plan.seats
    }
    return Links(plan.code, plan.title, moderator_link(connection, plan, label), seats)


def moderator_link(connection: Connection, plan: Plan, label: str) -> str:
    return f"/{plan.code}/moderator/{keys.make(connection, Key(plan.code, Role.MODERATOR), label)}"
