"""What everybody was told, one thing after the other, newest first: of this the feed is made.

Taken from what the meeting is now: a result that was withdrawn is not in it, nor a finding that was given back.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime

from app.meeting.meeting import Meeting
from app.papers.site.findings import steps_told
from app.papers.site.shown import Change

NAMES = uuid.UUID("6f1d2f0e-5b7c-4f55-9a53-0d3a8a4c2f11")
"""Under which entries have their ids: a feed on a stick knows no host."""

OF_FINDINGS = frozenset(
    {
        *("FindingHandedOver", "FindingWithdrawn", "CureAgreed", "FindingMadeLongTerm", "NoticeGiven"),
        *("ObjectionAnswered", "ObjectionWithheld", "FindingStruckOff", "FindingLookedBack", "FindingReopened"),
    }
)
"""Steps that somebody who follows a meeting wants to hear of."""


def changes_of(meeting: Meeting) -> tuple[Change, ...]:
    found = [*_of_the_meeting(meeting), *_of_findings(meeting)]
    return tuple(sorted(found, key=lambda each: (each.at, each.unit, each.what), reverse=True))


def _of_the_meeting(meeting: Meeting) -> Iterator[Change]:
    told = (
        ("MeetingOpened", meeting.opened_at),
        ("CompositesAnnounced", meeting.composites.announced_at if meeting.composites.are_announced else None),
        ("MeetingFinished", meeting.finished_at),
    )
    yield from (_change(meeting, what, at) for what, at in told if at)
    for round in meeting.revealed_rounds:
        if round.revealed_at:
            yield _change(meeting, "ResultRevealed", round.revealed_at, round.unit)
    for poll in meeting.polls.values():
        if poll.shown_at:
            yield _change(meeting, "PollShown", poll.shown_at, poll.unit)


def _of_findings(meeting: Meeting) -> Iterator[Change]:
    """What was done with several of a unit at once is one change."""
    together: dict[tuple[datetime, str, str, bool | None], list[int]] = {}
    for finding in meeting.findings.issued:
        for step in steps_told(finding):
            if step.what in OF_FINDINGS:
                together.setdefault((step.at, step.what, finding.unit, step.outcome), []).append(finding.number)
    for (at, what, unit, outcome), numbers in together.items():
        yield _change(meeting, what, at, unit, tuple(sorted(set(numbers))), outcome)


def _change(
    meeting: Meeting,
    what: str,
    at: datetime,
    unit: str = "",
    numbers: tuple[int, ...] = (),
    outcome: bool | None = None,
) -> Change:
    instant = meeting.plan.in_the_hall(at).isoformat()
    id = id_of(f"{meeting.plan.code} {instant} {what} {unit} {outcome}")
    return Change(id, instant, what, unit, numbers, outcome)


def id_of(text: str) -> str:
    """The same for the same text, and no other text's."""
    return f"urn:uuid:{uuid.uuid5(NAMES, text)}"
