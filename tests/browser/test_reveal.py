"""The reveal in a real browser: at every step the picture is that of a fresh page, what is new moves and nothing else
does, and whatever the panel is, all of it is on the screen in letters that a hall can read."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from app.meeting.plan import Plan, Preset, Seat, TrimOf
from app.meeting.rubric import Criterion
from app.meeting.scoring.reckoning import reveal_steps
from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from tests.browser.conftest import tell
from tests.browser.people import Display, fresh_copy
from tests.browser.projector import CUT_OFF, SMALLEST, TWO_FRAMES
from tests.meetings import Story, closes, result, sheet, shipped
from tests.records import record

pytestmark = pytest.mark.usefixtures("in_motion")
SIZES = [(1920, 1080), (1280, 720), (3840, 2160), (1024, 768)]
ROUND = "report-edu"
MOVING = """() => document.getAnimations().map((each) => {
  const isFade = each.effect.getKeyframes().every((frame) => !frame.translate && !frame.transform);
  return each.animationName ?? each.transitionProperty ?? (isFade ? "fade" : "of a script");
})"""
MOTION = {"of a script", "sink", "strike", "roll", "grow", "stamp", "fill"}
STANDS = "main:not([data-plays]) .result"


def seats(number: int) -> tuple[Seat, ...]:
    groups = (Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC)
    return tuple(Seat(f"seat-{at}", f"席位{at}", groups[at % 3]) for at in range(number))


def judged(plan: Plan) -> Story:
    """The first unit has been scored, every sheet another, and nothing of it is shown."""
    plan = replace(plan, code=f"reveal-{uuid4().hex[:8]}")
    story = Story(plan).opens().goes_to(ROUND, 2)
    for at, seat in enumerate(plan.seats):
        story.does(sheet(story.meeting, ROUND, seat.id, *(points(each, at) for each in plan.criteria)))
    return closes(story, ROUND)


def points(criterion: Criterion, at: int) -> Decimal:
    if criterion.levels:
        return criterion.levels[at % len(criterion.levels)].points
    return max(criterion.maximum - at % 7 * criterion.step, criterion.minimum)


class Stage:
    """A meeting on a server, its display, and a program in the moderator's place."""

    def __init__(self, browser: Browser, server: ServerProcess, story: Story, view: str = "hall") -> None:
        self.server, self.code = server, story.meeting.plan.code
        with closing(Database(server.db)) as database:
            record(database, story)
            with database.writing() as connection:
                self._token = keys.make(connection, Key(self.code, Role.MODERATOR), "test")
        self.address = f"{server.url}/{self.code}/display?view={view}"
        self.display = Display(browser, self.address)

    def tells(self, do: str, **facts: Any) -> None:
        tell(self.server, f"/{self.code}/live/moderator", self._token, do, **facts)

    def shows(self, step: str) -> None:
        self.tells("show_result_step", round=ROUND, step=step)
        expect(self.display.page.locator(f'.result[data-steps~="{step}"]')).to_be_attached()


@pytest.fixture
def stages(browser: Browser, shared_server: ServerProcess) -> Iterator[Any]:
    opened: list[Stage] = []

    def stage(plan: Plan, view: str = "hall") -> Stage:
        opened.append(Stage(browser, shared_server, judged(plan), view))
        return opened[-1]

    yield stage
    for each in opened:
        each.display.context.close()
    assert [complaint for each in opened for complaint in each.display.complaints] == []


def test_at_every_step_only_what_is_new_moves_and_a_fresh_page_stands_still(stages, browser):
    stage = stages(shipped("demo"))
    page, calm = stage.display.page, Display(browser, stage.address)
    calm.page.emulate_media(reduced_motion="reduce")
    played: list[str] = []
    for step in ("spread", "trimmed", "score", "grade"):
        stage.shows(step)
        played.append(step)
        expect(page.locator("main")).to_have_attribute("data-plays", " ".join(played))
        expect(calm.page.locator("main")).to_have_attribute("data-plays", " ".join(played))
        assert not MOTION & set(calm.page.evaluate(MOVING))
        assert stage.display.regions() == fresh_copy(stage.display)
        late = stage.display.context.new_page()
        late.goto(stage.address)
        expect(late.locator(STANDS)).to_be_attached()
        assert not MOTION & set(late.evaluate(MOVING))
        late.close()
    stage.tells("cue_scene", kind="blank")
    expect(page.locator(".result")).to_have_count(0)
    stage.tells("cue_scene", kind="result", round=ROUND)
    expect(page.locator(STANDS)).to_be_attached()
    stage.tells("withdraw_reveal", round=ROUND, reason="too early")
    expect(page.locator(".result")).to_have_count(0)
    assert stage.display.regions() == fresh_copy(stage.display)
    calm.context.close()


def test_one_press_for_all_plays_each_part_in_its_turn_and_is_heard_by_whoever_wants_it(stages):
    stage = stages(shipped("demo"))
    page = stage.display.page
    sound = page.locator(".sound")
    expect(sound).to_have_css("opacity", "0")
    page.mouse.move(100, 100)
    page.mouse.move(900, 700)
    expect(sound).to_have_css("opacity", "1")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    stage.tells("reveal_result", round=ROUND)
    expect(page.locator("main")).to_have_attribute("data-plays", "spread trimmed score grade")
    waits = page.evaluate(
        """() => ["spread", "trimmed", "score", "grade"].map(
          (step) => parseInt(document.querySelector("main").style.getPropertyValue(`--${step}-at`)))"""
    )
    assert waits == sorted(waits)
    assert len(set(waits)) == 4
    assert {"roll", "stamp", "grow", "sink"} <= set(page.evaluate(MOVING))
    assert stage.display.regions() == fresh_copy(stage.display)


def test_the_card_of_the_lower_third_goes_after_its_time_and_does_not_come_again(stages):
    stage = stages(shipped("demo"), "lower")
    page = stage.display.page
    page.clock.install()
    page.reload()
    stage.display.wait_until_connected()
    expect(page.locator(".who")).to_be_visible()
    stage.tells("reveal_result", round=ROUND)
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_be_hidden()
    page.clock.run_for(6_000)
    expect(page.locator(".card")).to_be_visible()
    expect(page.locator(".card")).to_contain_text("市教委")
    page.clock.run_for(13_000)
    expect(page.locator(".card")).to_be_hidden()
    expect(page.locator(".who")).to_be_visible()


TWELVE = tuple(
    replace(each, id=f"{each.id}-{part}", name=f"{each.name}（{part}）")
    for part in ("机关", "系统")
    for each in shipped("demo").criteria
)
MINUS = Criterion("minus", "扣分", Decimal(0), Decimal(-10))
DEMO = shipped("demo")
PANELS = {
    "one sheet": replace(DEMO, seats=seats(1)),
    "nine": DEMO,
    "thirty-one": replace(DEMO, seats=seats(31)),
    "twelve criteria": replace(DEMO, criteria=TWELVE, seats=seats(31)),
    "deductions, trimmed by criterion": replace(
        DEMO, criteria=(*DEMO.criteria, MINUS), rules=replace(DEMO.rules, trim_of=TrimOf.CRITERION)
    ),
    "one criterion": replace(DEMO, criteria=(replace(DEMO.criteria[0], maximum=Decimal(100)),)),
    "weights": replace(
        DEMO,
        seats=seats(12),
        rules=replace(
            DEMO.rules, group_weights=dict.fromkeys([Preset.EXPERT, Preset.DEPUTY, Preset.CPPCC], Decimal(1))
        ),
    ),
    "levels": shipped("levels"),
    "levels, thirty-one": replace(shipped("levels"), seats=seats(31)),
}


@pytest.mark.parametrize("name", PANELS)
def test_whatever_the_panel_all_of_a_result_is_whole_and_never_small(stages, name):
    stage = stages(PANELS[name])
    stage.tells("reveal_result", round=ROUND)
    page = stage.display.page
    last = reveal_steps(result(judged(PANELS[name]), ROUND))[-1]
    expect(page.locator(f'.result[data-steps~="{last}"]')).to_be_attached()
    page.reload()
    found = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(TWO_FRAMES)
        cut, smallest = page.evaluate(CUT_OFF, "#hall-stage"), page.evaluate(SMALLEST, "#hall-stage")
        found[width] = [*cut, *([f"letters of {smallest}"] if smallest < 39.9 else [])]
    assert {size: faults for size, faults in found.items() if faults} == {}
