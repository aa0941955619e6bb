"""What happened to a comment."""

from dataclasses import dataclass
from datetime import datetime

from app.meeting.comments.state import CommentKind


@dataclass(frozen=True, slots=True)
class CommentSent:
    comment: str
    seat: str
    unit: str
    kind: CommentKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentRevised:
    comment: str
    kind: CommentKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentTakenBack:
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentEdited:
    """``kind`` is None where the edit left the author's choice as it was."""

    comment: str
    text: str
    at: datetime
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class CommentReleased:
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentPutBack:
    """It was released by a step that was taken back, and waits again."""

    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentWithdrawn:
    comment: str
    at: datetime
