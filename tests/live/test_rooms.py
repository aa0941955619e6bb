"""Rooms: who gets what, when, and in which order. Time leaps here, so every moment is exact."""

import asyncio

import pytest

from app.language import Language
from app.live.framed import Format
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import Look, picture
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from tests.live.leaping import leaping, now
from tests.live.screen import Screen
from tests.live.watched import (
    ANNS_TABLET,
    BENS_TABLET,
    CONSOLE,
    HALL,
    LONG_ENOUGH,
    PHONE,
    PUBLIC_RESULTS,
    TIMER,
    every,
    fingerprint,
    joined,
    moves,
    says,
)
from tests.meetings import ANN, WATER, Story, give_score, opened, sheet

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
    assert brush.painted == [
        "phone-now",
        "phone-polls",
        "phone-questions",
        "phone-results",
        "phone-comments",
        "phone-agenda",
    ]
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
