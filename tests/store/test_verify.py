"""Verify: whatever was done to a record behind Kaimen's back is found, with its place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.displays.commands import TellSpeaker
from app.meeting.plan import Attachment, Rules
from app.meeting.script.steps import last_step
from app.store import log, papers
from app.store.database import Database
from app.store.tables import READ_TABLES, table_of
from app.store.verify import Verdict, verify
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    DAN,
    EVE,
    WATER,
    Story,
    at_water,
    checks,
    closed_over,
    comment,
    give_score,
    shipped,
    small_plan,
    whole_meeting,
)
from tests.records import (
    append,
    change,
    change_head,
    entries,
    put_in_place,
    record,
    remove,
    rows,
    save,
    seal_again,
    undone,
)

FIVE = {ANN: (60, 32), BEN: (50, 30), CAT: (50, 31), DAN: (55, 30), EVE: (50, 34.5)}

N = 12
"""How many entries the tampered meeting has."""


@pytest.fixture
def tampered(database):
    """A database with a meeting of twelve entries, to tamper with."""
    record(database, story())
    assert len(entries(database, "small")) == N
    return database


def story() -> Story:
    story = at_water().does(comment(), comment("ben", "comment2", text="Less so"))
    return (
        story.does(
            *(give_score(seat, points) for seat, points in zip(("ann", "ben", "cat"), (50, 51, 52), strict=True))
        )
        .steps(2)
        .does(TellSpeaker("One minute"))
    )


# --- all is well ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["demo", "levels", "comments"])
def test_a_whole_meeting_holds(database, code):
    record(database, whole_meeting(shipped(code)))
    logged = entries(database, code)
    assert verdict(database, code) == Verdict(len(logged), logged[-1].seal, ())


def test_a_meeting_that_has_not_been_opened_holds(database):
    save(database, small_plan())
    assert verdict(database) == Verdict(0, log.beginning("small").seal, ())


def test_there_is_no_verdict_on_a_meeting_there_is_not(database):
    with database.reading() as connection, pytest.raises(KeyError, match="nowhere"):
        verify(connection, "nowhere")


def test_a_record_that_grows_while_it_is_read_holds(tampered):
    """Somebody verifies beside a running server."""
    with tampered.reading() as connection:
        reading = log.verified(connection, "small")
        first = next(reading)
        with tampered.writing() as connection:
            append(connection, story().meeting, [first.event])
        assert len([first, *reading]) == N


# --- the chain --------------------------------------------------------------------------------------------------------

Tamper = Callable[[Connection, int], Any]


def alters_a_line(connection: Connection, at: int) -> int:
    line = line_at(connection, at)
    change(connection, "small", at, line=line.replace("2023", "2024", 1))
    return at


def alters_a_line_and_its_seal(connection: Connection, at: int) -> int:
    before = rows(connection, "small")[at - 2]["seal"] if at > 1 else log.beginning("small").seal
    alters_a_line(connection, at)
    change(connection, "small", at, seal=log.seal_of(before, line_at(connection, at)))
    return min(at + 1, N)


def alters_a_line_and_all_seals_from_there(connection: Connection, at: int) -> int:
    alters_a_line(connection, at)
    seal_again(connection, "small", first=at)
    return N


def alters_a_seal(connection: Connection, at: int) -> int:
    change(connection, "small", at, seal="0" * 64)
    return at


def alters_the_column_of_who_asked(connection: Connection, at: int) -> int:
    change(connection, "small", at, by="seat:dan")
    return at


def alters_the_column_of_the_command(connection: Connection, at: int) -> int:
    change(connection, "small", at, command="another")
    return at


def alters_the_column_of_the_kind(connection: Connection, at: int) -> int:
    change(connection, "small", at, kind="ClockPaused")
    return at


def removes_an_entry(connection: Connection, at: int) -> int:
    remove(connection, "small", at)
    return at


def removes_an_entry_and_closes_the_gap(connection: Connection, at: int) -> int:
    left = rows(connection, "small")
    put_in_place(connection, "small", left[: at - 1] + left[at:])
    return at


def removes_the_rest(connection: Connection, at: int) -> int:
    remove(connection, "small", *range(at, N + 1))
    return at


def inserts_an_entry(connection: Connection, at: int) -> int:
    """One that was made by the rules of sealing, out of an entry that is there."""
    before = rows(connection, "small")
    again = {**before[at - 1], "seal": log.seal_of(before[at - 1]["seal"], before[at - 1]["line"])}
    put_in_place(connection, "small", [*before[:at], again, *before[at:]])
    return at + 1


def swaps_two_neighbours(connection: Connection, at: int) -> int:
    before = rows(connection, "small")
    at = min(at, N - 1)
    put_in_place(connection, "small", [*before[: at - 1], before[at], before[at - 1], *before[at + 1 :]])
    return at


def moves_an_entry_to_the_end(connection: Connection, at: int) -> int:
    before = rows(connection, "small")
    at = min(at, N - 1)
    put_in_place(connection, "small", [*before[: at - 1], *before[at:], before[at - 1]])
    return at


def makes_a_line_unreadable_under_a_right_seal(connection: Connection, at: int) -> int:
    change(connection, "small", at, line="{}")
    seal_again(connection, "small", first=at)
    return at


TAMPERS = [
    alters_a_line,
    alters_a_line_and_its_seal,
    alters_a_line_and_all_seals_from_there,
    alters_a_seal,
    alters_the_column_of_who_asked,
    alters_the_column_of_the_command,
    alters_the_column_of_the_kind,
    removes_an_entry,
    removes_an_entry_and_closes_the_gap,
    removes_the_rest,
    inserts_an_entry,
    swaps_two_neighbours,
    moves_an_entry_to_the_end,
    makes_a_line_unreadable_under_a_right_seal,
]
PLACES = [1, N // 2, N]


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_log_is_found_at_the_place(tampered, tamper: Tamper):
    for at in PLACES:
        with undone(tampered) as connection:
            expected = tamper(connection, at)
            assert place_of_fault(connection) == expected
    assert verdict(tampered).holds


touches = st.tuples(
    st.integers(1, N), st.sampled_from(["line", "seal", "by", "command", "kind"]), st.integers(0, 2000), st.characters()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(touches, min_size=1, max_size=4, unique_by=lambda touch: touch[:2]))
def test_whatever_characters_are_touched_the_first_of_them_is_found(tampered, touches):
    with undone(tampered) as connection:
        for at, column, place, character in touches:
            text = rows(connection, "small")[at - 1][column]
            place %= len(text)
            assume(character not in ("\0", text[place]))
            change(connection, "small", at, **{column: text[:place] + character + text[place + 1 :]})
        assert place_of_fault(connection) == min(at for at, *_ in touches)


def test_an_entry_appended_by_the_rules_of_sealing_is_found_by_the_head(tampered):
    with undone(tampered) as connection:
        kept = log._tail_of("small")
        head = connection.execute(kept).one()
        append(connection, story().meeting, [story().events[-1]])
        change_head(connection, "small", seq=head.seq, seal=head.seal)
        assert place_of_fault(connection) == N + 1


def test_a_head_that_says_another_length_is_found(tampered):
    with undone(tampered) as connection:
        change_head(connection, "small", seq=N - 3)
        assert place_of_fault(connection) == N - 2


def test_a_log_without_a_head_is_found(tampered):
    with undone(tampered) as connection:
        connection.execute(sa.text("DELETE FROM head"))
        assert faults(connection) == (f"entry {N + 1}: nothing says where the log ends",)


def test_two_exchanged_meetings_are_found_both_at_their_first_entry(tampered):
    record(tampered, at_water(small_plan(code="other")))
    with undone(tampered) as connection:
        ours, theirs = rows(connection, "small"), rows(connection, "other")
        put_in_place(connection, "small", theirs)
        put_in_place(connection, "other", ours)
        assert [place_of_fault(connection, code) for code in ("small", "other")] == [1, 1]


def test_an_entry_sealed_for_another_meeting_is_found_even_under_a_new_chain(tampered):
    record(tampered, at_water(small_plan(code="other")))
    with undone(tampered) as connection:
        put_in_place(connection, "small", rows(connection, "other"))
        seal_again(connection, "small", head=True)
        assert faults(connection) == ("entry 1: its columns do not match its sealed text",)


def test_an_entry_of_a_kind_that_nobody_knows_is_found(tampered):
    with undone(tampered) as connection:
        change(
            connection,
            "small",
            5,
            line=line_at(connection, 5).replace("CommentSent", "CommentLost"),
            kind="CommentLost",
        )
        seal_again(connection, "small", head=True)
        (fault,) = faults(connection)
        assert fault == "entry 5: of a kind unknown to this program: CommentLost"


def test_whoever_writes_everything_anew_is_betrayed_by_the_seal_in_the_minutes(tampered):
    """The chain cannot find this alone, as docs/record.md says; the seal printed into the minutes can."""
    in_the_minutes = verdict(tampered).seal
    with undone(tampered) as connection:
        alters_a_line(connection, 4)
        seal_again(connection, "small", head=True)
        assert faults(connection) == ()
        assert verify(connection, "small").seal != in_the_minutes


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
        said = f"Water stands announced as 99.99, but its sheets come to {score}"
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
        (e.ResultStepShown(WATER, "spread", at=at), "the result of Water was shown, and nobody had checked it"),
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
    record(database, whole_meeting(small_plan()))
    with undone(database) as connection:
        first = connection.execute(sa.select(*table.primary_key)).first()
        assert first is not None
        connection.execute(sa.delete(table).filter_by(**first._mapping))
        named = "/".join(map(str, first))
        assert faults(connection) == (f"table {table.name}, row {named} does not agree with the log",)


# --- what cannot be read, and papers ----------------------------------------------------------------------------------

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
        ("UPDATE paper SET content = 'another report'", "its SHA-256 is not the one in the plan"),
        ("DELETE FROM paper", "the file is not here"),
    ],
)
def test_papers_are_held_against_the_sealed_plan(database, done, fault):
    with database.writing() as connection:
        sha256 = papers.keep(connection, b"%PDF-1.7 a report")
    paper = Attachment("paper-1", "report.pdf", 17, sha256)
    water, *others = small_plan().units
    plan = replace(small_plan(), units=(replace(water, attachments=(paper,)), *others))
    record(database, Story(plan).opens())
    assert verdict(database).faults == ()
    with undone(database) as connection:
        connection.exec_driver_sql(done)
        assert faults(connection) == (f"paper “report.pdf” of Water: {fault}",)


# --- asking -----------------------------------------------------------------------------------------------------------


def verdict(database, code: str = "small") -> Verdict:
    with database.reading() as connection:
        return verify(connection, code)


def place_of_fault(connection: Connection, code: str = "small") -> int:
    """The number of the one entry that ``verify`` names."""
    (fault,) = verify(connection, code).faults
    return int(str(fault.facts["seq"]))


def faults(connection: Connection) -> tuple[str, ...]:
    return tuple(sentence_of(fault) for fault in verify(connection, "small").faults)


def line_at(connection: Connection, seq: int) -> str:
    line: str = rows(connection, "small")[seq - 1]["line"]
    return line
