"""Rehearsals: a copy of the plan and nothing else, gone without a trace, and the real meeting as it was."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.meeting.plan import Attachment, Plan
from app.meeting.refusals import Refused
from app.store import drafts, keys, log, plans, rehearsals
from app.store.drafts import Draft
from app.store.keys import Key, Role
from app.store.tables import ContentRow, RehearsalCountRow, table_of
from app.store.verify import verify
from tests.meetings import at_water, small_plan
from tests.records import record, rows_of, save

PAPERS = table_of(ContentRow)


def with_papers(code: str, *papers: str) -> Plan:
    """The small meeting, whose first unit brings these papers; a paper's SHA-256 is its name here."""
    plan = small_plan(code=code)
    attachments = tuple(Attachment(f"{paper}-id", paper, 1, paper) for paper in papers)
    return replace(plan, units=(replace(plan.units[0], attachments=attachments), *plan.units[1:]))


@pytest.fixture
def connection(database):
    record(database, at_water())
    with database.writing() as connection:
        yield connection


def rows_about(connection, code: str) -> dict[str, int]:
    """How many rows of each table belong to a meeting; tables without any are left out."""
    tables = [table for table in SQLModel.metadata.sorted_tables if "meeting" in table.columns]
    found = {table.name: [row["meeting"] for row in rows_of(connection, table)].count(code) for table in tables}
    return {name: number for name, number in found.items() if number}


# --- making -----------------------------------------------------------------------------------------------------------


def test_a_rehearsal_is_the_plan_under_a_code_of_its_own(connection):
    plan = rehearsals.make(connection, "small")
    assert plan == replace(small_plan(), code="small-r1", rehearsal_of="small")
    assert plans.load(connection, "small-r1") == plan


def test_it_begins_with_an_empty_log_and_no_key(connection):
    keys.make(connection, Key("small", Role.MODERATOR), "links")
    rehearsals.make(connection, "small")
    assert list(log.load(connection, "small-r1")) == []
    assert rows_about(connection, "small-r1").keys() == {
        "edition", "unit", "panel_group", "seat", "recusal", "agenda_item", "segment", "criterion", "head"
    }  # fmt: skip
    assert list(log.load(connection, "small")) != []


def test_numbers_are_never_used_twice(connection):
    first, second = (rehearsals.make(connection, "small").code for _ in range(2))
    rehearsals.throw_away(connection, second)
    third = rehearsals.make(connection, "small").code
    assert (first, second, third) == ("small-r1", "small-r2", "small-r3")
    assert rehearsals.codes_of(connection, "small") == ["small-r1", "small-r3"]


def test_a_code_that_is_taken_is_passed_over(connection):
    plans.save(connection, small_plan(code="small-r1"))
    assert rehearsals.make(connection, "small").code == "small-r2"
    assert not plans.load(connection, "small-r1").is_rehearsal


def test_the_code_of_a_rehearsal_is_never_too_long(connection):
    plans.save(connection, small_plan(code="x" * 32))
    made = [rehearsals.make(connection, "x" * 32).code for _ in range(10)]
    assert {len(code) for code in made} == {32}
    assert len(set(made)) == 10


def test_there_is_no_rehearsal_of_a_rehearsal_or_of_nothing(connection):
    rehearsals.make(connection, "small")
    for code, reason in (("small-r1", "rehearsal.of_rehearsal"), ("nothing", "meeting.unknown")):
        with pytest.raises(Refused) as refused:
            rehearsals.make(connection, code)
        assert refused.value.code == reason


# --- throwing away ----------------------------------------------------------------------------------------------------


def test_what_is_thrown_away_leaves_no_row_and_touches_none_of_the_real_meeting(database):
    story = at_water()
    record(database, story)
    with database.writing() as connection:
        before = rows_about(connection, "small")
        plan = rehearsals.make(connection, "small")
    played = at_water(plan)
    record(database, played)
    with database.writing() as connection:
        keys.make(connection, Key(plan.code, Role.SEAT, "ann"), "bots")
        drafts.save(connection, Draft(plan.code, "ann", "water", "problem", "half a sen"))
        assert rows_about(connection, plan.code)["log"] == len(played.events)
        rehearsals.throw_away(connection, plan.code)
        assert rows_about(connection, plan.code) == {}
        assert plans.codes(connection) == ["small"]
        assert rows_about(connection, "small") == before | {table_of(RehearsalCountRow).name: 1}
        assert verify(connection, "small").holds


def test_a_real_meeting_is_not_thrown_away(connection):
    before = rows_about(connection, "small")
    with pytest.raises(Refused) as refused:
        rehearsals.throw_away(connection, "small")
    assert refused.value.code == "meeting.not_a_rehearsal"
    assert rows_about(connection, "small") == before


def test_what_is_gone_cannot_be_thrown_away_again(connection):
    code = rehearsals.make(connection, "small").code
    rehearsals.throw_away(connection, code)
    with pytest.raises(Refused) as refused:
        rehearsals.throw_away(connection, code)
    assert refused.value.code == "meeting.unknown"


def test_papers_stay_as_long_as_any_meeting_has_them(database):
    save(database, with_papers("real", "report"))
    with database.writing() as connection:
        connection.execute(
            sa.insert(PAPERS), [{"sha256": each, "content": b"x"} for each in ("report", "draft", "new")]
        )
        code = rehearsals.make(connection, "real").code
        plans.save(connection, replace(with_papers(code, "report", "draft"), rehearsal_of="real"))
        rehearsals.throw_away(connection, code)
        left = set(connection.scalars(sa.select(PAPERS.c.sha256)))
    assert left == {"report", "new"}, "only what the rehearsal alone had goes; what is being uploaded stays"
