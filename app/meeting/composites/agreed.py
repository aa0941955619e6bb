"""What a plan says of composites: the parts, what each weighs, and from where on which grade is given."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.meeting.polls.agreed import Voice


class Source(StrEnum):
    """Where the points of a part come from: the rounds of this meeting, somebody who types them in, a file, or the
    votes of the audience, of one voice."""

    SCORED = "scored"
    ENTERED = "entered"
    IMPORTED = "imported"
    TICKETS = "tickets"
    PHONES = "phones"
    WEB = "web"


VOICES = {Source.TICKETS: Voice.TICKET, Source.PHONES: Voice.PHONE, Source.WEB: Voice.WEB}


@dataclass(frozen=True, slots=True)
class Part:
    """One of what a composite is joined of. ``full`` is its own full score; 100 unless it is said.

    What is scored here has that of the rubric, or 100 of the approval rate where levels are given.
    """

    id: str
    name: str
    weight: Decimal
    source: Source = Source.ENTERED
    full: Decimal | None = None

    @property
    def voice(self) -> Voice | None:
        """Whose votes these points are made of."""
        return VOICES.get(self.source)

    @property
    def is_entered(self) -> bool:
        """Whether somebody enters its points, by hand or from a file."""
        return self.source in (Source.ENTERED, Source.IMPORTED)


@dataclass(frozen=True, slots=True)
class CompositeGrade:
    """Given from so much on, and with ``top`` only to so many per cent of the units of a class."""

    name: str
    at_least: Decimal
    top: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Composite:
    """Without parts a meeting has no composites.

    ``grades`` in their order: the first that a unit reaches is its own. ``due`` is the day on which the composites are
    to be announced. ``rounds_parts``: each part times its weight is rounded, before all are added up.
    """

    parts: tuple[Part, ...] = ()
    grades: tuple[CompositeGrade, ...] = ()
    due: date | None = None
    rounds_parts: bool = False

    @property
    def scored(self) -> Part | None:
        """The part that is scored in this meeting, if there is one."""
        return next((part for part in self.parts if part.source is Source.SCORED), None)


NO_COMPOSITE = Composite()
