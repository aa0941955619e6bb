"""The words to say at this moment, as console and prompter show them: finished sentences, in either language."""

from app.language import Language
from app.language.saying import say_words
from app.live.contexts import Context
from app.live.memory import once, result_of
from app.meeting.meeting import Meeting
from app.meeting.script.words import words_now


class WordsShown(Context, frozen=True, kw_only=True):
    """What is read aloud now; nothing is in it that the hall has not been shown."""

    moment: str
    chinese: str
    english: str


@once
def words(meeting: Meeting) -> WordsShown:
    said = words_now(meeting, result_of)
    return WordsShown(
        moment=said.code,
        chinese=say_words(meeting.plan, said, Language.CHINESE),
        english=say_words(meeting.plan, said, Language.ENGLISH),
    )
