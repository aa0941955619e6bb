"""What is asked for of findings: by the bureau, by the unit, by who verifies, by society; at a desk, by forms.

``author`` is the name of whoever acts, as typed; ``key`` the tag of the key that was shown, which the scribe fills in,
whatever a command says; ``beside`` the tags of what other keys the same browser holds. Dates are days in the meeting's
own zone.
"""

from dataclasses import dataclass
from datetime import date

from app.meeting.findings.state import Cure, Deadlines, FindingKind, Pledge, Standard, Terms

# --- the bureau drafts and hands over ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetTerms:
    """For what is handed over from now on; what was handed over keeps its days."""

    terms: Terms
    author: str


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """``finding`` is its id, chosen by the page. ``sources``: the comments it is made of, all on this unit."""

    finding: str
    unit: str
    text: str
    kind: FindingKind
    author: str
    sources: tuple[str, ...] = ()
    criterion: str = ""
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True)
class EditFinding:
    """Once it is handed over the standards alone can be changed, and they until the unit's plan is agreed."""

    finding: str
    text: str
    kind: FindingKind
    author: str
    criterion: str = ""
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeFindings:
    """Drafts on one unit that say the same become part of ``into``, which keeps the sources of all."""

    into: str
    findings: tuple[str, ...]
    author: str


@dataclass(frozen=True, slots=True)
class WithdrawFinding:
    """``reason`` may be empty for a draft that was never handed over."""

    finding: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """``deadlines`` of each, counted from today."""

    findings: tuple[str, ...]
    deadlines: Deadlines
    author: str


@dataclass(frozen=True, slots=True)
class SettleDispute:
    """Accepted, it goes back to a draft for the unit ``to``, or is withdrawn if there is none."""

    finding: str
    accepted: bool
    reason: str
    author: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class AgreeCure:
    finding: str
    author: str


@dataclass(frozen=True, slots=True)
class ReturnCure:
    finding: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class AnswerExtension:
    finding: str
    granted: bool
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class EnterReport:
    """Reports that came in on paper on the day ``on``, of the units of these findings."""

    findings: tuple[str, ...]
    on: date
    author: str


@dataclass(frozen=True, slots=True)
class MakeLongTerm:
    """It cannot be put right in the term, for a reason, and is looked at again at ``checkpoint``."""

    finding: str
    reason: str
    checkpoint: date
    author: str


@dataclass(frozen=True, slots=True)
class EndLongTerm:
    finding: str
    until: date
    reason: str
    author: str


# --- the unit answers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignFor:
    unit: str
    findings: tuple[str, ...]
    author: str


@dataclass(frozen=True, slots=True)
class DisputeFinding:
    """``whose``: whose it is, in the unit's words."""

    unit: str
    finding: str
    reason: str
    whose: str
    author: str


@dataclass(frozen=True, slots=True)
class SendCure:
    unit: str
    finding: str
    cure: Cure
    author: str


@dataclass(frozen=True, slots=True)
class ReportWork:
    unit: str
    finding: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class AddProof:
    """``proof`` is its id, chosen by the page; the content is kept beside the record, under its SHA-256."""

    unit: str
    finding: str
    proof: str
    standards: tuple[str, ...]
    name: str
    sha256: str
    bytes: int
    media_type: str
    dated: date
    author: str


@dataclass(frozen=True, slots=True)
class RemoveProof:
    unit: str
    finding: str
    proof: str
    author: str


@dataclass(frozen=True, slots=True)
class AskExtension:
    unit: str
    finding: str
    until: date
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class HandInReport:
    """The unit reports on how these findings were put right, as a whole; ``text``: what it says beside the paper."""

    unit: str
    findings: tuple[str, ...]
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class AskStrikeOff:
    """``text``: what was done, and what came of it."""

    unit: str
    finding: str
    text: str
    pledge: Pledge
    author: str
    key: str = ""


# --- and it is struck off ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PassOn:
    """The bureau has looked at what the unit handed in, and passes it on to who verifies."""

    finding: str
    author: str
    key: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    finding: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class VerifyFinding:
    """``on_site``: what was seen on the spot, if somebody went there."""

    finding: str
    passed: bool
    opinion: str
    author: str
    on_site: str = ""
    key: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowProofs:
    """``proofs``: those that the public may open; all others it may not."""

    finding: str
    proofs: tuple[str, ...]
    author: str


@dataclass(frozen=True, slots=True)
class GiveNotice:
    """From today to the end of the day ``until`` anybody may object."""

    findings: tuple[str, ...]
    until: date
    author: str


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """``objection`` is its id, chosen by the page."""

    finding: str
    objection: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """In public. Upheld, the finding goes back to the unit."""

    finding: str
    objection: str
    answer: str
    upheld: bool
    author: str


@dataclass(frozen=True, slots=True)
class WithholdObjection:
    """Its text may not be shown by law; that there was one is shown, and ``reason``."""

    finding: str
    objection: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class StrikeOff:
    findings: tuple[str, ...]
    look_back_on: date
    author: str


@dataclass(frozen=True, slots=True)
class LookBack:
    """Looked at again, and it holds; if it does not, the finding is re-opened."""

    finding: str
    note: str
    author: str


@dataclass(frozen=True, slots=True)
class ReopenFinding:
    finding: str
    until: date
    reason: str
    author: str
