"""A tablet whose key is revoked in the middle of a comment."""

import pytest
from playwright.sync_api import expect

from app.store import keys
from app.store.database import Database
from app.store.keys import Role
from tests.browser.conftest import Hall

pytestmark = pytest.mark.timeout(120)
NOTICE = "本设备的凭证已被收回"
LONGER_THAN_A_LOST_CONNECTION_TAKES = 60_000
"""Milliseconds, by a clock that the test moves on: to come back, and to find out that nobody answers."""

HEARS_NO_CLOSE = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (kind, ...rest) {
  if (kind !== "close") listen.call(this, kind, ...rest);
};
"""


def revokes(hall: Hall, seat: str) -> None:
    database = Database(hall.server.db)
    with database.writing() as connection:
        keys.revoke(connection, hall.code(), Role.SEAT, seat)
    database.close()


def test_a_tablet_says_that_its_key_was_revoked_keeps_what_was_typed_and_does_not_come_back(hall):
    hall.begins()
    tablet, other = hall.panelist("expert-1"), hall.panelist("expert-2")
    for each in (tablet, other):
        each.take_out_sheet()
    tablet.write("整改措施还不具体")
    comes_back: list[str] = []
    tablet.page.on("websocket", lambda socket: comes_back.append(socket.url))
    tablet.page.clock.install()
    revokes(hall, "expert-1")
    notice = tablet.page.locator(".revoked")
    expect(notice).to_contain_text(NOTICE)
    expect(tablet.comment_text).to_have_value("整改措施还不具体")
    tablet.page.clock.run_for(LONGER_THAN_A_LOST_CONNECTION_TAKES)
    assert tablet.page.locator("html").get_attribute("data-connection") == "off"
    assert comes_back == []
    expect(other.page.locator(".revoked")).to_have_count(0)
    other.wait_until_connected()
    tablet.page.reload()
    expect(tablet.page.locator("main")).to_contain_text(NOTICE)
    tablet.complaints.clear()  # the browser's own word about the 403


def test_a_tablet_that_never_hears_the_close_is_stopped_all_the_same(hall):
    hall.begins()
    tablet = hall.panelist("expert-1")
    tablet.page.add_init_script(HEARS_NO_CLOSE)
    tablet.page.reload()
    tablet.wait_until_connected()
    comes_back: list[str] = []
    tablet.page.on("websocket", lambda socket: comes_back.append(socket.url))
    tablet.page.clock.install()
    revokes(hall, "expert-1")
    expect(tablet.page.locator(".revoked")).to_contain_text(NOTICE)
    assert tablet.page.locator("html").get_attribute("data-connection") == "off"
    tablet.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    tablet.page.clock.run_for(LONGER_THAN_A_LOST_CONNECTION_TAKES)
    expect(tablet.page.locator(".revoked")).to_have_count(1)
    assert tablet.page.locator("html").get_attribute("data-connection") == "off"
    assert comes_back == []
