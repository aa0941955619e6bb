"""What a unit has typed about a finding and not sent yet: by field, for all who show its key, on whatever device.

Nothing typed is lost to somebody else's typing: of two texts for one field the newer stands in it, the other beside it.
"""

import json
from collections.abc import Callable, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.store.rows import put, the_own
from app.store.tables import TypedRow, table_of

OTHER = "~other"
LONGEST_KEPT = 5000
"""Characters of a field: more than any may have, so that what is too long can still be made shorter."""


def load(connection: Connection, code: str, unit: str, finding: str) -> dict[str, str]:
    """By field; with ``OTHER`` at the end of a field's name, what somebody else had typed there."""
    texts = sa.select(table_of(TypedRow).c.texts).filter_by(meeting=code, unit=unit, finding=finding)
    return dict(json.loads(connection.scalar(texts) or "{}"))


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
    before = json.loads(the_own(connection, table, {**key, "texts": "{}", "saved_at": clock.now()}).texts)
    after = dict(before)
    changed(after)
    if not after:
        connection.execute(sa.delete(table).filter_by(**key))
    elif after != before:
        put(connection, table, {**key, "texts": json.dumps(after, ensure_ascii=False), "saved_at": clock.now()})
    return after
