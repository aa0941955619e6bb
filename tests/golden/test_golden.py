"""Whole meetings that were written once: they decode, their chain holds, and they still come to the same."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from app.meeting.events import KINDS
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.papers.record.exported import checked
from app.store import contents, log, plans, proofs
from app.store.ballots import Told
from app.store.database import Database
from app.store.project import rebuild
from app.store.verify import verify
from tests.golden.meetings import BALLOTS, FOLDER, PLAYED, log_of, main, outcome, outcome_of, vote
from tests.polled import CAST, told_of
from tests.records import HEADS, LOG, checked_as_documented
from tests.second_half import CONTENT

NAMES = sorted(path.name.removesuffix(".log.jsonl") for path in FOLDER.glob("*.log.jsonl"))
every_meeting = pytest.mark.parametrize("name", NAMES)


def test_no_meeting_has_been_lost():
    assert sorted(PLAYED) == NAMES


def test_everything_that_can_happen_happens_in_one_of_them():
    assert {json.loads(line)["kind"] for name in NAMES for line, _ in written(name)} >= set(KINDS)


@every_meeting
def test_the_chain_of_a_file_holds_by_the_rule_alone(name):
    lines = written(name)
    assert checked_as_documented(log_of(name), json.loads(lines[0][0])["meeting"]) == lines[-1][1]


def test_logs_of_both_rules_are_among_them():
    assert {json.loads(written(name)[0][0]).get("chain", 1) for name in NAMES} == {1, 2}


@every_meeting
def test_a_meeting_written_once_still_comes_to_what_it_came_to(name, tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    with database.writing() as connection:
        contents.keep(connection, CONTENT)
        meeting = read_in(connection, written(name))
        rebuild(connection, meeting)
        if meeting.findings.by_id:
            proofs.keep(connection, meeting.plan.code, CONTENT)
        if meeting.plan.code == "ballots":
            vote(connection)
        verdict = verify(connection, meeting.plan.code)
        found = outcome(connection, meeting, verdict.seal)
    database.close()
    assert verdict.faults == ()
    expected = json.loads(outcome_of(name).read_text("utf-8"))
    tables = expected.pop("tables")
    assert said_of(found, expected) == expected
    assert {table: columns_of(found["tables"][table], *rows[:1]) for table, rows in tables.items()} == tables


def test_ballots_that_were_told_once_are_counted_again_for_ever():
    assert [each.verdict.faults for each in checked([log_of("ballots-2026"), BALLOTS])] == [(), ()]
    told = json.loads(BALLOTS.read_text("utf-8"))["ballots"]["water.1"]
    assert told_of("ballots", "water.1", CAST["water.1"]) == Told(tuple(told["receipts"]), tuple(told["slips"]))


def written(name: str) -> list[tuple[str, str]]:
    entries = [json.loads(text) for text in log_of(name).read_text("utf-8").splitlines()]
    return [(entry["line"], entry["seal"]) for entry in entries]


def read_in(connection: sa.Connection, lines: list[tuple[str, str]]) -> Meeting:
    """A log into an empty database; the plan is the one that was opened."""
    rows = []
    for line, seal in lines:
        said = json.loads(line)
        rows.append(
            {name: said[name] for name in ("meeting", "seq", "kind", "by", "command")} | {"line": line, "seal": seal}
        )
    opening = next(row for row in rows if row["kind"] == "MeetingOpened")
    plan = log._decoders["MeetingOpened"].decode(log._decode_line(opening["line"]).data).plan
    plans.save(connection, plan)
    connection.execute(sa.insert(LOG), rows)
    connection.execute(sa.update(HEADS).values(seq=rows[-1]["seq"], seal=rows[-1]["seal"]))
    return fold(Meeting.planned(plan), (entry.event for entry in log.load(connection, plan.code)))


def said_of(found: Any, expected: Any) -> Any:
    """Of what is said now, what was said then: newer programs may say more, never less or something else."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return {key: said_of(found[key], expected[key]) for key in expected if key in found}
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [said_of(*pair) for pair in zip(found, expected, strict=True)]
    return found


def columns_of(table: list[list[Any]], columns: list[str]) -> list[list[Any]]:
    names, *rows = table
    return [columns, *([row[names.index(column)] for column in columns] for row in rows)]


def test_what_was_written_is_never_written_again():
    before = log_of("comments-2023").read_bytes()
    with pytest.raises(FileExistsError):
        main("comments-2023")
    assert log_of("comments-2023").read_bytes() == before
