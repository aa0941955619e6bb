"""Rooms: who gets what, when, and in which order. Time leaps here, so every moment is exact."""

import asyncio
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.language import Language
from app.live.framed import Format
from app.live.painter import Painter
from app.live.room import Room, Watching
from app.live.rooms import PAUSE_OF_COUNTS, Rooms
from app.live.screens import VIEWS
from app.live.views import Look, Viewer, picture
from app.live.wire import Frame
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.meeting import Meeting
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping, now
from tests.live.screen import Screen
from tests.meetings import ANN, BEN, WATER, Story, at_water, give_score, opened, sheet

HALL = Watching("small", "hall")
TIMER = Watching("small", "timer")
PHONE = Watching("small", "phone")
CONSOLE = Watching("small", "moderator")
PUBLIC_RESULTS = Watching("small", "results")
ANNS_TABLET = Watching("small", "panel", Viewer(ANN, "water"))
BENS_TABLET = Watching("small", "panel", Viewer(BEN, "water"))

LONG_ENOUGH = 5.0


class Brush(Painter):
    """A painter that counts what it paints, and may run dry."""

    def __init__(self, painter: Painter) -> None:
        self.__dict__.update(painter.__dict__)
        self.painted: list[str] = []
        self.cannot_paint = ""

    def region(self, name, context, language):
        assert name != self.cannot_paint, f"{name} cannot be painted"
        self.painted.append(name)
        return super().region(name, context, language)


@pytest.fixture
def brush(painter: Painter) -> Brush:
    return Brush(painter)


@pytest.fixture
def story() -> Story:
    return at_water()


@pytest.fixture
def rooms(brush: Brush, story: Story) -> Rooms:
    rooms = RoomsByHand(brush)
    rooms.moved("small", story.meeting)
    return rooms


def joined(rooms: Rooms, watching: Watching, have: str = "") -> Screen:
    screen = Screen(watching)
    rooms.join(watching, screen, have)
    return screen


def fingerprint(meeting: Meeting, watching: Watching) -> str:
    return picture(VIEWS[watching.view], Look(meeting, watching.viewer)).fingerprint


def moves(rooms: Rooms, story: Story, *commands: c.Command) -> None:
    known = len(story.events)
    rooms.moved("small", story.does(*commands).meeting, story.events[known:])


async def every(seconds: float, times: int, act: Callable[[int], None]) -> None:
    for at in range(times):
        act(at)
        await asyncio.sleep(seconds)


def says(text: object) -> c.TellSpeaker:
    """A command that changes the speaker's timer, and no other display."""
    return c.TellSpeaker(str(text))


# --- joining ----------------------------------------------------------------------------------------------------------


@leaping
async def test_who_has_the_picture_gets_nothing(rooms, story):
    screen = joined(rooms, HALL, have=fingerprint(story.meeting, HALL))
    await asyncio.sleep(LONG_ENOUGH)
    assert screen.pushes == []


@leaping
@pytest.mark.parametrize("have", ["", "0" * 18, "<script>"])
async def test_who_has_another_picture_gets_the_whole_one(rooms, story, have):
    screen = joined(rooms, HALL, have)
    assert screen.pushes == [
        (0, ["hall-head", "hall-stage", "hall-progress", "hall-ribbon", "hall-comments", "hall-told"])
    ]
    assert screen.have == fingerprint(story.meeting, HALL)


@leaping
async def test_who_returns_with_the_picture_of_before_gets_the_whole_new_one(rooms, story):
    before = fingerprint(story.meeting, HALL)
    moves(rooms, story, c.Pause())
    assert len(joined(rooms, HALL, before).regions) == len(VIEWS["hall"].regions)


@leaping
async def test_who_joins_sees_the_newest_even_in_the_pause_of_a_room(rooms, story):
    """And so that the room has one picture, the others get it then."""
    first = joined(rooms, PHONE, fingerprint(story.meeting, PHONE))
    moves(rooms, story, c.Pause())
    moves(rooms, story, c.Resume(), c.Advance(story.here))
    second = joined(rooms, PHONE)
    assert second.have == first.have == fingerprint(story.meeting, PHONE)
    assert first.times == [0, 0]
    await asyncio.sleep(LONG_ENOUGH)
    assert (len(first.pushes), len(second.pushes)) == (2, 1)


# --- what is sent -----------------------------------------------------------------------------------------------------


@leaping
async def test_only_what_changed_is_sent(rooms, story):
    screen = joined(rooms, ANNS_TABLET, fingerprint(story.meeting, ANNS_TABLET))
    moves(rooms, story, give_score(ANN, 30))
    assert screen.pushes == [(0, ["panel-marks"])]


@leaping
async def test_another_seats_mark_sends_nothing_to_a_tablet(rooms, story):
    screens = [joined(rooms, BENS_TABLET), joined(rooms, HALL), joined(rooms, PHONE)]
    moves(rooms, story, give_score(ANN, 30))
    await asyncio.sleep(LONG_ENOUGH)
    assert [len(screen.pushes) for screen in screens] == [1, 1, 1]


@leaping
async def test_an_idle_meeting_sends_nothing(rooms, story):
    watchings = [HALL, TIMER, PHONE, CONSOLE, PUBLIC_RESULTS, ANNS_TABLET]
    screens = [joined(rooms, each) for each in watchings]
    await asyncio.sleep(LONG_ENOUGH)
    told_already = [len(screen.pushes) for screen in screens]
    await every(10, times=360, act=lambda _: rooms.moved("small", story.meeting))
    assert now() > 3600
    assert [len(screen.pushes) for screen in screens] == told_already


@leaping
async def test_a_picture_is_painted_once_for_all_who_watch_it(rooms, brush, story):
    screens = [joined(rooms, PHONE) for _ in range(50)]
    assert brush.painted == ["phone-now", "phone-results", "phone-comments", "phone-agenda"]
    brush.painted.clear()
    moves(rooms, story, c.Pause())
    assert brush.painted == ["phone-now", "phone-agenda"]
    assert [screen.pushes[-1] for screen in screens] == [(0, ["phone-now", "phone-agenda"])] * 50


@leaping
async def test_each_language_and_each_format_has_its_own_room(rooms, story):
    chinese = joined(rooms, PHONE)
    english = joined(rooms, Watching("small", "phone", language=Language.ENGLISH))
    spoken = joined(rooms, Watching("small", "phone", format=Format.JSON))
    moves(rooms, story, c.Pause())
    assert "已暂停" in chinese.regions["phone-now"]
    assert "Paused" in english.regions["phone-now"]
    assert spoken.regions["phone-now"]["is_paused"] is True
    assert chinese.have == english.have == spoken.have


@leaping
async def test_meetings_do_not_hear_of_each_other(rooms, story):
    other = opened()
    rooms.moved("other", other.meeting)
    here, there = joined(rooms, TIMER), joined(rooms, Watching("other", "timer"))
    moves(rooms, story, says("Two minutes left"))
    await asyncio.sleep(LONG_ENOUGH)
    assert "Two minutes left" in here.regions["timer-message"]
    assert "Two minutes left" not in there.regions["timer-message"]
    assert (len(here.pushes), len(there.pushes)) == (2, 1)


# --- when -------------------------------------------------------------------------------------------------------------


@leaping
async def test_a_first_change_goes_out_at_once(rooms, story):
    screens = [joined(rooms, each) for each in (HALL, TIMER, PHONE, CONSOLE, ANNS_TABLET)]
    await asyncio.sleep(LONG_ENOUGH)
    moves(rooms, story, c.Pause())
    assert [screen.times[-1] for screen in screens] == [LONG_ENOUGH] * 5


@leaping
async def test_phones_get_a_flurry_as_one_trailing_picture(rooms, story):
    phone = joined(rooms, PHONE, fingerprint(story.meeting, PHONE))
    await every(0.02, times=10, act=lambda at: moves(rooms, story, c.Resume() if at % 2 else c.Pause(), add_a_second()))
    await asyncio.sleep(LONG_ENOUGH)
    assert phone.times == [0, 0.25]
    assert phone.have == fingerprint(story.meeting, PHONE)


@pytest.mark.parametrize("watching", [CONSOLE, ANNS_TABLET, HALL, TIMER, PHONE], ids=lambda each: each.view)
@leaping
async def test_a_busy_meeting_never_pushes_faster_than_the_pause_and_ends_on_the_last_picture(rooms, story, watching):
    screen = joined(rooms, watching, fingerprint(story.meeting, watching))
    await every(
        0.003, times=400, act=lambda at: moves(rooms, story, c.Resume() if at % 2 else c.Pause(), add_a_second())
    )
    await asyncio.sleep(LONG_ENOUGH)
    pause = VIEWS[watching.view].pause
    between = [round(later - sooner, 6) for sooner, later in zip(screen.times, screen.times[1:], strict=False)]
    assert set(between) == {pause}
    assert screen.times[-1] <= 400 * 0.003 + pause
    presence = rooms.presence("small")
    assert screen.have == picture(VIEWS[watching.view], Look(story.meeting, watching.viewer, presence)).fingerprint


@leaping
async def test_what_is_undone_within_the_pause_is_not_sent(rooms, story):
    phone = joined(rooms, PHONE, fingerprint(story.meeting, PHONE))
    moves(rooms, story, c.SkipItem("report-school", "ill"))
    moves(rooms, story, c.RestoreItem("report-school"))
    moves(rooms, story, c.SkipItem("report-school", "ill"))
    await asyncio.sleep(LONG_ENOUGH)
    assert phone.times == [0]


@leaping
async def test_displays_come_first_then_the_panel_and_staff_and_phones_last(rooms, story):
    in_order: list[str] = []
    for watching in (PHONE, PUBLIC_RESULTS, TIMER, HALL, BENS_TABLET, CONSOLE):
        screen = joined(rooms, watching)
        screen.deliver = lambda _frame, view=watching.view: in_order.append(view) or True
    await asyncio.sleep(LONG_ENOUGH)
    in_order.clear()
    moves(rooms, story, *judged_by_all(story, WATER), c.RevealResult(WATER))
    assert in_order == ["hall", "panel", "moderator", "phone", "results"]


def add_a_second() -> c.AddTime:
    return c.AddTime(Place(WATER), 1)


def judged_by_all(story: Story, round: str) -> list[c.Command]:
    seats = [seat.id for seat in story.meeting.entitled(story.meeting.rounds[round].unit)]
    return [*(sheet(story.meeting, round, seat, 50, 30) for seat in seats), c.CloseRound(round)]


# --- slow clients -----------------------------------------------------------------------------------------------------


@leaping
async def test_a_client_that_does_not_read_is_left_out_and_catches_up_with_one_snapshot(rooms, story):
    quick, slow = joined(rooms, TIMER), joined(rooms, TIMER)
    slow.is_stuck = True
    await every(1, times=100, act=lambda at: moves(rooms, story, says(f"message {at}")))
    assert len(quick.pushes) == 1 + 100
    assert slow.offered == 1 + 1  # the whole picture at joining, one it could not take; nothing is piled up
    slow.comes_unstuck()
    assert slow.pushes[1:] == [(100, ["timer-face", "timer-message", "timer-told"])]
    assert slow.regions == quick.regions
    moves(rooms, story, says("after"))
    assert slow.pushes[2:] == [(100, ["timer-message"])]


@leaping
async def test_a_client_still_stuck_stays_behind(rooms, story):
    slow = joined(rooms, TIMER)
    slow.is_stuck = True
    moves(rooms, story, says("first"))
    slow.on_writable()
    await asyncio.sleep(1)
    moves(rooms, story, says("second"))
    slow.comes_unstuck()
    assert slow.times == [0, 1]
    assert "second" in slow.regions["timer-message"]


@leaping
async def test_a_client_that_missed_nothing_gets_nothing_when_it_can_be_written_to(rooms):
    screen = joined(rooms, TIMER)
    screen.on_writable()
    assert screen.times == [0]


@leaping
async def test_a_client_that_left_while_it_was_behind_gets_nothing_more(rooms, story):
    slow = joined(rooms, TIMER)
    slow.is_stuck = True
    moves(rooms, story, says("first"))
    rooms.leave(TIMER, slow)
    slow.comes_unstuck()
    assert slow.times == [0]


@leaping
async def test_a_client_too_slow_for_its_first_picture_gets_it_later(rooms):
    slow = Screen(HALL)
    slow.is_stuck = True
    rooms.join(HALL, slow, have="")
    slow.comes_unstuck()
    assert list(slow.regions) == [region.name for region in VIEWS["hall"].regions]


# --- leaving ----------------------------------------------------------------------------------------------------------


@leaping
async def test_an_empty_room_paints_nothing(rooms, brush, story):
    phone = joined(rooms, PHONE)
    moves(rooms, story, c.Pause())
    moves(rooms, story, c.Resume())
    rooms.leave(PHONE, phone)
    brush.painted.clear()
    moves(rooms, story, c.Pause())
    await asyncio.sleep(LONG_ENOUGH)
    assert brush.painted == []
    assert rooms.clients == 0


@leaping
async def test_who_comes_after_an_empty_room_finds_the_newest_picture(rooms, story):
    rooms.leave(PHONE, joined(rooms, PHONE))
    moves(rooms, story, c.Pause())
    assert "已暂停" in joined(rooms, PHONE).regions["phone-now"]


@leaping
async def test_a_room_stays_while_somebody_is_in_it(rooms, story):
    stays, goes = joined(rooms, TIMER), joined(rooms, TIMER)
    rooms.leave(TIMER, goes)
    moves(rooms, story, says("still here"))
    assert "still here" in stays.regions["timer-message"]
    assert rooms.clients == 1


# --- who is present ---------------------------------------------------------------------------------------------------


@leaping
async def test_the_console_sees_which_seats_are_there(rooms):
    console = spoken_console(rooms)
    assert devices(console) == {}
    tablet, spare = joined(rooms, ANNS_TABLET), joined(rooms, Watching("small", "panel", Viewer(ANN)))
    await asyncio.sleep(LONG_ENOUGH)
    assert devices(console) == {ANN: 2}
    rooms.leave(ANNS_TABLET, tablet)
    rooms.leave(spare.watching, spare)
    await asyncio.sleep(LONG_ENOUGH)
    assert devices(console) == {}


@leaping
async def test_the_console_counts_displays_without_its_own_miniature(rooms):
    console = spoken_console(rooms)
    for watching in (HALL, TIMER, Watching("small", "hall", is_miniature=True)):
        joined(rooms, watching)
    await asyncio.sleep(LONG_ENOUGH)
    assert console.regions["console-panel"]["displays"] == 2


@leaping
async def test_a_phone_that_calls_itself_a_miniature_is_no_display_less(rooms):
    console = spoken_console(rooms)
    joined(rooms, Watching("small", "phone", is_miniature=True))
    await asyncio.sleep(LONG_ENOUGH)
    assert (console.regions["console-panel"]["displays"], console.regions["console-panel"]["phones"]) == (0, 1)


@leaping
async def test_a_hall_of_phones_arriving_tells_the_console_once_a_second(rooms):
    console = spoken_console(rooms)
    await asyncio.sleep(LONG_ENOUGH)
    console.pushes.clear()
    await every(0.01, times=300, act=lambda _: joined(rooms, PHONE))
    await asyncio.sleep(LONG_ENOUGH)
    assert console.regions["console-panel"]["phones"] == 300
    between = [later - sooner for sooner, later in zip(console.times, console.times[1:], strict=False)]
    assert len(console.times) == 4
    assert min(between) >= PAUSE_OF_COUNTS - 1e-6


@leaping
async def test_counting_phones_does_not_hold_back_the_console(rooms, story):
    console = spoken_console(rooms)
    await asyncio.sleep(LONG_ENOUGH)
    joined(rooms, PHONE)
    joined(rooms, PHONE)
    await asyncio.sleep(0.01)
    moves(rooms, story, c.Pause())
    await asyncio.sleep(LONG_ENOUGH)
    assert console.times[-2:] == [LONG_ENOUGH, LONG_ENOUGH + VIEWS["moderator"].pause]
    assert console.regions["console-panel"]["phones"] == 2


@leaping
async def test_phones_and_displays_do_not_hear_who_comes_and_goes(rooms):
    screens = [joined(rooms, each) for each in (HALL, PHONE, BENS_TABLET, PUBLIC_RESULTS)]
    for each in (ANNS_TABLET, PHONE, HALL):
        rooms.leave(each, joined(rooms, each))
    await asyncio.sleep(LONG_ENOUGH)
    assert [len(screen.pushes) for screen in screens] == [1] * 4


@leaping
async def test_taking_out_another_sheet_does_not_look_like_leaving(rooms):
    console, tablet = spoken_console(rooms), joined(rooms, ANNS_TABLET)
    await asyncio.sleep(LONG_ENOUGH)
    before = len(console.pushes)
    rooms.move(ANNS_TABLET, Watching("small", "panel", Viewer(ANN, "court")), tablet)
    await asyncio.sleep(LONG_ENOUGH)
    assert console.pushes[before:] == []
    assert devices(console) == {ANN: 1}
    assert "High Court" in tablet.regions["panel-head"]
    assert rooms.clients == 2


def spoken_console(rooms: Rooms) -> Screen:
    return joined(rooms, Watching("small", "moderator", format=Format.JSON))


def devices(console: Screen) -> dict[str, int]:
    return {seat["seat"]: seat["devices"] for seat in console.regions["console-panel"]["seats"] if seat["devices"]}


# --- faults -----------------------------------------------------------------------------------------------------------


@leaping
async def test_a_room_that_cannot_be_painted_silences_no_other_and_recovers(rooms, brush, story, caplog):
    console, phone, timer = (joined(rooms, each) for each in (CONSOLE, PHONE, TIMER))
    await asyncio.sleep(LONG_ENOUGH)
    brush.cannot_paint = "console-step"
    moves(rooms, story, c.Pause())
    assert "已暂停" in phone.regions["phone-now"]
    assert "已暂停" in timer.regions["timer-face"]
    assert "console-step cannot be painted" in caplog.text
    brush.cannot_paint = ""
    await asyncio.sleep(LONG_ENOUGH)
    moves(rooms, story, says("on we go"))
    assert "已暂停" in console.regions["console-step"]


class _PlainHandle:
    """What uvloop answers where the time to wait is short: it can be cancelled, and not be asked when it is due."""

    def __init__(self, handle: asyncio.Handle) -> None:
        self.cancel = handle.cancel


@leaping
async def test_a_timer_need_not_say_when_it_is_due(rooms, story, monkeypatch):
    loop = asyncio.get_running_loop()
    for name in ("call_later", "call_at"):
        call = getattr(loop, name)
        monkeypatch.setattr(loop, name, lambda *args, call=call, **more: _PlainHandle(call(*args, **more)))
    phone, console = joined(rooms, PHONE), joined(rooms, CONSOLE)
    moves(rooms, story, c.Pause())
    moves(rooms, story, c.Resume())
    moves(rooms, story, c.Pause())
    monkeypatch.undo()
    await asyncio.sleep(LONG_ENOUGH)
    assert "已暂停" in phone.regions["phone-now"]
    assert "已暂停" in console.regions["console-step"]


@leaping
async def test_a_sooner_due_push_takes_the_place_of_a_later_one(rooms, story):
    console = joined(rooms, CONSOLE)
    for _ in range(2):  # the first is told at once, the second in a second
        joined(rooms, PHONE)
    moves(rooms, story, c.Pause())
    await asyncio.sleep(0.1)
    assert "已暂停" in console.regions["console-step"]
    assert console.times[-1] <= 0.1


class Faulty(Screen):
    """A screen whose line breaks now and then."""

    breaks = False

    def deliver(self, frame: Frame) -> bool:
        if self.breaks:
            raise ConnectionAbortedError("this line is broken")
        return super().deliver(frame)


EVERYBODY = (HALL, TIMER, PHONE, CONSOLE, PUBLIC_RESULTS, ANNS_TABLET, BENS_TABLET)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sets(st.integers(0, 2 * len(EVERYBODY) - 1), max_size=5),
            st.sampled_from(["", "", "console-step", "hall-head", "timer-face", "phone-now", "panel-head"]),
            st.sampled_from([None, *EVERYBODY]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_one_raises_all_others_are_told_and_it_is_told_later(painter, caplog, steps):
    """Lines that break, templates that cannot be painted, rooms that raise when they are woken: by any of them."""

    @leaping
    async def meeting_with_faults():
        brush, story = Brush(painter), at_water()
        rooms = RoomsByHand(brush)
        rooms.moved("small", story.meeting)
        screens, faulty = [Faulty(watching) for watching in EVERYBODY for _ in range(2)], set()
        for screen in screens:
            rooms.join(screen.watching, screen, "")
        await asyncio.sleep(LONG_ENOUGH)
        for at, (broken, unpaintable, raising) in enumerate(steps):
            caplog.clear()
            for number, screen in enumerate(screens):
                screen.breaks = number in broken
            brush.cannot_paint = unpaintable
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Room, "wake", _unless(raising, Room.wake))
                moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume(), says(at))
                await asyncio.sleep(LONG_ENOUGH)
            unpainted = [name for name, view in VIEWS.items() if unpaintable in {each.name for each in view.regions}]
            faulty |= {each for each in screens if each.breaks or each.watching == raising}
            faulty |= {each for each in screens if each.watching.view in unpainted}
            for screen in set(screens) - faulty:
                assert screen.have == fingerprint_now(rooms, screen.watching), screen.watching
            if any(screen.breaks and screen.watching == TIMER for screen in screens) and raising != TIMER:
                assert "timer-face cannot be painted" in caplog.text or "this line is broken" in caplog.text
        for screen in screens:
            screen.breaks = False
        brush.cannot_paint = ""
        for text in ("all is well", "and stays well"):  # who was left out is told with the next change
            moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume(), says(text))
            await asyncio.sleep(LONG_ENOUGH)
        for screen in [each for each in screens if each.watching in (HALL, TIMER, PHONE, CONSOLE)]:
            assert screen.have == fingerprint_now(rooms, screen.watching), screen.watching

    meeting_with_faults()


def _unless(raising, wake):
    def woken(room, *pause, **regions):
        if room.watching == raising:
            raise RuntimeError("this room does not wake")
        wake(room, *pause, **regions)

    return woken


def fingerprint_now(rooms: Rooms, watching: Watching) -> str:
    meeting = rooms.meeting(watching.code)
    assert meeting
    return picture(VIEWS[watching.view], Look(meeting, watching.viewer, rooms.presence(watching.code))).fingerprint


# --- a meeting that is gone -------------------------------------------------------------------------------------------


class Leaver(Screen):
    """A screen that keeps what it was told last, and whether it was shown out."""

    told = ""
    is_shown_out = False

    def deliver(self, frame: Frame) -> bool:
        self.told = frame.text
        return not self.is_stuck

    def end(self) -> None:
        self.is_shown_out = True


@leaping
async def test_who_watches_a_meeting_that_is_gone_is_told_to_ask_again_and_shown_out(rooms, brush):
    quick, slow = Leaver(HALL), Leaver(PHONE)
    rooms.join(HALL, quick, have="")
    slow.is_stuck = True
    rooms.join(PHONE, slow, have="")
    rooms.forget("small")
    assert json.loads(quick.told) == {"reload": brush.build}
    assert "reload" not in slow.told, "who was behind is not given more to read"
    assert (quick.is_shown_out, slow.is_shown_out) == (True, True)
    assert rooms.meeting("small") is None
    assert rooms.clients == 0
    rooms.leave(HALL, quick)  # as its socket ends, it says so itself


@leaping
async def test_one_that_cannot_be_shown_out_keeps_no_other_in(rooms, caplog):
    class Clinging(Leaver):
        def end(self) -> None:
            raise RuntimeError("does not go")

    clinging, other, elsewhere = Clinging(HALL), Leaver(HALL), Leaver(PHONE)
    for screen in (clinging, other, elsewhere):
        rooms.join(screen.watching, screen, have="")
    rooms.forget("small")
    assert (other.is_shown_out, elsewhere.is_shown_out) == (True, True)
    assert "does not go" in caplog.text


@leaping
async def test_forgetting_a_meeting_leaves_the_others_alone(rooms, story):
    screen = joined(rooms, TIMER)
    rooms.forget("another")
    moves(rooms, story, says("still here"))
    assert "still here" in screen.regions["timer-message"]
