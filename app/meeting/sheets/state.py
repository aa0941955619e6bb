"""A sheet: one seat's marks in one round, with every version that was submitted."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """What a sheet counts as. Only ``SUBMITTED`` sheets are counted; a draft left at closing is an absence."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ABSTAINED = "abstained"
    RECUSED = "recused"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Correction:
    """Who changed a recorded sheet after closing, and why."""

    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One submission of a sheet. ``marks`` are points by criterion; the receipt is what the panelist was given."""

    number: int
    marks: dict[str, Decimal]
    at: datetime
    receipt: str
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of one seat's marks in one round. ``marks`` is the working copy, ``versions`` what was submitted.

    ``late`` is a submission that came after closing: kept, shown to the moderator, not counted unless accepted.
    ``voided``: declared void and not submitted since, even if its seat has abstained meanwhile.
    """

    seat: str
    standing: Standing = Standing.DRAFT
    marks: dict[str, Decimal] = field(default_factory=dict)
    versions: tuple[SheetVersion, ...] = ()
    reason: str = ""
    late: SheetVersion | None = None
    voided: bool = False

    @property
    def is_submitted(self) -> bool:
        return self.standing is Standing.SUBMITTED

    @property
    def is_answered(self) -> bool:
        """Whether nobody needs to wait for this seat any more."""
        return self.standing is not Standing.DRAFT

    @property
    def current(self) -> SheetVersion | None:
        """The version that counts, if the sheet counts."""
        return self.versions[-1] if self.is_submitted and self.versions else None
