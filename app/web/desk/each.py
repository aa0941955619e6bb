"""What is decided of each of the ticked findings by itself, with one word for all: plans agreed to or returned, more
time granted or refused. Row by row: what cannot be is told with its reason, and the others are done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_if
from app.web.access import BUREAU
from app.web.desk.moves import Move, move_named
from app.web.pages.desk import perform, was_performed
from app.web.setup.typed import Typed
from app.web.visitors import Visitor

OF_EACH = ("agree_cure", "return_cure", "grant_extension", "refuse_extension")
"""By the names of the moves that the page of a finding offers."""


@dataclass(frozen=True, slots=True)
class Decided:
    """``left``: those of which it could not be decided, and why not."""

    done: int
    left: list[tuple[Finding, Said]]


def asks_for_reason(action: str) -> bool:
    return action in OF_EACH and "reason" in move_named(action).fields


def asked_of(action: str, finding: Finding, reason: str, author: str) -> c.Command:
    move: Move = move_named(action)
    return move.make(finding, {"reason": reason}, author)


def why_not(meeting: Meeting, action: str, finding: Finding, now: datetime) -> Said | None:
    try:
        decide(meeting, asked_of(action, finding, "?", "?"), now)
    except Refused as refused:
        return refused.said
    return None


def seen(finding: Finding) -> str:
    """How far it had come as the page was made: nobody agrees to a plan that came in after."""
    return str(len(finding.steps))


async def decide_each(
    venue: Venue, meeting: Meeting, visitor: Visitor, action: str, findings: Iterable[Finding], typed: Typed, by: str
) -> Decided:
    """A form that is sent twice has done it once: what it did before counts as done."""
    done, left = 0, list[tuple[Finding, Said]]()
    form = typed.text("id")
    for finding in findings:
        command = asked_of(action, finding, typed.text("reason"), by)
        try:
            if not await was_performed(venue, meeting, command, form):
                refuse_if(typed.text(f"seen.{finding.id}") != seen(finding), "finding.moved_on_meanwhile")
                await perform(venue, meeting, visitor, BUREAU, [command], form)
            done += 1
        except Refused as refused:
            left.append((finding, refused.said))
    return Decided(done, left)
