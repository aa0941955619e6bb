"""What is asked for of a comment: by its author, then by the moderator."""

from dataclasses import dataclass

from app.meeting.comments.state import CommentKind


@dataclass(frozen=True, slots=True)
class SendComment:
    """``comment`` is its id, chosen by the device."""

    comment: str
    seat: str
    unit: str
    kind: CommentKind
    text: str


@dataclass(frozen=True, slots=True)
class ReviseComment:
    """Its author changes it before release."""

    comment: str
    seat: str
    kind: CommentKind
    text: str


@dataclass(frozen=True, slots=True)
class TakeBackComment:
    comment: str
    seat: str


@dataclass(frozen=True, slots=True)
class EditComment:
    """The moderator edits what will be shown; the original stays in the record. Without ``kind`` it stays as it is."""

    comment: str
    text: str
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class ReleaseComment:
    """``text`` and ``kind`` are what the moderator read: what was revised meanwhile is not released unread."""

    comment: str
    text: str
    kind: CommentKind | None = None


@dataclass(frozen=True, slots=True)
class WithdrawComment:
    comment: str
