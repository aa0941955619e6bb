"""By whom a unit signed for what it was given, as the hand-over sheet shows it: by name, and by finger where the rules
ask for drawings. Each drawing is bound to the words that were handed over on that day."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.meeting.findings.asking import today
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.papers.prints.signed import path_of
from app.store.persons import Kind, Station
from app.store.signatures import Signatures, Signed


@dataclass(frozen=True, slots=True)
class SignedFor:
    """``path``: of the drawing; empty if there is none."""

    name: str
    on: str
    path: str


def signed_of(finding: Finding) -> Signed:
    given = f"{finding.id}\n{finding.handed_over_on}\n{finding.text}"
    return Signed(finding.id, Station(Kind.UNIT, finding.unit), hashlib.sha256(given.encode()).hexdigest())


def signed_for(meeting: Meeting, findings: Iterable[Finding], signatures: Signatures) -> tuple[list[SignedFor], bool]:
    """Everybody once, in the order in which they signed; and whether a line must still wait for somebody's pen."""
    found: dict[SignedFor, None] = {}
    waits = False
    for finding in findings:
        signature = signatures.known.get(signed_of(finding))
        path = path_of(signature.drawing) if signature else ""
        step = next((each for each in reversed(finding.steps) if each.what == "FindingSignedFor"), None)
        waits = waits or not path
        if step is not None:
            on = today(meeting, step.at).isoformat()
            found[SignedFor(step.author, on, path)] = None
    return list(found), waits
