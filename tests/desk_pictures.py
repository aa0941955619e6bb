"""Pictures of the second half, for the pages of docs: what the bureau, a unit and society have before them.

`make screenshots` takes them."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser

from app.rehearsal.process import ServerProcess
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of
from tests.records import record
from tests.rectified import rectified

LAPTOP, PHONE, QUALITY = {"width": 1200, "height": 800}, {"width": 390, "height": 760}, 70


def make(browser: Browser, server: ServerProcess, into: Path) -> None:
    story = rectified()
    code, unit = story.meeting.plan.code, story.meeting.findings.by_id["finding-rectifying"].unit
    noticed = story.meeting.findings.by_id["finding-notice"].unit
    organiser, of_unit = Key(None, Role.ORGANISER), Key(code, Role.UNIT, unit)
    with closing(Database(server.db)) as database:
        record(database, story)
        with database.writing() as connection:
            desk, office = (link_of(key, keys.make(connection, key, "test")) for key in (organiser, of_unit))
    pictures = {
        "ledger": (LAPTOP, desk, "/findings"),
        "finding": (LAPTOP, desk, "/findings/finding-asked"),
        "unit": (PHONE, office, "/unit/findings/finding-rectifying"),
        "public": (PHONE, "", f"/public/unit/{noticed}"),
    }
    for name, (size, door, path) in pictures.items():
        page = browser.new_page(viewport=size, locale="zh-CN", device_scale_factor=1.5 if size is PHONE else 1)  # type: ignore[arg-type]
        if door:
            page.goto(server.url + door)
        page.goto(f"{server.url}/{code}{path}")
        page.screenshot(path=into / f"{name}.jpg", type="jpeg", quality=QUALITY)
        page.close()
