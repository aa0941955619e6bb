"""The unit signs, answers and works; the bureau agrees, returns, gives more time."""

import re
from dataclasses import replace
from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.findings.asking import (
    LARGEST_EVER,
    LARGEST_TOGETHER,
    LONGEST_ACCOUNT,
    LONGEST_OFFICE,
    MEGABYTE,
    MOST_PROOFS,
    MOST_UPLOADS,
    in_standing,
    must_be_later,
    of_unit,
    today,
)
from app.meeting.findings.state import Cure, Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import LONGEST_NAME, LONGEST_NAME_OF_FILE, the_author, the_reason, the_text

_AT_WORK = (Stand.RECTIFYING, Stand.LONG_TERM)
_WITH_A_DAY = (Stand.SIGNED_FOR, Stand.PLANNED, Stand.RECTIFYING)
_IN_HAND = (*_WITH_A_DAY, Stand.LONG_TERM)
"""Signed for and not yet asked to be struck off."""

_SHA256 = re.compile(r"[0-9a-f]{64}")

# --- the unit ---------------------------------------------------------------------------------------------------------


def sign_for(meeting: Meeting, command: c.SignFor, now: datetime) -> list[e.Event]:
    refuse_unless(bool(command.findings), "findings.none_chosen")
    ids = dict.fromkeys(command.findings)
    findings = [of_unit(meeting, command.unit, id, Stand.HANDED_OVER) for id in ids]
    author = the_author(command.author)
    return [e.FindingSignedFor(finding.id, author, at=now) for finding in findings]


def dispute_finding(meeting: Meeting, command: c.DisputeFinding, now: datetime) -> list[e.Event]:
    """Days run from the handing over: nobody gains time by not signing."""
    finding = of_unit(meeting, command.unit, command.finding, Stand.HANDED_OVER, Stand.SIGNED_FOR)
    last = finding.deadlines.dispute if finding.deadlines else None
    is_late = last is not None and today(meeting, now) > last
    refuse_if(is_late, "finding.dispute_late", day=last.isoformat() if last else "")
    reason, whose = the_reason(command.reason), the_text(command.whose, LONGEST_OFFICE)
    return [e.FindingDisputed(finding.id, reason, whose, the_author(command.author), at=now)]


def send_cure(meeting: Meeting, command: c.SendCure, now: datetime) -> list[e.Event]:
    """Also another one, until the bureau has agreed."""
    finding = of_unit(meeting, command.unit, command.finding, Stand.SIGNED_FOR, Stand.PLANNED)
    cure = _written(command.cure)
    must_be_later(cure.until, finding.handed_over_on or today(meeting, now))
    is_too_late = finding.due is not None and cure.until > finding.due
    refuse_if(is_too_late, "finding.cure_too_late", day=finding.due.isoformat() if finding.due else "")
    author = the_author(command.author)
    is_so = finding.standing is Stand.PLANNED and cure == finding.cure
    return [] if is_so else [e.CureSent(finding.id, cure, author, at=now)]


def report_work(meeting: Meeting, command: c.ReportWork, now: datetime) -> list[e.Event]:
    finding = of_unit(meeting, command.unit, command.finding, *_IN_HAND)
    text = the_text(command.text, LONGEST_ACCOUNT)
    return [e.WorkReported(finding.id, text, the_author(command.author), at=now)]


def add_proof(meeting: Meeting, command: c.AddProof, now: datetime) -> list[e.Event]:
    finding = of_unit(meeting, command.unit, command.finding, *_AT_WORK)
    must_be_an_id(command.proof)
    refuse_if(any(proof.id == command.proof for proof in finding.proofs), "proof.twice")
    _must_have_room(finding, command)
    _must_be_of(finding, command.standards)
    refuse_if(command.dated > today(meeting, now), "proof.in_future", day=command.dated.isoformat())
    refuse_unless(_SHA256.fullmatch(command.sha256) is not None and command.bytes > 0, "proof.no_digest")
    name, author = the_text(command.name, LONGEST_NAME_OF_FILE), the_author(command.author)
    standards = tuple(dict.fromkeys(command.standards))
    return [
        e.ProofAdded(
            finding.id,
            command.proof,
            standards,
            name,
            command.sha256,
            command.bytes,
            command.media_type,
            command.dated,
            author,
            at=now,
        )
    ]


def remove_proof(meeting: Meeting, command: c.RemoveProof, now: datetime) -> list[e.Event]:
    """Until it is handed in; that it was there stays in the record. What it was struck off by once stays itself."""
    finding = of_unit(meeting, command.unit, command.finding, *_AT_WORK)
    proof = next((each for each in finding.proofs if each.id == command.proof), None)
    if proof is None:
        raise Refused("proof.unknown")
    author = the_author(command.author)
    refuse_if(proof.removed_at is None and proof not in finding.standing_proofs, "proof.of_before")
    return [] if proof.removed_at else [e.ProofRemoved(finding.id, command.proof, author, at=now)]


def ask_extension(meeting: Meeting, command: c.AskExtension, now: datetime) -> list[e.Event]:
    """Not of what is long-term: that has no day to be moved."""
    finding = of_unit(meeting, command.unit, command.finding, *_WITH_A_DAY)
    refuse_if(finding.waiting_extension is not None, "extension.waits")
    must_be_later(command.until, finding.due or today(meeting, now))
    must_be_later(command.until, today(meeting, now))
    reason = the_reason(command.reason)
    return [e.ExtensionAsked(finding.id, command.until, reason, the_author(command.author), at=now)]


# --- the bureau -------------------------------------------------------------------------------------------------------


def agree_cure(meeting: Meeting, command: c.AgreeCure, now: datetime) -> list[e.Event]:
    """What must be true in the end is agreed before work begins."""
    finding = in_standing(meeting, command.finding, Stand.PLANNED)
    refuse_unless(bool(finding.standards), "finding.no_standards")
    return [e.CureAgreed(finding.id, the_author(command.author), at=now)]


def return_cure(meeting: Meeting, command: c.ReturnCure, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, Stand.PLANNED)
    return [e.CureReturned(finding.id, the_reason(command.reason), the_author(command.author), at=now)]


def answer_extension(meeting: Meeting, command: c.AnswerExtension, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, *_IN_HAND)
    refuse_if(finding.waiting_extension is None, "extension.none")
    reason = the_reason(command.reason)
    return [e.ExtensionAnswered(finding.id, command.granted, reason, the_author(command.author), at=now)]


def make_long_term(meeting: Meeting, command: c.MakeLongTerm, now: datetime) -> list[e.Event]:
    """Also once more, with the next day on which it is looked at."""
    finding = in_standing(meeting, command.finding, *_AT_WORK)
    must_be_later(command.checkpoint, today(meeting, now))
    reason, author = the_reason(command.reason), the_author(command.author)
    return [e.FindingMadeLongTerm(finding.id, reason, command.checkpoint, author, at=now)]


def end_long_term(meeting: Meeting, command: c.EndLongTerm, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, Stand.LONG_TERM)
    must_be_later(command.until, today(meeting, now))
    reason, author = the_reason(command.reason), the_author(command.author)
    return [e.LongTermEnded(finding.id, command.until, reason, author, at=now)]


def _written(cure: Cure) -> Cure:
    return replace(
        cure,
        cause=the_text(cure.cause, LONGEST_ACCOUNT),
        measures=the_text(cure.measures, LONGEST_ACCOUNT),
        goal=the_text(cure.goal, LONGEST_ACCOUNT),
        leader=the_text(cure.leader, LONGEST_NAME),
        office=the_text(cure.office, LONGEST_OFFICE),
        person=the_text(cure.person, LONGEST_NAME),
    )


def _must_have_room(finding: Finding, command: c.AddProof) -> None:
    """What is taken away stays in the record, and on the disk: it counts on."""
    there = [each for each in finding.proofs if each.removed_at is None]
    together, ever = (sum(each.bytes for each in proofs) + command.bytes for proofs in (there, finding.proofs))
    refuse_if(len(finding.standing_proofs) >= MOST_PROOFS, "proof.too_many", most=MOST_PROOFS)
    most = LARGEST_TOGETHER // MEGABYTE
    refuse_if(together > LARGEST_TOGETHER, "proofs.all_too_large", megabytes=most, name=command.name)
    refuse_if(len(finding.proofs) >= MOST_UPLOADS or ever > LARGEST_EVER, "proofs.too_often", name=command.name)


def _must_be_of(finding: Finding, standards: tuple[str, ...]) -> None:
    known = {each.id for each in finding.standards}
    refuse_unless(bool(standards) and set(standards) <= known, "proof.no_standard")
