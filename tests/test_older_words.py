"""Style sheets in words that old browsers know."""

import re

import pytest

from app.main import TEMPLATES
from app.older_words import in_older_words
from app.papers.site.site import style
from app.web.pages.static import STATIC, StaticFiles

PHONES = ("phone-page.css", "phone.css")
NEWER = re.compile(
    r"^ +(?:gap|inset|(?:margin|padding|inset|border)-(?:block|inline)(?:-\w+)?|aspect-ratio|translate|scale|rotate): "
    r"|:where\(|@layer|@container|\bcolor-mix\(|^ +&",
    re.MULTILINE,
)
"""What a browser of a phone may not know, and what nothing older stands before."""
ROOMY = re.compile(r"@media (?:print|\(forced-colors: active\)) \{\n(?:  .*\n|\n)*\}\n")
"""No old phone prints, or has a contrast theme."""


@pytest.mark.parametrize(
    ("said", "older"),
    [
        ("gap: 1rem;", "grid-gap: 1rem;"),
        ("inset: 0;", "top: 0; right: 0; bottom: 0; left: 0;"),
        ("inset: auto 1rem 2rem;", "top: auto; right: 1rem; bottom: 2rem; left: 1rem;"),
        ("inset: calc(1px + 2px) 3px auto 4px;", "top: calc(1px + 2px); right: 3px; bottom: auto; left: 4px;"),
        ("padding-block: 1rem;", "padding-top: 1rem; padding-bottom: 1rem;"),
        (
            "padding-block: calc(0.4 * var(--u));",
            "padding-top: calc(0.4 * var(--u)); padding-bottom: calc(0.4 * var(--u));",
        ),
        (
            "margin-block: max(calc(2 * var(--u)), 1px) 0;",
            "margin-top: max(calc(2 * var(--u)), 1px); margin-bottom: 0;",
        ),
        ("margin-inline: 1rem auto;", "margin-left: 1rem; margin-right: auto;"),
        ("overflow-wrap: anywhere;", "overflow-wrap: break-word; overflow-wrap: anywhere;"),
        ("min-height: 100dvh;", "min-height: 100vh; min-height: 100dvh;"),
        ("padding: 1px clamp(1rem, 4vw, 3rem);", "padding: 1px 1rem; padding: 1px clamp(1rem, 4vw, 3rem);"),
        ("row-gap: 1rem;", "row-gap: 1rem;"),
    ],
)
def test_newer_words_are_said_in_older_ones_or_after_them(said, older):
    assert in_older_words(f"p {{\n  {said}\n}}\n") == f"p {{\n  {older}\n}}\n"


@pytest.mark.parametrize("name", [*PHONES, "public page"])
def test_what_phones_open_says_nothing_in_newer_words_alone(name):
    file = StaticFiles(TEMPLATES).file(name)
    sheet = ROOMY.sub("", file.content.decode() if file else style().decode())
    assert NEWER.findall(sheet) == []


def test_no_rule_of_a_phone_is_left_out_for_a_selector_that_is_not_known():
    """Any of a list that a browser does not know takes away the others."""
    sheets = ("base.css", "fields.css", "phone.css", "promises.css", "votes.css")
    rules = [rule for name in sheets for rule in ROOMY.sub("", (STATIC / name).read_text("utf-8")).split("}")]
    newer = [rule.partition("{")[0].strip() for rule in rules if re.search(r":(?:is|has)\(", rule.partition("{")[0])]
    assert newer == ["#results-votes:not(:has(*))"]


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.glob("*.css")))
def test_every_bracket_that_is_opened_in_a_declaration_is_closed_in_it(name):
    """One that is not takes away all of the sheet behind it."""
    said = in_older_words((STATIC / name).read_text("utf-8"))
    assert [each for each in re.split(r"[;{}]", said) if each.count("(") != each.count(")") and "/*" not in each] == []
