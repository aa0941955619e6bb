"""What comes out of the printer, by Chromium's own count of the pages."""

import re

import pytest

from tests.browser.conftest import Hall
from tests.browser.people import CONSOLE

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
