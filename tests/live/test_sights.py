"""What a viewer of a view has before them is reckoned once for a change, whatever rooms and pages show it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.language import Language
from app.live import reach, sights
from app.live import rooms as rooms_module
from app.live.contexts import Context
from app.live.framed import Format
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Presence, Region, View, Viewer, picture
from app.live.voting import Voting
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.polls.agreed import CountsSeen
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.viewers import STAFF
from tests.live.voted import OTHERS, VOTING, asked
from tests.live.watched import (
    ANNS_TABLET,
    CONSOLE,
    HALL,
    LONG_ENOUGH,
    PHONE,
    PUBLIC_RESULTS,
    TIMER,
    Brush,
    every,
    fingerprint,
    joined,
    moves,
    says,
)
from tests.meetings import at_water


@pytest.fixture
def reckoned(monkeypatch) -> Counter[str]:
    """How often each region's context was made, from now on and wherever a picture of a sight is."""
    counts: Counter[str] = Counter()

    def counted(region: Region) -> Region:
        def context(look: Look) -> Context:
            counts[region.name] += 1
            return region.context(look)

        return replace(region, context=context)

    views = {name: replace(view, regions=tuple(map(counted, view.regions))) for name, view in VIEWS.items()}
    monkeypatch.setattr(sights, "VIEWS", views)
    return counts


def in_every_room(watching: Watching) -> list[Watching]:
    return [
        watching,
        replace(watching, language=Language.ENGLISH),
        replace(watching, format=Format.JSON),
        replace(watching, is_miniature=True),
    ]


# --- once -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("watching", [HALL, PHONE, CONSOLE, ANNS_TABLET], ids=lambda each: each.view)
@leaping
async def test_a_change_is_reckoned_once_for_every_language_format_miniature_and_page(reckoned, rooms, story, watching):
    screens = [joined(rooms, each) for each in in_every_room(watching)]
    await asyncio.sleep(LONG_ENOUGH)
    reckoned.clear()
    moves(rooms, story, c.Pause())
    await asyncio.sleep(LONG_ENOUGH)
    assert set(reckoned.values()) == {1}
    known = rooms.meeting("small")
    reckoned.clear()
    seen = rooms.picture("small", watching.view, watching.viewer)
    assert rooms.picture("small", watching.view, watching.viewer) is seen
    assert max(reckoned.values()) == 1, "everything is looked at once by whoever opens a page, in case it was missed"
    expected = Look(known, watching.viewer, rooms.presence("small"))
    assert seen.fingerprint == picture(VIEWS[watching.view], expected).fingerprint
    assert {screen.have for screen in screens} == {seen.fingerprint}


@leaping
async def test_who_comes_by_a_page_that_was_just_opened_is_not_reckoned_for_again(reckoned, rooms):
    for watching in (HALL, PHONE, PUBLIC_RESULTS):
        reckoned.clear()
        have = rooms.picture("small", watching.view).fingerprint
        assert joined(rooms, watching, have).pushes == []
        assert rooms.snapshot("small", watching.view, Language.ENGLISH)[0] == have
        assert reckoned == Counter(region.name for region in VIEWS[watching.view].regions)


@leaping
async def test_who_comes_and_goes_is_reckoned_once_for_all_consoles(reckoned, rooms):
    for each in in_every_room(CONSOLE):
        joined(rooms, each)
    await asyncio.sleep(LONG_ENOUGH)
    reckoned.clear()
    joined(rooms, ANNS_TABLET)
    assert {reckoned[region.name] for region in VIEWS["moderator"].regions} == {1}


# --- never an old one -------------------------------------------------------------------------------------------------


@leaping
async def test_a_page_is_never_older_than_the_meeting_whether_a_room_shows_it_or_not(rooms, story):
    joined(rooms, HALL)
    for step in range(6):
        moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume())
        for watching in (HALL, TIMER, PHONE):
            seen = rooms.picture("small", watching.view, watching.viewer)
            assert seen.fingerprint == fingerprint(story.meeting, watching), (watching.view, step)


@leaping
async def test_a_page_that_is_opened_before_the_rooms_are_told_takes_nothing_from_them(rooms, story, caplog):
    """Between the answer to a command and the look of the rooms somebody opens a page, and sees the newest already."""
    screens = [joined(rooms, each) for each in in_every_room(HALL)]
    before = {screen.have for screen in screens}
    known = len(story.events)
    story.does(c.Pause())
    tells = rooms.look_again
    rooms.look_again = lambda _code: None
    rooms.moved("small", story.meeting, story.events[known:])
    seen = rooms.picture("small", "hall")
    assert seen.fingerprint == fingerprint(story.meeting, HALL)
    assert {screen.have for screen in screens} == before
    tells("small")
    await asyncio.sleep(LONG_ENOUGH)
    assert {screen.have for screen in screens} == {seen.fingerprint}
    assert caplog.text == ""


@leaping
async def test_what_is_undone_while_one_room_waits_is_not_sent_there(rooms, story):
    chinese, english = joined(rooms, PHONE), joined(rooms, replace(PHONE, language=Language.ENGLISH))
    await asyncio.sleep(LONG_ENOUGH)
    moves(rooms, story, c.Pause())
    moves(rooms, story, c.Resume())
    rooms.picture("small", "phone")  # looks at both changes, while both rooms are in their pause
    pushes = len(chinese.pushes), len(english.pushes)
    moves(rooms, story, c.Pause())
    rooms.picture("small", "phone")
    await asyncio.sleep(LONG_ENOUGH)
    assert (len(chinese.pushes), len(english.pushes)) == pushes
    assert chinese.have == english.have == fingerprint(story.meeting, PHONE)


@leaping
async def test_a_console_that_is_opened_shows_who_is_there_now_and_nothing_was_missed_by_nobody(rooms, story, caplog):
    seen = [rooms.picture("small", "moderator").fingerprint]
    for comes in (ANNS_TABLET, HALL):
        joined(rooms, comes)
        seen.append(rooms.picture("small", "moderator").fingerprint)
        expected = picture(VIEWS["moderator"], Look(story.meeting, presence=rooms.presence("small")))
        assert seen[-1] == expected.fingerprint
    assert len(set(seen)) == 3
    assert caplog.text == ""


@leaping
async def test_a_picture_that_shows_how_many_have_voted_is_as_new_as_the_count(painter):
    rooms, story = RoomsByHand(painter), asked(CountsSeen.NOBODY)
    rooms.moved("small", story.meeting)
    for voting in (Voting(), VOTING, Voting()):
        rooms.turned_out("small", voting)
        expected = picture(VIEWS["hall"], Look(story.meeting, presence=Presence(voting=voting)))
        assert rooms.picture("small", "hall").fingerprint == expected.fingerprint


def test_a_view_that_does_not_say_that_it_shows_the_turnout_does_not_change_by_it():
    """Whoever opens its page is not counted for (``Sight.look_over``)."""
    viewers = dict.fromkeys(VIEWS, NOBODY) | {"moderator": STAFF, "panel": Viewer("ann", "water")}
    changed = {
        view.name
        for view in VIEWS.values()
        for seen in CountsSeen
        for voting in (VOTING, OTHERS)
        if seen_with(view, viewers[view.name], seen, Voting()) != seen_with(view, viewers[view.name], seen, voting)
    }
    assert changed == {view.name for view in VIEWS.values() if view.shows_turnout}


def seen_with(view: View, viewer: Viewer, counts_seen: CountsSeen, voting: Voting) -> str:
    return picture(view, Look(asked(counts_seen).meeting, viewer, Presence(voting=voting))).fingerprint


# --- what is missed, and what is kept ---------------------------------------------------------------------------------


@leaping
async def test_what_a_wrong_table_misses_is_mended_for_everybody_by_whoever_opens_the_page(
    rooms, story, monkeypatch, caplog
):
    monkeypatch.setitem(reach._TABLE, e.SpeakerTold, frozenset())
    timers = [joined(rooms, each) for each in in_every_room(TIMER)]
    moves(rooms, story, says("two minutes"))
    await asyncio.sleep(LONG_ENOUGH)
    assert "two minutes" not in timers[0].regions["timer-message"], "or the table would not be wrong"
    assert rooms.picture("small", "timer").fingerprint == fingerprint(story.meeting, TIMER)
    assert "Nobody had said that timer-message of “timer” of “small” changed" in caplog.text
    rooms.look_over()
    await asyncio.sleep(LONG_ENOUGH)
    assert {timer.have for timer in timers} == {fingerprint(story.meeting, TIMER)}


@leaping
async def test_in_a_busy_meeting_too_everything_is_looked_over_within_half_a_minute(rooms, story, monkeypatch):
    """Of a meeting that moves every second nobody is ever sure; still the first are not looked at again and again."""
    names = [f"timer-{number}" for number in range(3 * rooms_module.SECONDS_TO_LOOK_OVER)]
    screens = [joined(rooms, replace(TIMER, viewer=Viewer(display=each))) for each in names]
    monkeypatch.setitem(reach._TABLE, e.SpeakerTold, frozenset())
    moves(rooms, story, says("missed by the table"))

    def a_second(_at: int) -> None:
        moves(rooms, story, c.Pause() if not story.meeting.is_paused else c.Resume())
        rooms.look_over()

    await every(1, rooms_module.SECONDS_TO_LOOK_OVER, a_second)
    await asyncio.sleep(LONG_ENOUGH)
    assert ["missed by the table" in screen.regions["timer-message"] for screen in screens] == [True] * len(screens)


@leaping
async def test_what_nobody_watches_does_not_fill_the_memory_in_however_many_meetings(rooms, story):
    screen = joined(rooms, HALL)
    rooms.moved("other", at_water().meeting)
    for number in range(2 * sights.MOST_LATELY):
        rooms.picture(("small", "other")[number % 2], "hall", Viewer(display=f"display-{number}"))
    houses = [rooms._house(code) for code in ("small", "other")]
    assert sum(len(house.sights) for house in houses) <= sights.MOST_LATELY + 1
    rooms.forget("other")
    assert len(houses[1].sights) == 0
    moves(rooms, story, c.Pause())
    assert screen.have == fingerprint(story.meeting, HALL), "a picture that a room shows is none of these"


@leaping
async def test_a_picture_that_cannot_be_looked_at_is_in_doubt_until_it_can(rooms, story, monkeypatch, caplog):
    screens = [joined(rooms, each) for each in in_every_room(HALL)]
    await asyncio.sleep(LONG_ENOUGH)
    sight = rooms._house("small").sights.of("hall", NOBODY)
    good, sight.view = sight.view, replace(sight.view, regions=(*map(failing, sight.view.regions),))
    moves(rooms, story, c.Pause())
    assert "cannot be looked at" in caplog.text
    sight.view = good
    moves(rooms, story, says("a change that no hall shows"))
    await asyncio.sleep(LONG_ENOUGH)
    assert {screen.have for screen in screens} == {fingerprint(story.meeting, HALL)}


@leaping
async def test_what_cannot_be_painted_is_not_tried_again_every_second(painter, caplog):
    """Thirty tablets would write thirty tracebacks a second, from the first fault to the end of the meeting."""
    brush, story = Brush(painter), at_water()
    rooms = RoomsByHand(brush)
    rooms.moved("small", story.meeting)
    screens = [joined(rooms, each) for each in in_every_room(HALL)]
    await asyncio.sleep(LONG_ENOUGH)
    brush.cannot_paint = "hall-stage"
    moves(rooms, story, c.Pause())
    shown = [each.watching for each in screens if each.watching.format is Format.HTML]
    assert caplog.text.count("hall-stage cannot be painted\n") == len(shown)
    await every(1, rooms_module.SECONDS_TO_LOOK_OVER - 1, lambda _: rooms.look_over())
    assert caplog.text.count("hall-stage cannot be painted\n") == len(shown)
    brush.cannot_paint = ""
    await every(1, 2, lambda _: rooms.look_over())
    assert {screen.have for screen in screens} == {fingerprint(story.meeting, HALL)}


def failing(region: Region) -> Region:
    def context(_look: Look) -> Context:
        raise RuntimeError(f"{region.name} cannot be looked at")

    fails: Callable[[Look], Context] = context
    return replace(region, context=fails)


def test_another_meeting_is_another_sight(painter):
    rooms = RoomsByHand(painter)
    for code in ("small", "other"):
        rooms.moved(code, at_water().meeting)
    assert rooms.picture("small", "hall") is not rooms.picture("other", "hall")
    rooms.forget("other")
    with pytest.raises(KeyError):
        rooms.picture("other", "hall")
