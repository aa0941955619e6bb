"""Whole meetings played by bots on a real server, and what they report. Nothing acknowledged is ever lost."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count

import httpx
import pytest
import sqlalchemy as sa

from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, Plan, ResultsShown, Rules, Signing
from app.meeting.promises.counting import revealed_counts
from app.meeting.sheets.state import Standing
from app.rehearsal import judgement, moderator, stage
from app.rehearsal.answers import Answers
from app.rehearsal.process import ServerProcess
from app.rehearsal.rehearse import Report, rehearse_at, rehearse_beside
from app.rehearsal.speaker import Address, Speaker
from app.rehearsal.tempo import Tempo
from app.rehearsal.troubles import AlreadyFinished, NotLetIn, NotReachable, Stuck
from app.store import keys, rehearsals
from app.store.database import Database
from app.store.keys import Key, Role
from app.store.signatures import signatures_of
from app.store.tables import KeyRow, table_of
from tests.live.served import PATIENCE
from tests.meetings import shipped, small_plan
from tests.promised import with_last_year
from tests.records import entries

AT_ONCE = Tempo(speed=60_000)
A_FEW_SECONDS = Tempo(speed=2_000)
TO_BE_EXPECTED = {
    "round.closed",  # the moderator was quicker than a panelist
    "round.sheets_missing",  # somebody forgot, and the moderator closes over it by name
    "comment.released",  # released before its author could revise it
    "comment.changed",  # revised before the moderator could release it
    "agenda.moved_on",  # or before the script could
    "meeting.finished",  # or before its author, after the last unit
    "check.has_changed",  # a late sheet came while the supervisor looked
}


@dataclass(frozen=True)
class House:
    """A server with one meeting, and its database."""

    server: ServerProcess
    database: Database
    code: str

    @property
    def meeting(self) -> Meeting:
        return stage.meeting_of(self.database, self.code)

    def rehearses(self, tempo: Tempo = AT_ONCE) -> Report:
        return rehearse_at(self.server.url, self.database, self.code, tempo)


class Town:
    """One server and its database, with a meeting of its own for each test."""

    def __init__(self, server: ServerProcess, database: Database) -> None:
        self._server = server
        self._database = database
        self._codes = (f"meeting-{number}" for number in count(1))

    def house(self, plan: Plan) -> House:
        plan = replace(plan, code=next(self._codes))
        stage.save(self._database, plan)
        return House(self._server, self._database, plan.code)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with stage.scratch(small_plan()) as where, stage.opened(where) as database, ServerProcess(where) as server:
        yield Town(server, database)


def is_spotless(report: Report) -> bool:
    return report.is_good and report.answers.refusals.keys() <= TO_BE_EXPECTED


# --- whole meetings ---------------------------------------------------------------------------------------------------


def test_the_demo_is_played_to_its_end(town):
    here = town.house(shipped("demo"))
    report = rehearse_at(here.server.url, here.database, here.code, AT_ONCE, phones=5)
    meeting = here.meeting
    assert is_spotless(report)
    assert meeting.is_finished
    assert len([round for round in meeting.rounds.values() if round.is_revealed]) == len(meeting.plan.units)
    assert any(len(sheet.versions) > 1 for round in meeting.rounds.values() for sheet in round.sheets.values())
    assert all(comment.is_released for comment in meeting.comments.values())
    assert report.answers.refusals["round.sheets_missing"]
    assert {"phone", "hall", "panel", "moderator"} == report.answers.messages.keys()
    assert len(report.answers.acked) > len(meeting.plan.units) * len(meeting.plan.seats) * len(meeting.plan.criteria)


@pytest.mark.parametrize("mode", [Mode.LEVELS, Mode.COMMENTS])
def test_the_other_modes_are_played_to_their_end(town, mode):
    here = town.house(small_plan(mode=mode, rules=Rules(signing=Signing.DRAWN)))
    report = here.rehearses(A_FEW_SECONDS)
    meeting = here.meeting
    sheets = [sheet for round in meeting.rounds.values() for sheet in round.sheets.values()]
    with here.database.reading() as connection:
        signed = {each.bound for each in signatures_of(connection, here.code).known}
    assert {sheet.current.receipt for sheet in sheets if sheet.current} <= signed
    assert bool(signed) == (mode is Mode.LEVELS)
    assert is_spotless(report)
    assert meeting.is_finished
    assert len(meeting.rounds) == (3 if mode is Mode.LEVELS else 0)
    assert meeting.comments or mode is Mode.LEVELS


def test_where_two_pairs_of_eyes_are_asked_for_a_supervisor_looks_before_each_result(town):
    rules = Rules(trim_from=3, results_shown=ResultsShown.FROM_LOWEST, checked=True, promises_judged=True)
    here = town.house(with_last_year(small_plan(rules=rules)))
    assert is_spotless(here.rehearses())
    meeting = here.meeting
    assert all(round.is_revealed and round.checked_at for round in meeting.rounds.values())
    assert min(each.given for each in revealed_counts(meeting, "water") or ()) > 2, "the panel has judged last year's"


def test_a_recused_seat_gives_no_sheet(town):
    here = town.house(small_plan())
    assert is_spotless(here.rehearses())
    assert "eve" not in here.meeting.rounds["report-court"].sheets


def test_bots_take_over_a_meeting_that_is_under_way_and_paused(town):
    here = town.house(small_plan())
    asyncio.run(to_the_scoring_and_pause(here))
    report = here.rehearses()
    meeting = here.meeting
    assert is_spotless(report)
    assert meeting.is_finished
    assert all(round.is_revealed for round in meeting.rounds.values())


@pytest.mark.parametrize("order", [Order.DRAWN, Order.TYPED])
def test_bots_find_an_order_where_the_agenda_does_not_fix_it(town, order):
    here = town.house(small_plan(mode=Mode.COMMENTS, order=order))
    report = here.rehearses()
    meeting = here.meeting
    assert is_spotless(report)
    assert meeting.is_finished
    assert meeting.reporting.has_new_order
    assert (meeting.reporting.draw is not None) == (order is Order.DRAWN)


async def to_the_scoring_and_pause(here: House) -> None:
    with stage.cast(here.database, here.code) as cast:
        chair = Speaker(Address(here.server.url, here.code, "moderator", cast.moderator), Answers())
        line = asyncio.create_task(chair.run())
        await chair.perform("open_meeting")
        await chair.perform("jump_to", place={"item": "report-water", "segment": 2})
        await chair.perform("pause")
        line.cancel()


# --- faults -----------------------------------------------------------------------------------------------------------

SOON, IN_THE_MIDDLE = 10, 40


def wait_for_entries(here: House, number: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(entries(here.database, here.code)) < number:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_rehearsal_survives_that_the_server_is_killed_in_the_middle():
    with (
        stage.scratch(small_plan()) as where,
        stage.opened(where) as database,
        ServerProcess(where) as server,
        ThreadPoolExecutor() as elsewhere,
    ):
        here = House(server, database, "small")
        rehearsal = elsewhere.submit(here.rehearses, A_FEW_SECONDS)
        for number in SOON, IN_THE_MIDDLE:
            wait_for_entries(here, number)
            server.kill()
            assert not rehearsal.done()
            server.start()
        report = rehearsal.result()
        meeting = here.meeting
    assert report.lost == report.faults == ()
    assert report.answers.reconnections > 0
    assert meeting.is_finished


def test_what_is_missing_from_the_record_is_reported(town, monkeypatch):
    here = town.house(small_plan(mode=Mode.COMMENTS))
    found = stage.recorded
    monkeypatch.setattr(stage, "recorded", lambda *asked: found(*asked) - {asked[-1][0]})
    report = here.rehearses()
    assert report.lost == (report.answers.acked[0],)
    assert not report.is_good


def test_only_the_keys_of_the_rehearsal_are_forgotten_afterwards(town):
    here = town.house(small_plan(mode=Mode.COMMENTS))
    with here.database.writing() as connection:
        token = keys.make(connection, Key(here.code, Role.MODERATOR), "links")
    here.rehearses()
    assert labels(here) == ["links"]
    with here.database.reading() as connection:
        assert keys.find(connection, token) is not None


def labels(here: House) -> list[str]:
    keys = table_of(KeyRow)
    with here.database.reading() as connection:
        return list(connection.scalars(sa.select(keys.c.label).where(keys.c.meeting == here.code)))


# --- why there is no rehearsal ----------------------------------------------------------------------------------------


def test_there_is_none_of_a_meeting_that_is_over_or_unknown(town):
    here = town.house(small_plan(mode=Mode.COMMENTS))
    here.rehearses()
    with pytest.raises(AlreadyFinished):
        here.rehearses()
    with pytest.raises(KeyError):
        rehearse_at(here.server.url, here.database, "nothing", AT_ONCE)


def test_there_is_none_on_another_database_than_the_servers(town):
    here = town.house(small_plan())
    with (
        stage.scratch(replace(small_plan(), code=here.code)) as elsewhere,
        stage.opened(elsewhere) as database,
        pytest.raises(NotLetIn),
    ):
        rehearse_at(here.server.url, database, here.code, AT_ONCE)


def test_there_is_none_without_a_server():
    with stage.scratch(small_plan()) as where, stage.opened(where) as database, pytest.raises(NotReachable):
        rehearse_at("http://127.0.0.1:9", database, "small", AT_ONCE)


def test_a_plan_that_cannot_open_is_said_in_the_servers_own_words(town, monkeypatch):
    monkeypatch.setattr(moderator, "SECONDS_TO_SHOW", 0.2)
    with pytest.raises(Stuck, match="评分细则没有指标"):
        town.house(small_plan(criteria=())).rehearses()


def test_the_report_says_what_the_command_line_promises():
    said = Report("small", 1.5, ("id-1",), (), Answers(["id-1"], latencies=[0.01])).as_json()
    assert (said["acked"], said["refused"], said["lost"], said["p50_ms"], said["p99_ms"]) == (1, 0, 1, 10.0, 10.0)


# --- beside a meeting -------------------------------------------------------------------------------------------------


def test_beside_a_server_a_copy_is_played_and_thrown_away_and_the_meeting_is_untouched(town):
    here = town.house(small_plan(mode=Mode.COMMENTS))
    report = rehearse_beside(here.server.url, here.database, here.code, AT_ONCE)
    assert report.code == f"{here.code}-r1"
    assert is_spotless(report)
    assert report.answers.acked
    assert here.meeting.opened_at is None
    assert labels(here) == []
    with pytest.raises(KeyError):
        stage.meeting_of(here.database, report.code)
    assert status(f"{here.server.url}/{report.code}") == 404, "the server has forgotten it, too"
    assert status(f"{here.server.url}/{here.code}") == 200


def test_it_can_be_kept_and_played_again_where_it_is(town):
    here = town.house(small_plan(mode=Mode.COMMENTS))
    report = rehearse_beside(here.server.url, here.database, here.code, AT_ONCE, keeps=True)
    assert stage.meeting_of(here.database, report.code).is_finished
    assert status(f"{here.server.url}/{report.code}") == 200
    with pytest.raises(AlreadyFinished):
        rehearse_beside(here.server.url, here.database, report.code, AT_ONCE)
    assert stage.meeting_of(here.database, report.code).is_finished, "who made it throws it away"
    assert here.meeting.opened_at is None


def test_a_rehearsal_that_breaks_off_is_thrown_away_as_well(town, monkeypatch):
    monkeypatch.setattr(moderator, "SECONDS_TO_SHOW", 0.2)
    here = town.house(small_plan(criteria=()))
    with pytest.raises(Stuck):
        rehearse_beside(here.server.url, here.database, here.code, AT_ONCE)
    assert rehearsals_of(here) == []


def test_a_meeting_for_invited_guests_only_is_rehearsed_with_its_phones(town):
    here = town.house(small_plan(mode=Mode.COMMENTS, invited_only=True))
    report = rehearse_beside(here.server.url, here.database, here.code, AT_ONCE, phones=2)
    assert is_spotless(report)
    assert report.answers.messages["phone"]


def test_without_its_server_the_database_alone_is_cleared():
    with stage.scratch(small_plan()) as where, stage.opened(where) as database:
        with stage.copied("http://127.0.0.1:9", database, "small", keeps=False) as code:
            assert stage.plans_in(database)[code].is_rehearsal
        assert list(stage.plans_in(database)) == ["small"]


def rehearsals_of(here: House) -> list[str]:
    with here.database.reading() as connection:
        return rehearsals.codes_of(connection, here.code)


def status(url: str) -> int:
    return httpx.get(url, trust_env=False, timeout=PATIENCE).status_code


# --- the ways of people -----------------------------------------------------------------------------------------------


def panel_where(monkeypatch: pytest.MonkeyPatch, **share: float) -> None:
    """From now on everybody does this, and nobody anything else out of the ordinary."""
    for name in ("FORGETTING", "ABSTAINING", "SECOND_THOUGHTS", "RECUSING", "LOSING_THE_LINE", "COMMENTING"):
        monkeypatch.setattr(judgement, f"SHARE_OF_{name}", share.get(name.lower(), 0.0))


def test_who_loses_the_line_hands_the_sheet_in_once_it_is_back(town, monkeypatch):
    panel_where(monkeypatch, losing_the_line=1.0)
    monkeypatch.setattr(moderator, "LEAST_PATIENCE", PATIENCE)  # or a busy machine has a round closed over a sheet
    here = town.house(small_plan())
    report = here.rehearses(A_FEW_SECONDS)
    assert is_spotless(report)
    assert report.answers.reconnections >= len(here.meeting.plan.seats)
    assert all(sheet.current for round in here.meeting.rounds.values() for sheet in round.sheets.values())


def test_who_declares_a_recusal_gives_no_sheet_and_is_out_of_the_denominator(town, monkeypatch):
    panel_where(monkeypatch, recusing=1.0)
    here = town.house(small_plan())
    here.rehearses()
    sheets = [sheet for round in here.meeting.rounds.values() for sheet in round.sheets.values()]
    assert sheets
    assert {(sheet.standing, sheet.current) for sheet in sheets} == {(Standing.RECUSED, None)}
    assert {sheet.reason for sheet in sheets} <= set(judgement.REASONS)


def test_who_is_late_hands_the_sheet_in_after_closing_where_it_waits_for_the_moderator(town, monkeypatch):
    panel_where(monkeypatch, forgetting=1.0)
    here = town.house(small_plan())
    report = here.rehearses(A_FEW_SECONDS)
    sheets = [sheet for round in here.meeting.rounds.values() for sheet in round.sheets.values()]
    assert report.is_good
    assert any(sheet.late for sheet in sheets)
    assert not any(sheet.current for sheet in sheets)


def test_who_has_second_thoughts_hands_in_a_second_version(town, monkeypatch):
    panel_where(monkeypatch, second_thoughts=1.0)
    here = town.house(small_plan())
    assert is_spotless(here.rehearses(A_FEW_SECONDS))
    versions = [len(sheet.versions) for round in here.meeting.rounds.values() for sheet in round.sheets.values()]
    assert max(versions) == 2
