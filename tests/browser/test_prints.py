"""What comes out of the printer, by Chromium's own count of the pages."""

import re
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app.meeting.plan import Plan
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.rubric import Criterion
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of
from tests.browser.conftest import Hall, plan_like
from tests.browser.people import CONSOLE
from tests.meetings import whole_meeting
from tests.records import record

pytestmark = pytest.mark.timeout(120)


def pages_printed(hall: Hall, like: str, path: str) -> int:
    context = hall.browser.new_context(viewport=CONSOLE)
    try:
        page = context.new_page()
        page.goto(hall.links(like)["moderator"])
        page.goto(f"{hall.server.url}/{hall.code(like)}{path}")
        return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    finally:
        context.close()


@pytest.mark.parametrize("like", ["demo", "levels", "comments"])
def test_each_sheet_fits_on_one_page(hall, like):
    assert pages_printed(hall, like, "/print/sheets?seat=expert-1") == 10


def test_each_attendance_list_of_this_size_fits_on_one_page(hall):
    assert pages_printed(hall, "demo", "/print/attendance") == 4


def test_a_sheet_of_24_tickets_is_one_page(hall):
    rules = replace(plan_like("demo").rules, polls=PollsOpen.BY_HAND, voters=Voters.TICKETS)
    hall.holds("tickets", replace(plan_like("demo"), rules=rules))
    context = hall.browser.new_context(viewport=CONSOLE)
    try:
        page = context.new_page()
        page.goto(hall.links("tickets")["moderator"])
        page.goto(f"{hall.server.url}/{hall.code('tickets')}/tickets")
        page.fill("input[name=sheets]", "2")
        page.click("button[value=issue]")
        expect(page.locator(".ticket")).to_have_count(48)
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    finally:
        context.close()


# --- what stands on the paper -----------------------------------------------------------------------------------------

TITLE = "2026年度市级国家机关“谁执法谁普法”普法责任制落实情况履职报告评议会（第二场）"
UNIT = "市规划和自然资源局（市林业和草原局、市不动产登记中心）" * 2
HELP = "普法责任清单更新及时，重点对象明确，年度计划有落实、有检查、有通报。"
MILLIMETRE = 96 / 25.4


def paper(hall: Hall, plan: Plan) -> Page:
    """A page of the moderator's of a meeting of this plan, as it will be printed: in the dark, as some have it."""
    plan = replace(plan, code=f"paper-{uuid4().hex[:8]}")
    with closing(Database(hall.server.db)) as database, database.writing() as connection:
        plans.save(connection, plan)
        key = Key(plan.code, Role.MODERATOR)
        link = link_of(key, keys.make(connection, key, "test"))
    context = hall.browser.new_context(viewport=CONSOLE, color_scheme="dark")
    page = context.new_page()
    page.goto(hall.server.url + link)
    page.goto(f"{hall.server.url}/{plan.code}/")
    page.emulate_media(media="print")
    return page


def opens(page: Page, path: str) -> None:
    page.goto(page.url.rstrip("/") + path)


def printed(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def with_criteria(number: int, help: str, weight: str = "1") -> Plan:
    """The demo with other criteria, one unit and its name, and a title as long as such meetings have it."""
    demo = plan_like("demo")
    criteria = tuple(
        Criterion(f"c{at}", f"指标{at}：{HELP[:12]}", Decimal(20), weight=Decimal(weight), help=help)
        for at in range(number)
    )
    units = tuple(replace(unit, name=UNIT) for unit in demo.units)
    return replace(demo, title=TITLE, criteria=criteria, units=units)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("number", "help", "weight", "pages"),
    [
        (6, HELP, "1", 2),
        (12, HELP * 2, "1", 2),
        (30, HELP, "1.5", 4),
        (5, HELP * 28, "1", 6),
        (14, "Law is taught where people live and work. " * 6, "1", 4),
    ],
)
def test_every_page_of_a_sheet_names_unit_seat_and_which_page_it_is(hall, number, help, weight, pages, language):
    page = paper(hall, with_criteria(number, help, weight))
    opens(page, f"/print/sheets?seat=expert-1&unit=edu&lang={language}")
    said = page.locator(".a4 .page-of").all_inner_texts()
    of = "第 {} 页，共 {} 页" if language == "zh-CN" else "page {} of {}"
    assert said == [f"{UNIT} · 专家1 · {of.format(at, len(said))}" for at in range(1, len(said) + 1)]
    assert printed(page) == page.locator(".a4").count() == len(said)
    assert len(said) <= pages
    assert page.locator(".a4 .page-of:visible").count() == len(said)
    page.context.close()


@pytest.mark.parametrize(
    "label",
    ["专家1", "市人民代表大会监察和法制委员会推荐代表席", "席" * 120, "Deputy of the City's People's Congress " * 3],
)
def test_labels_on_seat_cards_are_whole(hall, label):
    plan = with_criteria(3, "")
    seats = tuple(replace(seat, label=label) for seat in plan.seats)
    page = paper(hall, replace(plan, title=TITLE * 3, seats=seats))
    opens(page, "/print/cards")
    page.emulate_media(media="screen")
    page.locator("form button").last.click()
    expect(page.locator(".card")).to_have_count(len(seats))
    page.wait_for_load_state()  # cards are there before their style sheet is
    page.emulate_media(media="print")
    cut = page.evaluate("""() => [...document.querySelectorAll(".card, .card :is(p, div, h2)")]
      .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.className + each.textContent)""")
    assert cut == []
    page.context.close()


def test_the_attendance_can_be_written_in(hall):
    page = paper(hall, with_criteria(3, ""))
    page.set_viewport_size({"width": round(174 * MILLIMETRE), "height": 1000})
    opens(page, "/print/attendance")
    office = page.locator("th.office").bounding_box()
    assert office["width"] >= 35 * MILLIMETRE
    table = page.locator(".attendance .signing").last.bounding_box()
    name = page.locator(".attendance footer p").last.bounding_box()
    assert name["y"] - (table["y"] + table["height"]) >= 12 * MILLIMETRE
    page.context.close()


GROUND = "() => [document.documentElement, document.body].map((each) => getComputedStyle(each).backgroundColor)"


@pytest.mark.parametrize("path", ["/print/sheets", "/print/attendance", "/results", "/record"])
def test_paper_is_white(hall, path):
    page = paper(hall, with_criteria(3, ""))
    opens(page, path)
    assert set(page.evaluate(GROUND)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    page.context.close()


@pytest.fixture(scope="module")
def results(shared_server) -> str:
    """The address of the results of a whole meeting."""
    plan = replace(plan_like("demo"), code=f"paper-{uuid4().hex[:8]}")
    with closing(Database(shared_server.db)) as database:
        record(database, whole_meeting(plan))
    return f"{shared_server.url}/{plan.code}/results"


def test_the_working_is_printed_open_and_folded_again(browser, results):
    page = browser.new_page()
    page.goto(results)
    working = page.locator(".working ol").first
    expect(working).to_be_hidden()
    shut = printed(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(working).to_be_visible()
    assert printed(page) == shut > 1
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(working).to_be_hidden()
    page.close()


def test_a_chart_answers_to_the_pointer_and_its_legend_to_a_keyboard_and_the_table_has_its_numbers(browser, results):
    page, complaints = browser.new_page(viewport={"width": 1440, "height": 1100}), []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(results)
    page.wait_for_function("() => document.querySelector('k-chart').drawn")
    lines = "document.querySelector('k-chart').drawn"
    rows = page.locator("#table-profile tbody tr")
    assert page.evaluate(f"{lines}.data.datasets.map((each) => each.label)") == rows.locator("th").all_inner_texts()
    canvas = page.locator("k-chart canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    dot = page.evaluate(f"(({{ x, y }}) => [x, y])({lines}.getDatasetMeta(0).data[1])")
    page.mouse.move(box["x"] + dot[0], box["y"] + dot[1])
    said = f"{lines}.tooltip.opacity ? {lines}.tooltip.body[0].lines[0] : ''"
    page.wait_for_function(f"() => ({said}).endsWith({rows.first.locator('td').nth(1).inner_text()!r})")
    first, second = (page.locator("k-chart").first.get_by_role("button").nth(at) for at in (0, 1))
    first.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert [each.get_attribute("aria-pressed") for each in (first, second)] == ["false", "false"]
    assert page.evaluate(f"[0, 1, 2].map((at) => {lines}.isDatasetVisible(at))") == [False, False, True]
    assert complaints == []
    page.close()
