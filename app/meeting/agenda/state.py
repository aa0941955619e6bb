"""Where the agenda stands, and what has become of its items."""

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Agenda:
    """``order`` holds the ids of all items as they are to be taken, skipped ones among them.

    ``since`` is the instant from which the clock of the current segment has been running; None while it stands still.
    """

    order: tuple[str, ...]
    runs: dict[str, ItemRun]
    place: Place | None = None
    since: datetime | None = None

    def places(self) -> Iterator[Place]:
        """All places the agenda passes through, skipped items left out."""
        for id in self.order:
            run = self.runs[id]
            if not run.skipped:
                yield from (Place(id, segment) for segment in range(len(run.spent)))

    @property
    def next_place(self) -> Place | None:
        """Where one step forward leads; None behind the last place."""
        return self._neighbour(+1)

    @property
    def previous_place(self) -> Place | None:
        return self._neighbour(-1)

    def _neighbour(self, step: int) -> Place | None:
        places = list(self.places())
        if self.place is None:
            return places[0] if places and step > 0 else None
        at = places.index(self.place) + step
        return places[at] if 0 <= at < len(places) else None
