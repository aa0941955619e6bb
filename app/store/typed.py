"""What a unit has typed about a finding and not sent yet: by field, for all who show its key, on whatever device.

Nothing typed is lost to somebody else's typing: of two texts for one field the newer stands in it, the other beside it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store.tables import TypedRow, table_of

OTHER = "~other"
LONGEST_KEPT = 5000
"""Characters of a field: more than any may have, so that what is too long can still be made shorter."""


def load(connection: Connection, code: str, unit: str, finding: str) -> dict[str, str]:
    """By field; with ``OTHER`` at the end of a field's name, what somebody else had typed there."""
    return _read(connection, _texts(code, unit, finding))


def _texts(code: str, unit: str, finding: str) -> sa.Select[Any]:
    return sa.select(table_of(TypedRow).c.texts).filter_by(meeting=code, unit=unit, finding=finding)


def _read(connection: Connection, query: sa.Select[Any]) -> dict[str, str]:
    found = connection.scalar(query)
    return dict(json.loads(found)) if found else {}


def keep(
    connection: Connection, code: str, unit: str, finding: str, texts: Mapping[str, str], was: Mapping[str, str]
) -> dict[str, str]:
    """``was``: what stood in the fields as they were filled; what stands there now otherwise is somebody else's.

    Returns what is kept from now on, as ``load`` does.
    """

    def changed(there: dict[str, str]) -> None:
        for field, text in texts.items():
            before = there.get(field, "")
            if text in (before, was.get(field)):
                continue
            if before not in ("", was.get(field)):
                there[field + OTHER] = before
            there[field] = text[:LONGEST_KEPT]

    return _change(connection, code, unit, finding, changed)


def forget(
    connection: Connection, code: str, unit: str, finding: str, fields: Iterable[str], beside: Mapping[str, str]
) -> None:
    """What has been sent. ``beside``: what somebody else had typed, as whoever sent it has seen it; what that hand has
    not seen stays."""

    def changed(there: dict[str, str]) -> None:
        for field in fields:
            there.pop(field, None)
            if there.get(field + OTHER) == beside.get(field):
                there.pop(field + OTHER, None)

    _change(connection, code, unit, finding, changed)


def _change(
    connection: Connection, code: str, unit: str, finding: str, changed: Callable[[dict[str, str]], None]
) -> dict[str, str]:
    table, key = table_of(TypedRow), {"meeting": code, "unit": unit, "finding": finding}
    before = _read(connection, _texts(code, unit, finding).with_for_update())
    after = dict(before)
    changed(after)
    if after == before:
        return after
    connection.execute(sa.delete(table).filter_by(**key))
    if after:
        row = {**key, "texts": json.dumps(after, ensure_ascii=False), "saved_at": clock.now()}
        connection.execute(sa.insert(table), [row])
    return after
