"""What happened to findings. ``author``: who acted, as typed; days are in the meeting's own zone."""

from dataclasses import dataclass
from datetime import date, datetime

from app.meeting.findings.state import Cure, Deadlines, FindingKind, Pledge, Standard, Terms


@dataclass(frozen=True, slots=True)
class TermsSet:
    terms: Terms
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingDrafted:
    finding: str
    unit: str
    text: str
    kind: FindingKind
    author: str
    at: datetime
    sources: tuple[str, ...] = ()
    criterion: str = ""
    standards: tuple[Standard, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingEdited:
    finding: str
    text: str
    kind: FindingKind
    author: str
    at: datetime
    criterion: str = ""
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingsMerged:
    into: str
    findings: tuple[str, ...]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingWithdrawn:
    finding: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingHandedOver:
    """``number``: the unit's own count."""

    finding: str
    number: int
    on: date
    deadlines: Deadlines
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingSignedFor:
    finding: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingDisputed:
    finding: str
    reason: str
    whose: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DisputeSettled:
    """Accepted and ``to`` a unit: a draft for that unit. Accepted without: withdrawn. Else handed over as before."""

    finding: str
    accepted: bool
    reason: str
    author: str
    at: datetime
    to: str = ""


@dataclass(frozen=True, slots=True)
class CureSent:
    finding: str
    cure: Cure
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CureAgreed:
    finding: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CureReturned:
    finding: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkReported:
    finding: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProofAdded:
    finding: str
    proof: str
    standards: tuple[str, ...]
    name: str
    sha256: str
    bytes: int
    media_type: str
    dated: date
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProofRemoved:
    finding: str
    proof: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportCameIn:
    """Of a unit, on how these findings were put right. ``on``: the day on which it came in; ``on_paper``: it came to
    the bureau, which has entered it, perhaps on a later day."""

    unit: str
    findings: tuple[str, ...]
    on: date
    text: str
    author: str
    at: datetime
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    finding: str
    until: date
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionAnswered:
    finding: str
    granted: bool
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingMadeLongTerm:
    finding: str
    reason: str
    checkpoint: date
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LongTermEnded:
    finding: str
    until: date
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StrikeOffAsked:
    finding: str
    text: str
    pledge: Pledge
    on: date
    key: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestPassedOn:
    finding: str
    key: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestReturned:
    """``vote``: of the panel, if it was that which did not approve."""

    finding: str
    reason: str
    author: str
    at: datetime
    vote: str = ""


@dataclass(frozen=True, slots=True)
class FindingVerified:
    """``passed`` or not, with the opinion; ``key`` of whoever verified it."""

    finding: str
    passed: bool
    opinion: str
    on_site: str
    key: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProofsShown:
    """``proofs``: all that the public may open from now on."""

    finding: str
    proofs: tuple[str, ...]
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    finding: str
    until: date
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    finding: str
    objection: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    finding: str
    objection: str
    answer: str
    upheld: bool
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionWithheld:
    finding: str
    objection: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingStruckOff:
    finding: str
    on: date
    look_back_on: date
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingLookedBack:
    """It was looked at again, and holds."""

    finding: str
    on: date
    note: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingReopened:
    """``vote``: of the panel, if it was that which did not approve."""

    finding: str
    until: date
    reason: str
    author: str
    at: datetime
    vote: str = ""
