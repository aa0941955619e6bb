"""Colours and corners have names in base.css, and nowhere else a value of their own; text: test_text_sizes.py."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "static"
BASE = STYLES / "base.css"
OTHERS = sorted(path for path in STYLES.glob("*.css") if path != BASE)
RAW = {
    "a colour": re.compile(r":[^;{]*(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\()"),
    "a corner": re.compile(r"\bborder-radius:[^;]*\d(?:rem|px)\b"),
}


def raw(text: str) -> list[str]:
    return [
        f"{what}: {line.strip()}" for line in text.splitlines() for what, found in RAW.items() if found.search(line)
    ]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_a_style_takes_its_values_from_the_base(path: Path) -> None:
    assert raw(path.read_text("utf-8")) == []


def test_base_names_them_in_one_place() -> None:
    assert raw(BASE.read_text("utf-8").partition("\n}\n")[2]) == []


@pytest.mark.parametrize("path", [BASE, *OTHERS], ids=lambda path: path.name)
def test_what_is_used_is_named(path: Path) -> None:
    text = path.read_text("utf-8")
    named = set(re.findall(r"^\s*(--radius[a-z-]*):", BASE.read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"var\((--radius[a-z-]*)\)", text)) <= named


@pytest.mark.parametrize("line", ["color: #fff;", "border-radius: 0 0.4rem;"])
def test_the_look_finds_them(line: str) -> None:
    assert raw(line)
