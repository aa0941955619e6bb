"""The words of papers: they are in Chinese, whatever the language of whoever makes them."""

from app.language import Language, catalogue
from app.language.words import WORDS

LANGUAGE = Language.CHINESE


def word(key: str) -> str:
    return catalogue(LANGUAGE).gettext(WORDS[key])
