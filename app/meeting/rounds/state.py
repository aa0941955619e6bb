"""A round: the scoring of one presentation."""

from dataclasses import dataclass, field
from datetime import datetime

from app.meeting.results.state import Announcement
from app.meeting.sheets.state import Sheet


@dataclass(frozen=True, slots=True)
class Round:
    """The scoring of one presentation; ``id`` is the id of its agenda item.

    ``shown_at``: when the hall was shown the last of its steps, and how many came ``shown_at_once`` with it.
    ``checked_at``: when the supervisor checked the result.
    """

    id: str
    unit: str
    opened_at: datetime
    closed_at: datetime | None = None
    reopenings: tuple[str, ...] = ()
    sheets: dict[str, Sheet] = field(default_factory=dict)
    steps_shown: tuple[str, ...] = ()
    shown_at: datetime | None = None
    shown_at_once: int = 0
    revealed_at: datetime | None = None
    announced: Announcement | None = None
    checked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def is_being_revealed(self) -> bool:
        return bool(self.steps_shown)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has marked, abstained or handed in anything."""
        return not any(
            sheet.marks or sheet.versions or sheet.late or sheet.is_answered for sheet in self.sheets.values()
        )

    def sheet(self, seat: str) -> Sheet:
        return self.sheets.get(seat) or Sheet(seat)
