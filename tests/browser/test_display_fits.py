"""Nobody can scroll a projector: the largest meeting there is likely to be stands on the display whole."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.plan import Plan, TieBreak
from app.meeting.polls.agreed import Ballots, OwnChoice, PollsOpen, Voters
from app.meeting.promises.state import PromiseMark
from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from tests.browser.conftest import tell
from tests.browser.projector import BROKEN, CUT_OFF, IS_RESIZED, SMALLEST, TWO_FRAMES
from tests.browser.scenes import polled
from tests.meetings import Story, shipped, whole_meeting
from tests.polled import closed_with, voted
from tests.records import record, save

TITLE = "2023年重庆市国家机关“谁执法谁普法”履职报告评议会"
LONG_NAMES = (
    "重庆市规划和自然资源局（重庆市林业局）",
    "重庆市住房和城乡建设委员会",
    "重庆市退役军人事务局",
    "重庆市文化和旅游发展委员会",
    "重庆市卫生健康委员会",
)
SIZES = [(1920, 1080), (1280, 720), (1280, 800), (1024, 768), (800, 600)]
SHAPES = [(1280, 720), (1280, 800), (800, 600)]
"""One size of each shape: what stands there is measured by the height of the picture."""
SCENES = {
    "seal": {},
    "ranking": {},
    "result": {"round": "report-more0"},
    "comments": {"unit": "edu"},
    "message": {"text": ("请各位评议团成员注意：请在本单位评分截止前提交评分表，逾期提交的由主持人裁定。" * 3)[:100]},
}


def largest() -> Plan:
    """Fifteen units, some with long names, eleven seats, a title as such meetings have it."""
    demo = shipped("demo")
    more = [replace(demo.units[0], id=f"more{at}", name=name) for at, name in enumerate(LONG_NAMES)]
    more = [replace(unit, short_name=unit.name.removeprefix("重庆市")[:8]) for unit in more]
    report = next(item for item in demo.agenda if item.unit)
    reports = [replace(report, id=f"report-{unit.id}", unit=unit.id, title=unit.short_name) for unit in more]
    last = max(at for at, item in enumerate(demo.agenda) if item.unit) + 1
    seats = [replace(demo.seats[0], id=f"expert-{number}", label=f"专家{number}") for number in (4, 5)]
    return replace(
        demo,
        code=f"largest-{uuid4().hex[:8]}",
        title=TITLE,
        place="市司法局三楼多功能厅",
        units=(*demo.units, *more),
        agenda=(*demo.agenda[:last], *reports, *demo.agenda[last:]),
        seats=(*demo.seats, *seats),
    )


class Projector:
    """A display of the largest meeting, and a program in the moderator's place."""

    def __init__(self, page: Page, server: ServerProcess, code: str, token: str, view: str = "hall") -> None:
        self.page = page
        self._server, self._code, self._token = server, code, token
        page.goto(f"{server.url}/{code}/display?view={view}")

    def tells(self, do: str, **facts: str) -> None:
        tell(self._server, f"/{self._code}/live/moderator", self._token, do, **facts)

    def shows(self, scene: str, **facts: str) -> None:
        tell(self._server, f"/{self._code}/live/moderator", self._token, "cue_scene", kind=scene, **facts)
        self.stands(scene)

    def stands(self, scene: str) -> None:
        expect(self.page.locator("#hall-stage")).to_have_attribute("data-scene", scene)

    def resize(self, width: int, height: int) -> None:
        """Until the page has heard of it, which it does with its next frame: a real one, whatever its clock says."""
        size = {"width": width, "height": height}
        if self.page.viewport_size != size:
            self.page.evaluate(IS_RESIZED)
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.evaluate("() => window.isResized")
        self.page.evaluate(TWO_FRAMES)

    def sizes(self, among: Sequence[tuple[int, int]] = SIZES) -> Iterator[tuple[int, int]]:
        """Each that a hall may have; what stands on the display has been fitted to it."""
        for width, height in among:
            self.resize(width, height)
            yield width, height

    def cut_off(self, box: str = "#hall-stage") -> list[str]:
        """The texts that are not wholly on the stage (or in another box), or lie under the QR code."""
        found: list[str] = self.page.evaluate(CUT_OFF, box)
        return found

    def broken_words(self, box: str) -> list[str]:
        return [f"broken: {word}" for word in self.page.evaluate(BROKEN, box)]

    def smallest_letters(self, box: str) -> float:
        """Of all texts in a box, in pixels of a picture 1080 high."""
        smallest: float = self.page.evaluate(SMALLEST, box)
        return smallest


@pytest.fixture(scope="module")
def meetings(shared_server: ServerProcess) -> tuple[str, str, str]:
    """The codes of the largest meeting before its opening and played to its end, and the moderator's token of that."""
    planned, played = largest(), largest()
    with closing(Database(shared_server.db)) as database:
        save(database, planned)
        record(database, whole_meeting(played))
        with database.writing() as connection:
            token = keys.make(connection, Key(played.code, Role.MODERATOR), "test")
    return planned.code, played.code, token


def test_the_largest_meeting_stands_on_the_display_whole(page, shared_server, meetings):
    planned, played, token = meetings
    projector = Projector(page, shared_server, planned, token)
    projector.stands("waiting")
    found = {("waiting", size): projector.cut_off() for size in projector.sizes()}
    projector = Projector(page, shared_server, played, token)
    for scene, facts in SCENES.items():
        projector.shows(scene, **facts)
        found |= {(scene, size): projector.cut_off() for size in projector.sizes()}
    assert {at: texts for at, texts in found.items() if texts} == {}


def test_a_display_that_is_made_smaller_and_larger_again_fits_both_times(page, shared_server, meetings):
    _, played, token = meetings
    projector = Projector(page, shared_server, played, token)
    projector.resize(1920, 1080)
    projector.shows("ranking")
    before = page.locator("#hall-stage ol li").first.bounding_box()
    projector.resize(800, 600)
    assert projector.cut_off() == []
    projector.resize(1920, 1080)
    assert projector.cut_off() == []
    assert page.locator("#hall-stage ol li").first.bounding_box() == before


# --- polls ------------------------------------------------------------------------------------------------------------

BALLOTS = {"very": 1406, "satisfied": 88, "fairly": 47, "dissatisfied": 12, "unknown": 1}
TALLY = dict.fromkeys(("ticket", "phone", "web"), BALLOTS)
POLLS = {
    "open": lambda story: story,
    "closed": lambda story: closed_with(story, "more0.1", TALLY),
    "shown": lambda story: voted(story, "more0.1", TALLY),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("ends", POLLS.values(), ids=POLLS)
def test_a_poll_of_three_voices_and_five_choices_on_a_long_name_is_whole_and_never_small(
    page, shared_server, ends, language
):
    plan = largest()
    units = tuple(replace(unit, short_name=unit.name) for unit in plan.units)
    voting = {"polls": PollsOpen.BY_HAND, "voters": Voters.EVERYBODY, "ballots": Ballots.FIVE, "audience": 3000}
    plan = replace(plan, units=units, rules=replace(plan.rules, **voting))
    story = Story(plan, datetime.now(UTC)).opens().goes_to("report-more0").does(c.OpenPoll("more0"))
    with closing(Database(shared_server.db)) as database:
        record(database, ends(story))
    projector = Projector(page, shared_server, plan.code, "", f"hall&lang={language}")
    projector.stands("poll")
    for size in projector.sizes():
        assert (size, projector.cut_off()) == (size, [])
        assert projector.smallest_letters("#hall-stage") >= 40


OWN = ("落实到位、群众满意", "基本落实，仍需巩固提升", "落实不够，群众意见较大", "不了解情况")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_poll_between_long_names_is_whole_beside_what_the_panel_says_of_points_and_promises(
    page, shared_server, language
):
    story = polled(*map(OwnChoice, OWN)).does(c.OpenPoll("edu"))
    ballots = dict(zip(story.meeting.plan.rules.choices, (310, 90, 702, 55), strict=True))
    with closing(Database(shared_server.db)) as database:
        record(database, voted(story, "edu.1", dict.fromkeys(("ticket", "phone", "web"), ballots)))
    projector = Projector(page, shared_server, story.meeting.plan.code, "", f"hall&lang={language}")
    projector.stands("poll")
    assert page.locator(".by-choice tbody tr").count() == len(OWN)
    assert page.locator(".of-promises dd").count() == 1 + len(PromiseMark)
    for size in projector.sizes():
        assert (size, projector.cut_off()) == (size, [])
        assert projector.smallest_letters("#hall-stage") >= 40


# --- what the speaker reads -------------------------------------------------------------------------------------------

WIDE = "请各位评议团成员注意请在本单位评分截止前提交评分表"
SPEAKER = [
    "还有 1 分钟",
    WIDE[:20],
    (WIDE * 5)[:50],
    (WIDE * 5)[:100],
    ("Please come to an end; the panel waits for your answer. " * 3)[:100],
    "请Verkehrssicherheitsbeauftragter答复",
    LONGEST_WORD := "W" * 100,
]


def test_the_speaker_reads_every_message_whole(page, shared_server):
    code, token = running(shared_server, largest())
    projector = Projector(page, shared_server, code, token, "timer")
    found = {}
    for text in SPEAKER:
        projector.tells("tell_speaker", text=text)
        expect(page.locator("#timer-message p")).to_have_text(text)
        for width, height in projector.sizes():
            letters = projector.smallest_letters("#timer-message")
            digits = page.locator(".digits k-clock").bounding_box()
            faults = [*projector.cut_off("body"), *projector.cut_off("#timer-message")]
            if letters < 40:
                faults.append(f"letters of {letters}")
            if text != LONGEST_WORD:
                faults += projector.broken_words("#timer-message")
            if digits["y"] < 0 or digits["x"] < 0 or digits["x"] + digits["width"] > width:
                faults.append(f"digits at {digits}")
            if faults:
                found[text, width, height] = faults
    assert found == {}


# --- comments ---------------------------------------------------------------------------------------------------------

REMARK = "普法责任清单更新及时，重点对象明确，建议把典型案例做成短视频，送进社区和学校。"
COMMENTS = {
    "one": ["好"],
    "six short ones": ["普法进校园做得扎实。"] * 6,
    "three longer ones": [REMARK * 2, REMARK * 3, REMARK],
    "a very long one": [REMARK, (REMARK * 60)[:2000]],
    "Latin": [("Law was taught where people live and work, and the examples were well chosen. " * 4).strip()] * 2,
    "one word": ["W" * 300],
}


def running(server: ServerProcess, plan: Plan, comments: list[str] = ()) -> tuple[str, str]:  # type: ignore[assignment]
    """A meeting whose first unit reports, with comments released on it; its code and the moderator's token."""
    story = Story(plan, datetime.now(UTC)).opens().steps(2)
    unit = story.meeting.current_unit.id
    for at, text in enumerate(comments):
        sent = c.SendComment(f"comment-{at}", plan.seats[0].id, unit, CommentKind.PROBLEM, text)
        story.waits(1).does(sent, c.ReleaseComment(sent.comment, text))
    with closing(Database(server.db)) as database:
        record(database, story)
        with database.writing() as connection:
            return plan.code, keys.make(connection, Key(plan.code, Role.MODERATOR), "test")


@pytest.mark.parametrize("texts", COMMENTS.values(), ids=COMMENTS)
def test_comments_are_whole_and_never_small_on_any_page_and_turn_by_themselves(page, shared_server, texts):
    page.clock.install()
    projector = Projector(page, shared_server, *running(shared_server, largest(), texts))
    for _ in projector.sizes(SHAPES):
        projector.tells("follow_agenda")
        projector.stands("item")
        said = every_page(projector, "#hall-comments")
        assert said.startswith(bare(texts[-1]))
        projector.shows("comments")
        said = every_page(projector, "#hall-stage")
        assert said == "".join(map(bare, texts[::-1]))


def every_page(projector: Projector, box: str) -> str:
    """The texts of all pages in their order; each is turned to, looked at, and the first one comes back at the end."""
    said, page = "", projector.page
    number = max(page.locator(f"{box} [data-page]").count(), 1)
    for at in range(number):
        expect(page.locator(f"{box} [data-page]").nth(at)).to_be_visible()
        expect(page.locator(f"{box} [data-page]:visible")).to_have_count(1)
        assert projector.cut_off(box) == []
        assert projector.cut_off() == []
        assert projector.smallest_letters(box) >= 40
        texts = page.locator(f"{box} [data-page]:visible .by + p").all_text_contents()
        assert 1 <= len(texts) <= 3
        said += "".join(map(bare, texts))
        page.clock.fast_forward(12_000)
    expect(page.locator(f"{box} [data-page]").first).to_be_visible()
    return said


def bare(text: str) -> str:
    return "".join(text.split())


# --- sealed rules -----------------------------------------------------------------------------------------------------


def with_many_rules() -> Plan:
    """Twelve criteria, grades, weights, a ladder: more than two columns hold in letters that a hall can read."""
    plan = largest()
    name = "面向管理和服务对象的社会普法宣传教育"
    criteria = tuple(replace(plan.criteria[0], id=f"criterion-{at}", name=f"{name}{at}") for at in range(12))
    rules = replace(
        plan.rules,
        group_weights=dict.fromkeys({seat.group for seat in plan.seats}, Decimal(1)),
        tie_ladder=tuple(TieBreak),
    )
    return replace(plan, criteria=criteria, rules=rules)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_all_rules_are_whole_and_never_small_on_pages_that_turn_by_themselves(page, shared_server, language):
    page.clock.install()
    code, token = running(shared_server, with_many_rules())
    projector = Projector(page, shared_server, code, token, f"hall&lang={language}")
    projector.shows("seal")
    for _ in projector.sizes():
        said = ""
        for number in range(page.locator("[data-page]").count()):
            expect(page.locator("[data-page]").nth(number)).to_be_visible()
            assert projector.cut_off() == []
            assert projector.smallest_letters("#hall-stage") >= 40
            said += bare("".join(page.locator(".rules[data-page]:visible li").all_inner_texts()))
            page.clock.fast_forward(12_000)
        assert number > 0
        assert said == bare("".join(page.locator(".rules li").all_text_contents()))


# --- many units -------------------------------------------------------------------------------------------------------

LATIN = "Department of Housing, Urban and Rural Development No. "


def with_forty_units(rank_shown: bool) -> Plan:
    demo = shipped("demo")
    units = tuple(
        replace(demo.units[0], id=f"unit{at}", name=LATIN + str(at), short_name=LATIN + str(at)) for at in range(40)
    )
    report = next(item for item in demo.agenda if item.unit)
    agenda = tuple(replace(report, id=f"report-{unit.id}", unit=unit.id, title=unit.short_name) for unit in units)
    seats = tuple(replace(seat, recusals=()) for seat in demo.seats)
    rules = replace(demo.rules, rank_shown=rank_shown)
    code = f"forty-{uuid4().hex[:8]}"
    return replace(demo, code=code, units=units, agenda=agenda, seats=seats, rules=rules)


@pytest.fixture(scope="module", params=[True, False], ids=["ranked", "unranked"])
def forty(request, shared_server) -> tuple[str, str]:
    plan = with_forty_units(request.param)
    with closing(Database(shared_server.db)) as database:
        record(database, whole_meeting(plan))
        with database.writing() as connection:
            return plan.code, keys.make(connection, Key(plan.code, Role.MODERATOR), "test")


def test_forty_units_of_long_latin_names_stand_on_the_display_whole(page, shared_server, forty):
    projector = Projector(page, shared_server, *forty)
    found = {}
    for scene, facts in {"ranking": {}, "seal": {}, "result": {"round": "report-unit7"}}.items():
        projector.shows(scene, **facts)
        found |= {(scene, size): projector.cut_off() for size in projector.sizes()}
    assert {at: texts for at, texts in found.items() if texts} == {}
