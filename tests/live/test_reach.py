"""How far an event reaches: what has changed on any screen is where the table says that it may, and taps stay cheap.

Every event there is happens here before every screen, in whole meetings and in stories of random commands.
"""

import asyncio
from datetime import timedelta
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.live import reach
from app.live import rooms as rooms_module
from app.live.reach import EVERYTHING, NAMES, reach_of
from app.live.room import Room, Watching
from app.live.screens import VIEWS
from app.live.views import Look, Presence, Viewer, picture
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order
from app.meeting.refusals import Refused
from tests.findings import drafted, with_comment
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.screen import Screen
from tests.live.viewers import name, viewers
from tests.meeting.any_asks import ASKS
from tests.meeting.stories import plans
from tests.meetings import ANN, BEN, at_water, give_score, opened, shipped, small_plan, whole_meeting

PLANS = [*(small_plan(mode=mode, order=Order.DRAWN) for mode in Mode), shipped("demo")]


def test_the_table_names_every_event_and_only_regions_that_there_are():
    assert set(reach._TABLE) == set(e.KINDS.values())
    assert all(regions <= EVERYTHING for regions in reach._TABLE.values())


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_a_whole_meeting_changes_only_what_its_events_reach(plan):
    watcher = Watcher(Meeting.planned(plan))
    for event in whole_meeting(plan).events:
        watcher.sees([event])


@settings(max_examples=25, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(plans, st.lists(st.integers(0, 100_000), min_size=20, max_size=40))
def test_any_story_at_all_changes_only_what_its_events_reach(plan, seeds):
    watcher = Watcher(opened(plan).meeting)
    now = plan.starts_at
    for seed in seeds:
        chance = Random(seed)
        now += timedelta(seconds=chance.choice([0, 20, 600]))
        for command in chance.choice(ASKS)(watcher.meeting, chance):
            try:
                events = decide(watcher.meeting, command, now)
            except Refused:
                continue
            watcher.sees(events)


def test_a_draft_of_a_finding_is_told_on_the_console_and_on_no_other_screen():
    story = with_comment(with_comment(at_water()), "comment-2")
    watcher = Watcher(story.meeting)
    first, second = drafted(sources=("comment-1",)), drafted("finding-2", sources=("comment-2",))
    merged = c.MergeFindings("finding-1", ("finding-2",), "the bureau")
    for command in (first, second, merged, c.WithdrawFinding("finding-1", "", "the bureau")):
        before = watcher.pictures
        watcher.sees(decide(watcher.meeting, command, story.now))
        told = {each.view for each, now in watcher.pictures.items() if now.changed_since(before[each])}
        assert told == {"moderator"}, command


class Watcher:
    """All the screens there can be, looked at whole before and after."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.pictures = self._pictures()

    def sees(self, events: list[e.Event]) -> None:
        for event in events:
            self.meeting = evolve(self.meeting, event)
        before, self.pictures = self.pictures, self._pictures()
        reached = reach_of(events, self.meeting)
        for watching, now in self.pictures.items():
            changed = set(now.changed_since(before[watching]))
            assert changed <= reached.within(watching.view, watching.viewer), (watching, events)

    def _pictures(self):
        plan = self.meeting.plan
        return {each: picture(VIEWS[each.view], Look(self.meeting, each.viewer, Presence())) for each in viewers(plan)}


# --- taps -------------------------------------------------------------------------------------------------------------


@leaping
@pytest.mark.parametrize("seats", [9, 60])
async def test_however_many_seats_there_are_a_tap_is_looked_for_in_the_same_few_rooms(painter, seats, monkeypatch):
    from app.bench.ground import demo_with

    story = opened(demo_with(seats)).steps(2)
    first, round = story.meeting.plan.seats[0].id, story.meeting.open_rounds[0].id
    rooms = RoomsByHand(painter)
    rooms.moved("demo", story.meeting)
    panel = [Watching("demo", "panel", Viewer(seat.id)) for seat in story.meeting.plan.seats]
    for each in [*panel, *(Watching("demo", view) for view in VIEWS if view != "panel")]:
        rooms.join(each, Screen(each), "")
    await asyncio.sleep(5)
    looked = []
    monkeypatch.setattr(Room, "wake", lambda room, *_, **__: looked.append(room.watching.view))
    tap = c.GiveScore(round, first, story.meeting.plan.criteria[0].id, story.meeting.plan.criteria[0].maximum)
    events = decide(story.meeting, tap, story.meeting.plan.starts_at)
    rooms.moved("demo", evolve(story.meeting, events[0]), events)
    assert sorted(looked) == ["devices", "moderator", "panel"]


# --- a table that is wrong --------------------------------------------------------------------------------------------


@leaping
async def test_what_a_wrong_table_misses_is_found_by_and_by_and_logged(painter, monkeypatch, caplog):
    monkeypatch.setitem(reach._TABLE, e.SpeakerTold, frozenset())
    rooms, story = RoomsByHand(painter), at_water()
    rooms.moved("small", story.meeting)
    timer, other = Screen(Watching("small", "timer")), Screen(Watching("small", "hall"))
    for screen in (timer, other):
        rooms.join(screen.watching, screen, "")
    rooms.moved("small", story.does(c.TellSpeaker("两分钟")).meeting, [story.events[-1]])
    await asyncio.sleep(5)
    assert "两分钟" not in timer.regions["timer-message"], "or the table would not be wrong"
    for _ in range(rooms_module.SECONDS_TO_LOOK_OVER):
        rooms.look_over()
    assert "两分钟" in timer.regions["timer-message"]
    assert "Nobody had said that timer-message of “timer” of “small” changed" in caplog.text
    assert "hall" not in caplog.text
    caplog.clear()
    for _ in range(rooms_module.SECONDS_TO_LOOK_OVER):
        rooms.look_over()
    assert caplog.text == ""


@leaping
async def test_what_waits_for_its_pause_was_not_missed(painter, caplog):
    rooms, story = RoomsByHand(painter), at_water()
    rooms.moved("small", story.meeting)
    phone = Screen(Watching("small", "phone"))
    rooms.join(phone.watching, phone, "")
    for command in (c.Pause(), c.Resume()):
        rooms.moved("small", story.does(command).meeting, [story.events[-1]])
    for _ in range(rooms_module.SECONDS_TO_LOOK_OVER):
        rooms.look_over()
    await asyncio.sleep(5)
    assert caplog.text == ""


def test_of_a_seat_only_its_own_tablets_are_reached():
    story = at_water()
    events = decide(story.meeting, give_score(ANN, 30), story.now)
    reached = reach_of(events, evolve(story.meeting, events[0]))
    assert "panel-marks" in reached.within("panel", Viewer(ANN))
    assert reached.within("panel", Viewer(BEN)) == frozenset()


def test_what_happened_elsewhere_and_is_not_known_reaches_everything():
    for view, names in NAMES.items():
        assert reach_of(None, Meeting.planned(small_plan())).within(view, Viewer()) == names
