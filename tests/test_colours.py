"""Colours in old browsers: what they are told is what the others see, on every page."""

import re

import pytest

from app.colours import colours_of, for_old_browsers
from app.main import TEMPLATES
from app.papers.site.site import style
from app.web.pages.static import STATIC, StaticFiles

SAID = r":root\{[^{}]*\}(?:@media [^{}]*\{:root\{[^{}]*\}\})?"
OLD = re.compile(rf"@supports not \(color:light-dark\(red,red\)\)\{{(?P<said>{SAID})\}}")
INK = ":root {\n  color-scheme: SCHEME;\n  --ink: light-dark(#111, #eee);\n  --gap: 1px;\n}\nrest\n"
BY_DAY, BY_NIGHT = ":root{--ink:#111;}", ":root{--ink:#eee;}"


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("light", BY_DAY),
        ("dark", BY_NIGHT),
        ("light dark", BY_DAY + "@media screen and (prefers-color-scheme:dark){" + BY_NIGHT + "}"),
    ],
)
def test_a_page_has_the_colours_of_its_scheme(scheme, said):
    sheet = INK.replace("SCHEME", scheme)
    old = f"@supports not (color:light-dark(red,red)){{{said}}}\n"
    assert for_old_browsers(sheet, colours_of([sheet])) == sheet.replace("}\nrest", f"}}\n{old}rest")


def test_a_root_that_says_nothing_of_light_stays_as_it_is():
    sheet = ":root {\n  --gap: 1px;\n}\n"
    assert for_old_browsers(sheet, {"--ink": ("#111", "#eee")}) == sheet


def served() -> list[tuple[str, str]]:
    files = StaticFiles(TEMPLATES)
    sheets = [(path.name, files.file(path.name).content.decode()) for path in sorted(STATIC.glob("*.css"))]
    return [*sheets, ("site.css", style().decode())]


def test_white_letters_stand_on_no_colour_that_is_light_by_night():
    sheets = {path.name: path.read_text() for path in sorted(STATIC.glob("*.css"))}
    changing = colours_of(sheets.values()).keys()
    found = [
        (name, rule["of"].strip())
        for name, sheet in sheets.items()
        for rule in re.finditer(r"(?P<of>[^{}]+)\{(?P<says>[^{}]*)\}", sheet)
        if re.search(r"^ +color: var\(--white\);$", rule["says"], re.MULTILINE)
        and changing & set(re.findall(r"^ +background: var\((--[\w-]+)\);$", rule["says"], re.MULTILINE))
    ]
    assert found == []


@pytest.mark.parametrize(("name", "sheet"), served())
def test_no_sheet_has_a_colour_or_a_scheme_that_old_browsers_are_not_told_of(name, sheet):
    told = "".join(each["said"] for each in OLD.finditer(sheet))
    assert set(re.findall(r"(--[\w-]+): light-dark", sheet)) <= set(re.findall(r"(--[\w-]+):#", told))
    schemes = re.findall(r"(?:^  |(?:^|\}):root \{)color-scheme: (?:light|dark)[^;]*;", sheet, re.MULTILINE)
    assert len(OLD.findall(sheet)) == len(schemes)
    said_once = re.findall(r"(?:^ +|[;{])--[\w-]+: light-dark\(", sheet, re.MULTILINE)
    assert sheet.count("light-dark(") == len(said_once) + len(schemes)
