"""The languages of the interface: English msgids, a complete Chinese catalogue, Chinese unless asked otherwise.

The catalogue is read as it is written (.po): a compiled copy could go stale.
"""

from enum import StrEnum
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from app.language.po import messages_in
from app.language.sentences import sentence_of
from app.meeting.refusals import Said


class Language(StrEnum):
    """The value is what stands in ``<html lang>``, in the cookie and in ``?lang=``."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


DEFAULT = Language.CHINESE
CATALOGUES = {Language.CHINESE: Path(__file__).parent / "zh_CN.po"}


class Catalogue(NullTranslations):
    """Translations by their English text; what is not there stays English."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self.messages = messages

    def gettext(self, message: str) -> str:
        return self.messages.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.messages.get(msgid1) or (msgid1 if n == 1 else msgid2)


@lru_cache
def catalogue(language: Language) -> Catalogue:
    path = CATALOGUES.get(language)
    return Catalogue(messages_in(path.read_text("utf-8").split("\n")) if path else {})


def say(said: Said, language: Language) -> str:
    """The sentence of a code in a language."""
    return sentence_of(said, catalogue(language).gettext, comma_of(language))


def comma_of(language: Language) -> str:
    """What stands between the parts of an enumeration."""
    return "、" if language is Language.CHINESE else ", "


def colon_of(language: Language) -> str:
    """What stands between a word and what it is about."""
    return "：" if language is Language.CHINESE else ": "


def language_of(text: str | None) -> Language:
    """The language asked for by a cookie or a query; the default for anything else."""
    return next((language for language in Language if language == text), DEFAULT)
