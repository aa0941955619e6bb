"""Every English text that somebody may read has its Chinese, with the same gaps to fill in; no Chinese is left over."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from app.language import CATALOGUES, Language, catalogue, say
from app.language.happenings import HAPPENED, OTHERS
from app.language.sealed import RULES
from app.language.sentences import SENTENCES, verifier
from app.language.spoken import SPOKEN, VALUES
from app.language.words import WORDS
from app.language.working import STEPS, STEPS_OF_COMPOSITES, say_working
from app.live.painter import TEMPLATES
from app.meeting.refusals import Said
from app.meeting.scoring.reckoning import result_of
from tests.meetings import closed_over, small_plan

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "trans": None}
JINJA = {
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "extensions": "jinja2.ext.do",
}


def kept(texts: Callable[[], Iterator[str]]) -> Callable[[], tuple[str, ...]]:
    """Looked for once, by whoever runs these tests first."""
    return cache(lambda: tuple(texts()))


@kept
def texts_of_templates() -> Iterator[str]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for _, text, _, _ in extract_from_file("jinja2.ext:babel_extract", path, keywords=KEYWORDS, options=JINJA):
            yield from [text] if isinstance(text, str) else text[:1]


@kept
def texts_of_programs() -> Iterator[str]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        for _, text, _, _ in extract_from_file("python", path, keywords={"_": None}):
            yield from [text] if isinstance(text, str) else text[:1]


def texts_of_tables() -> Iterator[str]:
    yield from SENTENCES.values()
    yield from filter(None, WORDS.values())
    yield from (STEPS | STEPS_OF_COMPOSITES).values()
    yield from RULES.values()
    yield from SPOKEN.values()
    yield from VALUES.values()
    yield from HAPPENED.values()
    yield from OTHERS
    yield "{group}: "  # before a step of the working


@pytest.fixture(scope="module")
def english() -> set[str]:
    """All of them, looked for by whoever runs these tests: at the head of the file it would be every worker."""
    return {*texts_of_templates(), *texts_of_programs(), *texts_of_tables()}


with CATALOGUES[Language.CHINESE].open("rb") as file:
    CHINESE = {message.id: message.string for message in read_po(file) if message.id}
ENTRY = re.compile(r'^msgid (".*"(?:\n".*")*)', re.MULTILINE)
CODES = re.compile(
    r'\b(?:(?:Said|Refused|Broken)\(\s*|NotHere\(\s*\d+,\s*|refuse_(?:if|unless)\([^"]*)"([a-z_]+\.[a-z_]+)"'
)


def test_the_catalogue_is_read_as_gettext_reads_it():
    first = {
        id if isinstance(id, str) else id[0]: text if isinstance(text, str) else text[0] for id, text in CHINESE.items()
    }
    assert catalogue(Language.CHINESE).messages == first


def test_texts_are_found_everywhere():
    for texts in (texts_of_templates(), texts_of_programs(), texts_of_tables()):
        assert len(set(texts)) > 30


def test_every_english_text_has_its_chinese(english):
    assert sorted(text for text in english if not CHINESE.get(text)) == []


def test_no_chinese_is_left_over(english):
    assert sorted(set(CHINESE) - english) == []


def test_every_text_stands_once_and_where_one_looks_for_it():
    """Of two the reader takes the last, so that mending the first would change nothing."""
    text = CATALOGUES[Language.CHINESE].read_text("utf-8")
    there = ["".join(json.loads(line) for line in entry.splitlines()) for entry in ENTRY.findall(text)]
    assert there == sorted(set(there))


def test_both_have_the_same_gaps():
    assert {text: gaps(chinese) for text, chinese in CHINESE.items()} == {text: gaps(text) for text in CHINESE}


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def test_chinese_texts_are_chinese():
    """A text without a Chinese character would be one that somebody forgot; numbers and signs may stay."""
    assert [text for text in CHINESE.values() if not re.search(r"[一-鿿；%]|\{", text)] == []


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.ENGLISH, "At most 200 characters; this has 201."),
        (Language.CHINESE, "最多 200 字，现有 201 字。"),
    ],
)
def test_a_refusal_is_said_in_both_languages(language, sentence):
    assert say(Said("text.too_long", {"most": 200, "length": 201}), language) == sentence


def test_every_code_that_is_said_has_its_sentence():
    said = {code for path in (ROOT / "app").rglob("*.py") for code in CODES.findall(path.read_text("utf-8"))}
    assert len(said) > 200
    assert said - SENTENCES.keys() == set()


@pytest.mark.parametrize("language", Language)
def test_every_step_of_a_working_is_said_in_both_languages(language):
    story = closed_over({seat.id: (50, 30) for seat in small_plan().seats})
    steps = result_of(story.meeting, story.water).working
    said = [say_working(step, language) for step in steps]
    assert len(said) > 4
    assert [sentence for sentence in said if "{" in sentence] == []


def test_what_nobody_translated_stays_english():
    assert catalogue(Language.CHINESE).gettext("Not in the catalogue") == "Not in the catalogue"


@pytest.mark.parametrize(("number", "said"), [(1, "1 unit"), (2, "2 units")])
def test_of_one_thing_english_says_one(number, said):
    assert catalogue(Language.ENGLISH).ngettext("%(num)s unit", "%(num)s units", number) % {"num": number} == said


def test_no_template_counts_several_where_there_may_be_one():
    """What has only a plural: where the number is never one."""
    counted = re.compile(r"^%\((?:number|num)\)s (\w+s)\b")
    assert {text for text in texts_of_templates() if counted.match(text)} <= {"%(number)s devices", "%(number)s ms"}


def test_verify_html_has_no_plural_for_a_number_that_may_be_one():
    """It has one sentence for all numbers."""
    counted = re.compile(r"\{number\} (?:more )?\w+s\b")
    assert [sentence for sentence in verifier.SENTENCES.values() if counted.search(sentence)] == []
