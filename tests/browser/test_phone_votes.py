"""Voting from a phone: by script and without, with a scanned ticket, offline, asleep, and where sockets are full."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, WebSocketRoute, expect

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import Rules
from app.meeting.polls.agreed import LONGEST_CHOICE, OwnChoice, PollsOpen, Voters
from app.store.ballots import tally_of
from app.store.keys import Role
from app.store.tickets import issue
from tests.browser.phones import ASLEEP, HEARS, NARROW, Handset, scanned
from tests.live.served import Served, Sitting
from tests.meetings import small_plan

POLL = "water.1"
COUNTED = re.compile(r"您的一票已计入。回执：[A-Z2-9]{4}\s[A-Z2-9]{4}")
Arrive = Callable[..., Handset]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("phones")) as served:
        yield served


@pytest.fixture
def arrive(browser: Browser, served: Served) -> Iterator[Arrive]:
    """A phone in front of a new meeting, or of the one that is named."""
    phones: list[Handset] = []

    def arrives(sitting: Sitting | None = None, **of: Any) -> Handset:
        phones.append(Handset(browser, sitting or voting(served), **of))
        return phones[-1]

    yield arrives
    for each in phones:
        each.context.close()
    assert [each.complaints for each in phones if each.complaints] == []


def voting(served: Served, voters: Voters = Voters.PHONES, opens: bool = True) -> Sitting:
    sitting = served.holds(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=voters)))
    sitting.performs(c.OpenMeeting(sitting.plan), *([c.OpenPoll("water")] if opens else []))
    return sitting


def counted(sitting: Sitting) -> dict[str, dict[str, int]]:
    with sitting.served.database.reading() as connection:
        return tally_of(connection, sitting.code, POLL)


def test_a_vote_is_chosen_chosen_anew_and_told_to_the_end_on_every_page_of_the_phone(
    served: Served, arrive: Arrive
) -> None:
    sitting = voting(served, opens=False)
    phone = arrive(sitting, size=NARROW)
    page = phone.page
    phone.is_connected()
    page.evaluate(HEARS)
    sitting.performs(c.OpenPoll("water"))
    phone.chooses("满意")
    line = page.locator("#phone-polls output")
    expect(line).to_have_text(COUNTED)
    receipt = line.inner_text()
    phone.choice("不满意").dblclick()
    expect(phone.choice("不满意")).to_have_attribute("aria-pressed", "true")
    expect(phone.choice("满意")).to_have_attribute("aria-pressed", "false")
    expect(line).to_have_text(receipt)
    second = phone.new_page()
    expect(second.locator("#phone-polls output")).to_have_text(receipt)
    second.get_by_role("button", name="基本满意").click()
    expect(second.locator("#phone-polls output")).to_have_text(receipt)  # counted, and not only on its way
    expect(phone.choice("基本满意")).to_have_attribute("aria-pressed", "true")
    assert phone.overflow() == 0
    sitting.performs(c.ClosePoll(POLL))
    expect(page.locator("article output")).to_have_text(receipt)
    sitting.performs(c.ShowPoll(POLL))
    expect(page.locator(".bars")).to_contain_text("100.00%")
    assert counted(sitting) == {"phone": {"fairly": 1}}
    sitting.performs(c.AddTime(Place("opening"), 60), c.JumpTo(Place("report-court")))
    expect(page.locator("#phone-now .now")).to_have_text("Court")
    letters = receipt.partition("：")[2].replace("\xa0", "")
    assert [each for each in page.evaluate("heard") if each != "正在发送……"] == [
        "对Water的测评正在进行。",
        f"您的一票已计入。回执：{' '.join(letters)}",
        "对Water的测评已截止。",
        "对Water的测评结果已公布。 会场手机，1 票：满意 0.00%、基本满意 100.00%、不满意 0.00%、不了解 0.00%。",
        "正在进行：Court",
    ]
    page.get_by_role("link", name="全部选票回执").click()
    expect(page.locator(".receipts")).to_have_text(receipt.partition("：")[2].replace("\xa0", " "))


def test_what_could_not_be_sent_is_not_lost_says_what_it_is_and_goes_by_itself(served: Served, arrive: Arrive) -> None:
    sitting = voting(served)
    phone = arrive(sitting)
    page, line = phone.page, phone.page.locator("#phone-polls output")
    page.route("**/ballots", lambda route: route.abort())
    phone.chooses("满意")
    expect(line).to_have_text("正在发送……")
    page.add_init_script("window.WebSocket = class extends EventTarget { close() {} }")
    page.reload()
    expect(line).to_have_text("尚未送达：没有连接，请再按一次。")
    expect(phone.choice("满意")).to_have_attribute("aria-pressed", "true")
    page.unroute("**/ballots")
    page.evaluate("document.documentElement.dataset.connection = 'on'")
    expect(line).to_have_text(COUNTED)
    assert counted(sitting) == {"phone": {"satisfied": 1}}


def test_a_request_that_nobody_answers_is_given_up_and_the_vote_sent_again(served: Served, arrive: Arrive) -> None:
    phone, sent = arrive(), list[Route]()
    phone.is_connected()
    phone.page.route("**/ballots", lambda route: route.continue_() if sent else sent.append(route))
    phone.page.clock.install()
    phone.chooses("满意")
    line = phone.page.locator("#phone-polls output")
    expect(line).to_have_text("正在发送……")
    phone.page.clock.run_for(16_000)
    expect(line).to_have_text(COUNTED)


@pytest.mark.parametrize("has_come", [True, False])
def test_a_vote_under_way_as_the_poll_closes_is_told_whether_it_had_come(
    served: Served, arrive: Arrive, has_come: bool
) -> None:
    sitting = voting(served)
    phone = arrive(sitting)

    def loses_the_answer(route: Route) -> None:
        if has_come:
            route.fetch()
        route.abort()

    phone.is_connected()
    phone.page.route("**/ballots", loses_the_answer)
    with phone.page.expect_event("requestfailed"):
        phone.chooses("满意")
    sitting.performs(c.ClosePoll(POLL))
    line = phone.page.locator("article output")
    expect(line).to_have_text("正在发送……")
    phone.page.unroute("**/ballots")
    expect(line).to_have_text(COUNTED if has_come else "测评已截止。这一票在截止之后到达，未计入。")
    assert counted(sitting) == ({"phone": {"satisfied": 1}} if has_come else {})


def test_the_longest_choices_of_ones_own_fit_a_narrow_phone_in_letters_twice_as_large(
    served: Served, arrive: Arrive
) -> None:
    own = OwnChoice("W" * LONGEST_CHOICE), OwnChoice("<b>&amp;\"'")
    sitting = served.holds(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=Voters.PHONES, own_choices=own)))
    sitting.performs(c.OpenMeeting(sitting.plan), c.OpenPoll("water"))
    phone = arrive(sitting, size=NARROW)
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    phone.chooses(own[1].name)
    expect(phone.page.locator("#phone-polls output")).to_have_text(COUNTED)
    assert phone.overflow() == 0
    sitting.performs(c.ClosePoll(POLL), c.ShowPoll(POLL))
    expect(phone.page.locator(".bars dt")).to_have_text([each.name for each in own])
    assert phone.overflow() == 0


def test_a_phone_without_scripts_reads_and_votes(served: Served, arrive: Arrive) -> None:
    sitting = voting(served)
    phone = arrive(sitting, size=NARROW, java_script_enabled=False)
    phone.choice("满意").tap()
    expect(phone.page.get_by_role("heading")).to_have_text("您对Water的一票已计入")
    phone.page.get_by_role("link", name="返回评议会").tap()
    phone.choice("不满意").tap()
    expect(phone.page.locator("main")).to_contain_text("您选择的是：不满意")
    assert counted(sitting) == {"phone": {"dissatisfied": 1}}


def test_a_printed_ticket_is_scanned_and_votes_once_on_one_phone(served: Served, arrive: Arrive) -> None:
    sitting, other = voting(served, Voters.TICKETS), voting(served, Voters.TICKETS)
    address = printed(sitting, arrive)
    with served.database.writing() as connection:
        [sheet] = issue(connection, other.code, "a form", 1, served.venue.now(other.code)).sheets
    phone = arrive(sitting, size=NARROW)
    phone.chooses("满意")
    expect(phone.page.locator("#phone-polls output")).to_have_text("本次评议会凭选票码投票。")
    phone.page.goto(address)
    assert phone.overflow() == 0
    phone.page.get_by_role("button", name="使用这个选票码").tap()
    expect(phone.page.locator("#phone-polls output")).to_have_text("")
    phone.chooses("不满意")
    expect(phone.page.locator("#phone-polls output")).to_have_text(COUNTED)
    thief = arrive(sitting)
    for typed, reason in (
        (address.rpartition("/")[2], "已在另一部手机上使用"),
        (sheet.codes[0], "没有这个选票码"),
        ("abc-d", "八位字母和数字"),
    ):
        thief.opens("/ticket")
        thief.page.get_by_label("选票码").fill(typed)
        thief.page.get_by_role("button", name="使用这个选票码").tap()
        expect(thief.page.get_by_role("alert")).to_contain_text(reason)
        expect(thief.page.get_by_label("选票码")).to_have_value(typed)
    phone.context.clear_cookies()
    phone.page.goto(address)
    phone.page.get_by_role("button", name="使用这个选票码").tap()
    expect(phone.page.get_by_role("alert")).to_contain_text("已在另一部手机上使用")
    assert counted(sitting) == {"ticket": {"dissatisfied": 1}}


def printed(sitting: Sitting, arrive: Arrive) -> str:
    """The address of the first ticket of a sheet, read off the paper."""
    desk = arrive(sitting, size={"width": 1200, "height": 900})
    desk.page.goto(f"http://{sitting.served.host}/{sitting.code}/moderator/{sitting.key(Role.MODERATOR)}")
    desk.opens("/tickets")
    desk.page.get_by_role("button", name="制作并打印").click()
    desk.page.emulate_media(media="print")
    return scanned(desk.page.locator(".ticket svg").first)


def test_back_from_sleep_a_phone_is_right_at_once_and_without_sockets_it_asks_while_somebody_looks(
    served: Served, arrive: Arrive
) -> None:
    sitting = voting(served)
    phone = arrive(sitting)
    page, asked = phone.page, list[str]()
    page.on("request", lambda request: asked.append(request.url) if "phone.json" in request.url else None)
    phone.is_connected()
    page.evaluate(ASLEEP)
    page.evaluate("sleeps(true)")
    page.locator('html[data-connection="off"]').wait_for(state="attached")
    sitting.performs(c.ClosePoll(POLL))
    page.evaluate("sleeps(false)")
    expect(page.locator("#phone-polls")).to_contain_text("测评已截止", timeout=2_000)
    assert asked == []
    notices_that_its_socket_carries_nothing(phone, sitting)
    page.route_web_socket("**/live/phone?*", lambda socket: socket.close(code=1013))
    page.evaluate("sleeps(true); sleeps(false)")
    sitting.performs(c.JumpTo(Place("report-court")))
    expect(page.locator("#phone-now")).to_contain_text("Court")
    page.clock.install()
    page.evaluate("sleeps(true)")
    asked.clear()
    page.clock.fast_forward(60_000)
    assert asked == []
    page.evaluate("sleeps(false)")
    page.clock.fast_forward(4_000)
    expect(page.locator('html[data-connection="on"]')).to_be_attached()
    assert asked


def notices_that_its_socket_carries_nothing(phone: Handset, sitting: Sitting) -> None:
    page, opened, lost = phone.page, list[WebSocketRoute](), list[WebSocketRoute]()

    def carries(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        opened.append(near)
        far.on_message(lambda text: None if near in lost else near.send(text))
        near.on_message(lambda text: None if near in lost else far.send(text))

    page.route_web_socket("**/live/phone?*", carries)
    page.evaluate("sleeps(true)")
    page.locator('html[data-connection="off"]').wait_for(state="attached")
    page.evaluate("sleeps(false)")
    phone.is_connected()
    lost += opened
    sitting.performs(c.ShowPoll(POLL))
    page.evaluate("sleeps(false)")  # it was not told that it slept, nor that its socket carries nothing any more
    expect(page.locator("#phone-polls")).to_contain_text("测评结果已公布", timeout=3_000)
