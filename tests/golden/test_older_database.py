"""A database that an earlier Kaimen wrote is opened, holds, and is gone on with; written once, never changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.meeting import commands as c
from app.store import keys, papers, plans
from app.store.database import Database
from app.store.scribe import Performed, Scribe, load_head
from app.store.tables import SCHEMA_VERSION, SchemaVersion, table_of
from app.store.verify import Verdict, verify
from tests.records import rows_of

VERSION_1 = Path(__file__).parent / "small-version-1.sqlite"
"""Format 1, by the Kaimen of commit 776225c: the small meeting in the midst of its first report, a paper, a key."""

LAST_SEAL = "3213fdc1024d2935f00a144428d9043602c32219822846d3f3bbb6a437968a6c"


@pytest.fixture
def older(tmp_path) -> Iterator[Database]:
    shutil.copy(VERSION_1, tmp_path / "kaimen.db")
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    yield database
    database.close()


def test_a_database_of_format_1_holds(older):
    with older.reading() as session:
        connection = session.connection()
        assert verify(connection, "small") == Verdict(8, LAST_SEAL, ())
        assert rows_of(connection, table_of(SchemaVersion)) == [{"version": SCHEMA_VERSION}]
        paper = plans.load(connection, "small").units[0].attachments[0]
        assert papers.load(connection, paper.sha256) == b"%PDF-1.4 what water did"
        assert [each.label for each in keys.listed(connection, "small")] == ["links"]


def test_a_database_of_format_1_is_gone_on_with(older):
    scribe = Scribe(older)
    scribe.start()
    performed = scribe.ask("small", c.TellSpeaker("One minute"), "moderator", "command-9").result(10)
    again = scribe.ask("small", c.Advance(None), "moderator", "command-2").result(10)
    scribe.stop()
    assert (performed, again) == (Performed(9), Performed(2))  # the second is a command that was carried out then
    with older.reading() as session:
        head = load_head(session.connection(), "small")
        assert head is not None
        assert head.meeting.speaker_message == "One minute"
        assert verify(session.connection(), "small").faults == ()
