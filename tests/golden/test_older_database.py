"""A database that an earlier Kaimen wrote is opened, holds, and is gone on with; written once, never changed."""

from collections.abc import Iterator

import pytest

from app.meeting import commands as c
from app.meeting.agenda.events import MeetingOpened
from app.papers.folder.proceedings import proceedings_of
from app.papers.record.exports import log_file
from app.store import contents, keys, log, plans
from app.store.database import Database
from app.store.heads import load_head
from app.store.keys import Key, Role, Way
from app.store.scribe import Performed, Scribe
from app.store.tables import SCHEMA_VERSION, SchemaVersion, table_of
from app.store.verify import Verdict, verify
from tests.golden.older import rehearsed_version_2, small_version_1
from tests.records import checked_as_documented, rows_of, token_of_code

LAST_SEAL_OF_REHEARSAL = "2cd491a5fdeb266092c24b2dd32f0b8603a52c869da3a70462b3e825ad83e81c"
SEAT, CARD = "8fI1WTqmKVzBf69M9i2buw", "QFXR-QKY-5Q6"
DISPLAY, REVOKED = "3UoDflIKOruQzVpc5iKCww", "9u62VUvX3QEug-8xeeZgvw"
ORGANISER = "_3dgoN14ol-s7SvIcWaIZw"

LAST_SEAL = "3213fdc1024d2935f00a144428d9043602c32219822846d3f3bbb6a437968a6c"


@pytest.fixture
def older(tmp_path) -> Iterator[Database]:
    database = Database(str(small_version_1(tmp_path / "kaimen.db")))
    database.create()
    yield database
    database.close()


def test_a_database_of_format_1_holds(older):
    with older.reading() as connection:
        assert verify(connection, "small") == Verdict(8, LAST_SEAL, ())
        assert rows_of(connection, table_of(SchemaVersion)) == [{"version": SCHEMA_VERSION}]
        attachment = plans.load(connection, "small").units[0].attachments[0]
        assert contents.load(connection, attachment.sha256) == b"%PDF-1.4 what water did"
        assert [each.label for each in keys.listed(connection, "small")] == ["links"]


def test_a_database_of_format_1_is_gone_on_with(older, tmp_path):
    scribe = Scribe(older)
    scribe.start()
    performed = scribe.ask("small", c.TellSpeaker("One minute"), "moderator", "command-9").result(10)
    again = scribe.ask("small", c.Advance(None), "moderator", "command-2").result(10)
    scribe.stop()
    assert (performed, again) == (Performed(9), Performed(2))  # the second is a command that was carried out then
    with older.reading() as connection:
        head = load_head(connection, "small")
        assert head is not None
        assert head.meeting.displays.speaker_message == "One minute"
        verdict = verify(connection, "small")
        assert (verdict.entries, verdict.faults) == (9, ())
        assert [each.line for each in log.load(connection, "small") if '"chain"' in each.line] == []
        exported = tmp_path / "small.log.jsonl"
        exported.write_bytes(log_file(proceedings_of(connection, "small")))
        assert checked_as_documented(exported, "small") == verdict.seal


@pytest.fixture
def rehearsed(tmp_path) -> Iterator[Database]:
    database = Database(str(rehearsed_version_2(tmp_path / "kaimen.db")))
    database.create()
    yield database
    database.close()


def test_a_database_of_format_2_holds(rehearsed):
    with rehearsed.reading() as connection:
        assert plans.codes(connection) == ["levels", "levels-r1"]
        assert verify(connection, "levels-r1") == Verdict(387, LAST_SEAL_OF_REHEARSAL, ())
        assert rows_of(connection, table_of(SchemaVersion)) == [{"version": SCHEMA_VERSION}]
        head = load_head(connection, "levels-r1")
    assert head is not None
    assert head.meeting.is_finished


def test_keys_of_format_2_open_what_they_opened(rehearsed):
    with rehearsed.reading() as connection:
        assert keys.find(connection, SEAT) == Key("levels-r1", Role.SEAT, "expert-1")
        assert keys.find(connection, DISPLAY) == Key("levels-r1", Role.DISPLAY, "left")
        assert keys.find(connection, ORGANISER) == Key(None, Role.ORGANISER)
        assert keys.find(connection, REVOKED) is None
        assert token_of_code(connection, CARD) == SEAT
        [of_seat, of_display, _moderator, revoked] = keys.listed(connection, "levels-r1")
        assert (of_seat.made_by.by, of_seat.has_code) == ("supervisor", True)
        assert [each.way for each in of_display.uses] == [Way.BROWSER]
        assert (revoked.revoked_by.by, revoked.revoked_at is not None) == ("supervisor", True)


def test_a_database_of_format_2_is_gone_on_with(rehearsed):
    scribe = Scribe(rehearsed)
    scribe.start()
    with rehearsed.reading() as connection:
        plan = plans.load(connection, "levels")
    performed = scribe.ask("levels", c.OpenMeeting(plan), "moderator", "first").result(10)
    scribe.stop()
    with rehearsed.reading() as connection:
        assert verify(connection, "levels").faults == ()
        first = next(iter(log.load(connection, "levels")))
        assert (type(first.event), '"chain":2' in first.line) == (MeetingOpened, True)
        assert verify(connection, "levels-r1").seal == LAST_SEAL_OF_REHEARSAL
    assert performed.seq >= 1
