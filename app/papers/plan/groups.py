"""What groups of a panel are called where people write them: by their own names, presets by the words for them."""

from collections.abc import Iterator, Sequence

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Group, Preset
from app.papers.plan.cells import choice_of
from app.papers.plan.choices import word_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import key

_PRESETS = {str(each): each for each in Preset}


def written(group: Group) -> str:
    """As a workbook has it, and whatever else belongs to the meeting: a preset by its Chinese word."""
    return group.name or (word_of(_PRESETS[group.id]) if group.id in _PRESETS else group.id)


def words_for(group: Group) -> tuple[str, ...]:
    """Everything that people see where this group is meant: its name, or the words of all languages."""
    if group.name or group.id not in _PRESETS:
        return (written(group),)
    return tuple(catalogue(language).gettext(WORDS[f"group.{group.id}"]) for language in Language)


def named(id: str, name: str) -> Group:
    """A group as it was named; a preset that is called by one of its words keeps them all."""
    words = map(key, words_for(Group(id))) if id in _PRESETS else ()
    return Group(id, "" if key(name) in words else name)


def preset_of(said: object) -> str | None:
    """The preset that is meant by a word, by any that people have for it."""
    try:
        return str(choice_of(Preset, said))
    except Misread:
        return None


def alike(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Which groups (0 the first) look like an earlier one, and which that is."""
    first: dict[str, int] = {}
    for at, group in enumerate(groups):
        looks = [key(word) for word in words_for(group) if key(word)]
        earlier = next((first[look] for look in looks if look in first), None)
        if earlier is not None:
            yield at, earlier
        for look in looks:
            first.setdefault(look, at)
