"""What axe holds against a page, in light and in dark."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
ALL_RULES = {"resultTypes": ["violations"]}
COLOURS = {**ALL_RULES, "runOnly": ["color-contrast"]}
"""All that is different in the dark."""


def violations(page: Page) -> list[str]:
    """The serious violations of a page as it stands, each with the element. The page stands still meanwhile."""
    found = []
    for scheme, options in (("light", ALL_RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{scheme}: {each}" for each in _serious(page, options)]
    return found


def violations_as_it_is(page: Page) -> list[str]:
    """Those of a page in the colours that it has: of a display, which is dark at all times."""
    return list(_serious(page, ALL_RULES))


def _serious(page: Page, options: dict[str, Any]) -> Iterator[str]:
    """A page learns what axe is once, and tells what it violates; what it satisfies is ten times as much."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    for each in page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options):
        if each["impact"] in SERIOUS:
            yield from (f"{each['id']}: {node['html'][:160]}" for node in each["nodes"])
