"""The prompter: what is to be said as it is to be said, as large as it can be, and whole however long it is."""

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Hall, tell

LONG = "普法责任清单只列到处室，没有列到人，缺少完成时限。" * 78
IS_WHOLE = """(least) => {
  const box = document.getElementById("prompt-words");
  const root = document.documentElement;
  const letters = parseFloat(getComputedStyle(box.querySelector(".words")).fontSize);
  const isWhole = box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
  return isWhole && letters >= least && root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth;
}"""


def test_the_prompter_says_what_the_moment_needs_and_shows_it_whole(hall: Hall) -> None:
    prompter = hall.display("comments", view="prompt")
    page, words = prompter.page, prompter.page.locator("#prompt-words .words")
    expect(words).to_contain_text("请各位就座")
    moderator = hall.judging("comments")
    expect(words).to_have_text("下面请第一家单位重庆市教育委员会作履职报告，时间 8 分钟。")
    page.set_viewport_size({"width": 1280, "height": 800})
    fits(page, least=90)  # a hand wide at three metres, on a laptop of 13 inches
    expect(page.locator("#prompt-clock .next")).to_contain_text("下一家：市公安局")

    code, links = hall.code("comments"), hall.links("comments")
    seat, token = next(iter(links["seats"].items()))
    comment = {"comment": "a-very-long-comment", "seat": seat, "unit": "edu", "kind": "problem", "text": LONG}
    tell(hall.server, f"/{code}/live/panel", token.rpartition("/")[2], "send_comment", **comment)
    chair = links["moderator"].rpartition("/")[2]
    released = {"comment": comment["comment"], "text": LONG, "kind": "problem"}
    tell(hall.server, f"/{code}/live/moderator", chair, "release_comment", **released)
    expect(words).not_to_contain_text("责任清单")
    tell(hall.server, f"/{code}/live/moderator", chair, "cue_scene", kind="comment", comment=comment["comment"])
    expect(words).to_contain_text("问题：普法责任清单")
    for size in ((1280, 800), (1920, 1080), (1024, 768)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        fits(page, least=10)
    before = prompter.regions()
    page.reload()
    prompter.wait_until_connected()
    assert prompter.regions() == before
    assert violations(page) == []
    assert moderator.complaints == []


def fits(page: Page, least: int) -> None:
    """Once the page has taken note of its size."""
    page.wait_for_function(IS_WHOLE, arg=least, timeout=5_000)
