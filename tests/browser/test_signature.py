"""Signing by finger as a sheet is submitted: what is no signature is not taken for one, and nothing drawn is lost."""

from dataclasses import replace

from playwright.sync_api import Locator, expect

from app.meeting.plan import Signing
from app.store.database import Database
from app.store.signatures import Signature, signatures_of
from tests.browser.conftest import Hall, plan_like, tell
from tests.browser.people import MARKS, Panelist, draws

EDU = "report-edu"


def begins(hall: Hall) -> None:
    """The first report, without a console: nobody looks at it here."""
    plan = plan_like("demo")
    hall.holds("signed", replace(plan, rules=replace(plan.rules, signing=Signing.DRAWN)))
    token, path = hall.links("signed")["moderator"].rpartition("/")[2], f"/{hall.code('signed')}/live/moderator"
    tell(hall.server, path, token, "open_meeting")
    tell(hall.server, path, token, "jump_to", place={"item": EDU, "segment": 0})
    for criterion, points in MARKS.items():
        hall.says("expert-1", "give_score", like="signed", criterion=criterion, points=points)


TOUCHED = """(field) => ["touchstart", "touchmove"].every(
  (kind) => !field.dispatchEvent(new TouchEvent(kind, { cancelable: true })),
)"""


def asks(panelist: Panelist) -> Locator:
    panelist.submit_button.click()
    return panelist.page.locator("#submit-dialog button[value=yes]")


def signed(hall: Hall, receipt: str) -> Signature | None:
    database = Database(hall.server.db)
    with database.reading() as connection:
        found = signatures_of(connection, hall.code("signed")).of_sheet(EDU, "expert-1", receipt)
    database.close()
    return found


def test_a_sheet_is_signed_as_it_is_submitted(hall: Hall) -> None:
    begins(hall)
    ann = hall.panelist("expert-1", "signed")
    ann.take_out_sheet()
    button, ink = asks(ann), ann.page.locator("#signature path")
    expect(button).to_have_text("请先签名")
    assert ann.page.locator("#signature svg").evaluate(TOUCHED)  # or an iPad takes strokes for handwriting
    gone = {"pointerId": 99, "pointerType": "touch", "button": 0}
    ann.page.locator("#signature svg").dispatch_event("pointerdown", gone)  # lifted before the page heard of it
    draws(ann.page, (50, 50), (50, 50))
    expect(ink).not_to_have_attribute("d", "")
    expect(button).to_have_text("请先签名")  # that was a touch, and no name
    button.click()
    expect(button).to_be_visible()
    draws(ann.page, (10, 20), (60, 40), (30, 90))
    expect(button).to_have_text("确认提交")
    drawn = ink.get_attribute("d")

    ann.page.reload()
    button = asks(ann)
    expect(ink).to_have_attribute("d", drawn or "")
    button.click()
    expect(ann.receipt).to_be_visible()
    first = ann.receipt.inner_text()
    expect(ann.sync).to_have_attribute("data-state", "saved")
    kept = signed(hall, first)
    assert kept is not None
    assert [stroke[:2] for stroke in kept.drawing] == [(500, 200), (100, 80)]

    ann.mark("duty", "12")
    button = asks(ann)
    expect(button).to_have_text("请先签名")  # another sheet: what was signed is not this one
    ann.page.locator("#signature input").check()
    button.click()
    expect(ann.receipt).not_to_have_text(first)
    expect(ann.sync).to_have_attribute("data-state", "saved")
    again = signed(hall, ann.receipt.inner_text())
    assert again is not None
    assert (again.is_on_paper, signed(hall, first)) == (True, kept)
