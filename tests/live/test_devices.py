"""The list of devices: bounded, quiet while nothing changes, and on every board as a fresh page would show it."""

import asyncio
from datetime import timedelta

import pytest

from app.language import Language, say
from app.live.devices import MOST, MOST_OF_A_SEAT, Devices, Health, Post, WakeLock, unit_out
from app.live.framed import Format
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.screens.devices import board
from app.live.views import Look, Presence, Viewer, picture
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.screen import Screen
from tests.live.sent import feed
from tests.live.viewers import LEFT
from tests.meetings import ANN, BEN, NOON, Story, noon, opened, small_plan

HEALTHY = Health(0, 40, 0, WakeLock.HELD, 1024, 768, is_visible=True)
TABLET, SPARE = Post("tablet-0001", "panel", ANN), Post("spare-0002", "panel", ANN)


def enters(devices: Devices, post: Post, after: float = 0) -> None:
    devices.enter(post, "Chrome 126", "en", None, noon(after))


def display(number: int) -> Post:
    return Post(f"device-{number:04}", "hall", display=f"display-{number}")


# --- the list ---------------------------------------------------------------------------------------------------------


def test_two_tabs_are_one_device_until_both_are_closed():
    devices = Devices()
    enters(devices, TABLET)
    enters(devices, TABLET, after=1)
    devices.leave(TABLET, noon(2))
    assert [(each.sockets, each.since) for each in devices.listed] == [(1, NOON)]
    devices.leave(TABLET, noon(3))
    assert [(each.is_connected, each.since) for each in devices.listed] == [(False, noon(3))]


def test_a_device_that_comes_back_has_its_last_ack_and_is_connected_since_then():
    devices = Devices()
    enters(devices, TABLET)
    devices.acked(TABLET, noon(1))
    devices.leave(TABLET, noon(2))
    enters(devices, TABLET, after=3)
    assert [(each.acked_at, each.since) for each in devices.listed] == [(noon(1), noon(3))]


def test_what_is_said_of_a_device_nobody_knows_is_passed_over():
    devices = Devices()
    devices.acked(TABLET, NOON)
    devices.reported(TABLET, HEALTHY)
    devices.leave(TABLET, NOON)
    assert devices.listed == ()


def test_what_is_said_twice_changes_nothing():
    changes: list[None] = []
    devices = Devices(changed=lambda: changes.append(None))
    enters(devices, TABLET)
    devices.reported(TABLET, HEALTHY)
    devices.reported(TABLET, HEALTHY)
    assert len(changes) == 2


def test_the_list_is_bounded_and_who_is_longest_gone_gives_way():
    devices = Devices()
    for number in range(MOST):
        enters(devices, display(number), after=number)
    devices.leave(display(7), noon(500))
    devices.leave(display(3), noon(600))
    enters(devices, display(MOST), after=700)
    names = {each.post.display for each in devices.listed}
    assert (len(names), "display-7" in names, "display-3" in names) == (MOST, False, True)


def test_a_full_list_lets_in_tablets_and_consoles_and_no_further_display():
    devices = Devices()
    for number in range(MOST):
        enters(devices, display(number), after=number)
    enters(devices, display(MOST))
    enters(devices, TABLET)
    enters(devices, Post("laptop-0001", "moderator"))
    posts = {each.post for each in devices.listed}
    assert (len(posts), display(MOST) in posts, TABLET in posts) == (MOST, False, True)


def test_the_unit_out_at_a_seat_is_that_of_the_tablet_that_came_last():
    devices = Devices()
    for post, unit in ((TABLET, "water"), (SPARE, "court")):
        devices.enter(post, "", "en", unit, NOON)
    assert (unit_out(devices.listed, ANN, on=None), unit_out(devices.listed, BEN, on=None)) == ("court", None)


def test_of_a_tablet_that_has_gone_the_sheet_is_taken_up_only_while_its_unit_is_on():
    devices = Devices()
    devices.enter(TABLET, "", "en", "water", NOON)
    devices.leave(TABLET, noon(1))
    assert [unit_out(devices.listed, ANN, on=unit) for unit in ("water", "court", None)] == ["water", None, None]


def test_what_is_out_on_a_tablet_that_is_connected_goes_before_one_that_has_gone_later():
    devices = Devices()
    devices.enter(TABLET, "", "en", "water", NOON)
    devices.enter(SPARE, "", "en", "court", noon(1))
    devices.leave(SPARE, noon(2))
    assert unit_out(devices.listed, ANN, on="court") == "water"


# --- the board --------------------------------------------------------------------------------------------------------


def troubles(meeting: Meeting, devices: Devices, name: str = "Expert 1") -> list[list[str]]:
    rows = board(Look(meeting, presence=Presence(devices=devices.listed))).rows
    assert "{" not in "".join(
        say(each.said, language) for row in rows for each in row.troubles for language in Language
    )
    return [[each.code for each in row.troubles] for row in rows if row.name == name]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (HEALTHY, []),
        (Health(2, 40, 0, WakeLock.HELD, 1024, 768, is_visible=True), ["unsent"]),
        (Health(0, 1000, 0, WakeLock.HELD, 1024, 768, is_visible=True), ["slow"]),
        (Health(0, 999, 59_999, WakeLock.HELD, 1024, 768, is_visible=True), []),
        (Health(0, None, None, WakeLock.UNASKED, 0, 0, is_visible=True), []),
        (Health(0, 40, -60_000, WakeLock.HELD, 1024, 768, is_visible=True), ["clock"]),
        (Health(0, 40, 0, WakeLock.UNAVAILABLE, 1024, 768, is_visible=True), ["sleeps"]),
        (Health(0, 40, 0, WakeLock.REFUSED, 1024, 768, is_visible=False), ["hidden", "sleeps"]),
    ],
)
def test_what_a_device_says_is_what_is_wrong_with_it(said, found):
    devices = Devices()
    enters(devices, TABLET)
    devices.reported(TABLET, said)
    assert troubles(opened().meeting, devices) == [found]


def test_of_a_device_that_is_gone_it_is_told_that_and_what_it_had_not_sent():
    devices = Devices()
    enters(devices, TABLET)
    devices.reported(TABLET, Health(2, 4000, 0, WakeLock.REFUSED, 1024, 768, is_visible=False))
    devices.leave(TABLET, noon(1))
    assert troubles(opened().meeting, devices) == [["gone", "unsent"]]


def test_a_tablet_that_only_reads_is_told_from_one_whose_seat_is_led_by_nobody_there():
    meeting = opened().does(c.TakeSeat(ANN, TABLET.device), c.TakeSeat(ANN, SPARE.device)).meeting
    devices = Devices()
    enters(devices, TABLET)
    assert troubles(meeting, devices) == [["led_elsewhere"]]
    enters(devices, SPARE)
    devices.reported(TABLET, Health(2, 40, 0, WakeLock.HELD, 1024, 768, is_visible=True))
    assert troubles(meeting, devices) == [["set_aside", "only_reads"], ["two"]]
    devices.leave(TABLET, noon(1))
    assert troubles(meeting, devices) == [[]]


def test_whoever_holds_the_key_of_one_seat_crowds_out_nobody_at_another():
    devices = Devices()
    for number in range(300):
        enters(devices, Post(f"device-{number:04}", "panel", ANN))
    enters(devices, Post("tablet-of-ben", "panel", BEN))
    at = [each.post.seat for each in devices.listed]
    assert (at.count(ANN), at.count(BEN)) == (MOST_OF_A_SEAT, 1)


def test_a_display_of_a_name_is_missed_and_a_nameless_one_is_not():
    devices = Devices()
    named, nameless = Post("device-0001", "hall", display=LEFT), Post("device-0002", "hall")
    for post in (named, nameless):
        enters(devices, post)
        devices.leave(post, noon(1))
    assert troubles(opened().meeting, devices, LEFT) == [["gone"]]
    assert troubles(opened().meeting, devices, "") == []


# --- live is reload ---------------------------------------------------------------------------------------------------


@leaping
async def test_the_boards_are_as_reloaded_whatever_devices_do(painter):
    story = Story(small_plan()).opens()
    rooms, code = RoomsByHand(painter), story.meeting.plan.code
    rooms.moved(code, story.meeting)
    watching = [
        Watching(code, "devices", format=Format.JSON),
        Watching(code, "moderator", format=Format.JSON),
        Watching(code, "panel", Viewer(ANN, "water", device=TABLET.device), format=Format.JSON),
        Watching(code, "hall", Viewer(display=LEFT), format=Format.JSON),
    ]
    screens = [Screen(each) for each in watching]
    for each in screens:
        rooms.join(each.watching, each, have="")
    devices = rooms.devices(code)
    post = Post("device-0001", "hall", display=LEFT)
    guest = Watching(code, "hall", Viewer(display=LEFT))
    for step in (
        lambda: enters(devices, TABLET),
        lambda: devices.reported(TABLET, Health(1, 1200, -86_400_000, WakeLock.REFUSED, 1, 1, is_visible=False)),
        lambda: rooms.moved(code, story.does(c.TakeSeat(ANN, SPARE.device)).meeting),
        lambda: (enters(devices, post), rooms.join(guest, Screen(guest), have="")),
        lambda: devices.acked(TABLET, noon(2)),
        lambda: rooms.moved(code, story.does(c.DirectDisplay(LEFT, cue="blank")).meeting),
        lambda: devices.leave(TABLET, noon(3)),
    ):
        step()
        await asyncio.sleep(1.5)
        for each in screens:
            seen = picture(
                VIEWS[each.watching.view], Look(rooms.meeting(code), each.watching.viewer, rooms.presence(code))
            )
            assert (each.have, each.regions) == (seen.fingerprint, feed(seen))


@leaping
async def test_the_board_is_pushed_at_most_once_a_second_and_not_at_all_while_nothing_changes(painter):
    meeting = opened().meeting
    rooms, code = RoomsByHand(painter), meeting.plan.code
    rooms.moved(code, meeting)
    watching = Watching(code, "devices", format=Format.JSON)
    screen = Screen(watching)
    rooms.join(watching, screen, have="")
    await asyncio.sleep(2)
    for number in range(50):
        enters(rooms.devices(code), display(number))
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    between = [later - earlier for earlier, later in zip(screen.times[1:], screen.times[2:], strict=False)]
    assert min(between) >= timedelta(seconds=1).total_seconds() - 1e-6
    sent = len(screen.pushes)
    await asyncio.sleep(600)
    assert len(screen.pushes) == sent
