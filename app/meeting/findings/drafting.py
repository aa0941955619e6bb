"""Findings as the bureau writes them, until they are handed over to a unit."""

from dataclasses import fields
from datetime import date, datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.comments.state import CommentStanding
from app.meeting.findings.asking import (
    LONGEST_FINDING,
    LONGEST_STANDARD,
    MOST_STANDARDS,
    each_in_standing,
    in_standing,
    must_be_a_new_one,
    must_be_later,
    today,
)
from app.meeting.findings.state import Deadlines, FindingKind, Stand, Standard, Terms
from app.meeting.lookups import the_comment, the_criterion, the_unit
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.texts import the_author, the_reason, the_text

LONGEST_TERM, MOST_MONTHS = 730, 120
"""Days or working days, and months: more than that is a slip of the finger."""

_BEFORE_WORK = (
    Stand.DRAFT,
    Stand.HANDED_OVER,
    Stand.DISPUTED,
    Stand.SIGNED_FOR,
    Stand.PLANNED,
)
_WITHDRAWABLE = (*_BEFORE_WORK, Stand.RECTIFYING, Stand.LONG_TERM)


def set_terms(meeting: Meeting, command: c.SetTerms, now: datetime) -> list[e.Event]:
    _must_be_opened(meeting)
    author = the_author(command.author)
    for each in fields(Terms):
        most = longest(each.name)
        refuse_unless(1 <= getattr(command.terms, each.name) <= most, "terms.out_of_range", most=most)
    terms = command.terms
    refuse_if(terms.dispute_working_days < terms.notice_working_days, "terms.return_before_notice")
    refuse_if(terms.report_months < terms.rectification_months, "terms.report_before_rectified")
    is_so = command.terms == meeting.findings.terms
    return [] if is_so else [e.TermsSet(command.terms, author, at=now)]


def longest(term: str) -> int:
    """Of a term, by its name: what ends later than the rules take days for could never be handed over."""
    return MOST_MONTHS if term.endswith("_months") else LONGEST_TERM


def draft_finding(meeting: Meeting, command: c.DraftFinding, now: datetime) -> list[e.Event]:
    """During the meeting or after it; also of a comment that has not been released."""
    _must_be_opened(meeting)
    must_be_a_new_one(meeting, command.finding)
    unit = the_unit(meeting, command.unit)
    _must_be_on(meeting, unit.id, command.sources)
    text, criterion, standards = _written(meeting, command)
    author = the_author(command.author)
    sources = tuple(dict.fromkeys(command.sources))
    return [e.FindingDrafted(command.finding, unit.id, text, command.kind, author, now, sources, criterion, standards)]


def edit_finding(meeting: Meeting, command: c.EditFinding, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, *_BEFORE_WORK)
    text, criterion, standards = _written(meeting, command)
    author = the_author(command.author)
    was = (finding.text, finding.kind, finding.criterion)
    refuse_if(finding.is_issued and (text, command.kind, criterion) != was, "finding.issued")
    if (*was, finding.standards) == (text, command.kind, criterion, standards):
        return []
    return [e.FindingEdited(finding.id, text, command.kind, author, now, criterion, standards)]


def merge_findings(meeting: Meeting, command: c.MergeFindings, now: datetime) -> list[e.Event]:
    into = in_standing(meeting, command.into, Stand.DRAFT)
    others = each_in_standing(meeting, tuple(id for id in command.findings if id != into.id), Stand.DRAFT)
    refuse_if(any(other.unit != into.unit for other in others), "finding.other_unit")
    return [e.FindingsMerged(into.id, tuple(other.id for other in others), the_author(command.author), at=now)]


def withdraw_finding(meeting: Meeting, command: c.WithdrawFinding, now: datetime) -> list[e.Event]:
    """With a reason, unless nobody but the bureau has seen it; and with an answer to everybody who has objected."""
    finding = in_standing(meeting, command.finding, *_WITHDRAWABLE)
    refuse_if(bool(finding.open_objections), "finding.objections_open", count=len(finding.open_objections))
    author = the_author(command.author)
    is_unsaid = not finding.was_issued and not command.reason.strip()
    reason = "" if is_unsaid else the_reason(command.reason)
    return [e.FindingWithdrawn(finding.id, reason, author, at=now)]


def hand_over(meeting: Meeting, command: c.HandOver, now: datetime) -> list[e.Event]:
    findings = each_in_standing(meeting, command.findings, Stand.DRAFT)
    author, on = the_author(command.author), today(meeting, now)
    _must_be_in_order(command.deadlines, on)
    is_long = all(finding.kind is FindingKind.LONG for finding in findings)
    is_reported_early = command.deadlines.report < command.deadlines.rectification
    refuse_if(is_reported_early and not is_long, "terms.report_before_rectified")
    numbers = dict(meeting.findings.numbers)
    events: list[e.Event] = []
    for finding in findings:
        number = numbers[finding.unit] = numbers.get(finding.unit, 0) + 1
        events.append(e.FindingHandedOver(finding.id, number, on, command.deadlines, author, at=now))
    return events


def settle_dispute(meeting: Meeting, command: c.SettleDispute, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, Stand.DISPUTED)
    author, reason = the_author(command.author), the_reason(command.reason)
    to = the_unit(meeting, command.to).id if command.accepted and command.to else ""
    refuse_if(to == finding.unit, "finding.same_unit")
    return [e.DisputeSettled(finding.id, command.accepted, reason, author, now, to)]


def _must_be_opened(meeting: Meeting) -> None:
    refuse_if(meeting.opened_at is None, "meeting.not_open")


def _must_be_on(meeting: Meeting, unit: str, sources: tuple[str, ...]) -> None:
    for comment in (the_comment(meeting, id) for id in sources):
        refuse_if(comment.unit != unit, "finding.other_unit")
        refuse_if(comment.standing is CommentStanding.TAKEN_BACK, "comment.taken_back")


def _written(meeting: Meeting, asked: c.DraftFinding | c.EditFinding) -> tuple[str, str, tuple[Standard, ...]]:
    """Text, criterion and standards, fit to be kept."""
    text = the_text(asked.text, LONGEST_FINDING)
    criterion = the_criterion(meeting, asked.criterion).id if asked.criterion else ""
    refuse_if(len(asked.standards) > MOST_STANDARDS, "finding.too_many_standards", most=MOST_STANDARDS)
    standards = tuple(Standard(each.id, the_text(each.text, LONGEST_STANDARD)) for each in asked.standards)
    for each in standards:
        must_be_an_id(each.id)
    refuse_if(len({each.id for each in standards}) < len(standards), "finding.standard_twice")
    return text, criterion, standards


def _must_be_in_order(deadlines: Deadlines, on: date) -> None:
    """The plan may be due after the rectification: what is put right at once does not wait for it."""
    for each in fields(Deadlines):
        must_be_later(getattr(deadlines, each.name), on)
    refuse_if(deadlines.dispute < deadlines.notice, "terms.return_before_notice")
