"""A restart in the middle of a rehearsal: what people held before answers as before, or the rehearsal has failed."""

import asyncio
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rehearsal import panelist, stage
from app.rehearsal.answers import Answers
from app.rehearsal.holdings import Held, Means
from app.rehearsal.judgement import total
from app.rehearsal.process import ServerProcess
from app.rehearsal.rehearse import Report, rehearse, rehearse_at
from app.rehearsal.restart import Restart, Restarted
from app.rehearsal.tempo import Tempo
from app.rehearsal.terminal import report_in_words
from app.store.database import Database
from app.store.keys import Role
from app.store.tables import KeyRow, SecretRow, table_of
from tests.meetings import small_plan
from tests.records import rows_of

AT_ONCE = Tempo(speed=60_000)


def words(report: Report) -> str:
    return report_in_words(report, gettext.NullTranslations().gettext)


def broken(monkeypatch: pytest.MonkeyPatch, breaks) -> None:
    """A program that does this as it is ended."""
    kill = ServerProcess.kill

    def killed(server: ServerProcess) -> str:
        said = kill(server)
        breaks(server)
        return said

    monkeypatch.setattr(ServerProcess, "kill", killed)


def other_links(server: ServerProcess) -> None:
    """What the terminal's links are made of is lost."""
    Path(server.db).with_suffix(".links").write_text("f" * 64)


def test_a_terminal_that_shows_other_links_after_a_restart_fails_the_rehearsal(monkeypatch):
    broken(monkeypatch, other_links)
    report = rehearse(small_plan(), AT_ONCE)
    assert {(held.kind, held.role) for held in report.void} == {
        (Means.TERMINAL, Role.ORGANISER),
        (Means.TERMINAL, Role.MODERATOR),
    }
    assert (report.is_good, report.record_holds) == (False, True)
    assert len(report.as_json()["void_after_restart"]) == 2
    assert "Link on the terminal: Moderator small" in words(report)


@pytest.fixture
def house(tmp_path) -> Iterator[tuple[ServerProcess, Database]]:
    with stage.opened(str(tmp_path / "kaimen.db")) as database:
        stage.save(database, small_plan())
        with ServerProcess(str(tmp_path / "kaimen.db")) as server:
            yield server, database


def test_whatever_voids_what_people_hold_is_found(house, monkeypatch):
    """A secret that is made anew, and cookies by another name."""
    server, database = house

    def forgets_its_secret(_server: ServerProcess) -> None:
        server.environment["KAIMEN_SECRET"] = "another"

    def calls_cookies_otherwise(_server: ServerProcess) -> None:
        server.environment.clear()
        with database.writing() as connection:
            connection.execute(table_of(SecretRow).update().values(mark="another"))

    with monkeypatch.context() as once:
        broken(once, forgets_its_secret)
        assert {held.kind for held in void_after_restart(server, database)} == {Means.TERMINAL, Means.FORM}
    with monkeypatch.context() as once:
        broken(once, calls_cookies_otherwise)
        kinds = {held.kind for held in void_after_restart(server, database)}
    assert kinds == {Means.TERMINAL, Means.SESSION, Means.CODE, Means.FORM}
    with database.reading() as connection:
        left = {row["label"] for row in rows_of(connection, table_of(KeyRow))}
    assert left == {"terminal"}, "of the bots' keys nothing is left, the organiser's and that of the form included"


def void_after_restart(server: ServerProcess, database: Database) -> tuple[Held, ...]:
    with stage.cast(database, "small") as cast:
        restart = Restart(server, database, "small", cast, Answers())
        asyncio.run(restart.happens())
    assert restart.came_to is not None
    return restart.came_to.void


def test_without_a_restart_the_report_says_so(house):
    server, database = house
    report = rehearse_at(server.url, database, "small", AT_ONCE)
    assert report.is_good
    assert "not tried after a restart" in words(report)
    assert report.as_json()["tried_after_restart"] is None


def test_a_tablet_that_adds_up_otherwise_than_the_record_fails_the_rehearsal(house, monkeypatch):
    """As floating point would: bots add as the tablet does, and what the record says to it counts."""
    server, database = house
    monkeypatch.setattr(panelist, "total", lambda *asked: total(*asked) + "000001" if "." in total(*asked) else "0.1")
    report = rehearse_at(server.url, database, "small", AT_ONCE)
    assert report.other_totals
    assert (report.is_good, report.record_holds) == (False, True)
    assert "add up differently" in words(report)


def test_what_is_void_is_no_good_report_whatever_the_record_says():
    void = (Held(Means.CODE, Role.SEAT, "ann"),)
    report = Report("small", 1.0, (), (), Answers(), Restarted(30, void))
    assert not report.is_good
    assert "Short code: Panelist ann" in words(report)
    assert "Of 30 links, short codes, open pages and forms, 1 no longer work" in words(report)
    assert "The record does not hold" not in words(report)


def test_what_answers_as_before_is_said_with_its_number():
    report = Report("small", 1.0, (), (), Answers(), Restarted(30, ()))
    assert report.is_good
    assert "All 30 links, short codes, open pages and forms still work as before." in words(report)
