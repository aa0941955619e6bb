"""What was refused of ballots and tickets, as counts: by poll, voice and reason. Nothing says by whom, or when."""

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store.rows import insert_into
from app.store.tables import RefusalRow, table_of

Key = tuple[str, str, str, str]
"""Meeting, poll (empty if none was open), voice, code of the refusal."""

_REFUSALS = table_of(RefusalRow)
_KEY = ("meeting", "poll", "voice", "code")


def add(connection: Connection, more: Mapping[Key, int]) -> None:
    if not more:
        return
    new = insert_into(_REFUSALS, connection.dialect)
    added = new.on_conflict_do_update(index_elements=_KEY, set_={"number": _REFUSALS.c.number + new.excluded.number})
    rows = [{**dict(zip(_KEY, key, strict=True)), "number": number} for key, number in sorted(more.items())]
    connection.execute(added, rows)


def refused_in(connection: Connection, meeting: str, poll: str) -> dict[str, dict[str, int]]:
    """How often, by voice and reason."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    columns = _REFUSALS.c.voice, _REFUSALS.c.code, _REFUSALS.c.number
    these = sa.select(*columns).where(_REFUSALS.c.meeting == meeting, _REFUSALS.c.poll == poll).order_by(*columns)
    for voice, code, number in connection.execute(these):
        found[voice][code] = number
    return dict(found)


def refused_of(connection: Connection, meeting: str) -> dict[str, int]:
    """How often in all polls, by reason, the most frequent first."""
    number = sa.func.sum(_REFUSALS.c.number)
    these = sa.select(_REFUSALS.c.code, number).where(_REFUSALS.c.meeting == meeting).group_by(_REFUSALS.c.code)
    return {code: int(sum) for code, sum in connection.execute(these.order_by(number.desc(), _REFUSALS.c.code))}
