"""The browsers that have been at the doors, against what the pages need."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.doctor.check import Check, Translate, ok, warning
from app.doctor.records import Patient
from app.store.browsers import seen
from app.web.agents import LEAST, engine_of


def browsers(patient: Patient, _: Translate) -> Iterator[Check]:
    names = sorted({_name(agent) for agent in _agents(patient)})
    if not names:
        text = _("Browsers: none seen yet. Needed: {least}").format(least=_least())
        yield ok("browsers", text)
        return
    too_old = [said for said, is_enough in names if is_enough is False]
    unknown = [said for said, is_enough in names if is_enough is None]
    fine = [said for said, is_enough in names if is_enough]
    if fine:
        yield ok("browsers", _("Browsers seen: {names}").format(names=", ".join(fine)))
    if too_old:
        text = _("Too old for these pages: {names}").format(names=", ".join(too_old))
        advice = _("Update them or take other devices. Needed: {least}").format(least=_least())
        yield warning("browsers.old", text, advice)
    if unknown:
        text = _("Unknown browsers: {names}").format(names=", ".join(unknown))
        yield warning("browsers.unknown", text, _("Try every page they will use before the meeting."))


def _name(agent: str) -> "tuple[str, bool | None]":
    found = engine_of(agent)
    if found is None:
        return agent[:60], None
    name, version = found
    shown = f"{version[0]}.{version[1]}" if name == "Safari" else str(version[0])
    return f"{name} {shown}", version >= LEAST[name]


def _least() -> str:
    return ", ".join(
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
