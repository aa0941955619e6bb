"""Verify beyond the chain: results, tables, attachments, and what cannot be read at all."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.plan import Attachment, Rules
from app.meeting.script.steps import last_step
from app.store import contents
from app.store.database import Database
from app.store.tables import READ_TABLES, table_of
from tests.findings import drafted
from tests.meetings import (
    WATER,
    Story,
    at_water,
    checks,
    closed_over,
    closes,
    sheet,
    small_plan,
    whole_meeting,
)
from tests.promised import WORDS, all_say, judged_plan
from tests.records import (
    append,
    change,
    entries,
    record,
    seal_again,
    undone,
)
from tests.store.verdicts import FIVE, faults, line_at, story, verdict

# --- beyond the chain -------------------------------------------------------------------------------------------------


def test_an_entry_that_the_rules_cannot_follow_is_found(tampered):
    with undone(tampered) as connection:
        line = line_at(connection, 7)
        change(connection, "small", 7, line=line.replace('"round":"report-water"', '"round":"report-moon"'))
        seal_again(connection, "small", head=True)
        assert faults(connection) == ("entry 7: cannot be replayed: KeyError('report-moon')",)


def test_a_result_announced_otherwise_than_its_sheets_say_is_found(database):
    record(database, whole_meeting(small_plan()))
    announced = next(entry for entry in entries(database, "small") if type(entry.event).__name__ == "ResultRevealed")
    with undone(database) as connection:
        score = str(announced.event.announced.score)
        change(connection, "small", announced.seq, line=announced.line.replace(score, "99.99"))
        seal_again(connection, "small", head=True)
        said = f"Water was announced as 99.99, but its sheets give {score}"
        assert faults(connection) == (f"entry {announced.seq}: {said}",)


def test_a_composite_announced_otherwise_than_its_parts_say_is_found(database):
    record(database, whole_meeting(small_plan()))
    announced = next(each for each in entries(database, "small") if isinstance(each.event, e.CompositesAnnounced))
    with undone(database) as connection:
        score = str(announced.event.composites[0].score)
        change(connection, "small", announced.seq, line=announced.line.replace(score, "99.99"))
        seal_again(connection, "small", head=True)
        said = f"entry {announced.seq}: the announced composites do not follow from their parts"
        assert faults(connection) == (said,)


def test_promises_told_otherwise_than_the_panel_judged_are_found(database):
    story = at_water(judged_plan()).does(*all_say())
    story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in WORDS))
    record(database, closes(story, WATER).does(c.RevealResult(WATER)))
    *_, word = (each for each in entries(database, "small") if isinstance(each.event, e.PromiseJudged))
    *_, told = (each for each in entries(database, "small") if isinstance(each.event, e.PromisesTold))
    with undone(database) as connection:
        assert faults(connection) == ()
        change(connection, "small", word.seq, line=word.line.replace(word.event.mark, "kept"))
        seal_again(connection, "small", head=True)
        said = "what was announced about the promises does not match what the panel said"
        assert faults(connection) == (f"entry {told.seq}: {said}",)


def test_a_check_of_something_else_than_the_sheets_is_found(database):
    story = closed_over(FIVE, plan=small_plan(rules=Rules(checked=True)))
    story.does(checks(story, WATER), *(c.ShowResultStep(WATER, step) for step in ("spread", "trimmed", "score")))
    record(database, story)
    check = next(entry for entry in entries(database, "small") if isinstance(entry.event, e.ResultChecked))
    with undone(database) as connection:
        assert faults(connection) == ()
        change(connection, "small", check.seq, line=check.line.replace(check.event.seen, "0" * 16))
        seal_again(connection, "small", head=True)
        assert faults(connection) == (f"entry {check.seq}: what was checked of Water is not what its sheets were",)


def test_what_no_press_can_have_brought_is_found(database):
    """A result shown unchecked, or grown by being hidden; a scored round gone; a step undone that was not the last."""
    story = closed_over(FIVE, plan=small_plan(rules=Rules(checked=True)))
    at, last = story.now, last_step(story.meeting)
    record(database, story)
    length = len(entries(database, "small"))
    for event, fault in (
        (e.ResultStepShown(WATER, "spread", at=at), "the result of Water was shown, although nobody had checked it"),
        (e.RoundTakenBack(WATER, at=at), "the round of Water was taken back although somebody had marked"),
        (e.ResultHidden(WATER, ("spread",), at=at), "what remained shown of the result of Water had not been shown"),
        (e.StepUndone(last.number - 1, last.step, 0, at=at), "the step that was taken back was not the last one"),
    ):
        with undone(database) as connection:
            append(connection, story.meeting, [event])
            assert faults(connection)[0].startswith(f"entry {length + 1}: {fault}")


def test_rules_that_are_not_those_of_the_rule_seal_are_found(tampered):
    with undone(tampered) as connection:
        line = line_at(connection, 1)
        change(connection, "small", 1, line=line.replace('"trim_high":1', '"trim_high":0'))
        seal_again(connection, "small", head=True)
        assert faults(connection) == (
            "entry 1: the rule seal shown at the opening does not match the rules in the log",
        )


def test_an_altered_read_table_is_found_with_its_row(tampered):
    with undone(tampered) as connection:
        connection.execute(sa.text("UPDATE mark SET points = '59' WHERE seat = 'cat'"))
        assert faults(connection) == ("table mark, row small/report-water/cat/0/clarity does not agree with the log",)


@pytest.mark.parametrize("table", [table_of(model) for model in READ_TABLES], ids=lambda table: table.name)
def test_a_row_missing_from_any_read_table_is_found(database, table):
    record(database, whole_meeting(small_plan()).does(drafted()))
    with undone(database) as connection:
        first = connection.execute(sa.select(*table.primary_key)).first()
        assert first is not None
        connection.execute(sa.delete(table).filter_by(**first._mapping))
        named = "/".join(map(str, first))
        assert faults(connection) == (f"table {table.name}, row {named} does not agree with the log",)


# --- what cannot be read, and attachments -----------------------------------------------------------------------------

UNREADABLE = [
    ("UPDATE mark SET points = 'abc' WHERE seat = 'cat'", "table mark, row small/report-water/cat/0/clarity: points"),
    (
        "UPDATE comment SET sent_at = 'yesterday' WHERE comment = 'comment2'",
        "table comment, row small/comment2: sent_at",
    ),
    ("UPDATE round SET opened_at = X'ff'", "table round, row small/report-water: opened_at"),
    ("UPDATE meeting SET rules = '{'", "table meeting, row small: rules"),
    ("UPDATE meeting SET starts_at = 'next week'", "table meeting, row small: starts_at"),
    ("UPDATE meeting SET mode = 'whatever'", "table meeting, row small: mode"),
    ("UPDATE criterion SET maximum = 'ten' WHERE id = 'clarity'", "table criterion, row small/clarity: maximum"),
    ("UPDATE agenda_item SET kind = 7 WHERE id = 'opening'", "table agenda_item, row small/opening: kind"),
    ("UPDATE segment SET seconds = 'long' WHERE item = 'opening'", "table segment, row small/opening/0: seconds"),
]


@pytest.fixture
def on_sqlite(tmp_path):
    """SQLite, which keeps in any cell whatever is written there."""
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    record(database, story())
    yield database
    database.close()


@pytest.mark.parametrize(("done", "place"), UNREADABLE)
def test_what_cannot_be_read_is_named_by_table_row_and_column(on_sqlite, done, place):
    with undone(on_sqlite) as connection:
        assert connection.exec_driver_sql(done).rowcount == 1
        found = faults(connection)
        assert [fault.partition(" cannot be read")[0] for fault in found] == [place]


def test_text_that_is_none_is_named_by_its_table(on_sqlite):
    with undone(on_sqlite) as connection:
        connection.exec_driver_sql("UPDATE comment SET text = CAST(X'ff' AS TEXT)")
        (fault,) = faults(connection)
        assert fault.startswith("table comment, row ?: ? cannot be read: Could not decode to UTF-8")


@pytest.mark.parametrize(
    ("done", "fault"),
    [
        ("UPDATE content SET content = 'another report'", "its SHA-256 is not the one in the plan"),
        ("DELETE FROM content", "the file is not here"),
    ],
)
def test_attachments_are_held_against_the_sealed_plan(database, done, fault):
    with database.writing() as connection:
        sha256 = contents.keep(connection, b"%PDF-1.7 a report")
    attachment = Attachment("attachment-1", "report.pdf", 17, sha256)
    water, *others = small_plan().units
    plan = replace(small_plan(), units=(replace(water, attachments=(attachment,)), *others))
    record(database, Story(plan).opens())
    assert verdict(database).faults == ()
    with undone(database) as connection:
        connection.exec_driver_sql(done)
        assert faults(connection) == (f"attachment “report.pdf” of Water: {fault}",)
