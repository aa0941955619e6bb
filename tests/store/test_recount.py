"""The script that recounts ballots with nothing of Kaimen: it says what the log says, and finds what was changed."""

import json
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from copy import deepcopy
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen
from app.papers.folder.proceedings import proceedings_of, with_ballots
from app.papers.record.ballots import ballots_file
from app.papers.record.public_log import public_log
from app.store.backup import looking_at
from app.store.ballot_box import BallotBox
from app.store.ballots import Ballot
from app.store.database import Database
from app.store.scribe import Scribe
from tests.meetings import small_plan
from tests.records import save
from tests.store.scribing import PLENTY, ask
from tests.tampered import OF_THE_BALLOTS, a_poll_called_otherwise
from tests.vectors import vectors

SCRIPT = Path(__file__).parents[2] / "docs" / "recount.py"
VOTES = {"phone": ["satisfied", "satisfied", "fairly"], "ticket": ["dissatisfied"]}


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> Path:
    """Three polls: one shown, one that has closed with a ballot, one withdrawn with none."""
    file = tmp_path_factory.mktemp("recount") / "kaimen.db"
    with closing(Database(str(file))) as database:
        database.create()
        save(database, plan := small_plan(rules=Rules(polls=PollsOpen.BY_HAND)))
        scribe = Scribe(database)
        box = BallotBox(database, scribe)
        for each in (scribe, box):
            each.start()
        ask(scribe, c.OpenMeeting(plan))
        ask(scribe, c.OpenPoll("water"))
        ballots = [(f"{voice}{at}", voice, choice) for voice, all in VOTES.items() for at, choice in enumerate(all)]
        for ballot in ballots:
            box.cast(Ballot("small", "water.1", *ballot)).result(PLENTY)
        ask(scribe, c.ClosePoll("water.1"))
        ask(scribe, c.ShowPoll("water.1"))
        ask(scribe, c.OpenPoll("court"))
        box.cast(Ballot("small", "court.1", "one", "phone", "unknown")).result(PLENTY)
        ask(scribe, c.ClosePoll("court.1"))
        ask(scribe, c.OpenPoll("court", again=True))
        ask(scribe, c.WithdrawPoll("court.2", "the wrong unit"))
        for each in (box, scribe):
            each.stop()
    return file


def recounts(file: Path, code: str | Path = "small") -> tuple[int, list[str]]:
    done = subprocess.run([sys.executable, "-I", SCRIPT, file, code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_what_was_counted_is_counted_once_more(counted):
    status, said = recounts(counted)
    assert status == 0
    assert [line.split("\t")[:3] for line in said] == [
        ["water.1", "4", "holds"],
        ["court.1", "1", "holds"],
        ["court.2", "0", "holds"],
    ]
    assert said[0].endswith('{"phone": {"fairly": 1, "satisfied": 2}, "ticket": {"dissatisfied": 1}}')
    assert recounts(counted, "another")[0] == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ballot SET choice = 'unknown' WHERE voter = 'phone0'",
        "UPDATE ballot SET voice = 'web' WHERE voter = 'phone0'",
        "DELETE FROM ballot WHERE voter = 'phone0'",
        "INSERT INTO ballot SELECT meeting, poll, 'more', voice, choice, press, cast_at FROM ballot LIMIT 1",
        f"UPDATE slip_key SET key = '{'5e' * 32}'",
        "DELETE FROM slip_key",
    ],
)
def test_whatever_was_changed_is_found(counted, tmp_path, change):
    file = tmp_path / "kaimen.db"
    file.write_bytes(counted.read_bytes())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(change)
        connection.commit()
    status, said = recounts(file)
    assert (status, said[0].split("\t")[2]) == (1, "DOES NOT HOLD")


@pytest.mark.parametrize("case", vectors()["polls"], ids=lambda case: case["says"])
def test_it_makes_slips_and_receipts_as_the_record_says(case):
    spoken = runpy.run_path(str(SCRIPT))
    count, _ = spoken["counted"](case["meeting"], case["poll"], case["ballots"], case["key"])
    assert (count["slips"], count["receipts"]) == (case["digest_of_slips"], case["digest_of_receipts"])
    assert spoken["digest"](case["slips"]) == count["slips"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/srv/a b/开?#.db"), "file:///srv/a%20b/%E5%BC%80%3F%23.db?mode=ro"),
        (PureWindowsPath(r"C:\a\kaimen.db"), "file:///C:/a/kaimen.db?mode=ro"),
        (PureWindowsPath(r"\\office\review\kaimen.db"), "file:////office/review/kaimen.db?mode=ro"),
    ],
)
def test_a_database_is_found_where_offices_have_it(path, address):
    assert runpy.run_path(str(SCRIPT))["address_of"](path) == address


# --- by the files that everybody is given -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def given(counted) -> tuple[str, dict[str, Any]]:
    """The public log, and the ballots."""
    with looking_at(counted) as connection:
        record = with_ballots(connection, proceedings_of(connection, "small"))
    return (public_log(record) or b"").decode(), json.loads(ballots_file(record))


def recounts_files(to: Path, log: str, ballots: dict[str, Any]) -> tuple[int, list[str]]:
    (to / "small.public.log.jsonl").write_text(log, "utf-8")
    (to / "small.ballots.json").write_text(json.dumps(ballots), "utf-8")
    return recounts(to / "small.public.log.jsonl", to / "small.ballots.json")


def test_whoever_has_no_database_counts_the_ballots_that_are_given_to_everybody(given, tmp_path):
    log, ballots = given
    assert list(ballots["ballots"]) == ["water.1"], "the others are shown to nobody"
    status, said = recounts_files(tmp_path, log, ballots)
    assert (status, said) == (
        0,
        ['water.1\t4\tholds\t{"phone": {"fairly": 1, "satisfied": 2}, "ticket": {"dissatisfied": 1}}'],
    )


FOUND_BY_IDS = [each for each in OF_THE_BALLOTS if each is not a_poll_called_otherwise]
"""The script calls a poll by its id, and reads no names."""


@pytest.mark.parametrize("tamper", FOUND_BY_IDS, ids=lambda tamper: tamper.__name__)
def test_ballots_that_were_changed_in_the_file_are_found(given, tmp_path, tamper):
    log, ballots = given
    tamper(ballots := deepcopy(ballots))
    status, said = recounts_files(tmp_path, log, ballots)
    assert (status, "DOES NOT HOLD" in "".join(said)) == (1, True)


def test_a_log_is_read_whatever_ends_its_lines_and_whatever_ends_a_line_within_a_text(given, tmp_path):
    log, ballots = given
    opening = json.dumps(
        {"line": json.dumps({"kind": "X", "data": "a\u2028b\u0085c"}, ensure_ascii=False)}, ensure_ascii=False
    )
    log = f"\ufeff{opening}\n{log}".replace("\n", "\r\n")
    (tmp_path / "small.public.log.jsonl").write_bytes(log.encode())
    (tmp_path / "small.ballots.json").write_text(json.dumps(ballots), "utf-8")
    files = tmp_path / "small.public.log.jsonl", tmp_path / "small.ballots.json"
    assert recounts(*files)[0] == recounts(*reversed(files))[0] == 0
