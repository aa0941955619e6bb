"""One English sentence for each code that somebody can be told: a file for each room that speaks.

The rules and the store know codes and facts only. The English sentences are the msgids of the catalogue; every one has
a Chinese translation (under test). Facts are named in braces.
"""

from collections.abc import Callable

from app.language.sentences import devices, doors, plans, record, rules, settings, setup, shortcomings, tablet
from app.meeting.refusals import Fact, Said

ROOMS = (rules, record, settings, doors, setup, shortcomings, plans, devices, tablet)
SENTENCES = {code: sentence for room in ROOMS for code, sentence in room.SENTENCES.items()}


def sentence_of(said: Said, translate: Callable[[str], str] = str, comma: str = ", ") -> str:
    """The sentence of a code, English unless ``translate`` turns the English sentence into another language."""
    sentence = translate(SENTENCES[said.code])
    return sentence.format_map({name: _as_words(fact, translate, comma) for name, fact in said.facts.items()})


def _as_words(fact: Fact, translate: Callable[[str], str], comma: str) -> str:
    if isinstance(fact, tuple):
        return comma.join(sentence_of(each, translate, comma) if isinstance(each, Said) else each for each in fact)
    return str(fact)
