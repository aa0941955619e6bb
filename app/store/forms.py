"""The office's own forms of letters: one for each letter at most; its bytes lie with those of the attachments."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store import contents
from app.store.tables import FormRow, table_of


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Of which letter, the name of the file, its size in bytes."""

    letter: str
    name: str
    size: int
    sha256: str


def kept(connection: Connection) -> dict[str, KeptForm]:
    """By letter."""
    forms = table_of(FormRow)
    columns = (forms.c.letter, forms.c.name, forms.c.size, forms.c.sha256)
    return {row.letter: KeptForm(*row) for row in connection.execute(sa.select(*columns))}


def content_of(connection: Connection, letter: str) -> bytes | None:
    """The bytes of the office's own form, if there is one and it is as it was handed in."""
    form = kept(connection).get(letter)
    content = contents.load(connection, form.sha256) if form else None
    return content if form and content is not None and contents.is_whole(content, form.sha256) else None


def all_of_them(connection: Connection) -> dict[str, bytes]:
    found = {letter: content_of(connection, letter) for letter in kept(connection)}
    return {letter: content for letter, content in found.items() if content is not None}


def put(connection: Connection, letter: str, name: str, content: bytes) -> None:
    """In place of the one before."""
    remove(connection, letter)
    row = {"letter": letter, "name": name, "size": len(content), "sha256": contents.keep(connection, content)}
    connection.execute(sa.insert(table_of(FormRow)), [row])


def remove(connection: Connection, letter: str) -> None:
    before = kept(connection).get(letter)
    if before is not None:
        connection.execute(sa.delete(table_of(FormRow)).filter_by(letter=letter))
        contents.forget_unused(connection, {before.sha256})
