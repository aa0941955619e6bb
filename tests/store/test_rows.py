"""Two processes that write the same row at the same moment: neither fails, and nothing of either is lost.

On PostgreSQL, that is: SQLite holds one back until the other has ended.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.store import browsers, contents, drafts, proofs, typed
from app.store.database import Database
from app.store.drafts import Draft
from app.store.tables import ProofRow, TypedRow, table_of
from tests.databases import PostgreSQL
from tests.meetings import ANN, small_plan
from tests.records import save

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOON = 0.2
"""Seconds in which the second comes to where it waits; if it does not, the test is easier to pass."""


def both_write(
    database: Database, first: Callable[[Connection], object], second: Callable[[Connection], object]
) -> None:
    """The second begins to write while the first has not ended its transaction."""
    failed: list[Exception] = []

    def goes_second() -> None:
        try:
            with database.writing() as connection:
                second(connection)
        except Exception as error:
            failed.append(error)

    other = threading.Thread(target=goes_second)
    with database.writing() as connection:
        first(connection)
        other.start()
        other.join(SOON)
    other.join()
    assert failed == []


def types(field: str, text: str) -> Callable[[Connection], object]:
    return lambda connection: typed.keep(connection, "small", "water", "finding-1", {field: text}, {})


@pytest.fixture
def database(postgresql: PostgreSQL) -> Iterator[Database]:
    database = Database(postgresql.emptied_database())
    database.create()
    save(database, small_plan())
    yield database
    database.close()


def test_the_same_row_is_written_by_two_at_once(database):
    for write in (
        lambda connection: contents.keep(connection, b"%PDF-1.7"),
        lambda connection: proofs.keep(connection, "small", b"%PDF-1.7"),
        lambda connection: drafts.save(connection, Draft("small", ANN, "water", "problem", "Half a sen")),
        lambda connection: browsers.note(connection, "Mozilla/5.0", NOW),
    ):
        both_write(database, write, write)


def test_what_two_type_and_send_at_once_is_all_there(database):
    def there() -> dict[str, str]:
        with database.reading() as connection:
            return typed.load(connection, "small", "water", "finding-1")

    both_write(database, types("cause", "why"), types("measures", "what"))
    both_write(database, types("goal", "a goal"), types("office", "an office"))
    assert there() == {"cause": "why", "measures": "what", "goal": "a goal", "office": "an office"}
    sent = list(there())
    both_write(
        database,
        lambda connection: typed.forget(connection, "small", "water", "finding-1", sent, {}),
        types("leader", "a name"),
    )
    assert there() == {"leader": "a name"}


def test_nothing_typed_leaves_no_row_and_a_content_handed_in_twice_has_one(database):
    with database.writing() as connection:
        types("cause", "")(connection)
        proofs.keep(connection, "small", b"%PDF-1.7")
        proofs.keep(connection, "small", b"%PDF-1.7")
        rows = [
            connection.scalar(sa.select(sa.func.count()).select_from(table_of(each))) for each in (TypedRow, ProofRow)
        ]
    assert rows == [0, 1]
