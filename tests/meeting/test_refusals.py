"""Refusals: every code the rules can raise is raised here once, and has a sentence that says its facts."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.meeting
from app.language.sentences import ROOMS, SENTENCES, sentence_of
from tests.meeting.refused import ASKED
from tests.meetings import refused

RULES = Path(app.meeting.__file__).parent
TEMPLATES, STATIC = (RULES.parents[1] / name for name in ("templates", "static"))


@pytest.mark.parametrize("code", ASKED)
def test_the_rules_refuse_with_this_code_and_a_sentence_that_says_its_facts(code: str):
    story, command = ASKED[code]()
    before = story.meeting
    said = refused(story.meeting, command, story.now)
    assert said.code == code
    assert set(said.facts) == braces(SENTENCES[code])
    assert "{" not in sentence_of(said.said)
    assert story.meeting == before


# --- the words stand in the code as the sentences need them -----------------------------------------------------------


def braces(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def words_in(tree: ast.AST) -> Iterator[str]:
    """Text that looks like a code: two words in small letters with a point between."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            room, _, rest = node.value.partition(".")
            if rest and (room + rest).replace("_", "").isalpha() and node.value.islower():
                yield node.value


def trees() -> list[ast.AST]:
    files = [
        *sorted(RULES.glob("*/deciding.py")),
        *sorted(RULES.glob("*/undoing.py")),
        RULES / "lookups.py",
        RULES / "texts.py",
        RULES / "codes.py",
    ]
    return [ast.parse(file.read_text("utf-8")) for file in files]


def raised() -> set[str]:
    return {code for tree in trees() for code in words_in(tree)}


def shortcoming_codes() -> set[str]:
    return set(words_in(ast.parse((RULES / "shortcomings.py").read_text("utf-8"))))


def refusals_with_facts() -> Iterator[tuple[str, set[str]]]:
    """Every call that refuses by a code of its own, with the names of the facts it gives."""
    for tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("refuse_if", "refuse_unless", "Refused"):
                codes = [each.value for each in call.args if isinstance(each, ast.Constant)]
                facts = {word.arg for word in call.keywords if word.arg not in (None, "again", "at")}
                yield from ((code, facts) for code in codes if isinstance(code, str))


def test_the_table_above_has_every_code_the_rules_can_raise():
    assert set(ASKED) == raised()


def test_every_code_has_a_sentence():
    assert raised() | shortcoming_codes() <= SENTENCES.keys()


def test_every_sentence_is_said_by_somebody():
    """Its code stands somewhere, or is put together there (``f"paper.{name}"``, ``"notice"``), or goes with a kind."""
    rooms = {Path(room.__file__ or "") for room in ROOMS}
    files = [
        *(RULES.parent.rglob("*.py")),
        *TEMPLATES.rglob("*.html"),
        *STATIC.glob("*.js"),
        *STATIC.glob("verify/*.js"),
    ]
    text = "\n".join(file.read_text("utf-8") for file in files if file not in rooms)
    words = set(re.findall(r"""(?<=["'`])[\w.]+(?=["'`])""", text))
    beginnings = set(re.findall(r"""(?<=["'`])\w+\.\w*(?=\{|\$\{)""", text))
    kinds = tuple(word for word in words if word.endswith("_") and "." in word)
    others = SENTENCES.keys() - raised() - shortcoming_codes() - {f"device.{code}" for code in troubles()} - words
    others = {each for each in others if not each.startswith(kinds)}
    assert {each for each in others if not any(each.removeprefix(begun) in words for begun in beginnings)} == set()


def troubles() -> set[str]:
    """What can be wrong with a device, by the codes that the board of devices gives."""
    tree = ast.parse((RULES.parent / "live" / "screens" / "devices.py").read_text("utf-8"))
    words = [word for call in ast.walk(tree) if isinstance(call, ast.Call) for word in call.keywords]
    codes = {word.value.value for word in words if word.arg == "code" and isinstance(word.value, ast.Constant)}
    return codes - {"clock"}  # said as fast or as slow


def test_every_trouble_of_a_device_has_a_sentence():
    assert {f"device.{code}" for code in troubles()} <= SENTENCES.keys()
    assert len(troubles()) > 9


def test_every_refusal_gives_the_facts_its_sentence_names():
    found = list(refusals_with_facts())
    assert len(found) > 80
    assert [(code, facts) for code, facts in found if facts != braces(SENTENCES[code])] == []


def test_a_shortcoming_says_where_or_nothing():
    assert {frozenset(braces(SENTENCES[code])) for code in shortcoming_codes()} == {frozenset(), frozenset({"where"})}


def test_no_sentence_is_said_for_two_codes_and_no_code_in_two_rooms():
    assert len(set(SENTENCES.values())) == len(SENTENCES) == sum(len(room.SENTENCES) for room in ROOMS)
