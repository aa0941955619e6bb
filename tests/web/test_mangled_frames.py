"""Frames as they must not come: each is answered once, and under its id if one can be found in it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.language import Language
from app.live.room import Watching
from app.live.views import Viewer
from app.web.sockets.frames import name_in
from app.web.sockets.steps import Reply
from app.web.sockets.visit import Visit
from tests.meetings import ANN
from tests.web import protocol

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
ID = "0123456789abcdef0123456789abcdef"
NAMED = f'"id": "{ID}"'
FRAMES = [
    json.dumps({"id": ID, "do": do, **protocol.EXAMPLES[do]}) for do in sorted(protocol.EXAMPLES) if do != "ask_clock"
]
ESCAPES = ("\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\u0000", "\\u001b", "\\")
CHARACTERS = ("\x00", "\x1b", "\ufffe", "\u2028")
TOO_MUCH = ("1e999", "9" * 5000, "1e-999999999", "[" * 3000, '{"a":' * 3000)
JUNK = st.one_of(
    st.sampled_from((*ESCAPES, *CHARACTERS, *TOO_MUCH, "null", "NaN")),
    st.sampled_from("{}[],:-"),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"'), max_size=6),
)


def answers_to(text: str, lang: Language = Language.ENGLISH) -> list[dict[str, Any]]:
    """What somebody without a key is answered."""
    visit = Visit(Watching("small", "panel", Viewer(ANN), lang), None)
    return [step.said for step in visit.hear(text, None, NOW) if isinstance(step, Reply)]


@st.composite
def mangled(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(FRAMES))
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        match draw(st.sampled_from(["into", "over", "cut", "list", "twice", "deep"])):
            case "into":
                text = text[:at] + draw(JUNK) + text[at:]
            case "over":
                text = text[:at] + draw(JUNK) + text[min(at + 9, to) :]
            case "cut":
                text = text[:at]
            case "list":
                text = f"[{text}]"
            case "twice":
                text += text
            case "deep":
                text = '{"do": "pause", "more": ' + text + "}"
    return text


@given(text=mangled())
@settings(max_examples=150, deadline=None)
@example(text="")
@example(text="[" * 20_000 + NAMED)
def test_each_frame_has_one_answer_and_it_names_the_id_that_stands_first_in_it(text):
    [answer] = answers_to(text)
    assert answer.get("sentence") or "ack" in answer
    if NAMED in text and text.index('"id"') == text.index(NAMED):
        assert ID in (answer.get("refused"), answer.get("ack"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("text", "name"), [("\\ud83d", "U+D83D"), ("a\\u0000b", "U+0000"), ("\\ude00", "U+DE00")])
def test_a_text_that_cannot_be_kept_is_refused_in_words_under_its_id(text, name, language):
    [answer] = answers_to(f'{{"id": "{ID}", "do": "tell_speaker", "text": "{text}"}}', lang=language)
    assert answer["refused"] == ID
    assert name in answer["sentence"]
    assert ("保存" if language is Language.CHINESE else "stored") in answer["sentence"]


def test_whole_characters_and_written_backslashes_are_no_halves():
    text = "\\ud83d\\ude00 \\\\ud83d \\\\u0000"
    [answer] = answers_to(f'{{"id": "{ID}", "do": "tell_speaker", "text": "{text}"}}')
    assert (answer["refused"], answer["code"]) == (ID, "command.not_allowed")


def test_a_name_that_is_none_is_not_made_up():
    for text in ('{"id": 7}', '{"id": "', '{"id": ""}', '{"ids": "abc"}', "id", '{"id": "half'):
        assert name_in(text) == ""
    assert name_in('{"id": "' + "x" * 60_000) == ""
    assert name_in('{"id": "' + "x" * 60_000 + '"') == "x" * 64
