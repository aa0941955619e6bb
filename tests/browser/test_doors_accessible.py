"""axe finds no serious violation on the pages of keys, codes and papers, in light and dark."""

import pytest

from tests.browser.conftest import Hall
from tests.browser.test_accessibility import violations

PAGES = ("/keys", "/print/cards", "/print/sheets?seat=expert-1&unit=edu", "/print/attendance")

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_at_the_doors_has_a_serious_violation(hall: Hall, scheme: str) -> None:
    moderator = hall.moderator()
    moderator.page.emulate_media(color_scheme=scheme)
    found = {}
    for address in ("/join", *(f"/{hall.code()}{path}" for path in PAGES)):
        moderator.page.goto(hall.server.url + address)
        found[address] = violations(moderator)
    assert found == {address: [] for address in found}
