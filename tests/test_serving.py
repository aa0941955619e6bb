"""The command that starts the server: its greeting, its terminal, its port, and how it ends."""

import gc
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.commandline.greeting import ways_in
from app.commandline.main import main, with_default_command
from app.rehearsal.process import RUN, free_port
from app.server import prepare
from app.store import plans
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.terminal import Terminal
from tests.commandline import CHINESE, ENGLISH, kaimen, opens
from tests.meetings import small_plan

# --- serve ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    ("language", "beginning"),
    [(ENGLISH, "Cannot listen on 127.0.0.1:{port} (Address already in use)."), (CHINESE, "无法监听 127.0.0.1:{port}")],
)
def test_a_port_that_is_taken(tmp_path, taken_port, language, beginning):
    said = kaimen("--db", tmp_path / "k.db", "--host", "127.0.0.1", "--port", taken_port, language=language)
    assert said.returncode == 1
    assert said.stderr.startswith(beginning.format(port=taken_port))
    assert "--port" in said.stderr


def test_a_server_greets_with_links_that_open_and_ends_quietly(tmp_path):
    db = str(tmp_path / "kaimen.db")
    arguments = ["--db", db, "--host", "127.0.0.1", "--port", str(free_port())]
    serving = subprocess.Popen(
        [sys.executable, "-u", str(RUN), *arguments],
        env={**os.environ, "LANG": ENGLISH},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    greeting = []
    for line in serving.stdout:
        greeting.append(line.rstrip("\n"))
        if "█" in line:
            break
    serving.send_signal(signal.SIGINT)
    assert serving.communicate(timeout=30)[1] == ""
    assert serving.returncode == 0
    links = re.findall(r"http://127\.0\.0\.1:\d+/\w+/(?:moderator|seat|enter)/\S+", "\n".join(greeting))
    assert [opens(db, link) for link in links] == [Key("demo", Role.MODERATOR), Key(None, Role.ORGANISER)]
    assert greeting[-2].strip() == links[1], "the organiser's link is the last thing before the QR code"
    assert "run.py links" in "".join(greeting)
    assert len(greeting) < 12


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("gbk", "从这里开始"), ("latin-1", "Begin here"), ("ascii", "Begin here"), ("cp437", "Begin here")],
)
def test_a_server_starts_whatever_its_terminal_can_write(tmp_path, encoding, said):
    serving = subprocess.Popen(
        [sys.executable, "-u", str(RUN), "--db", tmp_path / "k.db", "--host", "127.0.0.1", "--port", str(free_port())],
        env={**os.environ, "LANG": CHINESE, "PYTHONIOENCODING": encoding},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert serving.stdout is not None
    greeting = []
    for line in serving.stdout:
        greeting.append(line.decode(encoding, "replace"))  # click takes ASCII for a mistake
        if "/setup/enter/" in greeting[-1]:
            break
    serving.send_signal(signal.SIGINT)
    rest, errors = serving.communicate(timeout=30)
    assert (serving.returncode, errors) == (0, b"")
    assert said in "".join(greeting)
    assert rest == b"", "no QR code of question marks"


@pytest.mark.parametrize(
    ("encoding", "command", "is_wrong"),
    [
        ("gbk", ["--help"], False),
        ("ascii", ["--help"], False),
        ("latin-1", ["links"], False),
        ("ascii", ["verify", "demo"], False),
        ("latin-1", ["verify", "无"], True),
        ("gbk", ["verify", "无"], True),
    ],
)
def test_no_command_fails_for_a_character_that_the_terminal_lacks(played, encoding, command, is_wrong):
    said = subprocess.run(
        [sys.executable, str(RUN), *command],
        env={**os.environ, "LANG": CHINESE, "PYTHONIOENCODING": encoding, "KAIMEN_DB": played},
        capture_output=True,
        timeout=60,
    )
    assert b"Traceback" not in said.stderr
    assert said.returncode == is_wrong


def test_the_meeting_whose_moderator_is_greeted_is_the_next_one(tmp_path):
    soon, now = replace(small_plan(), code="soon"), datetime(2026, 5, 1, tzinfo=UTC)
    with closing(Database(str(tmp_path / "k.db"))) as database:
        prepare(database)
        with database.writing() as connection:
            shown = [ways_in(connection, Terminal("seed"), now).code]
            plans.save(connection, replace(soon, code="later", starts_at=now + timedelta(days=9)))
            plans.save(connection, replace(soon, starts_at=now + timedelta(days=1)))
            shown.append(ways_in(connection, Terminal("seed"), now).code)
    assert shown == ["demo", "soon"]


def test_garbage_is_collected_from_the_moment_a_server_listens(tmp_path, monkeypatch):
    class Listening:
        started = True

        def __init__(self, _settings, on_listening):
            self.run = on_listening

    monkeypatch.setattr("app.server.Server", Listening)
    monkeypatch.setattr("app.network.open_files.allow_many_sockets", lambda: None)
    try:
        main(["serve", "--db", str(tmp_path / "k.db"), "--port", "0"], standalone_mode=False)
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()
        gc.unfreeze()


def test_without_a_command_the_server_starts():
    assert with_default_command(["--port", "80"]) == ["serve", "--port", "80"]
    assert with_default_command([]) == ["serve"]
    assert with_default_command(["verify", "demo"]) == ["verify", "demo"]
    assert with_default_command(["--help"]) == ["--help"]


def test_every_command_takes_a_database():
    without = [name for name, each in main.commands.items() if "--db" not in {o for p in each.params for o in p.opts}]
    assert without == []
