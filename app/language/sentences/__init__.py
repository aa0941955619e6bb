"""One English sentence for each code that somebody can be told: a file for each room that speaks.

The rules and the store know codes and facts only. The English sentences are the msgids of the catalogue; every one has
a Chinese translation (under test). Facts are named in braces.
"""

from collections.abc import Callable, Mapping

from app.language.sentences import (
    devices,
    doctor,
    doors,
    findings,
    folder,
    letters,
    papers_of_findings,
    parts,
    plans,
    published,
    questions,
    record,
    rules,
    settings,
    setup,
    shortcomings,
    tablet,
    terminal,
    unit,
    verifier,
)
from app.meeting.refusals import Fact, Said

ROOMS = (
    rules,
    record,
    settings,
    doors,
    setup,
    shortcomings,
    plans,
    devices,
    tablet,
    terminal,
    folder,
    letters,
    verifier,
    parts,
    findings,
    papers_of_findings,
    unit,
    published,
    questions,
    doctor,
)
SENTENCES = {code: sentence for room in ROOMS for code, sentence in room.SENTENCES.items()}

_Translate = Callable[[str], str]


def sentence_of(
    said: Said, translate: _Translate = str, comma: str = ", ", sentences: Mapping[str, str] = SENTENCES
) -> str:
    """The sentence of a code, English unless ``translate`` turns the English sentence into another language."""
    facts = {name: _as_words(fact, translate, comma, sentences) for name, fact in said.facts.items()}
    return translate(sentences[said.code]).format_map(facts)


def _as_words(fact: Fact, translate: _Translate, comma: str, sentences: Mapping[str, str]) -> str:
    if not isinstance(fact, tuple):
        return str(fact)
    return comma.join(
        sentence_of(each, translate, comma, sentences) if isinstance(each, Said) else each for each in fact
    )
