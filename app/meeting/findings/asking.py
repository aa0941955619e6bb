"""What every move asks first: is there such a finding, is it in a standing for this, does it belong to who moves it."""

from datetime import date, datetime, timedelta

from app.meeting.codes import must_be_an_id
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless

LONGEST_FINDING = 2000
LONGEST_STANDARD = 300
LONGEST_ACCOUNT = 2000
LONGEST_OBJECTION = 500
LONGEST_OFFICE = 80

LONGEST_WAY = timedelta(days=3660)

MOST_FINDINGS = 1000
MOST_STANDARDS = 20
MOST_PROOFS = 60
"""That count at one time; of those taken away and of earlier strikings off there may be more."""
MOST_UPLOADS = 600
MEGABYTE = 1024 * 1024
LARGEST_TOGETHER, LARGEST_EVER = 200 * MEGABYTE, 1000 * MEGABYTE
"""Bytes of all proofs of a finding, in the same way: those there are, and all that ever came in and are kept."""
MOST_OBJECTIONS = 200


def today(meeting: Meeting, now: datetime) -> date:
    """The day it is where the meeting was held."""
    return meeting.plan.day_in_the_hall(now)


def must_be_a_new_one(meeting: Meeting, id: str) -> None:
    must_be_an_id(id)
    refuse_if(id in meeting.findings.by_id, "finding.twice")
    refuse_if(len(meeting.findings.by_id) >= MOST_FINDINGS, "findings.too_many", most=MOST_FINDINGS)


def the_finding(meeting: Meeting, id: str) -> Finding:
    refuse_unless(id in meeting.findings.by_id, "finding.unknown")
    return meeting.findings.by_id[id]


def in_standing(meeting: Meeting, id: str, *standings: Stand) -> Finding:
    finding = the_finding(meeting, id)
    refuse_unless(finding.standing in standings, "finding.not_now", standing=finding.standing.value)
    return finding


def of_unit(meeting: Meeting, unit: str, id: str, *standings: Stand) -> Finding:
    """Whoever asks for another unit's learns no more than of one that does not exist."""
    finding = the_finding(meeting, id)
    refuse_unless(finding.unit == unit and finding.is_issued, "finding.unknown")
    return in_standing(meeting, id, *standings)


def each_in_standing(meeting: Meeting, ids: tuple[str, ...], *standings: Stand) -> list[Finding]:
    """All of them or none: who acts on many is told which cannot be."""
    refuse_unless(bool(ids), "findings.none_chosen")
    return [in_standing(meeting, id, *standings) for id in dict.fromkeys(ids)]


def must_be_later(day: date, than: date) -> None:
    """And not by so much that the year must be wrong: calendars and papers reckon with these days."""
    refuse_if(day <= than, "finding.day_is_past", day=day.isoformat())
    refuse_if(day - than > LONGEST_WAY, "finding.day_too_far", day=day.isoformat())


def must_have_key(key: str) -> None:
    """Of who asks, passes on and verifies the keys must differ: none may be without."""
    refuse_unless(bool(key), "finding.no_key")
