"""The commands of the terminal: what they print, and how they end."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import Result

from app.rehearsal import stage
from app.rehearsal.demo import demonstration
from app.rehearsal.process import RUN, ServerProcess, free_port
from tests.commandline import run_here
from tests.meetings import small_plan


def run(*arguments: object, folder: Path) -> Result:
    """``run.py`` in a folder of its own, in English. Its servers are processes of their own, as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return run_here(*arguments)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A database that holds the small meeting."""
    with stage.opened(str(tmp_path / "small.db")) as database:
        stage.save(database, small_plan())
    return tmp_path / "small.db"


def test_a_rehearsal_says_the_keys_promised_and_leaves_the_real_record_alone(small, tmp_path):
    done = run("rehearse", "small", "--db", small, "--speed", 60000, "--json", folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert {"acked", "refused", "lost", "p50_ms", "p99_ms"} <= said.keys()
    assert said["acked"] > 0
    assert (said["lost"], said["void_after_restart"]) == (0, [])
    assert said["tried_after_restart"] > 2 * len(small_plan().seats) + 10, "links and pages, codes, a form"
    assert said["reconnections"] >= len(small_plan().seats), "in the middle, while they were at work"
    with stage.opened(str(small)) as database:
        assert stage.meeting_of(database, "small").opened_at is None


def test_beside_a_server_a_copy_is_played_and_the_meeting_stays_as_it_was(small, tmp_path):
    with ServerProcess(str(small)) as server:
        arguments = ["rehearse", "small", "--db", small, "--url", server.url, "--speed", 60000, "--json"]
        done = run(*arguments, folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["code"], said["tried_after_restart"]) == ("small-r1", None)
    assert held(small) == {"small": False}


def test_a_rehearsal_can_be_kept(small, tmp_path):
    done = run("rehearse", "small", "--db", small, "--speed", 60000, "--keep", "--json", folder=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert held(small) == {"small": False, "small-r1": True}


def held(db: Path) -> dict[str, bool]:
    """The meetings in a database, each with whether it was ever opened."""
    with stage.opened(str(db)) as database:
        return {code: stage.meeting_of(database, code).opened_at is not None for code in stage.plans_in(database)}


def test_the_demonstration_has_no_business_in_a_real_meeting(tmp_path):
    db = str(tmp_path / "kaimen.db")
    with demonstration(db, "127.0.0.1", 0) as running:
        assert running.code == "demo-r1"
        assert running.links.moderator.startswith("/demo-r1/")
        assert set(held(Path(db))) == {"demo", "comments", "levels", "demo-r1"}
    assert held(Path(db)) == {"demo": False, "comments": False, "levels": False}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rehearse", "nothing"], "There is no meeting “nothing”. There are: small"),
        (["rehearse", "small", "--url", "http://127.0.0.1:9"], "No Kaimen answers at http://127.0.0.1:9."),
        (["demo", "--port", "{port}"], "There is no meeting “demo”. There are: small"),
    ],
)
def test_a_rehearsal_that_cannot_be_says_why(small, tmp_path, arguments, sentence):
    done = run(*(each.format(port=free_port()) for each in arguments), "--db", small, folder=tmp_path)
    assert done.exit_code == 1
    assert done.stderr.strip() == sentence


def test_asking_makes_no_database(tmp_path):
    assert run("rehearse", "nothing", folder=tmp_path).exit_code == 1
    assert run("rehearse", "demo", "--url", "http://127.0.0.1:9", folder=tmp_path).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_moves_and_ends_with_ctrl_c(tmp_path):
    port = free_port()
    command = [sys.executable, str(RUN), "demo", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
    assert f"http://127.0.0.1:{port}/demo/display" in process.stdout.readline()
    until = time.monotonic() + 30
    while (is_waiting := "开场" not in display(port)) and time.monotonic() < until:
        time.sleep(0.2)
    assert not is_waiting
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 0
    assert process.stderr
    assert process.stderr.read() == ""
    assert list(tmp_path.iterdir()) == []


def display(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/display") as answer:
        text: str = answer.read().decode()
        return text


@pytest.mark.long
def test_a_bench_prints_rows_for_scripts(tmp_path):
    rows = json.loads(run("bench", "step", "--clients", 2, "--json", folder=tmp_path).stdout)
    assert {"case", "clients", "value", "unit", "baseline", "ratio"} <= rows[0].keys()


def test_numbers_of_clients_that_are_none_are_refused_in_words(tmp_path):
    done = run("bench", "fanout", "--clients", "200;1000", folder=tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "200,1000,3000" in done.stderr
