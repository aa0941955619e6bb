"""One clock: whoever sets the machine's, no meeting jumps, and no log goes back."""

import asyncio
import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock as clocks
from app.clock import Clock
from app.live.framed import Format
from app.live.room import Watching
from app.live.timekeeper import Timekeeper
from app.meeting import commands as c
from app.store.database import Database
from app.store.scribe import Scribe
from tests.live.byhand import RoomsByHand
from tests.live.conftest import painter, served, sitting
from tests.live.leaping import leaping
from tests.live.screen import Screen
from tests.meetings import NOON, at_water, opened, small_plan
from tests.records import entries, save

__all__ = ["painter", "served", "sitting"]

APP = Path(__file__).parents[1] / "app"
HOUR = timedelta(hours=1)
MODERATOR, PHONE = Watching("small", "moderator"), Watching("small", "phone")


class Machine:
    """A wall clock that can be set, and time that passes."""

    def __init__(self) -> None:
        self.wall = NOON.timestamp()
        self.passed = 77.0
        self.clock = Clock(lambda: self.wall, lambda: self.passed)

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.passed += seconds

    def is_set(self, seconds: float) -> None:
        self.wall += seconds


# --- the clock --------------------------------------------------------------------------------------------------------


def test_a_clock_that_is_set_changes_nothing_and_is_noticed():
    machine = Machine()
    for seconds in (3600, -7200, 0.5):
        machine.is_set(seconds)
        machine.passes(10)
    assert machine.clock.now() == NOON + timedelta(seconds=30)
    assert machine.clock.apart == pytest.approx(3600 - 7200 + 0.5)
    machine.clock.follow_the_wall()
    assert machine.clock.now() == datetime.fromtimestamp(machine.wall, UTC)
    assert machine.clock.apart == 0


def test_a_laptop_that_slept_has_the_right_time(monkeypatch):
    """Of Linux: the clock that goes on in sleep. The other systems' are named beside it."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        pytest.skip("this system counts its sleep in another clock")
    read = {time.CLOCK_BOOTTIME: 500.0}
    monkeypatch.setattr(time, "clock_gettime", lambda which: read[which])
    clock = Clock(wall=lambda: NOON.timestamp())
    read[time.CLOCK_BOOTTIME] += 1800
    assert clock.now() == NOON + timedelta(seconds=1800)


def test_nobody_else_reads_the_clock_of_the_machine():
    """What stands on a screen or in the log goes by one clock; a certificate is judged by the devices' own."""
    found = [
        f"{path.relative_to(APP)}: {line.strip()}"
        for floor in ("live", "web", "store", "papers", "language", "meeting")
        for path in sorted((APP / floor).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\btime\.time\(|datetime\.now\(|\butcnow\(|\bdate\.today\(", line)
    ]
    assert found == []


# --- the log ----------------------------------------------------------------------------------------------------------


def deciding(database: Database, *times: datetime) -> list[datetime]:
    """What a scribe of its own, newly started, writes down as the time of each of some changes."""
    reading = iter(times)
    scribe = Scribe(database, clock=lambda: next(reading))
    futures = [scribe.ask("small", c.TellSpeaker(uuid4().hex), "moderator", uuid4().hex) for _ in times]
    scribe.start()
    scribe.stop()
    for future in futures:
        future.result()
    return [each.event.at for each in entries(database, "small")][-len(times) :]


def begun(database: Database) -> None:
    save(database, small_plan())
    scribe = Scribe(database, clock=lambda: NOON)
    asked = scribe.ask("small", c.OpenMeeting(small_plan()), "moderator", "command-open")
    scribe.start()
    scribe.stop()
    asked.result()


def test_after_a_restart_with_the_clock_set_back_the_time_goes_on_from_the_last_entry(database):
    begun(database)
    assert deciding(database, NOON + HOUR) == [NOON + HOUR]
    minute = timedelta(minutes=1)
    behind = deciding(database, NOON, NOON + minute, NOON + 3 * minute)
    assert behind == [NOON + HOUR, NOON + HOUR + minute, NOON + HOUR + 3 * minute]


def test_two_processes_of_which_one_is_behind_write_times_in_order(database):
    begun(database)
    quick, slow = (Scribe(database, clock=lambda at=at: at) for at in (NOON + HOUR, NOON))
    for scribe in (quick, slow):
        scribe.start()
    for number in range(6):
        scribe = (quick, slow)[number % 2]
        scribe.ask("small", c.TellSpeaker(f"message {number}"), "moderator", f"command-{number}").result()
    for scribe in (quick, slow):
        scribe.stop()
    times = [each.event.at for each in entries(database, "small")]
    assert times == sorted(times)
    assert times[1:] == [NOON + HOUR] * 6


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_the_clock_says_the_times_of_a_log_never_go_back(tmp_path, lives):
    database = Database(str(tmp_path / f"{uuid4()}.db"))
    database.create()
    begun(database)
    for life in lives:  # each with a start of the server before it
        deciding(database, *(NOON + timedelta(seconds=at) for at in life))
    times = [each.event.at for each in entries(database, "small")]
    assert len(times) == 1 + sum(map(len, lives))
    assert times == sorted(times)
    database.close()


# --- the timekeeper ---------------------------------------------------------------------------------------------------


class Hall:
    """A machine, a meeting and its screens."""

    def __init__(self, painter, meeting) -> None:
        self.machine = Machine()
        nowhere: Database = None  # type: ignore[assignment]
        self.scribe = Scribe(nowhere, clock=self.machine.clock.now)
        self.rooms = RoomsByHand(painter)
        self.rooms.moved("small", meeting)
        self.timekeeper = Timekeeper(self.machine.clock, self.rooms, self.scribe)
        self.console, self.phone = Listening(MODERATOR), Listening(PHONE)
        for screen in (self.console, self.phone):
            self.rooms.join(screen.watching, screen, "")

    async def looks(self) -> str:
        """What the console says of the clock after a look at it."""
        await self.timekeeper.look()
        await asyncio.sleep(1)
        return self.console.regions["console-warnings"]


class Listening(Screen):
    """A screen that keeps what it was told in passing."""

    def __init__(self, watching: Watching) -> None:
        super().__init__(watching)
        self.told: list[str] = []

    def deliver(self, frame) -> bool:
        if frame.text.startswith("{"):
            self.told.append(frame.text)
            return True
        return super().deliver(frame)


@leaping
async def test_while_a_meeting_runs_the_moderator_is_told_and_nothing_jumps(painter):
    hall = Hall(painter, at_water().meeting)
    assert "服务器" not in await hall.looks()
    hall.machine.is_set(1.5)
    assert "服务器" not in await hall.looks()
    hall.machine.is_set(3598.5)
    assert "快 60 分钟" in await hall.looks()
    assert hall.scribe.now("small") == NOON
    hall.machine.is_set(-3600 - 90)
    assert "慢 90 秒" in await hall.looks()
    hall.machine.is_set(90)
    assert "服务器" not in await hall.looks()
    assert hall.phone.told == []


@leaping
async def test_a_program_at_the_console_is_told_by_code_and_facts(painter):
    hall = Hall(painter, at_water().meeting)
    program = Listening(replace(MODERATOR, format=Format.JSON))
    hall.rooms.join(program.watching, program, "")
    hall.machine.is_set(7200)
    await hall.looks()
    (warning,) = json.loads(program.told[-1])["regions"]["console-warnings"]["warnings"]
    assert warning == {"code": "clock.ahead", "facts": {"much": [{"code": "length.hours", "facts": {"number": 2}}]}}


@leaping
async def test_a_clock_that_wanders_by_a_second_makes_no_pictures(painter):
    hall = Hall(painter, at_water().meeting)
    hall.machine.is_set(100)
    await hall.looks()
    pushes = len(hall.console.pushes)
    for seconds in (0.6, -0.6, 0.9, -1.2):
        hall.machine.is_set(seconds)
        await hall.looks()
    assert len(hall.console.pushes) == pushes


@leaping
async def test_while_no_meeting_runs_a_clock_put_right_is_followed_and_every_screen_asks_again(painter):
    hall = Hall(painter, opened().does(c.FinishMeeting()).meeting)
    hall.machine.is_set(-3600)
    assert "服务器" not in await hall.looks()
    assert hall.scribe.now("small") == NOON - HOUR
    assert [json.loads(text) for text in hall.phone.told] == [{"clock_set": True}]
    hall.machine.passes(60)
    await hall.looks()
    assert len(hall.phone.told) == 1


@leaping
async def test_a_meeting_whose_record_is_ahead_of_the_clock_says_so(painter):
    hall = Hall(painter, at_water().meeting)
    hall.scribe._times.after("small", NOON + 8 * HOUR)  # as it does with a meeting read from the database
    assert "慢 8 小时" in await hall.looks()
    assert hall.scribe.now("small") == NOON + 8 * HOUR


async def test_pages_sockets_and_the_log_of_a_meeting_have_one_time(sitting):
    """The log of this meeting ends in two hours: that is its time, for everybody in it."""
    ahead = clocks.now() + 2 * HOUR
    scribe = Scribe(sitting.served.database, clock=lambda: ahead)
    asked = scribe.ask(sitting.code, c.OpenMeeting(sitting.plan), "moderator", "command-open")
    scribe.start()
    scribe.stop()
    asked.result()
    page = sitting.page("/display").text
    shown = int(re.findall(r'data-now="(\d+)"', page)[0])
    assert shown >= int(ahead.timestamp() * 1000)
    async with sitting.watches("phone") as phone:
        asked_at = (await phone.says({"do": "ask_clock", "sent": 1.0}))["clock"]
    assert asked_at >= ahead.timestamp() * 1000 - 1
    sitting.performs(c.TellSpeaker("later"))
    assert entries(sitting.served.database, sitting.code)[-1].event.at >= ahead
