"""A link is cut and nothing is closed, or the network is off: who hears nothing says so, and no press comes late."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import WebSocket, expect

from app.store import log
from app.store.database import Database
from tests.browser.cable import Cable, cable
from tests.browser.conftest import Hall
from tests.browser.people import Display, Moderator, Panelist, Screen, settled

MOST_PER_SECOND = 20
HEADS = 6 + 2
"""Bytes of a short frame's head, there and back."""


@pytest.fixture
def line(hall: Hall) -> Iterator[Cable]:
    with cable(hall.server.port) as line:
        yield line


def entries(hall: Hall) -> list[str]:
    database = Database(hall.server.db)
    with database.reading() as connection:
        kinds = [type(each.event).__name__ for each in log.load(connection, hall.code())]
    database.close()
    return kinds


def moderator_at(hall: Hall, line: Cable) -> Moderator:
    links = hall.links()
    return hall._with(lambda: Moderator(hall.browser, {**links, "moderator": line.url(links["moderator"])}))


def settles(moderator: Moderator) -> None:
    """The big button has changed a moment ago, and takes nothing for a while."""
    settled(moderator.page, "#console-step")


def look_of_the_big_button(moderator: Moderator) -> dict[str, str]:
    return moderator.next.evaluate(
        """button => ({ size: getComputedStyle(button).fontSize, said: getComputedStyle(button, "::after").content,
                        ground: getComputedStyle(button).backgroundColor })"""
    )


def test_a_display_that_hears_nothing_says_so_and_is_right_again_by_itself(hall, line):
    moderator = hall.moderator()
    moderator.open_meeting()
    display = hall._with(lambda: Display(hall.browser, line.url(f"{hall.server.url}/{hall.code()}/display?view=hall")))
    line.cut()
    moderator.begin("开场")
    display.wait_until_disconnected()
    expect(display.page.locator(".offline-mark")).to_be_visible()
    expect(display.stage).not_to_contain_text("开场")
    line.mend()
    display.wait_until_connected()
    expect(display.stage).to_contain_text("开场")


def test_a_tablet_that_hears_nothing_keeps_what_is_given_and_sends_it_afterwards(hall, line):
    hall.begins()
    links = {"seats": {seat: line.url(link) for seat, link in hall.links()["seats"].items()}}
    ann = hall._with(lambda: Panelist(hall.browser, links, "expert-1"))
    ann.take_out_sheet()
    line.cut()
    ann.mark("duty", "18")
    ann.wait_until_disconnected()
    ann.mark("learning", "13")
    expect(ann.sync).to_contain_text("待发送 2")
    line.mend()
    expect(ann.sync).to_have_text("已保存")
    assert ann.recorded()["marks"] == {"duty": "18", "learning": "13"}


def test_a_press_into_a_dead_link_is_refused_in_words_when_it_arrives_at_last(hall, line):
    moderator = moderator_at(hall, line)
    moderator.open_meeting()
    before = entries(hall)
    settles(moderator)
    line.cut()
    moderator.page.keyboard.press("PageDown")
    moderator.wait_until_disconnected()
    line.mend()
    moderator.wait_until_connected()
    expect(moderator.page.locator("#toast")).to_contain_text("送达太晚")
    assert entries(hall) == before
    moderator.begin("开场")


def test_without_a_network_the_console_is_seen_to_be_off_and_a_press_is_never_carried_out(hall):
    moderator = hall.moderator()
    moderator.open_meeting()
    settles(moderator)
    before, on = entries(hall), look_of_the_big_button(moderator)
    moderator.context.set_offline(True)
    moderator.wait_until_disconnected()
    off = look_of_the_big_button(moderator)
    assert off["said"] == '"连接中断"'
    assert off["size"] == "0px"
    assert off["ground"] != on["ground"]
    moderator.page.keyboard.press("PageDown")
    expect(moderator.page.locator("#toast")).to_contain_text("没有执行")
    moderator.next.click()
    moderator.context.set_offline(False)
    moderator.wait_until_connected()
    assert look_of_the_big_button(moderator)["said"] == "none"
    moderator.begin("开场")
    assert entries(hall)[len(before) :].count("SegmentEntered") == 1


class Meter:
    """What goes over the sockets of a page, from the moment of this."""

    def __init__(self, screen: Screen) -> None:
        self.sent: list[str] = []
        self.heard: list[str] = []
        self.began = 0.0
        screen.page.on("websocket", self._opens)
        screen.page.reload()
        screen.wait_until_connected()

    def _opens(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: self.sent.append(str(payload)))
        socket.on("framereceived", lambda payload: self.heard.append(str(payload)))

    def starts(self) -> None:
        self.sent, self.heard, self.began = [], [], time.monotonic()

    @property
    def a_second(self) -> float:
        texts = [*self.sent, *self.heard]
        return (sum(len(each.encode()) for each in texts) + HEADS * len(self.sent)) / (time.monotonic() - self.began)


@pytest.mark.parametrize("who", ["display", "tablet", "console"])
def test_an_idle_screen_stays_on_by_asking_and_that_costs_little(hall, who):
    """From one answer to the next but two, with everything in it that a quiet screen sends."""
    arrive = {"display": hall.display, "tablet": lambda: hall.panelist("expert-1"), "console": hall.moderator}
    screen, phone = arrive[who](), hall.phone()
    meter, silent = Meter(screen), Meter(phone)

    def until_answered(times: int) -> None:
        wanted = sum("pong" in each for each in meter.heard) + times
        while sum("pong" in each for each in meter.heard) < wanted:
            screen.page.wait_for_timeout(100)

    until_answered(1)
    meter.starts()
    silent.starts()
    until_answered(2 if who != "console" else 4)  # with the miniature, which asks as well
    print(who, round(meter.a_second, 1), "bytes a second")
    assert screen.page.locator("html").get_attribute("data-connection") == "on"
    assert meter.a_second <= MOST_PER_SECOND
    assert silent.sent == silent.heard == []
