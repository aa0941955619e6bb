"""The browsers that have been at the doors, against what the pages need.

The least versions are where the youngest of it came in: light-dark() in Chrome and Edge 123 and Safari 17.5, :has() in
Firefox 121. Dialogs, modules and the rest are older.
"""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from app.doctor.finding import Finding, Translate, ok, warning
from app.doctor.records import Patient
from app.store.tables import BrowserRow, table_of

LEAST: dict[str, tuple[int, int]] = {"Chrome": (123, 0), "Edge": (123, 0), "Firefox": (121, 0), "Safari": (17, 5)}
_KINDS = (
    ("Safari", re.compile(r"(?:iPhone|iPad|iPod).*? OS (\d+)_(\d+)")),  # every browser there is Safari inside
    ("Edge", re.compile(r"Edg(?:A|W)?/(\d+)\.(\d+)")),
    ("Firefox", re.compile(r"Firefox/(\d+)\.(\d+)")),
    ("Chrome", re.compile(r"Chrom(?:e|ium)/(\d+)\.(\d+)")),  # and all that are made of it
    ("Safari", re.compile(r"Version/(\d+)\.(\d+).*Safari/")),
)


def browser_of(user_agent: str) -> tuple[str, tuple[int, int]] | None:
    """Name and version of a browser, by what its engine can do; None for one that is not known."""
    for name, pattern in _KINDS:
        if found := pattern.search(user_agent):
            return name, (int(found[1]), int(found[2]))
    return None


def browsers(patient: Patient, _: Translate) -> Iterator[Finding]:
    seen = sorted({_name(agent) for agent in _agents(patient)})
    if not seen:
        text = _("Browsers: none has been here yet. Needed: {least}").format(least=_least())
        yield ok("browsers", text)
        return
    too_old = [said for said, is_enough in seen if is_enough is False]
    unknown = [said for said, is_enough in seen if is_enough is None]
    fine = [said for said, is_enough in seen if is_enough]
    if fine:
        yield ok("browsers", _("Browsers seen: {names}").format(names=", ".join(fine)))
    if too_old:
        text = _("Too old for these pages: {names}").format(names=", ".join(too_old))
        advice = _("Update them or take other devices. Needed: {least}").format(least=_least())
        yield warning("browsers.old", text, advice)
    if unknown:
        text = _("Browsers not known here: {names}").format(names=", ".join(unknown))
        yield warning("browsers.unknown", text, _("Try every page of theirs before the meeting."))


def _name(agent: str) -> "tuple[str, bool | None]":
    found = browser_of(agent)
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
            return list(connection.scalars(sa.select(table_of(BrowserRow).c.user_agent)))
    except sa.exc.SQLAlchemyError:
        return []  # a database without the table, which has been told of already
