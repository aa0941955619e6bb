"""Erasing what is kept of people: names, signatures, and what the audience asked. The record stays whole without."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.store import log, signatures
from app.store.tables import PersonRow, QuestionRow, SignatureRow, UpvoteRow, table_of


@dataclass(frozen=True, slots=True)
class OfPeople:
    """How many names a meeting has, signatures, and questions of the audience.

    What the record has told of a question stays in it.
    """

    names: int
    signatures: int
    questions: int = 0

    @property
    def is_anything(self) -> bool:
        return bool(self.names or self.signatures or self.questions)


def kept(connection: Connection, code: str) -> OfPeople:
    signed = len(signatures.signatures_of(connection, code).known)
    return OfPeople(_number(connection, PersonRow, code), signed, _number(connection, QuestionRow, code))


def erase(connection: Connection, code: str) -> OfPeople:
    """Forget all of it; returns what there was. Of a meeting that was opened no signature is taken from then on."""
    there = kept(connection, code)
    for each in (PersonRow, SignatureRow, QuestionRow, UpvoteRow):
        connection.execute(sa.delete(table_of(each)).filter_by(meeting=code))
    if log.has_been_opened(connection, code):
        signatures.take_no_more(connection, code)
    return there


def _number(connection: Connection, model: type[SQLModel], code: str) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table_of(model)).filter_by(meeting=code)) or 0
