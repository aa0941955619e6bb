"""The bytes of papers are kept once and go with the last meeting that has them; an opened meeting stays."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.plan import Attachment, Plan
from app.meeting.refusals import Refused
from app.store import discard, forms, keys, papers, plans, rehearsals
from app.store.keys import Key, Role
from app.store.tables import PaperRow, table_of
from tests.meetings import small_plan

REPORT = b"%PDF-1.7 \x00 a report"


def with_paper(plan: Plan, sha256: str) -> Plan:
    paper = Attachment("paper-1", "report.pdf", len(REPORT), sha256)
    return replace(plan, units=(replace(plan.units[0], attachments=(paper,)), *plan.units[1:]))


def kept(connection) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table_of(PaperRow)))


def test_a_paper_is_kept_once_and_comes_back_byte_for_byte(database):
    with database.writing() as connection:
        sha256 = papers.keep(connection, REPORT)
        assert papers.keep(connection, REPORT) == sha256
        assert kept(connection) == 1
        assert papers.load(connection, sha256) == REPORT
        assert papers.load(connection, "0" * 64) is None


def test_a_paper_goes_with_the_last_meeting_that_has_it(database):
    with database.writing() as connection:
        sha256 = papers.keep(connection, REPORT)
        for code in ("one", "two"):
            plans.save(connection, with_paper(small_plan(code=code), sha256))
        discard.discard(connection, "one")
        assert papers.load(connection, sha256) == REPORT
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


def test_a_form_is_kept_beside_the_papers_and_goes_with_the_letter_that_has_it(database):
    with database.writing() as connection:
        forms.put(connection, "notice", "a.docx", REPORT)
        forms.put(connection, "minutes", "b.docx", REPORT)
        plans.save(connection, with_paper(small_plan(), papers.keep(connection, REPORT)))
        discard.discard(connection, "small")
        forms.put(connection, "notice", "c.docx", b"another")
        assert forms.contents(connection) == {"notice": b"another", "minutes": REPORT}
        assert forms.kept(connection)["notice"].name == "c.docx"
        forms.remove(connection, "notice")
        assert forms.contents(connection) == {"minutes": REPORT}
        forms.remove(connection, "minutes")
        assert kept(connection) == 0
