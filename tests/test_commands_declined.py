"""What commands say where they cannot do what is asked: a sentence, in both languages, and nothing is made by it."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.commandline.terminal import in_words
from app.language import Language, say
from app.meeting.refusals import Said
from app.store.backup import as_it_is
from app.store.files import is_laid_away
from app.store.tables import SCHEMA_VERSION
from tests.commandline import CHINESE, ENGLISH, kaimen, run_here

# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (ENGLISH, "There is no meeting “nowhere”. There are: demo, comments, levels"),
        (CHINESE, "没有代号为“nowhere”的评议会。现有：demo、comments、levels"),
    ],
)
def test_a_meeting_there_is_not(played, language, sentence):
    said = kaimen("verify", "nowhere", "--db", played, language=language)
    assert (said.returncode, said.stderr.strip()) == (1, sentence)


@pytest.mark.parametrize("command", [["links", "nowhere"], ["export", "nowhere", "--to", "/tmp/never"]], ids=str)
def test_no_command_makes_up_a_meeting(played, command):
    said = run_here(*command, "--db", played)
    assert (said.exit_code, said.stdout) == (1, "")
    assert "There is no meeting “nowhere”." in said.stderr


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (ENGLISH, "There is no folder {folder}. Make it first, or name another place with --db."),
        (CHINESE, "找不到文件夹 {folder}。请先建立，或者用 --db 指定别的位置。"),
    ],
)
def test_a_path_where_no_database_can_be(tmp_path, language, sentence):
    said = kaimen("serve", "--db", tmp_path / "no" / "folder.db", "--port", "0", language=language)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.strip() == sentence.format(folder=tmp_path / "no")


def test_a_folder_is_no_database(tmp_path):
    said = run_here("links", "--db", tmp_path)
    assert (said.exit_code, said.stderr.strip()) == (1, f"{tmp_path} is a folder. Name a file in it with --db.")


def test_a_folder_in_which_nothing_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr("app.store.database.takes_files", lambda _folder: False)
    monkeypatch.setattr("app.store.files.os.open", refusing)
    (tmp_path / "k.db").write_bytes(b"no database" * 100)
    said = run_here("links", "--db", tmp_path / "k.db")
    assert (said.exit_code, said.stderr.startswith(f"Kaimen cannot write in the folder {tmp_path}")) == (1, True)


def refusing(*_where: object) -> int:
    raise PermissionError


LOOKING = [["verify", "demo"], ["export", "demo", "--to", "{}/out"], ["template", "{}/t.toml", "--code", "demo"]]


def test_links_of_a_database_there_is_not_are_refused(tmp_path):
    """They would open nothing at the server, whose database is another one."""
    said = run_here("links", "demo", "--db", tmp_path / "kaimem.db")
    assert said.exit_code == 1
    assert said.stderr.strip() == (
        f"There is no database {tmp_path / 'kaimem.db'}. Name the server's database with --db."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", LOOKING, ids=lambda command: command[0])
def test_who_only_looks_makes_no_database(tmp_path, command):
    """A path with a slip of the pen would otherwise be a database from then on, and found empty ever after."""
    said = run_here(*(part.format(tmp_path) for part in command), "--db", tmp_path / "kaimem.db")
    assert (said.exit_code, said.stderr.strip()) == (1, f"There is no database {tmp_path / 'kaimem.db'}.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", LOOKING, ids=lambda command: command[0])
def test_a_record_on_a_disc_can_be_looked_at(copy, tmp_path, monkeypatch, command):
    monkeypatch.setattr("app.store.files.takes_files", lambda _folder: False)
    before = Path(copy).read_bytes()
    out = tmp_path / "elsewhere"
    out.mkdir()
    said = run_here(*(part.format(out) for part in command), "--db", copy)
    assert (said.exit_code, said.stderr) == (0, "")
    assert Path(copy).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"copy.db", "elsewhere"}, "nothing was made beside it"


def test_a_record_on_a_disc_is_whole_with_the_wal_beside_it(played, tmp_path, monkeypatch):
    with closing(sqlite3.connect(played)) as open_still:
        open_still.execute("PRAGMA wal_autocheckpoint = 0")
        open_still.execute("PRAGMA journal_mode = WAL")
        open_still.execute("CREATE TABLE kept (mark)")
        open_still.commit()
        for ending in ("", "-wal"):
            (tmp_path / f"k.db{ending}").write_bytes(Path(f"{played}{ending}").read_bytes())
        open_still.execute("DROP TABLE kept")
        open_still.commit()
    monkeypatch.setattr("app.store.files.takes_files", lambda _folder: False)
    with as_it_is(str(tmp_path / "k.db")) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM kept").scalar() == 0


def test_what_somebody_has_open_is_not_laid_away(copy, monkeypatch):
    monkeypatch.setattr("app.store.files.takes_files", lambda _folder: False)
    assert is_laid_away(Path(copy))
    Path(f"{copy}-shm").touch()
    assert not is_laid_away(Path(copy))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOENT, "system.not_there"),
        (errno.EACCES, "system.denied"),
        (errno.EROFS, "system.denied"),
        (errno.ENOSPC, "system.full"),
        (errno.EISDIR, "system.is_a_folder"),
    ],
)
def test_what_the_system_says_of_a_file_is_said_in_words(number, code, language):
    error = OSError(number, "as the system calls it", "list.xlsx")
    assert in_words(error, language) == say(Said(code, {"file": "list.xlsx"}), language)


def test_a_database_of_a_newer_kaimen(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE schema_version SET version = version + 1")
        connection.commit()
    newer = f"(format {SCHEMA_VERSION + 1}; this one knows {SCHEMA_VERSION})"
    said = kaimen("serve", "--db", copy, "--port", "0")
    assert (said.returncode, said.stderr.strip()) == (1, f"The database was written by a newer Kaimen {newer}.")


def test_a_setting_that_cannot_be(tmp_path):
    said = kaimen("serve", "--db", tmp_path / "k.db", KAIMEN_PORT="eighty")
    assert (said.returncode, said.stderr.strip()) == (1, "KAIMEN_PORT must be a number, not “eighty”.")
    said = kaimen("serve", "--db", tmp_path / "k.db", KAIMEN_PORT="80000")
    assert said.returncode == 1
    assert said.stderr.startswith("Cannot listen on 0.0.0.0:80000 (")


def test_help_is_given_in_the_language_of_the_terminal():
    said = kaimen("--help", language=CHINESE)
    assert said.returncode == 0
    assert "开门评议" in said.stdout
