"""What no linter knows of our scripts: who touches the storage of the browser, and what they tell each other."""

import re
from pathlib import Path

import pytest

from app.papers.record import verifier
from app.web.pages.bundles import pages_scripts

ROOT = Path(__file__).parents[1]
SCRIPTS = {path.name: path.read_text("utf-8") for path in (ROOT / "static").glob("*.js")}
TEMPLATES = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
WIRE = (ROOT / "docs" / "wire.md").read_text("utf-8")


def listed(name: str) -> set[str]:
    lines = re.sub(r"//.*", "", SCRIPTS["events.js"])
    return set(re.findall(r'"(\w+)"', re.search(rf"const {name} = \[(.*?)\];", lines, re.DOTALL)[1]))


def called(function: str) -> set[str]:
    return set(re.findall(rf'\b{function}\("(\w+)"', "".join(SCRIPTS.values())))


@pytest.mark.parametrize(
    ("word", "home"), [("localStorage", "storage.js"), ("sessionStorage", "storage.js"), ("kaimen:", "events.js")]
)
def test_one_script_alone_speaks_of_it(word, home):
    assert [name for name, text in SCRIPTS.items() if word in text] == [home]


def test_no_text_runs_over_several_lines():
    """Lines that are comments are cut out of what is served (app/web/pages/static.py): none may stand in a text."""
    assert [name for name, text in SCRIPTS.items() if any(line.count("`") % 2 for line in text.splitlines())] == []
    assert [name for name, text in SCRIPTS.items() if "/*" in text] == []


LATER = re.compile(
    r"\?\.[a-z[(]|\?\?|\|\|=|&&=|#[a-z]\w*\b(?=[ (=;.])|^\s*static \w+ =|\d_\d|\bcatch \{|\d+n\b"
    r"|\.(?:at|replaceAll|flat|flatMap|findLast|finally|replaceChildren|allSettled|fromEntries|matchAll)\(",
    re.MULTILINE,
)
"""What browsers of 2017 cannot read, as they are in telephones that hold no newer one: none of a script then runs."""


@pytest.mark.parametrize("page", ["follow.js", "phone.js", "forms.js"])
def test_what_a_phone_of_the_audience_asks_for_is_read_by_old_browsers(page):
    for name in pages_scripts(SCRIPTS)[page]:
        lines = re.sub(r"//.*", "", SCRIPTS[name])
        assert LATER.findall(lines) == [], name


def test_the_look_finds_what_old_browsers_cannot_read():
    lines = ("a?.b", "a ?? b", "a ||= b", "  static a = 1", "this.#kept = 1", "list.at(-1)", "15_000", "try {} catch {")
    assert [line for line in lines if not LATER.search(line)] == []


@pytest.mark.parametrize("page", ["follow.js", "phone.js", "forms.js"])
def test_whatever_a_phone_asks_for_goes_with_its_cookies(page):
    """Before 2018 browsers sent none by themselves: a vote was refused, and went once more as a form."""
    asking = [line for name in pages_scripts(SCRIPTS)[page] for line in SCRIPTS[name].splitlines() if "fetch(" in line]
    assert [line for line in asking if 'credentials: "same-origin"' not in line] == []


def test_what_is_heard_is_told_and_what_is_told_is_heard():
    heard = called("hear") | set(re.findall(r"kaimen:(\w+)", TEMPLATES))
    assert called("tell") == listed("OWN")
    assert heard == listed("OWN") | listed("ANSWERS")


def test_every_answer_that_scripts_hear_of_is_one_of_the_wire():
    assert {each for each in listed("ANSWERS") if f'{{"{each}": ' not in WIRE} == set()


def test_verify_html_holds_every_script_of_its_own_behind_what_that_imports():
    there: set[str] = set()
    for name in verifier.SCRIPTS:
        imported = set(re.findall(r'from "\./(\w+)\.js"', (verifier.PARTS / f"{name}.js").read_text("utf-8")))
        assert imported <= there, name
        there.add(name)
    assert there == {path.stem for path in verifier.PARTS.glob("*.js")}
