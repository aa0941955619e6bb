"""axe finds no serious violation on the pages of keys, codes and papers, in light and dark."""

from tests.browser.axe import violations
from tests.browser.conftest import Hall

PAGES = ("/keys", "/print/cards", "/print/sheets?seat=expert-1&unit=edu", "/print/attendance")


def test_no_page_at_the_doors_has_a_serious_violation(hall: Hall) -> None:
    moderator = hall.moderator()
    found = {}
    for address in ("/join", *(f"/{hall.code()}{path}" for path in PAGES)):
        moderator.page.goto(hall.server.url + address)
        found[address] = violations(moderator.page)
    assert found == {address: [] for address in found}
