"""Forms that ask for a command, filled in: meetings in which that can be done, and the moves of bureau and unit."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.plan import Plan
from app.store.keys import Role
from app.workdays import working_days_after
from tests.findings import BUREAU, FIRST, UNIT, moves
from tests.live.served import Served, Sitting, bearer, pair_of
from tests.meetings import small_plan
from tests.web.desk import HIDDEN

LATE = (Stand.NOTICE, Stand.STRUCK_OFF)
Fields = Mapping[str, Any]
Further = c.Command | Callable[[date], c.Command]
"""What is done besides; some of it with a day, reckoned from today."""


@dataclass(frozen=True)
class Sent:
    """A form that is filled in: ``of`` stands in its address."""

    sitting: Sitting
    fields: Fields
    of: Mapping[str, str] = field(default_factory=dict)
    files: list[Any] | None = None

    def goes(self, route: str, key: str) -> httpx.Response:
        served = self.sitting.served
        headers = {**bearer(key), **pair_of(served.page("/join"))}
        served.http.cookies.clear()
        path = route.format(code=self.sitting.code, **{"finding": FIRST, **self.of})
        return served.http.post(path, data={"id": "id-of-the-form", **self.fields}, files=self.files, headers=headers)


Prepared = Callable[[Served], Sent]


@dataclass(frozen=True)
class Form:
    """``route``: to which it is posted, as ``routes.ROUTES`` names it; ``prepared``: in a new meeting; ``who`` may."""

    kind: type[c.Command]
    route: str
    prepared: Prepared
    who: frozenset[Role]

    @property
    def name(self) -> str:
        return f"{self.kind.__name__} at {self.route.partition('/{code}')[2]}"


# --- findings ---------------------------------------------------------------------------------------------------------


def come_to(served: Served, stand: Stand | None, *further: Further, plan: Plan | None = None) -> Sitting:
    """A meeting of which one finding, handed over today, has come so far."""
    sitting = served.holds(plan or small_plan())
    sitting.performs(c.OpenMeeting(sitting.plan))
    for reached, commands in moves(on=sitting.today) if stand else ():
        does(sitting, *commands)
        if reached is stand:
            break
    if stand in LATE:
        sitting.performs(c.GiveNotice((FIRST,), working_days_after(sitting.today, 5), BUREAU))
    if stand is Stand.STRUCK_OFF:
        sitting.days_pass(30)
        sitting.performs(c.StrikeOff((FIRST,), sitting.today + timedelta(days=180), BUREAU))
    does(sitting, *(each(sitting.today) if callable(each) else each for each in further))
    return sitting


def does(sitting: Sitting, *commands: c.Command) -> None:
    """Have commands carried out without a door, each with the key that it names."""
    for command in commands:
        key = getattr(command, "key", "")
        asked = sitting.served.venue.perform(sitting.code, command, "test", secrets.token_hex(8), key)
        sitting.served.waits_for(asked)


def at_finding(stand: Stand, do: str, *further: Further, waits: int = 0, **typed: Any) -> Prepared:
    """A move on the page of a finding."""

    def prepared(served: Served) -> Sent:
        sitting = come_to(served, stand, *further)
        sitting.days_pass(waits)
        finding = meeting_of(sitting).findings.by_id[FIRST]
        fields = {f"{do}.{name}": text for name, text in {"author": BUREAU, **typed}.items()}
        return Sent(sitting, {"do": do, "seen": len(finding.steps), **on_days(sitting, fields)})

    return prepared


def at_unit(stand: Stand, do: str, *further: Further, **typed: Any) -> Prepared:
    """A move on a unit's own page of a finding."""

    def prepared(served: Served) -> Sent:
        sitting = come_to(served, stand, *further)
        fields = {f"{do}.{name}": text for name, text in typed.items()} | {f"author.{do}": UNIT, "do": do}
        return Sent(sitting, on_days(sitting, fields))

    return prepared


def with_many(stand: Stand, do: str, *further: Further, waits: int = 0, **typed: Any) -> Prepared:
    """On the ledger: ticked, looked at, confirmed."""

    def prepared(served: Served) -> Sent:
        sitting = come_to(served, stand, *further)
        sitting.days_pass(waits)
        ids = list(meeting_of(sitting).findings.by_id)
        seen = {f"seen.{each.id}": len(each.steps) for each in meeting_of(sitting).findings.by_id.values()}
        fields = {"do": do, "sure": "1", "finding": ids, "author": BUREAU, **seen, **typed}
        return Sent(sitting, on_days(sitting, fields))

    return prepared


def on_days(sitting: Sitting, fields: Fields) -> Fields:
    """Where a time stands it is the day after so long."""
    days = {name: sitting.today + each for name, each in fields.items() if isinstance(each, timedelta)}
    return {**fields, **{name: day.isoformat() for name, day in days.items()}}


def unseen(sitting: Sitting, path: str, role: Role) -> Fields:
    """What the form of a page carries unseen."""
    return dict(HIDDEN.findall(sitting.page(path, sitting.key(role)).text))


def meeting_of(sitting: Sitting) -> Any:
    return sitting.served.venue.rooms.meeting(sitting.code)
