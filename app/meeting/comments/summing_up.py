"""The summing-up: what was said of a unit on pages, kind by kind; and the problems of all units, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.meeting.comments.state import Comment, CommentKind
from app.meeting.measure import Area, Part, packed
from app.meeting.meeting import Meeting

ROOM = Area(28, 8)
"""The place for comments beside the name of the unit and the numbers of each kind."""


@dataclass(frozen=True, slots=True)
class Page:
    """Comments of one kind on one unit, whole or in parts; ``parts`` say which by their place in ``comments``."""

    unit: str
    kind: CommentKind
    comments: tuple[Comment, ...]
    parts: tuple[Part, ...]

    @property
    def said(self) -> frozenset[tuple[str, str]]:
        """Which comments, and what of each."""
        return frozenset((self.comments[each.at].id, each.text) for each in self.parts)


def pages_on(meeting: Meeting, unit: str) -> list[Page]:
    """What the hall has seen of the comments on a unit."""
    return [page for kind in CommentKind for page in _pages(meeting, unit, kind)]


def pages_of_problems(meeting: Meeting) -> list[Page]:
    """The problems by unit, in the order of the reports."""
    units = [item.unit for item in meeting.presentations if item.unit]
    return [page for unit in units for page in _pages(meeting, unit, CommentKind.PROBLEM)]


def pages_shown(meeting: Meeting, unit: str | None) -> list[Page]:
    """The pages of a scene: of one unit, or of the problems of all."""
    return pages_on(meeting, unit) if unit else pages_of_problems(meeting)


def released_on(meeting: Meeting, unit: str, kind: CommentKind) -> tuple[Comment, ...]:
    """In the order in which they were released."""
    found = (each for each in meeting.comments_on(unit) if each.is_released and each.kind is kind)
    return tuple(sorted(found, key=lambda each: (each.released_at or each.sent_at, each.id)))


def _pages(meeting: Meeting, unit: str, kind: CommentKind) -> Iterator[Page]:
    comments = released_on(meeting, unit, kind)
    yield from (Page(unit, kind, comments, parts) for parts in _packed(tuple(each.text for each in comments)))


@lru_cache(256)
def _packed(texts: tuple[str, ...]) -> tuple[tuple[Part, ...], ...]:
    return tuple(tuple(page) for page in packed(texts, ROOM))
