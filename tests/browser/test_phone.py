"""A phone of the audience in a thumb's reach: what is pushed moves nothing, shuts nothing, and takes no cursor away."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.conftest import Hall, tell
from tests.browser.people import fresh_copy


def releases(hall: Hall, text: str) -> None:
    """A comment on the first unit is sent and released by programs."""
    links, comment = hall.links(), uuid4().hex
    seat, code = "expert-1", hall.code()
    sent = {"comment": comment, "unit": "edu", "kind": "highlight", "text": text}
    released = {"comment": comment, "text": text, "kind": None}
    tell(hall.server, f"/{code}/live/panel", _token(links["seats"][seat]), "send_comment", seat=seat, **sent)
    tell(hall.server, f"/{code}/live/moderator", _token(links["moderator"]), "release_comment", **released)


def _token(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_push_leaves_the_thumb_where_it_is(hall: Hall) -> None:
    hall.begins()
    phone = hall.phone()
    reach = phone.page.locator(".reach a")
    expect(reach).to_have_text(["正在进行", "评议结果", "议程", "点评"])
    for at in range(5):
        releases(hall, f"宣传深入社区，形式多样，群众评价很好。第 {at} 条")
    earlier = phone.page.locator("#phone-earlier")
    expect(earlier.locator("summary")).to_have_text("展开其余 2 条")
    reach.last.click()
    earlier.locator("summary").click()
    expect(earlier.locator("li")).to_have_count(2)
    expect(earlier.locator("summary")).to_be_focused()
    phone.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    scrolled = phone.page.evaluate("scrollY")
    releases(hall, "又一条点评")
    expect(earlier.locator("summary")).to_have_text("展开其余 3 条")
    expect(earlier).to_have_attribute("open", "")
    expect(earlier.locator("summary")).to_be_focused()
    assert phone.page.evaluate("scrollY") >= scrolled
    box = reach.first.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844
    earlier.locator("summary").click()
    assert phone.regions() == fresh_copy(phone)
