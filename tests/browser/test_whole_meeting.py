"""A whole meeting by a clicker alone, from the first word to the last picture: by points, levels, comments."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from app.meeting.plan import ItemKind, Plan, ResultsShown
from tests.browser.conftest import Hall
from tests.browser.people import MARKS, Display, Moderator, says_at
from tests.browser.scenes import announced
from tests.meetings import shipped

HURRIES = """() => {
  const { setTimeout } = window;
  window.setTimeout = (then, time, ...more) => setTimeout(then, time >= 450 && time <= 900 ? time / 24 : time, ...more);
}"""
"""What rests, rests for a part of its time: it is waited for all the same, some three hundred times."""
FAR_AWAY = {"width": 480, "height": 270}
"""The display in these stories: nothing of it is measured, and to draw it large takes half of the time."""


class Clicker:
    """Four keys, and a moderator who reads what the big button says."""

    def __init__(self, moderator: Moderator, is_hurried: bool = True) -> None:
        self.page: Page = moderator.page
        if is_hurried:
            self.page.context.add_init_script(f"({HURRIES})()")
        self.page.route("**/display?*miniature*", lambda route: route.fulfill(body=""))  # the hall has a display here
        self.page.reload()
        moderator.wait_until_connected()
        self.button = self.page.locator("#step-next")
        self.back = self.page.locator("#step-back")

    def says(self) -> str:
        return str(self.page.evaluate(RESTED)[0])

    def forward(self) -> str:
        """One press, and a second one if the button asks; returns what it said that it would do."""
        said, step, _ = self.page.evaluate(RESTED)
        self.page.keyboard.press("PageDown")
        if self.page.evaluate(ANSWERED, ["step-next", step]) == "asked":
            self.page.evaluate(RESTED)
            self.page.keyboard.press("PageDown")
            assert self.page.evaluate(ANSWERED, ["step-next", step]) in ("asked", "done")
            expect(self.page.locator(f"#step-next[data-with='{step}']")).to_have_count(0)
        return str(said)

    def backward(self) -> str:
        """One press; returns what the way back said that it would undo."""
        _, _, back = self.page.evaluate(RESTED)
        said = self.back.inner_text()
        self.page.keyboard.press("PageUp")
        self.page.evaluate(ANSWERED, ["step-back", back])
        return said.removeprefix("← 撤销：")


RESTED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  do await frame(); while (document.querySelector("#console-step [data-settling]"));
  const [next, back] = ["step-next", "step-back"].map((id) => document.getElementById(id));
  return [next?.querySelector(".does").innerText.split("\\n")[0] ?? "", next?.dataset.with, back?.dataset.with];
}"""
"""What the button says and takes, and what the way back does, once they take a press again."""

ANSWERED = """async ([id, was]) => {
  for (let frames = 0; frames < 900; frames += 1) {
    const button = document.getElementById(id);
    if (button?.dataset.with !== was) return "done";
    if ("asked" in button.dataset) return "asked";
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`nothing has come of ${was}`);
}"""


def plan_of(like: str) -> Plan:
    """A shipped meeting of ten units, whose results are shown after each."""
    plan = shipped(like)
    return replace(plan, rules=replace(plan.rules, results_shown=ResultsShown.AFTER_EACH))


def with_the_first(number: int, plan: Plan) -> Plan:
    """The same of its first units alone: the way through each is the same."""
    units = plan.units[:number]
    reporting = {None, *(unit.id for unit in units)}
    seats = tuple(replace(seat, recusals=()) for seat in plan.seats)
    return replace(plan, units=units, seats=seats, agenda=tuple(item for item in plan.agenda if item.unit in reporting))


class Panel:
    """All seats of a meeting, which say everything over the wire."""

    def __init__(self, hall: Hall, like: str) -> None:
        address = f"ws://127.0.0.1:{hall.server.port}/{hall.code(like)}/live/panel"
        self._open = ExitStack()
        self._lines = {
            # Pictures that nobody reads are taken off the line all the same, or it does not end before its time is out.
            seat: self._open.enter_context(
                connect(address, additional_headers=_bearer(link), max_queue=None, ping_interval=None)
            )
            for seat, link in hall.links(like)["seats"].items()
        }

    def submits(self, unit: str, marks: dict[str, str]) -> None:
        """Nine sheets, of which no two neighbours are alike."""
        first = next(iter(marks))
        for at, seat in enumerate(self._lines):
            own = marks | {first: str(Decimal(marks[first]) - at % 3)}
            total = str(sum(map(Decimal, own.values())))
            self._says(
                seat, "submit_sheet", round=f"report-{unit}", unit=unit, marks=own, total=total, salt=uuid4().hex
            )

    def comments(self, unit: str, kinds: tuple[str, ...]) -> None:
        for seat, kind in zip(self._lines, kinds, strict=False):
            self._says(seat, "send_comment", comment=uuid4().hex, unit=unit, kind=kind, text=f"{kind}：{unit}")

    def leaves(self) -> None:
        self._open.close()

    def _says(self, seat: str, do: str, **facts: Any) -> None:
        says_at(self._lines[seat], do, seat=seat, **facts)


def _bearer(link: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {link.rpartition('/')[2]}"}


PanelOf = Callable[[str], Panel]


@pytest.fixture
def panel_of(hall: Hall) -> Iterator[PanelOf]:
    panels: list[Panel] = []

    def sits_down(like: str) -> Panel:
        panels.append(Panel(hall, like))
        return panels[-1]

    yield sits_down
    for panel in panels:
        panel.leaves()


def from_far_away(hall: Hall, like: str) -> Display:
    display = hall.display(like)
    display.page.set_viewport_size(FAR_AWAY)  # type: ignore[arg-type]
    return display


NAMES = {unit.short_name: (unit.short_name, unit.name.removeprefix("重庆市")) for unit in shipped("demo").units}
CLOSES = "截止评分（已收 9/9）"
REVEAL = ["亮出得分分布", "去掉最高分、最低分", "亮出最后得分", "亮出等次"]


@pytest.mark.usefixtures("in_motion")
def test_ten_units_by_points(hall: Hall, panel_of: PanelOf) -> None:
    plan = plan_of("demo")
    hall.holds("points", plan)
    display, clicker = from_far_away(hall, "points"), Clicker(hall.moderator("points"))
    panel = panel_of("points")
    assert clicker.forward() == "封存规则，宣布开会"
    for item in plan.agenda:
        assert clicker.forward().startswith("开始：")
        if item.unit is None:
            continue
        assert clicker.forward().endswith("提问点评")
        panel.submits(item.unit, MARKS)
        expect(clicker.page.locator('#console-panel [data-standing="submitted"]')).to_have_count(9)
        assert clicker.forward().endswith("评分")
        assert [clicker.forward() for _ in (CLOSES, *REVEAL)] == [CLOSES, *REVEAL]
        expect(display.stage).to_contain_text("良好")
        if item.unit == "police":
            back_through_the_unit(clicker)
        if item.unit == "civil":
            with_shaking_hands(clicker, Clicker(hall.moderator("points"), is_hurried=False))
    assert clicker.forward() == "宣布评议会结束"
    expect(clicker.page.locator(".afterwards a")).to_have_count(5)
    expect(display.stage).to_contain_text("结束")


def test_four_units_by_levels(hall: Hall, panel_of: PanelOf) -> None:
    plan = with_the_first(4, plan_of("levels"))
    hall.holds("by-levels", plan)
    display, clicker = from_far_away(hall, "by-levels"), Clicker(hall.moderator("by-levels"))
    panel = panel_of("by-levels")
    clicker.forward()
    for item in plan.agenda:
        clicker.forward()
        if item.unit is None:
            continue
        clicker.forward()
        panel.submits(item.unit, {"overall": "4"})
        expect(clicker.page.locator('#console-panel [data-standing="submitted"]')).to_have_count(9)
        clicker.forward()
        assert [clicker.forward() for _ in range(3)] == [CLOSES, REVEAL[0], REVEAL[-1]]
        expect(display.stage).to_contain_text("良好")
    assert clicker.forward() == "宣布评议会结束"


def test_four_units_by_comments(hall: Hall, panel_of: PanelOf) -> None:
    """Each comment is released and shown alone, then what was said is summed up; in the end the problems by unit."""
    plan = with_the_first(4, plan_of("comments"))
    hall.holds("by-comments", plan)
    display, clicker = from_far_away(hall, "by-comments"), Clicker(hall.moderator("by-comments"))
    panel = panel_of("by-comments")
    clicker.forward()
    for item in plan.agenda:
        assert clicker.forward().startswith("开始：")
        if item.kind is ItemKind.ANNOUNCEMENT:
            for unit in plan.units:
                assert clicker.forward().startswith("宣布各单位问题清单")
                expect(display.stage).to_contain_text(f"problem：{unit.id}")
        if item.unit is None:
            continue
        clicker.forward()
        panel.comments(item.unit, ("highlight", "problem", "suggestion"))
        expect(clicker.button).to_contain_text("发布点评并上屏")
        for kind in ("亮点", "问题", "建议"):
            assert clicker.forward().endswith(kind)
        expect(display.stage).to_contain_text(f"suggestion：{item.unit}")
        expect(clicker.page.locator("#console-comments .groups .on")).to_have_count(3)
        while "小结" in clicker.says():
            clicker.forward()
    assert clicker.forward() == "宣布评议会结束"


@pytest.mark.parametrize("rule", [ResultsShown.IN_ORDER, ResultsShown.FROM_LOWEST, ResultsShown.BY_GRADE])
def test_what_is_announced_at_the_end(hall: Hall, rule: ResultsShown) -> None:
    """All have been scored; each press tells one result more, or one grade."""
    hall.has_played(rule, announced(0, results_shown=rule, rank_shown=rule is ResultsShown.FROM_LOWEST))
    display, clicker = from_far_away(hall, rule), Clicker(hall.moderator(rule))
    told = display.stage.locator(".overview [data-known=yes], .along .flag, .by-grade dd > span")
    expect(display.stage.locator(".overview li")).to_have_count(10)
    known = [told.count()]
    while clicker.says().startswith("宣布") and "结束" not in clicker.says():
        said = clicker.forward()
        if "的评议结果" in said:
            expect(display.stage.locator(".announced")).to_contain_text(
                NAMES[said[2:-5]][rule is ResultsShown.IN_ORDER]
            )
        else:
            expect(display.stage).to_contain_text(said.removeprefix("宣布等次：").partition("（")[0])
        known.append(told.count())
    assert known == {rule: [*range(11)], ResultsShown.BY_GRADE: [0, 2, 7, 10]}[rule]
    clicker.backward()
    expect(told).to_have_count(known[-2])
    clicker.forward()
    expect(told).to_have_count(10)


def back_through_the_unit(clicker: Clicker) -> None:
    """To the end of the unit before, and the same way forward again: all sheets are still in."""
    undone = [clicker.backward() for _ in range(8)]
    assert undone == [*REVEAL[::-1], "截止市公安局评分", "进入评分", "进入提问点评", "进入履职报告"]
    assert clicker.says() == "开始：第 2 家单位 市公安局 · 履职报告"
    done = [clicker.forward() for _ in range(8)]
    assert done[3:] == [CLOSES, *REVEAL]


BOUNCES = """() => {
  for (const repeat of [false, false, false, true, true])
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true, repeat }));
}"""


def with_shaking_hands(clicker: Clicker, other: Clicker) -> None:
    """A press that bounces, a key that is held, two moderators at once: each time one step, and the way back of one.

    What the first has brought rests before the other for its whole time: a hurried one would take the second press.
    """
    before = clicker.says()
    clicker.says()
    clicker.page.evaluate(BOUNCES)
    expect(clicker.button).not_to_contain_text(before)
    assert clicker.says().endswith("提问点评")
    assert clicker.backward() == "进入履职报告"
    for each in (clicker, other):
        each.says()
    for each in (clicker, other):
        each.page.evaluate("document.getElementById('step-next').click()")
    for each in (clicker, other):
        expect(each.button).to_contain_text("提问点评")
    assert clicker.backward() == "进入履职报告"
    other.page.close()
