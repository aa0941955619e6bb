"""Days that pass in a rehearsal without anybody waiting: its server goes by a clock that a file sets.

In rehearsals only: a server that is started with such a file refuses a database in which there is a real meeting.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.clock import CLOCK, Clock
from app.store import plans
from app.store.database import Database, DatabaseUnusable

SECONDS_OF_DAY = 86_400


class Days:
    """Whoever rehearses holds them; the server of the rehearsal reads ``file`` whenever it asks for the time.

    It is ``beginning`` as they begin, whatever day it really is: so the same plan has the same holidays each time.
    """

    def __init__(self, file: Path, beginning: datetime) -> None:
        self.file = file
        self.passed = 0
        self._zone = beginning.tzinfo
        self._ahead = (beginning - datetime.now(UTC)).total_seconds()
        self._write()

    def pass_until(self, number: int) -> None:
        """So many days after the beginning; from the next moment the server has it so, also a new one."""
        self.passed = number
        self._write()

    @property
    def now(self) -> datetime:
        return (datetime.now(UTC) + timedelta(seconds=self._seconds)).astimezone(self._zone)

    @property
    def _seconds(self) -> float:
        """By how much the time of the rehearsal is ahead of ours, or behind it."""
        return self._ahead + self.passed * SECONDS_OF_DAY

    def _write(self) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(self._seconds))
        fresh.replace(self.file)


def go_by(file: Path, database: Database, clock: Clock = CLOCK) -> None:
    """Have this process go by the days of a rehearsal. Raises DatabaseUnusable where there is a real meeting."""
    with database.reading() as connection:
        for code in plans.codes(connection):
            if not plans.load(connection, code).is_rehearsal:
                raise DatabaseUnusable("days.real_meeting", meeting=code)
    clock.runs_ahead(lambda: float(file.read_text()))
