"""The doctor: what is well, what is not and what to do, without changing anything by looking."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.doctor import Condition, examine, machine, network
from app.doctor import certificates as looking_at_certificates
from app.doctor.certificates import certificate
from app.doctor.machine import disk, versions
from app.doctor.network import addresses, ports, server
from app.doctor.records import Patient, records
from app.language.sentences import doctor as doctors
from app.network import addresses as addressing
from app.network import tls
from app.network.interfaces import Interface, in_order
from app.rehearsal.process import RUN, ServerProcess
from app.settings import Settings
from app.store.database import Database
from app.store.tables import SCHEMA_VERSION
from tests.examined import NOW, by_subject
from tests.golden.older import small_version_1
from tests.meetings import at_water, small_plan
from tests.records import record, save

WARD = Path(machine.__file__).parent
WIFI, WIRE = Interface("192.168.1.5", "wlan0"), Interface("10.20.0.9", "enp3s0")
VPN, DOCKER = Interface("10.8.0.2", "tun0"), Interface("172.17.0.1", "docker0")


def looked_at(where: str, now: datetime = NOW) -> dict[str, SimpleNamespace]:
    with Patient(where) as patient:
        return by_subject(records(patient, now))


def levels(checks: dict[str, SimpleNamespace]) -> dict[str, str]:
    return {subject: str(each.level) for subject, each in checks.items()}


# --- whole examinations -----------------------------------------------------------------------------------------------


def doctor(*arguments: object, folder: Path, language: str = "en_US.UTF-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(RUN), "doctor", *map(str, arguments)]
    environment = {**os.environ, "LANG": language}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_looking_makes_nothing(tmp_path):
    done = doctor("--db", tmp_path / "kaimen.db", "--tls", "--port", 0, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "kaimen.db will be made at the first start" in done.stdout


def test_a_running_server_is_found_on_its_port_and_asked(tmp_path):
    with ServerProcess(str(tmp_path / "kaimen.db")) as running:
        done = doctor(
            "--db", running.db, "--host", "127.0.0.1", "--port", running.port, "--url", running.url, "--json",
            folder=tmp_path,
        )  # fmt: skip
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    assert found["ports.http"]["says"] == f"Port {running.port} (http): a Kaimen is running there"
    assert found["server"]["level"] == "ok"
    assert {"record.demo", "record.comments", "record.levels", "disk.speed", "clock", "browsers"} <= found.keys()
    assert set(found["server"]) == {"subject", "level", "says", "do"}
    problems = [each for each in found.values() if each["level"] == "problem"]
    assert done.returncode == bool(problems)


@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "[problem]"), ("zh_CN.UTF-8", "[问题]")])
def test_a_problem_is_exit_code_1_and_comes_with_what_to_do(tmp_path, language, word):
    (tmp_path / "kaimen.db").write_text("this is no database, whatever it is called" * 100)
    done = doctor("--db", tmp_path / "kaimen.db", "--port", 0, folder=tmp_path, language=language)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if word in line and "not a database" in line)
    assert lines[at + 1].startswith("    → ")


def test_whatever_is_not_well_says_what_to_do(tmp_path):
    for each in examine(Settings(db=str(tmp_path / "k.db"), port=0), "http://127.0.0.1:9"):
        assert bool(each.do) == (each.level is not Condition.OK), each


def test_no_sentence_of_the_doctor_is_left_over():
    said = re.findall(r'Said\("([a-z_.]+)"', "".join(path.read_text("utf-8") for path in WARD.glob("*.py")))
    assert doctors.SENTENCES.keys() - {*said} == {f"condition.{each}" for each in Condition}


@pytest.fixture
def sqlite(database, where) -> Database:
    if not database.is_sqlite:
        pytest.skip("the file is altered by hand")
    return database


# --- database and record ----------------------------------------------------------------------------------------------


def test_a_record_that_holds(database, where):
    record(database, at_water())
    found = looked_at(where, at_water().meeting.opened_at + timedelta(days=1))
    assert found["record.small"].says.startswith("The record of “small” holds: ")
    expected = {"database": "ok", "record.small": "ok"}
    assert levels(found) == expected | ({} if database.is_sqlite else {"clock.database": "ok"})


def test_an_altered_entry_is_a_problem_of_its_meeting_alone(sqlite, where):
    record(sqlite, at_water())
    save(sqlite, small_plan(code="other"))
    with closing(sqlite3.connect(where)) as connection:
        connection.execute("UPDATE log SET line = replace(line, 'small', 'swall') WHERE seq = 3")
        connection.commit()
    found = looked_at(where)
    assert (found["record.small"].level, found["record.other"].level) == (Condition.PROBLEM, Condition.OK)
    assert "entry 3" in found["record.small"].says


def test_a_clock_behind_the_record(database, where):
    record(database, at_water())
    found = looked_at(where, at_water().meeting.opened_at - timedelta(hours=1))
    assert found["clock.record"].level is Condition.PROBLEM


def test_a_newer_database(sqlite, where):
    with closing(sqlite3.connect(where)) as connection:
        connection.execute("UPDATE schema_version SET version = version + 1")
        connection.commit()
    assert f"format {SCHEMA_VERSION + 1}" in looked_at(where)["database"].says
    assert looked_at(where)["database"].level is Condition.PROBLEM


def test_an_older_database_is_said_to_be_brought_to_this_format(tmp_path):
    found = looked_at(str(small_version_1(tmp_path / "kaimen.db")))
    assert found["database"].level is Condition.OK
    assert (
        f"format 1, from an earlier Kaimen; the next start keeps a copy and converts it to format {SCHEMA_VERSION}"
        in (found["database"].says)
    )
    assert found["record.small"].level is Condition.OK
    assert [each.name for each in tmp_path.iterdir()] == ["kaimen.db"]


def test_an_empty_file_is_no_problem_and_stays_empty(tmp_path):
    (tmp_path / "kaimen.db").touch()
    assert levels(looked_at(str(tmp_path / "kaimen.db"))) == {"database": "ok"}
    with closing(sqlite3.connect(tmp_path / "kaimen.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_database_that_is_away():
    found = looked_at("postgresql://nobody@127.0.0.1:9/kaimen")
    assert levels(found) == {"database": "problem"}


# --- machine ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("megabytes", "level"), [(50_000, Condition.OK), (500, Condition.WARNING), (20, Condition.PROBLEM)], ids=str
)
def test_room_on_the_disk(tmp_path, monkeypatch, megabytes, level):
    usage = type("Usage", (), {"free": megabytes * 1_000_000})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    assert by_subject(disk(tmp_path))["disk.space"].level is level


@pytest.mark.parametrize(
    ("seconds", "level"), [(0.002, Condition.OK), (0.1, Condition.WARNING), (0.5, Condition.PROBLEM)]
)
def test_the_speed_of_the_disk(tmp_path, monkeypatch, seconds, level):
    monkeypatch.setattr(machine, "write_speed", lambda _: seconds)
    assert by_subject(disk(tmp_path))["disk.speed"].level is level


def test_a_folder_that_is_not_there_or_takes_nothing(tmp_path, monkeypatch):
    assert levels(by_subject(disk(tmp_path / "nowhere"))) == {"disk": "problem"}

    def fails(_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(machine, "write_speed", fails)
    assert "Read-only file system" in by_subject(disk(tmp_path))["disk.speed"].says


def test_writing_leaves_nothing_behind(tmp_path):
    assert 0 < machine.write_speed(tmp_path) < 5
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_jumps(monkeypatch):
    differences = iter([1000.0, 1060.0])
    monkeypatch.setattr(machine, "wall_over_steady", lambda: next(differences))
    found = by_subject(machine.clock_jump())["clock"]
    assert found.level is Condition.WARNING
    assert "60.0 s" in found.says


def test_a_clock_that_runs_evenly(monkeypatch):
    monkeypatch.setattr(machine, "wall_over_steady", lambda: 1000.0)
    [found] = machine.clock_jump()
    assert found.level is Condition.OK


def test_libraries_of_other_versions_are_named(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("uvicorn==0.1.0 \\\n    --hash=sha256:00\nnot-installed==1.0\n")
    monkeypatch.setattr(machine, "LOCK", lock)
    found = by_subject(versions())["libraries"]
    assert found.level is Condition.WARNING
    assert found.says.endswith(f"uvicorn {machine.version('uvicorn')} (0.1.0)")


# --- network ----------------------------------------------------------------------------------------------------------


def test_a_port_that_another_program_has():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        found = by_subject(ports(Settings(host="127.0.0.1", port=other.getsockname()[1])))
    assert levels(found) == {"ports.http": "problem", "ports.reach": "warning"}
    assert "--port" in found["ports.http"].do


@pytest.mark.parametrize(
    ("found", "level"),
    [
        pytest.param([], Condition.PROBLEM, id="none"),
        pytest.param([WIFI], Condition.OK, id="one"),
        pytest.param([WIFI, WIRE], Condition.WARNING, id="two networks"),
        pytest.param([WIFI, replace(WIRE, is_running=False)], Condition.OK, id="no cable"),
        pytest.param([WIFI, DOCKER, Interface("192.168.56.1", "vboxnet0")], Condition.OK, id="virtual machines"),
        pytest.param([WIFI, Interface("172.20.0.1", "vEthernet (WSL)")], Condition.OK, id="on Windows as well"),
        pytest.param([WIFI, Interface("169.254.9.9", "eth1")], Condition.OK, id="nobody gave it an address"),
        pytest.param([WIFI, VPN], Condition.WARNING, id="a VPN beside it"),
        pytest.param([VPN], Condition.WARNING, id="a VPN alone"),
        pytest.param([Interface("8.8.8.8", "eth0")], Condition.WARNING, id="the internet"),
    ],
)
def test_the_addresses_of_this_machine(monkeypatch, found, level):
    is_in(monkeypatch, found)
    assert by_subject(addresses(Settings()))["addresses"].level is level


@pytest.mark.parametrize("settings", [Settings(public_url="http://hall.lan"), Settings(host=WIRE.address)])
def test_where_the_address_was_set_a_second_network_is_no_matter(monkeypatch, settings):
    is_in(monkeypatch, [WIFI, WIRE, VPN])
    assert by_subject(addresses(settings))["addresses"].level is Condition.OK


def is_in(monkeypatch: pytest.MonkeyPatch, found: list[Interface]) -> None:
    """This machine has these addresses."""
    for module in (network, addressing):
        monkeypatch.setattr(module, "networks", lambda: in_order(found, ""))


def test_a_server_that_is_not_there():
    [found] = server(Settings(), "http://127.0.0.1:9")
    assert found.level is Condition.PROBLEM


# --- certificate ------------------------------------------------------------------------------------------------------


@pytest.fixture
def hall(tmp_path, monkeypatch) -> Settings:
    """A server with a certificate of its own for its one address, 192.168.1.5."""
    monkeypatch.setattr(looking_at_certificates, "lan_addresses", lambda: ["192.168.1.5"])
    settings = Settings(db=str(tmp_path / "kaimen.db"), tls=True)
    tls.authority_beside(settings.db).certify(["192.168.1.5", "localhost"], NOW)
    return settings


def test_a_certificate_that_is_good_and_one_that_is_not_there_yet(hall, tmp_path):
    assert levels(by_subject(certificate(hall, NOW))) == {"certificate": "ok"}
    new = Settings(db=str(tmp_path / "other.db"), tls=True)
    assert levels(by_subject(certificate(new, NOW))) == {"certificate": "ok"}
    assert levels(by_subject(certificate(Settings(), NOW))) == {"certificate": "ok"}


def test_a_new_address_and_one_that_the_root_may_not_vouch_for(hall, monkeypatch):
    monkeypatch.setattr(looking_at_certificates, "lan_addresses", lambda: ["192.168.1.5", "192.168.1.6"])
    assert by_subject(certificate(hall, NOW))["certificate.names"].level is Condition.WARNING
    monkeypatch.setattr(looking_at_certificates, "lan_addresses", lambda: ["202.97.1.1"])
    assert by_subject(certificate(hall, NOW))["certificate.names"].level is Condition.PROBLEM


@pytest.mark.parametrize(("days", "level"), [(0, Condition.OK), (390, Condition.WARNING), (400, Condition.PROBLEM)])
def test_the_days_left_of_a_given_certificate(hall, days, level):
    pair = tls.authority_beside(hall.db).server
    given = Settings(tls=True, cert=str(pair.certificate), key=str(pair.key))
    found = by_subject(certificate(given, NOW + timedelta(days=days)))
    assert levels(found) == {"certificate": level}


def test_a_given_certificate_for_other_names_or_of_another_key(hall):
    authority = tls.authority_beside(hall.db)
    pair = authority.server
    given = Settings(tls=True, cert=str(pair.certificate), key=str(pair.key), public_url="https://hall.example")
    assert "hall.example" in by_subject(certificate(given, NOW))["certificate.names"].says
    wrong = Settings(tls=True, cert=str(pair.certificate), key=str(authority.root.key))
    assert levels(by_subject(certificate(wrong, NOW))) == {"certificate": "problem"}
