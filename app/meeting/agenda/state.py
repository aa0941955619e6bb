"""Where the agenda stands, and what has become of its items."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """Where the agenda stands: an item, and one of its segments counted from 0."""

    item: str
    segment: int = 0


@dataclass(frozen=True, slots=True)
class ItemRun:
    """What has become of one agenda item. ``spent`` and ``added`` hold one duration per segment."""

    spent: tuple[timedelta, ...]
    added: tuple[timedelta, ...]
    began_at: datetime | None = None
    left_at: datetime | None = None
    skipped: bool = False
    skip_reason: str = ""

    @property
    def has_begun(self) -> bool:
        return self.began_at is not None
