"""Read tables: after every batch they say what the folded log says, and made anew they are the same to the row."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode
from app.meeting.refusals import Said
from app.store import plans
from app.store.project import _rewrites, differences, rebuild
from app.store.tables import READ_TABLES, MarkRow, ResultRow, RoundRow, SheetRow, table_of
from tests.findings import BUREAU, FIRST, brought_to, moves, passes, story_day
from tests.meeting.stories import Watched
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    Story,
    at_water,
    closed_over,
    give_score,
    shipped,
    small_plan,
    whole_meeting,
)
from tests.records import append, record, rows_of, save
from tests.second_half import put_right

TABLES = [table_of(model) for model in READ_TABLES]

# --- rebuild == tables ------------------------------------------------------------------------------------------------

PLANS = [small_plan(), small_plan(mode=Mode.LEVELS), small_plan(mode=Mode.COMMENTS), shipped("demo"), shipped("levels")]


def test_a_mark_writes_marks_and_nothing_else():
    """The commonest of all commands is also the cheapest."""
    story = at_water().does(give_score(ANN, 30))
    before = story.meeting
    after = story.does(give_score(ANN, 31)).meeting
    assert [each.table for each in _rewrites(before, after)] == [MarkRow]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.code}-{plan.mode}")
def test_a_whole_meeting_agrees_with_its_log_after_every_batch(database, plan):
    story = put_right(whole_meeting(plan))
    save(database, plan)
    meeting, chance, rest = Meeting.planned(plan), Random(plan.code), story.events
    while rest:
        size = chance.randint(1, len(story.events) // 3)
        with database.writing() as connection:
            meeting = append(connection, meeting, rest[:size])
            assert differences(connection, meeting) == []
        rest = rest[size:]
    assert meeting == story.meeting
    with database.writing() as connection:
        as_written = {table.name: rows_of(connection, table) for table in TABLES}
        rebuild(connection, meeting)
        assert {table.name: rows_of(connection, table) for table in TABLES} == as_written


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(Mode), st.lists(st.integers(0, 100_000), min_size=40, max_size=60))
def test_any_story_agrees_with_its_log_after_every_command(database, mode, seeds):
    story = Watched(small_plan(mode=mode))
    with database._writer.connect() as connection:  # closed without a commit: the next story finds an empty database
        plans.save(connection, story.meeting.plan)
        meeting, written = Meeting.planned(story.meeting.plan), 0
        for seed in seeds:
            story.asks(seed)
            if len(story.events) > written:
                meeting = append(connection, meeting, story.events[written:])
                written = len(story.events)
                assert differences(connection, meeting) == []
        as_written = [rows_of(connection, table) for table in TABLES]
        rebuild(connection, meeting)
        assert [rows_of(connection, table) for table in TABLES] == as_written


def test_before_the_opening_there_is_nothing_to_read(database):
    save(database, small_plan())
    with database.writing() as connection:
        assert differences(connection, Meeting.planned(small_plan())) == []
        assert [rows_of(connection, table) for table in TABLES] == [[]] * len(TABLES)


def test_rebuild_leaves_other_meetings_alone(database):
    other = at_water(small_plan(code="other"))
    record(database, at_water())
    record(database, other)
    with database.writing() as connection:
        rebuild(connection, at_water().meeting)
        assert differences(connection, other.meeting) == []


# --- what the tables say ----------------------------------------------------------------------------------------------


def test_a_mark_is_exact_and_of_the_working_copy_until_it_is_submitted(database):
    record(database, at_water().does(give_score(ANN, "17.5")))
    assert read(database, MarkRow) == [
        {
            "meeting": "small",
            "round": "report-water",
            "seat": "ann",
            "version": 0,
            "criterion": "clarity",
            "points": Decimal("17.5"),
        }
    ]


def test_a_sheet_says_what_it_counts_for(database):
    record(database, closed_over({ANN: (50, "30.5")}))
    (row,) = read(database, SheetRow)
    assert (row["standing"], row["versions"], str(row["total"]), row["is_late"]) == ("submitted", 1, "80.5", False)


def test_a_result_stands_from_closing_to_reopening(database):
    story = at_water()
    record(database, story)
    assert results(database) == []
    goes_on(database, story, c.CloseRound(WATER, (ANN, BEN, CAT, DAN, EVE)))
    assert results(database) == [(WATER, "no_sheets", 5, 5)]
    goes_on(database, story, c.ReopenRound(WATER, "one came late"))
    assert results(database) == []


def test_an_item_skipped_takes_its_round_along(database):
    story = at_water().does(give_score(ANN, 50))
    record(database, story)
    goes_on(database, story, c.SkipItem(WATER, "called away"))
    assert [row["round"] for model in (RoundRow, SheetRow, MarkRow) for row in read(database, model)] == [COURT]


# --- differences are found --------------------------------------------------------------------------------------------


@pytest.fixture
def played(database):
    record(database, struck_off())
    return database


def struck_off() -> Story:
    """A finding whose row has no empty cell."""
    story = brought_to(Stand.RECTIFYING, whole_meeting(small_plan()))
    story.does(c.MakeLongTerm(FIRST, "It needs a law", story_day(story) + timedelta(days=90), BUREAU))
    for _, commands in moves()[-3:]:
        story.does(*commands)
    story.does(c.GiveNotice((FIRST,), story_day(story) + timedelta(days=7), BUREAU))
    passes(story, 8).does(c.StrikeOff((FIRST,), story_day(story) + timedelta(days=180), BUREAU))
    return story.does(c.LookBack(FIRST, "It holds", BUREAU))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_any_altered_column_is_a_difference(played, table):
    meeting = struck_off().meeting
    for column in table.columns:
        with played._writer.connect() as connection:
            row = next(row for row in rows_of(connection, table) if row[column.name] is not None)
            key = {each.name: row[each.name] for each in table.primary_key}
            connection.execute(sa.update(table).filter_by(**key).values({column.name: other_than(row[column.name])}))
            assert differences(connection, meeting) != [], column.name


def test_a_row_too_many_is_a_difference(played):
    with played._writer.connect() as connection:
        table = table_of(SheetRow)
        row = {**rows_of(connection, table)[0], "seat": "nobody"}
        connection.execute(sa.insert(table), [row])
        assert differences(connection, struck_off().meeting) == [
            Said("fault.table", {"table": "sheet", "row": f"small/{row['round']}/nobody"})
        ]


# --- reading and writing ----------------------------------------------------------------------------------------------


def goes_on(database, story: Story, *commands: c.Command) -> None:
    before, written = story.meeting, len(story.events)
    story.does(*commands)
    with database.writing() as connection:
        append(connection, before, story.events[written:])


def read(database, model) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return rows_of(connection, table_of(model))


def results(database) -> list[tuple[Any, ...]]:
    return [(row["round"], row["outcome"], row["panel"], row["absent"]) for row in read(database, ResultRow)]


def other_than(value: Any) -> Any:
    """Another value that fits the same column."""
    match value:
        case bool():
            return not value
        case datetime():
            return value + timedelta(seconds=1)
        case date():
            return value + timedelta(days=1)
        case str():
            return f"{value[:10]}x"
        case _:
            return value + 1000
