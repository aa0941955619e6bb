"""Whether composites wait for the supervisor, and what is checked: what was entered and what it comes to."""

import hashlib
import json

from app.meeting.meeting import Meeting
from app.meeting.scoring.composite import composites_of


def composites_need_check(meeting: Meeting) -> bool:
    """Whether the supervisor has still to look at them before they can be announced; after any change again."""
    asks = meeting.plan.rules.checked and meeting.plan.has_composites and not meeting.composites.are_announced
    return asks and meeting.composites.checked != digest_of_composites(meeting)


def digest_of_composites(meeting: Meeting) -> str:
    """Of every version of every part, and of the composites as they would be announced."""
    entered = [
        [part, unit, [[str(each.points), each.author, each.at.isoformat(), each.digest] for each in versions]]
        for part, units in sorted(meeting.composites.entries.items())
        for unit, versions in sorted(units.items())
    ]
    joined = [
        [each.unit, sorted((part, str(points)) for part, points in each.points.items()), str(each.score), each.grade]
        for each in composites_of(meeting)
    ]
    said = json.dumps([entered, joined], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
