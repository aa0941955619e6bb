"""Comments and sealed rules on the pages of a display: none set smaller than a hall can read, and no page too full.

What a page holds is reckoned here, not measured on a screen: so all displays turn the same pages, and the console can
say before a release how many a comment takes. It is reckoned for 4:3, where lines are shortest; where there is more
room, the letters grow (static/fit.js). A comment too long for one page goes on over the next ones.
"""

from collections.abc import Sequence

from msgspec.structs import asdict

from app.live.contexts import PublicComment
from app.meeting.measure import HEAD, Area, Part, lines_of, packed, split

STAGE = Area(30, 10)
BESIDE = Area(11, 13)
RULES = (Area(15, 12), Area(21, 10))
"""A column of rules, at 4:3 and at 16:9: at the one its lines are short, at the other they are few."""
KIND = "问题　"
"""What stands before the group, about."""
COLUMNS = 2
BETWEEN = 0.35
"""Lines that a rule takes besides its text."""


class PartOfComment(PublicComment, frozen=True, kw_only=True):
    """What of a comment stands on a page: ``part`` of ``parts``, one-based."""

    part: int
    parts: int


def pages_of(comments: Sequence[PublicComment], room: Area) -> list[list[PartOfComment]]:
    """A long comment has a page for each of its parts."""
    heads = [head_of(comment, room) for comment in comments]
    pages = packed([comment.text for comment in comments], room, heads)
    return [[part_of(comments[each.at], each) for each in page] for page in pages]


def head_of(comment: PublicComment, room: Area) -> int:
    """Lines besides the text: a group with a long name of the organiser's is said in several."""
    return HEAD + len(lines_of(f"{KIND}{comment.group_name}", room.width)) - 1


def part_of(comment: PublicComment, part: Part) -> PartOfComment:
    return PartOfComment(**(asdict(comment) | {"text": part.text}), part=part.part, parts=part.parts)


def pages_with_newest(comments: Sequence[PublicComment], room: Area) -> list[list[PartOfComment]]:
    """Only the pages on which the first comment stands: older ones are there as they fit, whole."""
    pages = pages_of(comments, room)
    return [page for page in pages if page[0].id == comments[0].id]


def pages_of_rules(sentences: Sequence[str]) -> list[list[list[str]]]:
    """Pages of up to two columns; each is full as soon as it would be at either format."""
    columns: list[list[str]] = []
    left = [0.0 for _ in RULES]
    for text in (part for sentence in sentences for part in split(sentence, RULES[0])):
        needed = [BETWEEN + len(lines_of(text, room.width)) for room in RULES]
        if not columns or any(need > has for need, has in zip(needed, left, strict=True)):
            columns.append([])
            left = [room.lines for room in RULES]
        columns[-1].append(text)
        left = [has - need for need, has in zip(needed, left, strict=True)]
    return [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]
