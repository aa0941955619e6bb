"""The words to say with their gaps filled: one sentence for what the rules say of this moment."""

import re

from app.language import Language, catalogue, comma_of
from app.language.gaps import filled
from app.language.sentences import sentence_of
from app.language.spoken import VALUES, usual
from app.language.words import WORDS
from app.meeting.moments import Gap, Moment
from app.meeting.plan import Plan
from app.meeting.refusals import Fact, Said

_SAID = {**WORDS, **VALUES}
_HAN = re.compile("[\u4e00-\u9fff]")
_DIGITS = "〇一二三四五六七八九"


def say_words(plan: Plan, said: Said, language: Language) -> str:
    """``app.meeting.script.words.words_now`` as it is read aloud, by the plan's own text or the usual one.

    An organiser's own text is one text: in it a gap is filled in the language that the text is in.
    """
    moment = Moment(said.code)
    own = next((each.text for each in plan.words if each.moment is moment), "")
    return said_in(own, said, language) if own else said_in(usual(moment, language), said, language)


def said_in(text: str, said: Said, language: Language) -> str:
    """The same by any text."""
    spoken = Language.CHINESE if _HAN.search(text) else language
    return filled(text, lambda gap: _value(gap, said.facts[gap], spoken) if gap in said.facts else None)


def _value(gap: Gap, fact: Fact, language: Language) -> str:
    if gap is Gap.NUMBER and isinstance(fact, int) and language is Language.CHINESE:
        return in_chinese(fact)
    if not isinstance(fact, tuple):
        return str(fact)
    text, comma = catalogue(language).gettext, comma_of(language)
    return comma.join(sentence_of(each, text, comma, _SAID) if isinstance(each, Said) else each for each in fact)


def in_chinese(number: int) -> str:
    """A number as it is read aloud: 三, 十二, 三十; of a hundred and more its digits."""
    tens, ones = divmod(number, 10)
    if number >= 100 or not number:
        return str(number)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
