"""Last year's promises: what was found at the meeting before, what the unit promised, and what became of it.

They are taken over as they stood on a day, and are part of the plan from then on: so the record holds what hall and
panel were shown, whatever becomes of the other meeting. They decide nothing, and are not part of the rule seal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.meeting.findings.state import Stand

MOST_PROMISES = 60
"""Of a unit. A list that nobody reads through is no reminder."""


@dataclass(frozen=True, slots=True)
class Promise:
    """``text``: the finding in the words in which it was issued; ``promised``: the measures that were agreed.

    ``standing``: what had become of it when it was taken over. ``due``: the first day that was said, whatever was
    granted since; ``days_late``: after the last one.
    """

    number: int
    text: str
    promised: str = ""
    due: date | None = None
    standing: Stand = Stand.RECTIFYING
    struck_off_on: date | None = None
    days_late: int = 0
    reopenings: int = 0


@dataclass(frozen=True, slots=True)
class Previous:
    """The meeting before: its code, its name, the day of it, and the day as of which its promises were taken over.

    ``units``: by the id of a unit here, the id that it had there.
    """

    code: str = ""
    title: str = ""
    held_on: date | None = None
    as_of: date | None = None
    units: dict[str, str] = field(default_factory=dict)


NO_PREVIOUS = Previous()


@dataclass(frozen=True, slots=True)
class UnitBefore:
    """A unit of the meeting before, with what it promised."""

    id: str
    name: str
    short_name: str
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingBefore:
    """All that the next meeting needs to know of one: its promises as they stood on the day ``as_of``."""

    code: str
    title: str
    held_on: date
    as_of: date
    units: tuple[UnitBefore, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many were promised; of these struck off, late, and opened again."""

    promised: int
    struck_off: int
    late: int
    reopened: int


def count_of(promises: Iterable[Promise]) -> Count:
    listed = list(promises)
    return Count(
        promised=len(listed),
        struck_off=sum(each.standing is Stand.STRUCK_OFF for each in listed),
        late=sum(each.days_late > 0 for each in listed),
        reopened=sum(each.reopenings > 0 for each in listed),
    )
