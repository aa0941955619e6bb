"""What the phones were told, held against the ballots in the record; and a recount by the script for observers."""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.rehearsal.hall import Heard
from app.rehearsal.process import RUN
from app.store.ballots import receipt_of
from app.store.database import Database
from app.store.tables import BallotRow, table_of

SCRIPT = RUN.parent / "docs" / "recount.py"
_BALLOTS = table_of(BallotRow)


@dataclass(frozen=True, slots=True)
class Recounted:
    """``lost``: ballots that were acknowledged, and are not there as their phones know them; ``surplus``: that are
    there, and nobody was told so; both must be none. ``holds``: what the script said; None where it cannot read."""

    heard: Heard
    ballots: int
    lost: tuple[str, ...]
    surplus: int
    holds: bool | None

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.surplus and self.holds is not False

    def as_json(self) -> dict[str, Any]:
        heard = self.heard
        return {
            "phones": heard.phones,
            "looks": heard.looks,
            "unchanged": heard.unchanged,
            "acked": heard.acked,
            "refused": dict(heard.refusals.most_common()),
            "unsure": heard.unsure,
            "ballots": self.ballots,
            "lost": len(self.lost),
            "surplus": self.surplus,
            "recounted": self.holds,
            "p50_ms": heard.milliseconds(0.5),
            "p99_ms": heard.milliseconds(0.99),
        }


def recounted(database: Database, code: str, heard: Heard) -> Recounted:
    of_meeting = sa.select(_BALLOTS.c.poll, _BALLOTS.c.voter, _BALLOTS.c.choice).where(_BALLOTS.c.meeting == code)
    with database.reading() as connection:
        rows = [(poll, receipt_of(code, poll, voter), choice) for poll, voter, choice in connection.execute(of_meeting)]
    there = {(poll, receipt): choice for poll, receipt, choice in rows}
    told = [(poll, ballot) for phone in heard.chosen for poll, ballot in phone.items() if ballot.receipt]
    lost = tuple(ballot.receipt for poll, ballot in told if there.get((poll, ballot.receipt)) not in ballot.maybe)
    surplus = len(rows) - len(told) - heard.unsure
    return Recounted(heard, len(rows), lost, max(surplus, 0), _by_the_script(database, code))


def _by_the_script(database: Database, code: str) -> bool | None:
    if not database.is_sqlite or not SCRIPT.exists():
        return None
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), database.name, code], capture_output=True, text=True, check=False
    )
    return done.returncode == 0
