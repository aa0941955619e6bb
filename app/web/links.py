"""Links that hold a new key: the ways into one meeting, and the organiser's way in to all of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from app.meeting.plan import Plan
from app.meeting.questions.agreed import Questions
from app.store import keys
from app.store.keys import Key, Role

DOORS = {
    Role.MODERATOR: "moderator",
    Role.OPERATOR: "operator",
    Role.SUPERVISOR: "supervisor",
    Role.SEAT: "seat",
    Role.DISPLAY: "screen",
    Role.GUEST: "guest",
    Role.UNIT: "unit",
    Role.QUESTIONS: "question-desk",
}
"""By which door of a meeting a key goes in: ``/{code}/{door}/{token}``."""

ORGANISERS_DOOR = "/setup/enter"
MAIN_DISPLAY = "main"
"""The name of the one display that every meeting has."""


@dataclass(frozen=True, slots=True)
class Links:
    """Freshly made ways into one meeting, as paths; their tokens cannot be asked for again. Empty: not made."""

    code: str
    title: str
    moderator: str = ""
    operator: str = ""
    supervisor: str = ""
    guest: str = ""
    questions: str = ""
    displays: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """What each seat is called, by its id."""

    @property
    def staff(self) -> dict[Role, str]:
        """The links of those who are neither a seat nor a display, by role."""
        links = {
            Role.MODERATOR: self.moderator,
            Role.OPERATOR: self.operator,
            Role.SUPERVISOR: self.supervisor,
            Role.GUEST: self.guest,
            Role.QUESTIONS: self.questions,
        }
        return {role: link for role, link in links.items() if link}


def make_links(connection: Connection, plan: Plan, label: str) -> Links:
    """A full set of new keys. ``label`` says what they were made for."""
    return links_for(connection, plan, full_set(plan), label)


def full_set(plan: Plan) -> Iterator[Key]:
    """One key for each role of a meeting, each seat, and one display."""
    for role in (Role.MODERATOR, Role.OPERATOR, Role.SUPERVISOR, Role.GUEST):
        yield Key(plan.code, role)
    if plan.rules.questions is not Questions.NEVER:
        yield Key(plan.code, Role.QUESTIONS)
    yield Key(plan.code, Role.DISPLAY, MAIN_DISPLAY)
    for seat in plan.seats:
        yield Key(plan.code, Role.SEAT, seat.id)


def of_units(plan: Plan) -> Iterator[Key]:
    """One key for each unit. They are part of no full set: a unit gets its link with its first finding."""
    for unit in plan.units:
        yield Key(plan.code, Role.UNIT, unit.id)


def links_for(connection: Connection, plan: Plan, wanted: Iterable[Key], label: str) -> Links:
    """New keys like those wanted, and the links that hold them."""
    staff: dict[str, str] = {}
    displays: dict[str, str] = {}
    seats: dict[str, str] = {}
    units: dict[str, str] = {}
    wanted = list(wanted)
    for key, token in zip(wanted, keys.make_all(connection, wanted, label), strict=True):
        link = link_of(key, token)
        match key.role:
            case Role.SEAT:
                seats[key.of] = link
            case Role.DISPLAY:
                displays[key.of] = link
            case Role.UNIT:
                units[key.of] = link
            case role:
                staff[role.value] = link
    labels = {seat.id: seat.label for seat in plan.seats}
    return Links(plan.code, plan.name, displays=displays, seats=seats, units=units, labels=labels, **staff)


def link_of(key: Key, token: str) -> str:
    """The path that opens the door of a key."""
    if key.meeting is None:
        return f"{ORGANISERS_DOOR}/{token}"
    return f"/{key.meeting}/{DOORS[key.role]}/{token}"


def organiser_link(connection: Connection, label: str, make: Callable[[Connection, Key, str], str] = keys.make) -> str:
    """``make``: makes a key, for a label, and returns its token."""
    key = Key(None, Role.ORGANISER)
    return link_of(key, make(connection, key, label))
