"""Whether a result waits for the supervisor, and what is checked: all that it is made of, by a digest of that."""

import hashlib
import json

from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.sheets.state import Sheet, SheetVersion


def needs_check(meeting: Meeting, round: Round) -> bool:
    """Whether the supervisor has still to look at a result before it can be shown."""
    return meeting.plan.rules.checked and round.checked_at is None


def digest_of_round(round: Round) -> str:
    """Of every sheet with what counts and what came late, and of how often the round was opened again."""
    sheets = [_said(round.sheets[seat]) for seat in sorted(round.sheets)]
    said = json.dumps([round.id, len(round.reopenings), sheets], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _said(sheet: Sheet) -> list[object]:
    versions = [_version(each) for each in sheet.versions]
    return [sheet.seat, sheet.standing, sheet.reason, versions, _version(sheet.late) if sheet.late else None]


def _version(version: SheetVersion) -> list[object]:
    marks = sorted((criterion, str(points)) for criterion, points in version.marks.items())
    return [version.number, version.at.isoformat(), version.receipt, marks]
