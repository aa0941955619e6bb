"""Databases of earlier formats, as they were used: nothing of them is lost on the way here, and they are gone on with.

A file is tried by its being in this folder. What the steps were meant to change is said in ``moved``.
"""

import inspect
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.meeting import commands as c
from app.store import ballots, drafts, draws, keys, migrations, plans, tickets
from app.store.database import Database
from app.store.heads import load_head
from app.store.keys import Key, Role
from app.store.project import rebuild
from app.store.tables import READ_TABLES, SCHEMA_VERSION, table_of
from app.store.verify import verify
from tests.golden.databases import (
    BENCH,
    BUS,
    DRAFT,
    FINDING,
    FINISHED,
    FOLDER,
    LAMP,
    LETTER,
    NOISE,
    PAPER,
    PREPARED,
    REHEARSAL,
    TEXTS,
    TYPED,
    UNDER_WAY,
)
from tests.golden.older import FILES, unpacked
from tests.live.served import Served, Sitting
from tests.meetings import BEN, CAT, COURT, DAN, give_score, sheet
from tests.records import rows_of, token_of_code, undone

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Older:
    """A database as it was, and the same one opened by this Kaimen. ``said`` is what that of then said of it."""

    format: int
    before: Path
    database: Database
    said: dict[str, Any]

    @property
    def after(self) -> Path:
        assert self.database.files is not None
        return self.database.files.path


def word_of(file: Path) -> str:
    return file.name.partition(".")[0]


@pytest.fixture(scope="module", params=FILES, ids=word_of)
def older(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Older]:
    folder = tmp_path_factory.mktemp("older")
    before = unpacked(request.param, folder / "before.db")
    database = Database(str(unpacked(request.param, folder / "kaimen.db")))
    database.create()
    yield Older(format_of(before), before, database, said_of(request.param))
    database.close()


def said_of(file: Path) -> dict[str, Any]:
    """Of the first two formats nothing was written down; ``test_older_database.py`` says what is in those."""
    beside = file.parent / f"{word_of(file)}.json"
    said: dict[str, Any] = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    return said


def format_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as raw:
        return int(raw.execute("SELECT version FROM schema_version").fetchone()[0])


# --- which files there are --------------------------------------------------------------------------------------------


def test_there_is_a_file_of_each_format_whose_rows_a_step_touches_and_of_the_last(tmp_path):
    """A step that only makes tables asks its connection for them, and the operations for nothing else."""
    asks = {n: re.findall(r"\bop\.(\w+)", inspect.getsource(step.module)) for n, step in enumerate(migrations.steps())}
    touched = {n for n, operations in asks.items() if n and set(operations) - {"get_bind"}}
    there = {format_of(unpacked(file, tmp_path / f"{at}.db")) for at, file in enumerate(FILES)}
    assert touched | {SCHEMA_VERSION - 1} <= there
    assert touched >= {2, 4, 8}


def test_the_last_file_has_rows_in_every_table(tmp_path):
    """What the steps of ``databases.py`` leave empty, no later step could be seen to lose."""
    last = max((unpacked(file, tmp_path / f"{at}.db") for at, file in enumerate(FILES)), key=format_of)
    assert [name for name, rows in rows_in(last).items() if not rows] == []


# --- nothing is lost --------------------------------------------------------------------------------------------------


def rows_in(file: Path) -> Rows:
    """Every row of every table, those that the database makes of other columns as well."""
    with closing(sqlite3.connect(file)) as raw:
        raw.row_factory = sqlite3.Row
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in raw.execute(f'SELECT * FROM "{name}"')] for name in tables}


def moved(before: Rows, format: int) -> Rows:
    """As the rows are to stand now. Up to format 2, a key named its display, or else its seat; up to 8, the contents of
    files were called papers. The one row of ``schema_version`` says another number."""
    after = {name: rows for name, rows in before.items() if name != "schema_version"}
    if format < 3:
        for row in after["key"]:
            row["of"] = row["seat"] or row.pop("name")
            row.pop("name", None)
    if format < 9:
        after["content"] = after.pop("paper")
    return after


def test_every_row_is_there_as_it_was(older):
    before, after = moved(rows_in(older.before), older.format), rows_in(older.after)
    assert sum(map(len, before.values())) > 50
    for name, rows in before.items():
        columns = list(rows[0]) if rows else []
        assert set(columns) <= set(after[name][0] if rows else ()), name
        found = Counter(tuple(row[column] for column in columns) for row in after[name])
        assert found == Counter(tuple(row.values()) for row in rows), name


def test_what_it_was_before_stays_in_a_copy_beside_it(older):
    copies = [*older.after.parent.glob("kaimen.db.format-*")]
    assert [each.name.startswith(f"kaimen.db.format-{older.format}-2") for each in copies] == (
        [True] if older.format < SCHEMA_VERSION else []
    )
    for each in copies:
        assert rows_in(each) == rows_in(older.before)


def test_every_record_holds_and_ends_with_the_seal_that_it_had(older):
    with older.database.reading() as connection:
        verdicts = {code: verify(connection, code) for code in plans.codes(connection)}
    assert {code: each.faults for code, each in verdicts.items()} == dict.fromkeys(verdicts, ())
    found = {code: {"entries": each.entries, "seal": each.seal} for code, each in verdicts.items()}
    assert found == older.said.get("meetings", found)


def test_tables_made_anew_from_the_log_are_the_same(older):
    with undone(older.database) as connection:
        as_written = {model: rows_of(connection, table_of(model)) for model in READ_TABLES}
        for code in plans.codes(connection):
            head = load_head(connection, code)
            assert head is not None
            rebuild(connection, head.meeting)
        assert {model: rows_of(connection, table_of(model)) for model in READ_TABLES} == as_written


def test_keys_open_what_they_opened(older):
    with older.database.reading() as connection:
        for token, (meeting, role, of) in older.said.get("keys", {}).items():
            assert keys.find(connection, token) == Key(meeting, Role(role), of)
        for code, token in older.said.get("codes", {}).items():
            assert token_of_code(connection, code) == token
        assert not any(keys.find(connection, token) for token in older.said.get("revoked", ()))


def test_a_record_that_cannot_be_followed_keeps_nobody_from_the_others(tmp_path, caplog):
    file = unpacked(FOLDER / "format-12.sqlite.xz", tmp_path / "kaimen.db")
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("UPDATE log SET line = '{' WHERE meeting = ? AND seq = 9", [FINISHED])
    database = Database(str(file))
    database.create()
    with database.reading() as connection:
        found = {code: [each.code for each in verify(connection, code).faults] for code in (FINISHED, UNDER_WAY)}
    database.close()
    assert found == {FINISHED: ["fault.seal"], UNDER_WAY: []}
    [said] = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert FINISHED in said


# --- it is gone on with -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """One of those that were written down in full, with a server on it."""

    format: int
    said: dict[str, Any]
    served: Served

    def page(self, path: str, role: Role | None = None, of: str = "") -> bytes:
        wanted = [None if role is Role.ORGANISER else UNDER_WAY, role, of]
        token = next((token for token, key in self.said["keys"].items() if key == wanted), "")
        assert bool(token) == (role is not None)
        answer = self.served.page(path, token)
        assert answer.status_code == 200, path
        return answer.content

    def does(self, code: str, *commands: c.Command) -> None:
        with self.served.database.reading() as connection:
            sitting = Sitting(self.served, plans.load(connection, code), "", {})
        sitting.performs(*commands)
        with self.served.database.reading() as connection:
            assert verify(connection, code).faults == ()


@pytest.fixture(scope="module", params=[each for each in FILES if said_of(each)], ids=word_of)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("opened")
    said = said_of(request.param)
    unpacked(request.param, folder / "kaimen.db")
    with Served(folder) as served:
        yield Opened(said["format"], said, served)


SHOWN: list[tuple[int, str, Role | None, str, str]] = [
    (1, "/underway", None, "", "正在举行的评议会"),
    (1, "/underway/moderator", Role.MODERATOR, "", "灯都修好了"),
    (1, "/underway/record/unit/water", Role.SUPERVISOR, "", "misread"),
    (7, "/underway/people", Role.ORGANISER, "", "李见微"),
    (7, "/underway/record/sheets", Role.SUPERVISOR, "", 'd="M111,112 313,114 215,316'),
    (9, "/underway/findings", Role.ORGANISER, "", "The rules are not known to the people who need them"),
    (14, f"/underway/unit/findings/{FINDING}", Role.UNIT, "water", TYPED["cure.cause"]),
    (15, "/underway/tickets", Role.MODERATOR, "", "24"),
    (16, "/underway/ask", None, "", TEXTS[LAMP]),
    (16, "/underway/questions?standing=waiting", Role.QUESTIONS, "", TEXTS[NOISE]),
    (16, "/underway/questions?standing=archived", Role.QUESTIONS, "", TEXTS[BUS]),
    (16, "/underway/questions?standing=merged", Role.QUESTIONS, "", TEXTS[BENCH]),
    (1, "/finished/results", None, "", ""),
    (1, "/finished/public", None, "", ""),
    (9, "/finished/findings", Role.ORGANISER, "", ""),
    (1, "/setup/prepared/panel", Role.ORGANISER, "", ""),
    (4, "/setup/prepared/words", Role.ORGANISER, "", "各位代表，评议会现在开始。"),
    (5, "/setup/prepared/panel", Role.ORGANISER, "", "群众代表"),
    (11, "/setup/prepared/previous", Role.ORGANISER, "", ""),
]
"""Since which format, where, and to whom; with what is read there."""


def test_pages_show_what_was_in_it(opened):
    for since, path, role, of, text in SHOWN:
        if since <= opened.format:
            assert text.encode() in opened.page(path, role, of), path
    assert opened.page("/underway/attachments/attachment-1", Role.MODERATOR) == PAPER
    if opened.format >= 8:
        assert opened.page("/setup/letters/report", Role.ORGANISER) == LETTER


def test_the_meeting_under_way_goes_on(opened):
    with opened.served.database.reading() as connection:
        draft = drafts.find(connection, UNDER_WAY, CAT, "court")
        head = load_head(connection, UNDER_WAY)
    assert (draft.text if draft else "", head.meeting.is_finished if head else True) == (DRAFT, False)
    opened.does(UNDER_WAY, give_score(CAT, 42, round=COURT), c.TellSpeaker("One minute"))
    opened.does(UNDER_WAY, sheet(head.meeting, COURT, CAT, 42, 30))
    opened.does(UNDER_WAY, sheet(head.meeting, COURT, DAN, 42, 30), c.CloseRound(COURT, (BEN,)), c.RevealResult(COURT))
    assert b"One minute" in opened.page("/underway/moderator", Role.MODERATOR)


def test_the_draw_under_way_goes_on_by_the_seed_that_was_kept(opened):
    with opened.served.database.reading() as connection:
        seed = draws.seed_of(connection, REHEARSAL)
    opened.does(REHEARSAL, c.DrawNext(2, "", seed), c.DrawAll(seed=seed))


def test_the_plan_in_preparation_is_opened(opened):
    with opened.served.database.reading() as connection:
        plan = plans.load(connection, PREPARED)
    opened.does(PREPARED, c.OpenMeeting(plan))


def test_who_voted_then_finds_the_receipt(opened):
    """The poll that was open is closed by this Kaimen."""
    told = opened.said["receipts"]
    assert bool(told) == (opened.format >= 10)
    if not told:
        return
    opened.does(UNDER_WAY, c.ClosePoll("court.1"), c.ShowPoll("court.1"))
    page = opened.page("/underway/receipts").decode()
    with opened.served.database.reading() as connection:
        for poll, receipts in told.items():
            assert ballots.receipts_of(connection, UNDER_WAY, poll) == receipts
            assert [each for each in receipts if f"{each[:4]} {each[4:]}" not in page] == []
        balance = tickets.balance(connection, UNDER_WAY)
    assert [balance.issued, balance.used, balance.spoiled] == opened.said.get("tickets", [0, 0, 0])
