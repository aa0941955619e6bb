"""A finding on its whole way in a real browser: everybody at a device of their own, while months pass."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Finding, Stand
from app.meeting.plan import Rules, Signing
from app.papers.folder.proceedings import proceedings_of
from app.papers.site.following import publish
from app.store.heads import load_head
from app.store.keys import Role
from app.web.links import DOORS, ORGANISERS_DOOR
from tests.browser.axe import violations
from tests.browser.people import PHONE, draws
from tests.live.served import Served, Sitting
from tests.meetings import ANN, small_plan

SAID = "办事规定群众找不到、看不懂"
PDF = b"%PDF-1.7 the rules, as published"
LAPTOP = {"width": 1366, "height": 768}


class Clerk:
    """Somebody with a browser of their own on the pages of a meeting."""

    def __init__(self, browser: Browser, sitting: Sitting, role: Role | None, of: str = "") -> None:
        self.sitting, self.base = sitting, f"http://{sitting.served.host}"
        size = PHONE if role in (None, Role.UNIT) else LAPTOP
        self.context = browser.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
        self.page, self.complaints = self.context.new_page(), list[str]()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        if role is not None:
            door = f"/{sitting.code}/{DOORS[role]}" if role in DOORS else ORGANISERS_DOOR
            self.page.goto(f"{self.base}{door}/{sitting.key(role, of)}")

    def _listen(self, said: Any) -> None:
        """Not to what a browser says on its own of an answer, or of a server that it cannot reach."""
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.complaints.append(said.text)

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.base}/{self.sitting.code}{path}")

    def writes(self, **texts: str) -> None:
        """Into the fields of these names, with _ for the dot."""
        for name, text in texts.items():
            self.field(name.replace("_", ".", 1)).fill(text)

    def field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]')

    def does(self, move: str, **texts: str) -> None:
        """A move of a page: its fields, the name of who does it, its button."""
        form = self.page.locator("form", has=self.page.locator(f'button[value^="{move}"]'))
        if not form.is_visible():
            form.locator("xpath=..").locator("summary").click()
        for name, text in {"author": "王五", **texts}.items():
            named = f'[name$=".{name}"], [name="{name}.{move}"], [name="{name}"]'
            form.locator(f':is({named}):not([type="hidden"])').fill(text)
        form.locator(f'button[value^="{move}"]').click()
        expect(self.page.locator(".notice.good")).to_be_visible()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("second-half")) as served:
        yield served


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[dict[str, Clerk]]:
    sitting = served.holds(small_plan(rules=Rules(signing=Signing.DRAWN)))
    said = c.SendComment("comment-1", ANN, "water", CommentKind.PROBLEM, SAID)
    sitting.performs(c.OpenMeeting(sitting.plan), said)
    roles: dict[str, tuple[Any, ...]] = {
        "moderator": (Role.MODERATOR,),
        "bureau": (Role.ORGANISER,),
        "unit": (Role.UNIT, "water"),
        "supervisor": (Role.SUPERVISOR,),
        "society": (None,),
    }
    people = {name: Clerk(browser, sitting, *role) for name, role in roles.items()}
    yield people
    for each in people.values():
        each.context.close()
    assert [each.complaints for each in people.values() if each.complaints] == []


def the_finding(sitting: Sitting) -> Finding:
    with sitting.served.database.reading() as connection:
        head = load_head(connection, sitting.code)
    assert head is not None
    [finding] = head.meeting.findings.by_id.values()
    return finding


def test_a_finding_goes_from_a_comment_to_struck_off_and_is_re_opened_at_the_look_back(
    people: dict[str, Clerk], tmp_path: Path
) -> None:
    moderator, bureau, unit, supervisor, society = people.values()
    sitting = bureau.sitting
    moderator.page.get_by_role("button", name="成为问题").click()
    expect(moderator.page.locator("#console-comments")).to_contain_text("已列为问题")
    finding = f"/findings/{the_finding(sitting).id}"
    hands_over(bureau, finding)
    signs_for_it(unit)
    writes_a_plan(unit, f"/unit{finding}", sitting)
    bureau.opens(finding)
    bureau.does("agree_cure")
    proves_it(unit, f"/unit{finding}", sitting)
    verifies_and_gives_notice(bureau, supervisor, finding)
    objects_and_is_answered(society, bureau, finding)
    strikes_it_off(bureau, society, finding)
    sitting.days_pass(190)
    bureau.opens(finding)
    bureau.does("reopen", reason="回头看时规定又撤下了")
    society.page.reload()
    expect(society.page.locator("article .counters")).to_contain_text("重开 1 次")
    assert the_finding(sitting).standing is Stand.RECTIFYING
    assert [violations(each.page) for each in (bureau, unit, society)] == [[], [], []]
    bureau.opens("/findings/figures")
    bureau.page.wait_for_function("() => [...document.querySelectorAll('k-chart')].every((each) => each.drawn)")
    assert violations(bureau.page) == []
    assert violations_of_files(society, tmp_path) == {"index.html": [], "unit-1.html": []}


def hands_over(bureau: Clerk, finding: str) -> None:
    bureau.opens(finding)
    bureau.does("edit", text="规定公开不到位", standards="1. 在大厅和网站公开\n2. 有通俗版本")
    bureau.opens(finding)
    bureau.page.locator('button[value="hand_over"]').click()
    expect(bureau.page.locator("main.confirm")).to_be_visible()
    bureau.does("hand_over")


def verifies_and_gives_notice(bureau: Clerk, supervisor: Clerk, finding: str) -> None:
    bureau.opens(finding)
    bureau.does("pass_on")
    supervisor.opens(finding)
    supervisor.does("verify_passed", opinion="两项标准均已达到", on_site="到窗口看过")
    bureau.opens(finding)
    bureau.does("give_notice")


def objects_and_is_answered(society: Clerk, bureau: Clerk, finding: str) -> None:
    society.opens("/public/unit/water")
    society.page.get_by_role("link", name="提出异议").click()
    society.page.locator("textarea").fill("网站上还是找不到")
    society.page.get_by_role("button", name="提交异议").click()
    expect(society.page.locator(".notice.good")).to_be_visible()
    bureau.opens(finding)
    answer = bureau.page.locator('[name$=".answer"]').first
    answer.fill("在首页第二栏")
    bureau.page.reload()
    expect(answer).to_have_value("在首页第二栏")
    bureau.does("answer_objection")


def strikes_it_off(bureau: Clerk, society: Clerk, finding: str) -> None:
    bureau.sitting.days_pass(30)
    bureau.opens(finding)
    bureau.does("strike_off")
    society.opens("/public/unit/water")
    society.page.reload()  # what was looked at just now may be kept for half a minute
    expect(society.page.locator("article")).to_contain_text("在首页第二栏")
    expect(society.page.locator("article .standing")).to_have_text("已销号")


def violations_of_files(society: Clerk, folder: Path) -> dict[str, list[str]]:
    """What axe holds against the files that ``publish`` writes, opened from the disk. Nobody listens to what that page
    complains of: axe itself asks there for what a file may not have."""
    database, code = society.sitting.served.database, society.sitting.code
    with database.reading() as connection:
        record = proceedings_of(connection, code)
        publish(connection, record, society.sitting.served.venue.now(code), folder / "site")
    page, found = society.context.new_page(), {}
    for name in ("index.html", "unit-1.html"):
        page.goto((folder / "site" / name).as_uri())
        expect(page.locator("h1")).to_be_visible()
        found[name] = violations(page)
    return found


def signs_for_it(unit: Clerk) -> None:
    """By finger, as the rules of this meeting ask."""
    unit.opens("/unit")
    button = unit.page.locator(".signing button.primary")
    expect(button).to_be_disabled()
    expect(button).to_have_text("请先签名")
    unit.writes(author_sign="李四")
    unit.page.locator("#signature").scroll_into_view_if_needed()
    draws(unit.page, (10, 20), (60, 40), (30, 90))
    button.click()
    expect(unit.page.locator(".notice.good")).to_be_visible()


def writes_a_plan(unit: Clerk, path: str, sitting: Sitting) -> None:
    """Half of it where the server cannot be reached; nothing typed is lost."""
    unit.opens(path)
    unit.writes(cure_cause="没有公开的办法", cure_goal="人人找得到")
    kept = unit.page.locator("#move-cure [data-kept]")
    expect(kept).to_have_text("草稿已保存。")
    unit.context.set_offline(True)
    unit.writes(cure_measures="制定办法\n在大厅和网站公开")
    expect(kept).to_contain_text("本浏览器")
    unit.context.set_offline(False)
    unit.page.reload()
    expect(unit.field("cure.measures")).to_have_value("制定办法\n在大厅和网站公开")
    expect(unit.field("cure.cause")).to_have_value("没有公开的办法")
    until = (sitting.today + timedelta(days=30)).isoformat()
    unit.does("cure", leader="张三", office="法规处", person="李四", until=until)


def proves_it(unit: Clerk, path: str, sitting: Sitting) -> None:
    """What is chosen stays chosen where something else of the form is wrong."""
    unit.opens(path)
    for standard in unit.page.locator('[name="standard"]').all():
        standard.check()
    file = {"name": "规定.pdf", "mimeType": "application/pdf", "buffer": PDF}
    unit.page.locator("#files").set_input_files([file, file])
    unit.writes(author_proofs="李四")
    hand_in = unit.page.locator("form[data-hands-in] button.primary")
    hand_in.click()
    expect(unit.page.locator("#move-proofs .problem")).to_be_visible()
    unit.writes(proofs_dated=sitting.today.isoformat())
    hand_in.click()
    expect(unit.page.locator(".notice.good")).to_be_visible()
    assert len(the_finding(sitting).proofs) == 1
    unit.opens(path)
    unit.does("ask", text="全部完成", pledge="张三", dated=sitting.today.isoformat())
