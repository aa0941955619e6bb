"""static/numbers.js in a browser, against the table that reader, bots and rules are held to."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "tests" / "numbers.json").read_text("utf-8"))


def said(page: Page, call: str, cases: list[Any]) -> list[Any]:
    source = (ROOT / "static" / "numbers.js").read_text("utf-8")
    return page.evaluate(
        "async ([source, call, cases]) => {"
        "const module = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));"
        "return cases.map((each) => new Function('m', 'each', `return ${call}`)(module, each)); }",
        [source, call, cases],
    )


def test_a_tablet_reads_what_the_set_up_pages_read(page: Page) -> None:
    assert said(page, "m.readNumber(each[0])", TABLE["read"]) == [meant for _, meant in TABLE["read"]]


def test_a_tablet_adds_exactly_whatever_the_decimals(page: Page) -> None:
    assert said(page, "m.total(each[0])", TABLE["totals"]) == [total for _, total in TABLE["totals"]]


def test_a_tablet_knows_the_allowed_points(page: Page) -> None:
    call = "m.faultOf(each[0], {minimum: each[1], maximum: each[2], step: each[3]})"
    assert said(page, call, TABLE["faults"]) == [fault for *_, fault in TABLE["faults"]]


def test_a_step_up_and_down_is_exact(page: Page) -> None:
    cases = [
        ["0.1", "0.2", 1, "0.3"],
        ["0", "0.5", -1, "-0.5"],
        ["-9.5", "0.5", -1, "-10"],
        ["9", "0.333333", 1, "9.333333"],
    ]
    assert said(page, "m.stepped(each[0], each[1], each[2])", cases) == [there for *_, there in cases]
