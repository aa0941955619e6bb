"""One word for each thing: the names of the program are made of the words that ``docs/words.md`` explains."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import app.store.tables  # noqa: F401 - so that all tables are known
from app.live.screens import VIEWS
from tests.web.routes import routes

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "words.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
ENTRIES = [row for row in ROWS if row[0] != "word"]
SMALL = set(re.findall(r"\w+", PAGE.rpartition("Small words bind others and mean nothing alone:")[2]))
WORDS = {word for row in ENTRIES for word in re.findall(r"[a-z]+", row[0])} | SMALL


def parts(name: str) -> list[str]:
    return [part.lower() for part in re.findall(r"[A-Z]?[a-z]+", name)]


def is_known(part: str) -> bool:
    return part in WORDS or part.removesuffix("s") in WORDS


def classes() -> Iterator[str]:
    for path in sorted((ROOT / "app" / "meeting").rglob("*.py")):
        nodes = ast.parse(path.read_text("utf-8")).body
        yield from (node.name for node in nodes if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))


KIND_OF_FILE = re.compile(r"(?<=.)\.[a-z.]+$")


def steps() -> Iterator[str]:
    """Of all addresses, but for what differs from one to the other, and for the kinds of files."""
    for _, path in routes():
        yield from (KIND_OF_FILE.sub("", step) for step in path.split("/") if step and "{" not in step)


NAMES = {
    "class": set(classes()),
    "view": set(VIEWS),
    "region": {region.name for view in VIEWS.values() for region in view.regions},
    "table": set(SQLModel.metadata.tables),
    "route": set(steps()),
}


@pytest.mark.parametrize("of", NAMES)
def test_every_name_is_made_of_words_that_are_explained(of):
    assert len(NAMES[of]) > 5
    assert {name: unknown for name in NAMES[of] if (unknown := [p for p in parts(name) if not is_known(p)])} == {}


def test_a_name_of_other_words_is_found():
    assert [part for part in parts("SnackOrdered") if not is_known(part)] == ["snack", "ordered"]


def test_every_word_has_its_chinese_and_its_meaning():
    assert [row[0] for row in ENTRIES if not re.search(r"[\u4e00-\u9fff]", row[1]) or not row[2]] == []


def test_no_word_is_explained_twice():
    first = [row[0].partition(",")[0] for row in ENTRIES]
    assert sorted({word for word in first if first.count(word) > 1}) == []


def test_words_that_the_ledger_needs_are_free():
    """Of the whole program, not of the rules alone."""
    defined = [
        node.name
        for path in sorted((ROOT / "app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert {"Ledger", "Record", "Rounds"} & set(defined) == set()
    assert [name for name in ("Place", "Round", "Level", "Group", "Finding", "Paper") if defined.count(name) != 1] == []


def test_the_page_on_architecture_names_every_wing_of_the_rules_and_every_kind_of_papers():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = [each.parent for of in ("meeting", "papers") for each in (ROOT / "app" / of).glob("*/__init__.py")]
    assert len(rooms) > 15
    assert [each.name for each in rooms if not re.search(rf"`{each.name}/?`", page)] == []
