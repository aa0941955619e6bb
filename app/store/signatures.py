"""Signatures by finger, in plain rows beside the names: in no event, no feed and no file, and erased like those.

Each is bound to what it was drawn for: a sheet's receipt, or the digest of what a result was made of. The first one
stays: what has been signed is not drawn over. Once they have been erased none is taken any more: a tablet that was away
would bring back what it had not sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app import clock
from app.meeting.refusals import refuse_if
from app.meeting.sheets.signing import ON_PAPER, Drawing
from app.store.persons import Kind, Station
from app.store.tables import SignatureRow, table_of


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed what: ``bound`` is the receipt of a sheet, or the digest of a round. Of what a unit signed for,
    ``round`` is the finding, and ``bound`` the digest of what was handed over."""

    round: str
    by: Station
    bound: str


@dataclass(frozen=True, slots=True)
class Signature:
    drawing: Drawing
    at: datetime

    @property
    def is_on_paper(self) -> bool:
        return self.drawing == ON_PAPER


@dataclass(frozen=True, slots=True)
class Signatures:
    """All of one meeting."""

    known: Mapping[Signed, Signature] = field(default_factory=dict)

    def of_sheet(self, round: str, seat: str, receipt: str) -> Signature | None:
        return self.known.get(Signed(round, Station(Kind.SEAT, seat), receipt))

    def of_result(self, round: str, task: str, digest: str) -> Signature | None:
        return self.known.get(Signed(round, Station(Kind.TASK, task), digest))


MOST_OF_ONE = 10
"""Of one hand under one round: a sheet that is submitted again and again is signed as often, and the latest count."""


ERASED = "erased"
"""The ``kind`` of the row that stands in place of all signatures that were erased: nobody's, and without strokes."""


def keep(connection: Connection, code: str, signed: Signed, drawing: Drawing) -> None:
    """Keep a signature, unless there is one already; of very many the earliest is forgotten.

    Raises Refused once they have been erased.
    """
    table = table_of(SignatureRow)
    refuse_if(connection.scalar(_number_of(meeting=code, kind=ERASED)), "signature.erased")
    key = {"meeting": code, "round": signed.round, "kind": signed.by.kind, "of": signed.by.of, "bound": signed.bound}
    if connection.scalar(_number_of(**key)):
        return
    of_one = {name: key[name] for name in ("meeting", "round", "kind", "of")}
    latest = sa.select(table.c.bound).filter_by(**of_one).order_by(table.c.signed_at.desc(), table.c.bound)
    for bound in connection.scalars(latest.offset(MOST_OF_ONE - 1)).all():
        connection.execute(sa.delete(table).filter_by(**of_one, bound=bound))
    connection.execute(sa.insert(table), [{**key, "strokes": json.dumps(drawing), "signed_at": clock.now()}])


def take_no_more(connection: Connection, code: str) -> None:
    """Raises IntegrityError unless all there were have been erased."""
    row = {"meeting": code, "round": "", "kind": ERASED, "of": "", "bound": "", "strokes": "", "signed_at": clock.now()}
    connection.execute(sa.insert(table_of(SignatureRow)), [row])


def signatures_of(connection: Connection, code: str) -> Signatures:
    table = table_of(SignatureRow)
    rows = connection.execute(sa.select(table).where(table.c.meeting == code, table.c.kind != ERASED))
    return Signatures({_signed(row): Signature(_drawing(row.strokes), row.signed_at) for row in rows})


def _number_of(**columns: str) -> "sa.Select[int]":
    return sa.select(sa.func.count()).select_from(table_of(SignatureRow)).filter_by(**columns)


def _signed(row: "sa.Row[tuple[object, ...]]") -> Signed:
    return Signed(row.round, Station(Kind(row.kind), row.of), row.bound)


def _drawing(strokes: str) -> Drawing:
    return tuple(tuple(stroke) for stroke in json.loads(strokes))
