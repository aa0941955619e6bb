"""The command line: what it prints, in both languages, and what it says instead of a traceback."""

import errno
import gc
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from app.commandline.console import in_words
from app.commandline.greeting import ways_in
from app.commandline.main import main, with_default_command
from app.language import Language, say
from app.meeting import commands as c
from app.meeting.plan import RECKONING, GradeLine, ResultsShown, Rules, TieBreak
from app.meeting.refusals import Said
from app.papers.folder.folders import FOR_FILE, FOR_PUBLIC
from app.rehearsal.process import RUN, free_port
from app.server import prepare
from app.store import keys, plans
from app.store.backup import as_it_is
from app.store.database import Database
from app.store.files import is_laid_away
from app.store.keys import Key, Role
from app.store.lock import Lock
from app.store.tables import SCHEMA_VERSION
from app.web.terminal import Terminal
from tests.commandline import CHINESE, ENGLISH, kaimen, run_here
from tests.meetings import COURT, WATER, closed_over, shipped, small_plan, whole_meeting
from tests.records import checked_as_documented, entries, record

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> str:
    """A database with the shipped meetings, of which the first has been played to its end."""
    path = str(tmp_path_factory.mktemp("played") / "kaimen.db")
    with closing(Database(path)) as database:
        prepare(database)
        record(database, whole_meeting(shipped("demo")))
    return path


@pytest.fixture
def copy(played, tmp_path) -> str:
    """The same, to tamper with."""
    with closing(sqlite3.connect(played)) as source, closing(sqlite3.connect(tmp_path / "copy.db")) as target:
        source.backup(target)
    return str(tmp_path / "copy.db")


# --- links ------------------------------------------------------------------------------------------------------------


def test_links_leave_the_one_a_terminal_shows_alone(copy):
    with closing(Database(copy)) as database, database.preparing() as connection:
        shown = Terminal("seed").moderators_link(connection, "demo")
    run_here("links", "demo", "--db", copy)
    assert opens(copy, shown) == Key("demo", Role.MODERATOR)


def test_links_are_a_full_set_of_new_keys(copy):
    said = run_here("links", "demo", "--db", copy, "--url", "http://hall:8000/", "--json")
    made = json.loads(said.stdout)
    assert (said.exit_code, said.stderr, made["code"]) == (0, "", "demo")
    assert opens(copy, made["moderator"]) == Key("demo", Role.MODERATOR)
    assert {seat: opens(copy, link) for seat, link in made["seats"].items()} == {
        seat.id: Key("demo", Role.SEAT, seat.id) for seat in shipped("demo").seats
    }
    staff = {role: opens(copy, made[role]) for role in ("operator", "supervisor", "guest")}
    assert staff == {role: Key("demo", Role(role)) for role in staff}
    assert opens(copy, made["organiser"]) == Key(None, Role.ORGANISER)
    assert {name: opens(copy, link) for name, link in made["displays"].items()} == {
        "main": Key("demo", Role.DISPLAY, "main")
    }
    assert re.fullmatch(r"http://hall:8000/demo/moderator/[\w-]{22}", made["moderator"])


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["--role", "operator"], {"operator": Key("demo", Role.OPERATOR)}),
        (["--role", "organiser"], {"organiser": Key(None, Role.ORGANISER)}),
        (["--seat", "expert-2"], {"expert-2": Key("demo", Role.SEAT, "expert-2")}),
    ],
)
def test_one_link_can_be_made_anew_and_the_others_stay_good(copy, asked, made):
    before = json.loads(run_here("links", "demo", "--db", copy, "--json").stdout)
    said = json.loads(run_here("links", "demo", "--db", copy, *asked, "--revoke", "--json").stdout)
    links = {name: link for name, link in flat(said).items() if name != "code"}
    assert {name: opens(copy, link) for name, link in links.items()} == made
    assert {name for name, link in flat(before).items() if name != "code" and not opens(copy, link)} == set(made)


def flat(said: dict[str, Any]) -> dict[str, str]:
    """The links of ``links --json`` by role, display or seat."""
    staff = {name: link for name, link in said.items() if isinstance(link, str)}
    return {**staff, **said["displays"], **said["seats"]}


def test_a_seat_there_is_not_gets_no_link(copy):
    said = run_here("links", "demo", "--db", copy, "--seat", "expert-9")
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.startswith("There is no seat “expert-9”. There are: expert-1, ")


def test_links_are_printed_with_the_names_of_the_seats_and_revoke_the_earlier_ones(copy):
    first = json.loads(run_here("links", "demo", "--db", copy, "--json").stdout)
    assert opens(copy, first["moderator"])
    said = run_here("links", "demo", "--db", copy, "--url", "http://hall", "--revoke", language=Language.CHINESE)
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    staff = ["会务", "主持人", "技术操作员", "监督员", "来宾", "大屏 main"]
    assert [name for name, _ in lines] == [*staff, *(seat.label for seat in shipped("demo").seats)]
    assert None not in [opens(copy, link) for _, link in lines]
    assert [opens(copy, link) for link in (first["moderator"], *first["seats"].values())] == [None] * 10
    with closing(Database(copy)) as database, database.reading() as connection:
        revoked = [each for each in keys.listed(connection, "demo") if each.revoked_at]
    assert {each.revoked_by for each in revoked} == {keys.COMMAND_LINE}


# --- verify -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (ENGLISH, "The record holds: {entries} entries, last seal {seal}."),
        (CHINESE, "记录核验通过：共 {entries} 条，末条封印 {seal}。"),
    ],
)
def test_a_record_that_holds(played, language, sentence):
    said = kaimen("verify", "demo", "--db", played, language=language)
    last = logged(played)[-1]
    assert said.stdout.strip() == sentence.format(entries=last.seq, seal=last.seal)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (ENGLISH, ["entry 17: missing; the next one is 18", "The record does not hold."]),
        (CHINESE, ["第 17 条：缺失，下一条是第 18 条", "记录核验未通过。"]),
    ],
)
def test_a_record_that_does_not_hold_is_said_with_the_place(copy, language, sentences):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE log SET line = replace(line, 'report 1', 'report 7') WHERE seq = 30")
        connection.execute("DELETE FROM log WHERE seq = 17")
        connection.commit()
    said = kaimen("verify", "demo", "--db", copy, language=language)
    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.splitlines() == sentences


def test_an_altered_mark_in_the_tables_is_said_with_its_row(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE result SET score = '100.00' WHERE round = 'report-edu'")
        connection.commit()
    said = run_here("verify", "demo", "--db", copy)
    assert said.exit_code == 1
    assert said.stderr.splitlines() == [
        "table result, row demo/report-edu does not agree with the log",
        "The record does not hold.",
    ]


# --- export -----------------------------------------------------------------------------------------------------------


def exported_results(to: Path, code: str) -> list[dict[str, Any]]:
    """As they are published, and as the staff have them."""
    files = (to / FOR_PUBLIC / f"{code}.results.json", to / FOR_FILE / f"{code}.results-for-staff.json")
    return [json.loads(file.read_text("utf-8")) for file in files]


def test_an_export_can_be_checked_by_anybody(played, tmp_path):
    said = run_here("export", "demo", "--db", played, "--to", tmp_path / "new" / "folder")
    folders = [tmp_path / "new" / "folder" / name for name in (FOR_FILE, FOR_PUBLIC)]
    assert (said.exit_code, said.stdout.splitlines()) == (0, [str(folder / "index.html") for folder in folders])
    assert checked_as_documented(folders[0] / "demo.log.jsonl", "demo") == logged(played)[-1].seal


def test_exported_results_have_their_working_and_name_no_seat(played, tmp_path):
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    text = (tmp_path / FOR_PUBLIC / "demo.results.json").read_text("utf-8")
    said = json.loads(text)
    story = whole_meeting(shipped("demo"))
    assert [(each["round"], each["score"], each["grade"]) for each in said["results"]] == [
        (round.id, str(round.announced.score), round.announced.grade) for round in story.meeting.rounds.values()
    ]
    assert (said["rule_seal"], said["reckoning"]) == (story.meeting.seal, RECKONING)
    assert all(each["working"] and len(each["sheets"]) == each["turnout"]["counted"] for each in said["results"])
    assert not re.search("|".join(seat.id for seat in shipped("demo").seats), text)


def test_exported_results_can_be_reckoned_again_from_the_file_alone(played, tmp_path):
    """Names, criteria, rules and ranks: nobody needs the program, or a second file."""
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    said = json.loads((tmp_path / FOR_FILE / "demo.results-for-staff.json").read_text("utf-8"))
    plan = shipped("demo")
    assert {each["id"]: each["name"] for each in said["units"]} == {unit.id: unit.name for unit in plan.units}
    assert [(each["name"], each["maximum"]) for each in said["criteria"]] == [
        (each.name, str(each.maximum)) for each in plan.criteria
    ]
    weights, rules = {each["id"]: Decimal(each["weight"]) for each in said["criteria"]}, said["rules"]
    assert (rules["trim_of"], rules["group_weights"], rules["tie_ladder"]) == ("sheet", {}, ["chair"])
    [ruling] = said["rulings"]
    order = []
    for result in said["results"]:
        marks = [each["marks"] for each in result["sheets"]]
        totals = sorted(sum(weights[id] * Decimal(mark) for id, mark in each.items()) for each in marks)
        kept = totals[rules["trim_low"] : -rules["trim_high"]] if len(totals) >= rules["trim_from"] else totals
        score = (sum(kept) / len(kept)).quantize(Decimal(1).scaleb(-rules["places"]), ROUND_HALF_UP)
        assert Decimal(result["score"]) == score
        order.append((score, -ruling["rounds"].index(result["round"]) if result["round"] in ruling["rounds"] else 0))
    assert [each["rank"] for each in said["results"]] == [1 + sum(other > own for other in order) for own in order]
    broken = {each["round"] for each in said["results"] if each["tie_broken_by"] == "chair"}
    assert broken == set(ruling["rounds"])


def test_exported_results_are_what_may_be_published(played, tmp_path):
    """By default a receipt proves that a sheet was counted: what was given stands in the file for the staff only."""
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    published, full = exported_results(tmp_path, "demo")
    for public, whole in zip(published["results"], full["results"], strict=True):
        assert [set(each) for each in public["sheets"]] == [{"receipt"}] * public["turnout"]["counted"]
        assert sorted(each["total"] for each in public["totals"]) == sorted(each["total"] for each in whole["sheets"])
        assert [each["receipt"] for each in public["sheets"]] == [each["receipt"] for each in whole["sheets"]]


def test_a_result_that_is_not_revealed_is_not_published(tmp_path):
    story = closed_over({"ann": (50, 30), "ben": (40, 30), "cat": (30, 30)})
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    record(database, story)
    database.close()
    run_here("export", "small", "--db", tmp_path / "kaimen.db", "--to", tmp_path)
    assert [len(each["results"]) for each in exported_results(tmp_path, "small")] == [0, 1]


def test_by_grade_it_is_not_published_that_two_have_the_same_score(tmp_path):
    rules = Rules(
        grades=(GradeLine(Decimal(0), "good"),),
        tie_ladder=(TieBreak.CHAIR,),
        results_shown=ResultsShown.BY_GRADE,
        rank_shown=True,
    )
    sheets = dict.fromkeys(("ann", "ben", "cat"), (50, 30))
    story = closed_over(sheets, sheets, plan=small_plan(rules=rules))
    story.does(c.RuleOnTie((COURT, WATER), "by age", "the chair"), c.RevealResult(WATER), c.RevealResult(COURT))
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    record(database, story)
    database.close()
    run_here("export", "small", "--db", tmp_path / "kaimen.db", "--to", tmp_path)
    published, full = exported_results(tmp_path, "small")
    assert [each["grade"] for each in published["results"]] == ["good", "good"]
    assert [len(each["rulings"]) for each in (published, full)] == [0, 1]
    assert "80.00" not in json.dumps(published)


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


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii"])
@pytest.mark.parametrize(
    ("command", "is_wrong"),
    [(["--help"], False), (["links"], False), (["verify", "demo"], False), (["verify", "无"], True)],
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


def test_links_begin_with_the_port_of_the_server_that_works_on_the_database(copy):
    lock = Lock(copy)
    lock.take("0.0.0.0:9123")
    beside = run_here("links", "demo", "--db", copy, "--role", "operator").stdout
    lock.release()
    alone = run_here("links", "demo", "--db", copy, "--role", "operator").stdout
    assert (":9123/demo/operator/" in beside, ":8000/demo/operator/" in alone) == (True, True)


def test_links_without_a_code_says_which_meetings_there_are(copy):
    said = run_here("links", "--db", copy)
    assert said.exit_code == 0
    assert [line.split("\t")[0].strip() for line in said.stdout.splitlines()[1:]] == [
        "run.py links demo",
        "run.py links comments",
        "run.py links levels",
    ]


def test_a_rehearsal_is_told_from_its_meeting_in_the_list(copy):
    with closing(Database(copy)) as database, database.writing() as connection:
        plans.save(connection, replace(shipped("demo"), code="demo-r1", rehearsal_of="demo"))
    marked = [line for line in run_here("links", "--db", copy).stdout.splitlines() if line.endswith("(rehearsal)")]
    assert [line.split("\t")[0].strip() for line in marked] == ["run.py links demo-r1"]


def test_garbage_is_collected_from_the_moment_a_server_listens(tmp_path, monkeypatch):
    class Listening:
        started = True

        def __init__(self, _settings, on_listening):
            self.run = on_listening

    monkeypatch.setattr("app.server.Server", Listening)
    monkeypatch.setattr("app.server.allow_many_sockets", lambda: None)
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


# --- looking ----------------------------------------------------------------------------------------------------------


def opens(db: str, link: str) -> Key | None:
    with closing(Database(db)) as database, database.reading() as connection:
        return keys.find(connection, link.rpartition("/")[2])


def logged(db: str) -> list[Any]:
    with closing(Database(db)) as database:
        return entries(database, "demo")
