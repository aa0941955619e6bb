"""The pictures of the README, and all those of the display: `make screenshots` plays, and photographs."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from app.rehearsal.process import ServerProcess
from tests import contact_sheets, desk_pictures, hall_pictures, paper_pictures
from tests.browser.conftest import FLAGS, Hall, chromium
from tests.browser.people import MARKS, Screen

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
SEATS = ("expert-2", "expert-3", "deputy-1", "deputy-2", "cppcc-1")
COMMENTS = {
    "亮点": "“法治副校长”全覆盖，案例取自身边，学生听得懂、记得住。",
    "问题": "普法责任清单只列到处室，没有列到人，缺少完成时限。",
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        ServerProcess(f"{folder}/kaimen.db") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        play(Hall(browser, server))
        contact_sheets.make(browser, server, Path(folder), FOLDER)
        paper_pictures.make(browser, server, Path(folder), FOLDER)
        desk_pictures.make(browser, server, FOLDER)
        hall_pictures.make(browser, server, FOLDER)
        browser.close()


def play(hall: Hall) -> None:
    moderator, display, phone = hall.moderator(), hall.display(), hall.phone()
    timer, ann = hall.display(view="timer"), hall.panelist("expert-1")
    moderator.open_meeting()
    moderator.begin("开场")
    moderator.begin_unit("市教委")
    ann.take_out_sheet()
    for at, seat in enumerate(SEATS):
        hall.submits(seat, MARKS | {"duty": str(16 + at * 0.5), "effect": str(18 - at)})
    for kind, text in COMMENTS.items():
        ann.write(text)
        ann.send_comment(kind)
        moderator.press("发布")
        expect(display.page.locator("#hall-comments")).to_contain_text(text)
    for criterion in list(MARKS)[:4]:
        ann.mark(criterion, MARKS[criterion])
    ann.page.evaluate("scrollTo(0, 0)")
    take(moderator, "console")
    take(ann, "tablet")
    take(display, "display")
    take(timer, "timer")
    for criterion in list(MARKS)[4:]:
        ann.mark(criterion, MARKS[criterion])
    ann.submit_and_wait()
    moderator.press("截止市教委的评分")
    moderator.agree()
    moderator.press("一次亮完")
    expect(phone.page.locator("#phone-results")).to_contain_text("市教委")
    take(display, "result")
    take(phone, "phone")


STANDS_STILL = """() => document.getAnimations().every(each =>
    each.playState !== "running" || each.effect.getComputedTiming().iterations === Infinity)"""
"""What fades in, rolls up and is stamped has done so."""


def take(screen: Screen, name: str) -> None:
    screen.page.wait_for_function(STANDS_STILL)
    screen.page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
