"""The public picture of another meeting (``public.json``), read for what its units promised there.

It comes from another laptop, and through hands: what is not as Kaimen writes it is declined with a reason, and nothing
of it is taken.
"""

from datetime import date

import msgspec

from app.meeting.findings.promised import NOT_PROMISED
from app.meeting.findings.state import Stand
from app.meeting.promises.agreed import MOST_PROMISES, MeetingBefore, Promise, UnitBefore
from app.meeting.texts import LONGEST_COMMENT, LONGEST_TITLE, is_writable
from app.papers.plan.mistakes import Unreadable

FORMAT = 1
LARGEST = 5 * 1024 * 1024
"""Bytes. That of ten units with thirty findings and twenty proofs each has about 2 MB."""

FARTHEST = 36_500
"""Days late. More is no number that anybody has counted."""


class _Deadlines(msgspec.Struct):
    rectification: date


class _Cure(msgspec.Struct):
    measures: str


class _Finding(msgspec.Struct):
    number: int
    text: str
    standing: Stand
    deadlines: _Deadlines
    days_late: int
    reopenings: int
    struck_off_on: date | None = None
    cure: _Cure | None = None


class _Unit(msgspec.Struct):
    id: str
    name: str
    short_name: str
    findings: list[_Finding]


class _Public(msgspec.Struct):
    format: int
    meeting: str
    title: str
    day: date
    as_of: date
    units: list[_Unit]


def read_public(content: bytes) -> MeetingBefore:
    """Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("file.too_large", megabytes=LARGEST // 1024 // 1024)
    try:
        said = msgspec.json.decode(content, type=_Public)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("previous.no_public_file") from error
    texts = [said.title, said.meeting, *(text for unit in said.units for text in (unit.id, unit.name, unit.short_name))]
    if said.format != FORMAT or not all(is_writable(each) and len(each) <= LONGEST_TITLE for each in texts):
        raise Unreadable("previous.no_public_file")
    return MeetingBefore(said.meeting, said.title, said.day, said.as_of, tuple(map(_unit, said.units)))


def _unit(unit: _Unit) -> UnitBefore:
    findings = [each for each in unit.findings if each.standing not in NOT_PROMISED]
    if len({each.number for each in findings}) < len(findings):  # by its number the panel judges a promise
        raise Unreadable("previous.no_public_file")
    return UnitBefore(unit.id, unit.name, unit.short_name, tuple(map(_promise, findings[:MOST_PROMISES])))


def _promise(finding: _Finding) -> Promise:
    measures = finding.cure.measures if finding.cure else ""
    is_text = all(is_writable(each) and len(each) <= LONGEST_COMMENT * 2 for each in (finding.text, measures))
    is_number = finding.number > 0 and 0 <= finding.days_late <= FARTHEST and 0 <= finding.reopenings <= FARTHEST
    if not (is_text and is_number and finding.text.strip()):
        raise Unreadable("previous.no_public_file")
    return Promise(
        number=finding.number,
        text=finding.text,
        promised=measures,
        due=finding.deadlines.rectification,
        standing=finding.standing,
        struck_off_on=finding.struck_off_on,
        days_late=finding.days_late,
        reopenings=finding.reopenings,
    )
