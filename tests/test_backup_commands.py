"""The commands about copies, and a second server, as somebody types them: words, exit codes, files."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from app.language import Language
from app.rehearsal.process import NotReady, ServerProcess
from app.server import prepare
from app.store.database import Database
from tests.commandline import run_here
from tests.meetings import shipped, whole_meeting
from tests.records import change, record


@pytest.fixture
def played(tmp_path) -> str:
    """The shipped meetings, of which the first has been played to its end."""
    path = str(tmp_path / "kaimen.db")
    with closing(Database(path)) as database:
        prepare(database)
        record(database, whole_meeting(shipped("demo")))
    return path


def test_a_backup_is_made_and_restored_and_both_say_what_they_hold(played, tmp_path):
    copy, new = tmp_path / "stick.backup", tmp_path / "new.db"
    made = run_here("backup", copy, "--db", played)
    verified = run_here("verify", "demo", "--db", played).stdout.strip()
    assert (made.exit_code, made.stdout.splitlines()[0]) == (0, f"Backup: {copy}")
    assert f"  demo\t{verified}" in made.stdout.splitlines()
    restored = run_here("restore", copy, "--db", new)
    assert restored.exit_code == 0
    assert restored.stdout.splitlines()[0] == f"Restored into {new}; the records were checked before and after:"
    assert f"  demo\t{verified}" in restored.stdout.splitlines()
    assert run_here("verify", "demo", "--db", new).stdout.strip() == verified


def test_neither_writes_over_what_is_there(played, tmp_path):
    copy = tmp_path / "stick.backup"
    assert run_here("backup", copy, "--db", played).exit_code == 0
    again = run_here("backup", copy, "--db", played)
    assert (again.exit_code, again.stderr) == (1, f"{copy} already exists. Overwrite it with --force.\n")
    assert run_here("backup", copy, "--db", played, "--force").exit_code == 0
    into = run_here("restore", copy, "--db", played)
    assert (into.exit_code, into.stderr.splitlines()[0][:28]) == (1, "There is already a database:")
    assert "is now" in run_here("restore", copy, "--db", played, "--force").stdout


def test_a_backup_that_does_not_hold_names_the_place(played, tmp_path):
    with closing(Database(played)) as database, database.writing() as connection:
        change(connection, "demo", 7, seal="0" * 64)
    assert run_here("backup", tmp_path / "stick.backup", "--db", played).exit_code == 0
    restored = run_here("restore", tmp_path / "stick.backup", "--db", tmp_path / "new.db")
    assert restored.exit_code == 1
    assert "entry 7: the seal does not match" in restored.stdout
    assert "Nothing was restored" in restored.stdout


def test_there_is_no_backup_of_a_database_there_is_not(tmp_path):
    made = run_here("backup", tmp_path / "stick.backup", "--db", tmp_path / "none.db")
    assert (made.exit_code, made.stderr) == (1, f"There is no database {tmp_path / 'none.db'}.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.ENGLISH, "has not been opened yet"), (Language.CHINESE, "尚未开会，没有可核对的记录")],
)
def test_a_meeting_that_was_not_opened_has_no_record_that_could_hold(played, language, said):
    checked = run_here("verify", "levels", "--db", played, language=language)
    assert checked.exit_code == 0
    assert said in checked.stdout
    looked_over = run_here("doctor", "--db", played, "--json", language=language).stdout
    about = next(each for each in json.loads(looked_over) if each["subject"] == "record.levels")
    assert said in about["says"]


def test_what_is_exported_is_its_owners_alone(played, tmp_path):
    assert run_here("export", "demo", "--db", played, "--to", tmp_path / "out").exit_code == 0
    assert run_here("template", tmp_path / "out" / "demo.toml", "--db", played, "--code", "demo").exit_code == 0
    written = list((tmp_path / "out").rglob("*"))
    rights = {path.is_dir(): oct(path.stat().st_mode & 0o777) for path in (tmp_path / "out", *written)}
    assert len(written) > 5
    assert rights == {True: "0o700", False: "0o600"}


def test_a_database_of_an_older_kaimen_is_named_wherever_it_is_asked_for(tmp_path):
    older = tmp_path / "older.db"
    with closing(sqlite3.connect(older)) as raw:
        raw.executescript("CREATE TABLE schema_version (version); INSERT INTO schema_version VALUES (1);")
        raw.execute("CREATE TABLE meeting (code TEXT, title TEXT)")
    for command in (["verify", "demo"], ["links", "demo"], ["backup", str(tmp_path / "copy")]):
        refused = run_here(*command, "--db", older)
        assert refused.exit_code == 1
        assert (
            "was written by an older Kaimen, and this one cannot read it: meeting.position is missing" in refused.stderr
        )
    found = json.loads(run_here("doctor", "--db", older, "--json").stdout)
    assert [each["says"][:40] for each in found if each["subject"] == "database"] == [
        "The database was written by an older Kai"
    ]


def test_a_second_server_on_one_file_is_refused_and_commands_are_not(server, tmp_path):
    with pytest.raises(NotReady) as refused:
        ServerProcess(server.db).start()
    assert server.process is not None
    words = f"This database is already in use by another Kaimen (process {server.process.pid}, 127.0.0.1:{server.port})"
    assert words in str(refused.value)
    for command in (["demo"], ["restore", str(tmp_path / "x"), "--force"]):
        (tmp_path / "x").unlink(missing_ok=True)
        run_here("backup", tmp_path / "x", "--db", server.db)
        beside = run_here(*command, "--db", server.db)
        assert (beside.exit_code, words in beside.stderr) == (1, True)
    for command in (
        ["verify", "demo"],
        ["links", "demo", "--revoke"],
        ["export", "demo", "--to", str(tmp_path / "out")],
    ):
        assert run_here(*command, "--db", server.db).exit_code == 0


def test_the_file_alone_has_everything_once_the_server_has_ended(server, tmp_path):
    run_here("links", "demo", "--db", server.db)
    server.stop()
    shutil.copy(server.db, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as raw:
        assert raw.execute("SELECT count(*) FROM key WHERE label = 'links'").fetchone()[0] > 10
    assert sorted(path.name for path in tmp_path.iterdir() if "wal" in path.name) == []
