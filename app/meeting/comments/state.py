"""A comment, and what has become of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CommentKind(StrEnum):
    HIGHLIGHT = "highlight"
    PROBLEM = "problem"
    SUGGESTION = "suggestion"


class CommentStanding(StrEnum):
    """Private until released; withdrawn from the screens by the moderator; taken back by its author."""

    WAITING = "waiting"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Comment:
    """``text`` and ``kind`` are what may be shown; the originals are what the panelist last wrote and chose."""

    id: str
    seat: str
    unit: str
    kind: CommentKind
    text: str
    original: str
    original_kind: CommentKind
    sent_at: datetime
    standing: CommentStanding = CommentStanding.WAITING
    released_at: datetime | None = None

    @property
    def is_released(self) -> bool:
        return self.standing is CommentStanding.RELEASED

    @property
    def is_edited(self) -> bool:
        return (self.text, self.kind) != (self.original, self.original_kind)
