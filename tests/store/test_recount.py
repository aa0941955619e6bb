"""The script that recounts ballots with nothing of Kaimen: it says what the log says, and finds what was changed."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen
from app.store.ballot_box import BallotBox
from app.store.ballots import Ballot
from app.store.database import Database
from app.store.scribe import Scribe
from tests.meetings import small_plan
from tests.records import save
from tests.store.scribing import PLENTY, ask

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


def recounts(file: Path, code: str = "small") -> tuple[int, list[str]]:
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
