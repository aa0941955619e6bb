"""What a choice of a ballot is called: by the organiser in every language, ours by the word that each one has."""

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Rules


def choice_name(rules: Rules, id: str, language: Language) -> str:
    """Of one that no ballot has, in a log from elsewhere, its id."""
    word = WORDS.get(f"choice.{id}")
    return rules.names_of_choices.get(id) or (catalogue(language).gettext(word) if word else id)
