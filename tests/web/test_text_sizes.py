"""A size of text is a step of a scale, or has the name of its place; no sheet has a number of its own for one."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app.main import TEMPLATES
from app.web.pages.static import STATIC, StaticFiles

NAMING = [STATIC / "base.css", STATIC / "sizes.css"]
ALONE = [STATIC / "verify" / "verify.css", TEMPLATES / "folder" / "index.css"]
"""What goes out of the house and has its names with it."""
SHEETS = [*sorted(STATIC.glob("*.css")), *ALONE]
SCALES = ("text", "share", "stage", "across", "print")
SIZE = re.compile(rf"--(?:{'|'.join(SCALES)}|digits|print|slack|name|in|replay)-")

RULE = re.compile(r"(?P<of>[^{};]+)\{(?P<says>[^{}]*)\}")
DECLARATION = re.compile(r"(?:^|;)\s*(?P<name>[\w-]+):\s*(?P<value>[^;]+)")
BRACKETS = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
SIZE_OF_FONT = re.compile(rf"(?:\d00 )?(?P<size>(?:[^\s()/]|{BRACKETS})+)")
NAME = re.compile(r"var\((--[\w-]+)\)")
OF_NAMES = re.compile(
    r"(?:var\(--[\w-]+(?:, 1)?\)|\b(?:calc|min|max|inherit|1em)\b|(?<![\w.])[01](?![\w.%])|[\s(),*])+"
)
"""And nothing, the size of what stands around, and the 1 of what no script has made larger or smaller."""
SHARE_OF_THE_READERS_OWN = re.compile(r"\d+%")

Declared = tuple[str, str, str]
"""Whose it is, its name and its value."""


def declared(sheet: str) -> Iterator[Declared]:
    for rule in RULE.finditer(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        for each in DECLARATION.finditer(rule["says"]):
            name, value = each["name"], each["value"].strip()
            yield rule["of"].strip(), name, SIZE_OF_FONT.match(value)["size"] if name == "font" else value


def sizes(said: Iterable[Declared]) -> list[Declared]:
    """Those of texts, and of the names that these are made of, and those in turn."""
    said, names = list(said), {"font", "font-size"}
    while more := {each for _, name, value in said if name in names for each in NAME.findall(value)} - names:
        names |= more
    return [each for each in said if each[1] in names]


def bare(said: Iterable[Declared]) -> list[Declared]:
    return [
        (of, name, value)
        for of, name, value in sizes(said)
        if not OF_NAMES.fullmatch(value) and not (of == "html" and SHARE_OF_THE_READERS_OWN.fullmatch(value))
    ]


def but_for_names(path: Path) -> list[Declared]:
    """What this sheet says, without the names that it gives, if it is one that gives names."""
    return [each for each in declared(path.read_text("utf-8")) if path not in NAMING + ALONE or each[0] != ":root"]


def unnamed(said: Iterable[Declared]) -> set[str]:
    """The names of sizes that are not among these."""
    said = list(said)
    return {each for _, _, value in sizes(said) for each in NAME.findall(value)} - {name for _, name, _ in said}


def test_a_size_of_text_is_made_of_names() -> None:
    assert bare(each for path in SHEETS for each in but_for_names(path)) == []


@pytest.mark.parametrize("path", ALONE, ids=lambda path: path.name)
def test_a_sheet_that_stands_alone_names_what_it_uses(path: Path) -> None:
    assert unnamed(declared(path.read_text("utf-8"))) == set()


def test_a_page_has_the_names_of_the_sizes_on_it() -> None:
    files = StaticFiles(TEMPLATES)
    served = {path.name: list(declared(files.file(path.name).content.decode())) for path in STATIC.glob("*.css")}
    for page in TEMPLATES.rglob("*.html"):
        text = page.read_text("utf-8")
        asked = {"base.css", *re.findall(r"[\"']([\w-]+\.css)[\"']", text)}
        asked |= {"print.css"} if "pages/print/paper.html" in text else set()
        assert unnamed(each for name in asked for each in served[name]) == set(), page


def test_every_name_of_a_size_is_used() -> None:
    texts = "".join(path.read_text("utf-8") for path in SHEETS)
    names = [name for path in NAMING for name in re.findall(r"^  (--[\w-]+):", path.read_text("utf-8"), re.MULTILINE)]
    assert [name for name in names if SIZE.match(name) and f"var({name})" not in texts] == []


@pytest.mark.parametrize("scale", SCALES)
def test_steps_of_a_scale_can_be_told_apart(scale: str) -> None:
    values = {name: value for path in NAMING for _, name, value in declared(path.read_text("utf-8"))}
    of_scale = [value for name, value in values.items() if re.fullmatch(rf"--{scale}-\d+", name)]
    steps = [float(re.match(r"[\d.]+", value)[0]) for value in of_scale]
    assert len(steps) > 5
    assert [(one, next_) for one, next_ in pairwise(steps) if next_ < 1.045 * one] == []


@pytest.mark.parametrize(
    "said",
    [
        "font-size: 2.5rem",
        "font-size: 1.2em",
        "font-size: 90%",
        "font-size: large",
        "font-size: calc(3 * var(--u))",
        "font-size: max(calc(var(--stage-1) * var(--u)), 14px)",
        "font-size: min(var(--text-1), 4cqw)",
        "font: 600 1.5rem / 1.3 var(--serif)",
        "font:\n    700 12pt / 1.4 ui-monospace,\n    monospace",
        "--letters: calc(3 * var(--u));\n  font-size: var(--letters)",
    ],
)
def test_the_look_finds_a_number_in_whatever_way_it_is_said(said: str) -> None:
    assert len(bare(declared(f"@media print {{\n  p {{\n  color: red;\n  {said};\n}}\n}}\n"))) == 1
