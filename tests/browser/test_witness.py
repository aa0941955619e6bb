"""A tablet is a witness: in the end it says whether the record has what it was told of."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from app.language.sentences.tablet import SENTENCES

STATIC = Path(__file__).parents[2] / "static"
TABLET = """<aside id="panel-now" data-status="open" data-opened="1700000000000"></aside><p id="witness" hidden></p>
<script type="application/json" id="words">{words}</script>
<script type="module">
  import {{ Witness }} from "/witness.js";
  window.witness = new Witness("small", "ann");
</script>"""
TOLD = "(told) => document.dispatchEvent(new CustomEvent('kaimen:ack', { detail: told }))"
OVER = """(opened) => {
  Object.assign(document.getElementById("panel-now").dataset, { status: "finished", opened });
  window.witness.render();
}"""


SEALS = [each * 16 for each in ("0a1b", "1b2c", "2c3d", "3d4e")]


def answers(route: Route) -> None:
    """The page of no server: its own script, the words that it says, and a record of four entries."""
    path, _, number = route.request.url.removeprefix("http://tablet.test").partition("?number=")
    if path.endswith(".js"):
        route.fulfill(body=(STATIC / path[1:]).read_text("utf-8"), content_type="text/javascript")
    elif number:
        given = dict(enumerate(SEALS, start=1)).get(int(number), "")
        route.fulfill(json={"entries": len(SEALS), "seal": SEALS[-1], "holds": True, "given": given})
    else:
        words = json.dumps({code: text for code, text in SENTENCES.items() if code.startswith("witness.")})
        route.fulfill(body=TABLET.format(words=words), content_type="text/html")


def test_a_tablet_says_in_the_end_whether_the_record_has_the_newest_entry_that_it_was_told_of(browser):
    context = browser.new_context()
    context.route("**/*", answers)

    def says_after(*told: dict[str, Any], opened: str = "1700000000000") -> str:
        page = context.new_page()
        page.goto("http://tablet.test/")
        page.wait_for_function("() => window.witness")
        for each in told:
            page.evaluate(TOLD, each)
        page.evaluate(OVER, opened)
        expect(page.locator("#witness")).not_to_be_empty()
        return page.locator("#witness").inner_text()

    ends = "The record ends with entry 4, seal 3d4e 3d4e 3d4e 3d4e"
    assert says_after().startswith(ends)
    newest = says_after({"seq": 5, "seal": "9" * 64})
    assert "entry 5 (9999 9999 9999 9999), but the record does not have it" in newest
    assert "but the record does not have it" in says_after({"seq": 3, "seal": SEALS[2]})  # it is not forgotten
    assert "opened at another time" in says_after(opened="1800000000000")
    context.close()
    context = browser.new_context()
    context.route("**/*", answers)
    assert "entry 3 (2c3d 2c3d 2c3d 2c3d), and the record has it" in says_after(
        {"seq": 3, "seal": SEALS[2]}, {"seq": 2, "seal": SEALS[1]}
    )
    context.close()
