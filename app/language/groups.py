"""What a group of the panel is called: by the organiser in every language, a preset by the word that each one has."""

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Plan, Preset

AUDIENCE = "@audience"
"""In place of a group's id where the audience has asked something: no group of a plan has such an id."""


def group_name(plan: Plan, id: str, language: Language) -> str:
    if id == AUDIENCE:
        return catalogue(language).gettext(WORDS["scene.question"])
    return called(id, plan.group(id).name, language)


def called(id: str, name: str, language: Language) -> str:
    """The same of a group by its id and the name that the organiser gave it, if one was given."""
    _ = catalogue(language).gettext
    return name or (_(WORDS[f"group.{id}"]) if id in set(Preset) else _("(no name yet)"))
