"""The contents of proofs stay as long as the log names them, and whoever lays hands on one is found."""

import hashlib

import pytest
import sqlalchemy as sa

from app import clock
from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.plan import Attachment
from app.server import clear_away, prepare
from app.store import contents, plans, proofs, rehearsals
from app.store.backup import backup, restore
from app.store.database import Database
from app.store.tables import ContentRow, EntryRow, ProofRow, table_of
from tests.findings import UNIT, brought_to, proof
from tests.meetings import small_plan
from tests.records import record, save
from tests.store.verdicts import verdict

REPORT = b"%PDF-1.7 the rules, as published"
ORPHAN, SHARED = b"%PDF-1.7 never acknowledged", b"%PDF-1.7 an attachment as well"
DIGEST = hashlib.sha256(REPORT).hexdigest()


@pytest.fixture
def proved(database):
    """A finding with two proofs of one content, the second taken away."""
    story = brought_to(Stand.RECTIFYING)
    story.does(proof("proof-001", sha256=DIGEST), proof("proof-002", sha256=DIGEST, name="again.pdf"))
    record(database, story.does(c.RemoveProof("water", "finding-1", "proof-002", UNIT)))
    with database.writing() as connection:
        assert [proofs.keep(connection, "small", REPORT) for _ in range(2)] == [DIGEST, DIGEST]
    return database


def test_a_content_that_proves_something_outlasts_the_attachment_that_had_it_too(database):
    with database.writing() as connection:
        plans.save(connection, small_plan())
        proofs.keep(connection, "small", REPORT)
        contents.forget_unused(connection, {DIGEST})
        plans.save(connection, small_plan(code="other"))
        plans.change(connection, "other", lambda plan: _with(plan, (Attachment("a", "a.pdf", 1, DIGEST),)))
        plans.change(connection, "other", lambda plan: _with(plan, ()))
        assert contents.load(connection, DIGEST) == REPORT


def _with(plan, attachments):
    return small_plan(code=plan.code, units=(_unit(plan.units[0], attachments), *plan.units[1:]))


def _unit(unit, attachments):
    return type(unit)(unit.id, unit.name, unit.short_name, attachments=attachments)


def test_the_proofs_of_a_rehearsal_go_with_it(database):
    save(database, small_plan())
    with database.writing() as connection:
        code = rehearsals.make(connection, "small").code
        proofs.keep(connection, code, REPORT)
        rehearsals.throw_away(connection, code)
        assert contents.load(connection, DIGEST) is None
        assert connection.scalar(sa.select(sa.func.count()).select_from(table_of(ProofRow))) == 0


@pytest.fixture
def orphaned(proved):
    """Beside what the log names, a content whose event never came, and one that a second meeting has by its plan."""
    with proved.writing() as connection:
        for content in (ORPHAN, SHARED):
            proofs.keep(connection, "small", content)
        plans.save(connection, small_plan(code="other"))
        attachment = Attachment("a", "a.pdf", 1, contents.keep(connection, SHARED))
        plans.change(connection, "other", lambda plan: _with(plan, (attachment,)))
    return proved


def left(database, *all_contents):
    with database.reading() as connection:
        return [contents.load(connection, hashlib.sha256(each).hexdigest()) is not None for each in all_contents]


def test_a_content_whose_event_never_came_is_cleared_away_and_none_that_an_event_names(orphaned):
    with orphaned.writing() as connection:
        assert proofs.forget_unnamed(connection, clock.now()) == 2
        assert proofs.forget_unnamed(connection, clock.now()) == 0
    assert left(orphaned, REPORT, ORPHAN, SHARED) == [True, False, True]
    assert verdict(orphaned).faults == ()


def test_what_was_kept_a_moment_ago_also_once_more_is_not_cleared_away(orphaned):
    long_ago = clock.now()
    with orphaned.writing() as connection:
        proofs.keep(connection, "small", ORPHAN)
        assert proofs.forget_unnamed(connection, long_ago) == 1
    assert left(orphaned, REPORT, ORPHAN) == [True, True]


def test_a_line_that_somebody_changed_still_keeps_the_content_that_it_names(orphaned):
    """What is to be found out is not to be lost before."""
    rows = table_of(EntryRow)
    with orphaned.writing() as connection:
        connection.execute(sa.update(rows).where(rows.c.kind == "ProofAdded").values(kind="WorkReported"))
        proofs.forget_unnamed(connection, clock.now())
    assert left(orphaned, REPORT, ORPHAN) == [True, False]


def test_a_start_clears_away_unless_another_server_may_be_about_to_name_it(orphaned):
    prepare(orphaned)  # as a command does beside a server
    assert left(orphaned, REPORT, ORPHAN) == [True, True]
    clear_away(orphaned)
    assert left(orphaned, REPORT, ORPHAN) == [True, not orphaned.is_sqlite]


def test_a_record_with_all_its_proofs_holds(proved):
    assert verdict(proved).faults == ()


@pytest.mark.parametrize(("change", "code"), [("altered", "fault.proof"), ("gone", "fault.proof_gone")])
def test_a_proof_that_is_altered_or_gone_is_named_also_if_it_was_taken_away(proved, change, code):
    rows = table_of(ContentRow)
    with proved.writing() as connection:
        if change == "gone":
            connection.execute(sa.delete(rows))
        else:
            connection.execute(sa.update(rows).values(content=REPORT + b" and more"))
    found = [(each.code, each.facts["proof"], each.facts["number"]) for each in verdict(proved).faults]
    assert found == [(code, "rules.pdf", 1), (code, "again.pdf", 1)]


def test_a_backup_carries_the_proofs(proved, tmp_path):
    copy = tmp_path / "copy.db"
    assert backup(proved, copy)["small"].holds
    restore(copy, str(tmp_path / "restored.db"))
    restored = Database(str(tmp_path / "restored.db"))
    with restored.reading() as connection:
        assert contents.load(connection, DIGEST) == REPORT
    restored.close()
