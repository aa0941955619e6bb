"""The browsers that have been at the doors, against what the pages need."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.doctor.check import Check, ok, warning
from app.doctor.records import Patient
from app.meeting.refusals import Said
from app.store.browsers import seen
from app.web.agents import LEAST, engine_of


def browsers(patient: Patient) -> Iterator[Check]:
    names = sorted({_name(agent) for agent in _agents(patient)})
    if not names:
        yield ok("browsers", Said("doctor.no_browsers_yet", {"least": _least()}))
        return
    too_old = tuple(said for said, is_enough in names if is_enough is False)
    unknown = tuple(said for said, is_enough in names if is_enough is None)
    fine = tuple(said for said, is_enough in names if is_enough)
    if fine:
        yield ok("browsers", Said("doctor.browsers", {"names": fine}))
    if too_old:
        advice = Said("advice.other_devices", {"least": _least()})
        yield warning("browsers.old", Said("doctor.browsers_too_old", {"names": too_old}), advice)
    if unknown:
        text = Said("doctor.browsers_unknown", {"names": unknown})
        yield warning("browsers.unknown", text, Said("advice.try_every_page"))


def _name(agent: str) -> "tuple[str, bool | None]":
    found = engine_of(agent)
    if found is None:
        return agent[:60], None
    name, version = found
    shown = f"{version[0]}.{version[1]}" if name == "Safari" else str(version[0])
    return f"{name} {shown}", version >= LEAST[name]


def _least() -> tuple[str, ...]:
    return tuple(
        f"{name} {version[0]}.{version[1]}" if version[1] else f"{name} {version[0]}" for name, version in LEAST.items()
    )


def _agents(patient: Patient) -> list[str]:
    if patient.database is None:
        return []
    try:
        with patient.database.reading() as connection:
            return seen(connection)
    except sa.exc.SQLAlchemyError:
        return []  # a database without the table, which has been told of already
