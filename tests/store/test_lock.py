"""One server to a file: the second is told who has it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.database import DatabaseUnusable
from app.store.lock import Lock

HOLDS_IT = """
import sys
from app.store.lock import Lock
Lock(sys.argv[1]).take("127.0.0.1:8000")
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def where(tmp_path) -> str:
    return str(tmp_path / "kaimen.db")


@pytest.fixture
def another(where):
    """Another process, which holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_IT, where], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_is_told_which_process_has_the_file_and_where_it_listens(where, another):
    with pytest.raises(DatabaseUnusable) as refused:
        Lock(where).take("127.0.0.1:8001")
    assert refused.value.said.code == "database.in_use"
    assert refused.value.said.facts == {"pid": another.pid, "address": "127.0.0.1:8000"}


def test_it_is_the_same_file_by_another_name(where, another, tmp_path):
    (tmp_path / "link.db").symlink_to(where)
    with pytest.raises(DatabaseUnusable):
        Lock(str(tmp_path / "link.db")).take("127.0.0.1:8001")


def test_a_file_with_a_second_name_is_refused_by_either_since_no_lock_is_beside_both(where, tmp_path):
    Path(where).touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "other.db").hardlink_to(where)
    for name in (where, elsewhere / "other.db"):
        with pytest.raises(DatabaseUnusable) as refused:
            Lock(str(name)).take("127.0.0.1:8001")
        assert (refused.value.said.code, refused.value.said.facts) == ("database.two_names", {"file": str(name)})
    (elsewhere / "other.db").unlink()
    Lock(where).take("127.0.0.1:8001")


def test_a_second_name_that_was_made_while_it_is_held_lets_nobody_in(where, another, tmp_path):
    Path(where).touch()
    (tmp_path / "other.db").hardlink_to(where)
    with pytest.raises(DatabaseUnusable):
        Lock(str(tmp_path / "other.db")).take("127.0.0.1:8001")


def test_a_process_that_was_killed_holds_nothing(where, another):
    another.kill()
    another.wait()
    lock = Lock(where)
    lock.take("127.0.0.1:8001")
    lock.release()


def test_who_gives_it_back_leaves_an_empty_file_for_its_owner_alone(where, tmp_path):
    lock = Lock(where)
    lock.take("127.0.0.1:8000")
    file = tmp_path / "kaimen.db.lock"
    assert json.loads(file.read_text()) == {"pid": os.getpid(), "address": "127.0.0.1:8000"}
    lock.release()
    assert (file.read_text(), oct(file.stat().st_mode & 0o777)) == ("", "0o600")
    Lock(where).must_be_free()


def test_postgresql_is_shared():
    for _ in range(2):
        Lock("postgresql://127.0.0.1/kaimen").take("127.0.0.1:8000")
