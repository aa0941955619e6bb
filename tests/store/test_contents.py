"""The bytes of attachments are kept once and go with the last meeting that has them; an opened meeting stays."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.plan import Attachment, Plan
from app.meeting.refusals import Refused
from app.store import contents, discard, forms, keys, plans, rehearsals
from app.store.keys import Key, Role
from app.store.tables import ContentRow, table_of
from tests.meetings import small_plan

REPORT = b"%PDF-1.7 \x00 a report"


def with_attachment(plan: Plan, sha256: str) -> Plan:
    attachment = Attachment("attachment-1", "report.pdf", len(REPORT), sha256)
    return replace(plan, units=(replace(plan.units[0], attachments=(attachment,)), *plan.units[1:]))


def kept(connection) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table_of(ContentRow)))


def test_an_attachment_is_kept_once_and_comes_back_byte_for_byte(database):
    with database.writing() as connection:
        sha256 = contents.keep(connection, REPORT)
        assert contents.keep(connection, REPORT) == sha256
        assert kept(connection) == 1
        assert contents.load(connection, sha256) == REPORT
        assert contents.load(connection, "0" * 64) is None


def test_an_attachment_goes_with_the_last_meeting_that_has_it(database):
    with database.writing() as connection:
        sha256 = contents.keep(connection, REPORT)
        for code in ("one", "two"):
            plans.save(connection, with_attachment(small_plan(code=code), sha256))
        discard.discard(connection, "one")
        assert contents.load(connection, sha256) == REPORT
        discard.discard(connection, "two")
        assert kept(connection) == 0


def test_what_belongs_to_a_discarded_meeting_is_gone_and_the_others_stay(database):
    with database.writing() as connection:
        for code in ("one", "two"):
            plans.save(connection, small_plan(code=code))
        tokens = [keys.make(connection, Key(code, Role.MODERATOR), "test") for code in ("one", "two")]
        discard.discard(connection, "one")
        assert plans.codes(connection) == ["two"]
        assert [keys.find(connection, token) is not None for token in tokens] == [False, True]
        assert plans.load(connection, "two") == small_plan(code="two")


def test_what_is_not_there_or_was_opened_is_not_discarded(database, scribe):
    with database.writing() as connection:
        plans.save(connection, small_plan())
    scribe.ask("small", c.OpenMeeting(small_plan()), "moderator", "open-the-meeting").result(10)
    for code, refusal in (("small", "setup.opened_once"), ("other", "meeting.unknown")):
        with database.writing() as connection, pytest.raises(Refused) as refused:
            discard.discard(connection, code)
        assert refused.value.code == refusal


def test_the_rehearsals_of_a_discarded_meeting_go_with_it(database):
    with database.writing() as connection:
        for code in ("one", "two"):
            plans.save(connection, small_plan(code=code))
        copies = [rehearsals.make(connection, code).code for code in ("one", "one", "two")]
        assert discard.discard(connection, "one") == [*copies[:2], "one"]
        assert plans.codes(connection) == ["two", copies[2]]


def test_a_form_is_kept_beside_the_attachments_and_goes_with_the_letter_that_has_it(database):
    with database.writing() as connection:
        forms.put(connection, "notice", "a.docx", REPORT)
        forms.put(connection, "minutes", "b.docx", REPORT)
        plans.save(connection, with_attachment(small_plan(), contents.keep(connection, REPORT)))
        discard.discard(connection, "small")
        forms.put(connection, "notice", "c.docx", b"another")
        assert forms.all_of_them(connection) == {"notice": b"another", "minutes": REPORT}
        assert forms.kept(connection)["notice"].name == "c.docx"
        forms.remove(connection, "notice")
        assert forms.all_of_them(connection) == {"minutes": REPORT}
        forms.remove(connection, "minutes")
        assert kept(connection) == 0
