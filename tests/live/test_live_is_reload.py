"""Live is reload: at every step of a meeting, what a screen has been sent is what a fresh page would show.

And nothing else is sent: no region that is as it was, no second message for one step, none while nothing happens.
"""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.language import Language
from app.live.contexts import Context
from app.live.framed import Format
from app.live.painter import Painter
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import Look, Picture, picture
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, Plan, Rules
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.screen import Screen
from tests.live.sent import plainly
from tests.live.viewers import after, asked, name, told_steps, told_story, viewers
from tests.meeting.stories import plans
from tests.meetings import shipped, small_plan

SMALL = [small_plan(mode=mode, order=Order.DRAWN, rules=Rules(rank_shown=True)) for mode in Mode]
OF_A_UNIT = {SceneKind.SUMMING_UP, SceneKind.PROMISES}
OF_RESULTS = {SceneKind.RESULT, SceneKind.RANKING, SceneKind.LANDSCAPE}
LONGER_THAN_ANY_PAUSE = 1.5
A_NAP = 7


@pytest.mark.parametrize("plan", SMALL, ids=name)
@leaping
async def test_a_whole_meeting_with_something_cued_at_every_step(painter, plan):
    """After each command another scene is cued, and the meeting goes on as if it had not been.

    In both languages by points; a picture is painted in English by the same templates in every mode.
    """
    languages = [*Language] if plan.mode is Mode.POINTS else [Language.CHINESE]
    hall = Hall(painter, Meeting.planned(plan), viewers(plan), languages)
    scenes = set()
    cue: list[Event] = []
    for at, (events, meeting) in enumerate(told_steps(plan)):
        await hall.sees(meeting, None if cue else events)
        cue = with_a_cue(meeting, at)
        cued = fold(meeting, cue)
        scenes |= {meeting.scene.kind, cued.scene.kind}
        await hall.sees(cued, cue)
    never = {Mode.POINTS: set(), Mode.LEVELS: {SceneKind.LANDSCAPE}, Mode.COMMENTS: OF_RESULTS}
    assert scenes == set(SceneKind) - never[plan.mode]


@leaping
async def test_the_whole_demo_meeting(painter):
    plan = shipped("demo")
    hall = Hall(painter, Meeting.planned(plan), viewers(plan)[2:7], [Language.CHINESE])
    for events, meeting in told_steps(plan):
        await hall.sees(meeting, events)


# Without shrinking, which would take minutes.
@settings(max_examples=10, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(plans, st.lists(st.integers(0, 100_000), min_size=15, max_size=30))
def test_any_story_at_all(painter, plan, seeds):
    leaping(watch_any_story)(painter, plan, seeds)


@leaping
async def test_an_idle_meeting_sends_nothing_at_any_of_its_steps(painter):
    plan = small_plan()
    hall = Hall(painter, Meeting.planned(plan), viewers(plan), [])
    for events, meeting in told_steps(plan):
        await hall.sees(meeting, events)
        await asyncio.sleep(LONGER_THAN_ANY_PAUSE)
        sent = hall.number_of_pushes
        hall.rooms.moved(plan.code, meeting)
        await asyncio.sleep(600)
        assert hall.number_of_pushes == sent


async def watch_any_story(painter: Painter, plan: Plan, seeds: list[int]) -> None:
    hall = Hall(painter, after(Meeting.planned(plan), c.OpenMeeting(plan)), viewers(plan), [Language.CHINESE])
    for events, meeting in told_story(plan, seeds):
        await hall.sees(meeting, events)


# --- the hall ---------------------------------------------------------------------------------------------------------


class Hall:
    """Every screen there can be. Beside each sits one that dozes: for some steps it cannot take anything."""

    def __init__(self, painter: Painter, meeting: Meeting, seen_by: list[Watching], languages: list[Language]) -> None:
        self.memory = Memory(painter)
        self.rooms = RoomsByHand(painter)
        self.code = meeting.plan.code
        self.steps = 0
        self.seen_by, self.languages = seen_by, languages
        self.rooms.moved(self.code, meeting)
        self.fresh = self.reloaded(meeting)
        self.screens = [self.joined(watching) for watching in self.fresh]
        self.dozing = [self.joined(watching) for watching in self.fresh]

    @property
    def number_of_pushes(self) -> int:
        return sum(len(screen.pushes) for screen in (*self.screens, *self.dozing))

    def joined(self, watching: Watching) -> Screen:
        screen = Screen(watching)
        self.rooms.join(watching, screen, have="")
        return screen

    async def sees(self, meeting: Meeting, events: list[Event] | None) -> None:
        await asyncio.sleep(LONGER_THAN_ANY_PAUSE)  # so that coming and going at the last step has been told
        before = [(len(screen.pushes), dict(screen.regions)) for screen in self.screens]
        self.rooms.moved(self.code, meeting, events)
        await asyncio.sleep(LONGER_THAN_ANY_PAUSE)
        self.fresh = self.reloaded(meeting)
        for screen, (number, regions) in zip(self.screens, before, strict=True):
            self.is_as_reloaded(screen)
            only_what_changed_was_sent(screen, number, regions)
        self.steps += 1
        self.somebody_wakes_up()
        self.somebody_looks_in()

    def somebody_wakes_up(self) -> None:
        for at, screen in enumerate(self.dozing):
            if (self.steps + at) % A_NAP == 0:
                screen.comes_unstuck()
                self.is_as_reloaded(screen)
            elif (self.steps + at) % A_NAP == 1:
                screen.is_stuck = True

    def somebody_looks_in(self) -> None:
        watching = self.screens[self.steps % len(self.screens)].watching
        screen = self.joined(watching)
        self.is_as_reloaded(screen)
        self.rooms.leave(watching, screen)

    def is_as_reloaded(self, screen: Screen) -> None:
        assert (screen.have, screen.regions) == self.fresh[screen.watching]

    def reloaded(self, meeting: Meeting) -> dict[Watching, tuple[str, dict]]:
        """What pages opened now would show, and the fingerprint they would bring."""
        fresh: dict[Watching, tuple[str, dict]] = {}
        presence = self.rooms.presence(self.code)
        for each in self.seen_by:
            view, look = VIEWS[each.view], Look(meeting, each.viewer, presence)
            seen = picture(view, look)
            fresh[replace(each, format=Format.JSON)] = (seen.fingerprint, self.memory.spoken(seen))
            for language in self.languages:
                fresh[replace(each, language=language)] = (seen.fingerprint, self.memory.painted(seen, language))
        return fresh


def only_what_changed_was_sent(screen: Screen, number: int, before: dict) -> None:
    pushes = screen.pushes[number:]
    assert len(pushes) <= 1
    if screen.watching.format is Format.JSON:
        changed = {name for name, context in screen.regions.items() if context != before[name]}
        assert {name for _, names in pushes for name in names} == changed


class Memory:
    """Paints and speaks a context only once, for all the fresh pages at thousands of steps."""

    def __init__(self, painter: Painter) -> None:
        self.painter = painter
        self.kept: dict[tuple[str, bytes, Language | None], Any] = {}

    def painted(self, seen: Picture, language: Language) -> dict[str, str]:
        return {name: self.html(name, context, seen.marks[name], language) for name, context in seen.contexts.items()}

    def html(self, name: str, context: Context, mark: bytes, language: Language) -> str:
        key = (name, mark, language)
        if key not in self.kept:
            self.kept[key] = self.painter.region(name, context, language)
        return self.kept[key]

    def spoken(self, seen: Picture) -> dict[str, Any]:
        return {name: self.plain(name, context, seen.marks[name]) for name, context in seen.contexts.items()}

    def plain(self, name: str, context: Context, mark: bytes) -> Any:
        key = (name, mark, None)
        if key not in self.kept:
            self.kept[key] = plainly(context)
        return self.kept[key]


# --- the story --------------------------------------------------------------------------------------------------------


def with_a_cue(meeting: Meeting, at: int) -> list[Event]:
    """One cue more, every kind in turn; nothing if that cue is refused."""
    kinds = [*SceneKind]
    round = next((round.id for round in meeting.rounds.values() if round.is_being_revealed), None)
    comment = next((each.id for each in meeting.comments.values() if each.is_released), None)
    kind = kinds[at % len(kinds)]
    unit = meeting.plan.units[0].id if at % 2 or kind in OF_A_UNIT else None
    return asked(meeting, c.CueScene(kind, round=round, unit=unit, comment=comment, page=at, text="请安静"))
