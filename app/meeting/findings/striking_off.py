"""From the unit's word that it is done to the day on which it is struck off; and what may bring it back."""

from datetime import datetime, timedelta

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.findings.asking import (
    LONGEST_ACCOUNT,
    LONGEST_OBJECTION,
    MOST_OBJECTIONS,
    each_in_standing,
    in_standing,
    must_be_later,
    must_have_key,
    of_unit,
    the_finding,
    today,
)
from app.meeting.findings.state import Objection, Pledge, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import LONGEST_NAME, the_author, the_reason, the_text

_SHOWABLE = (
    Stand.ASKED,
    Stand.TO_VERIFY,
    Stand.VERIFIED,
    Stand.NOTICE,
    Stand.STRUCK_OFF,
)
_AT_WORK = (Stand.RECTIFYING, Stand.LONG_TERM)


def ask_strike_off(meeting: Meeting, command: c.AskStrikeOff, now: datetime) -> list[e.Event]:
    """With a proof for each standard, and the word of the unit's head."""
    finding = of_unit(meeting, command.unit, command.finding, *_AT_WORK)
    lacking = tuple(standard.text for standard in finding.unproved)
    refuse_if(bool(lacking), "finding.unproved", standards=lacking)
    must_have_key(command.key)
    on = today(meeting, now)
    refuse_if(command.pledge.dated > on, "finding.pledge_in_future")
    pledge = Pledge(the_text(command.pledge.name, LONGEST_NAME), command.pledge.dated)
    text, author = the_text(command.text, LONGEST_ACCOUNT), the_author(command.author)
    return [e.StrikeOffAsked(finding.id, text, pledge, on, command.key, author, at=now)]


def pass_on(meeting: Meeting, command: c.PassOn, now: datetime) -> list[e.Event]:
    """Not with the key that asked for it."""
    finding = in_standing(meeting, command.finding, Stand.ASKED)
    must_have_key(command.key)
    refuse_if(command.key == finding.asked_with, "finding.passes_own")
    refuse_if(finding.asked_with in command.beside, "finding.same_browser")
    return [e.RequestPassedOn(finding.id, command.key, the_author(command.author), at=now)]


def return_request(meeting: Meeting, command: c.ReturnRequest, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, Stand.ASKED)
    return [e.RequestReturned(finding.id, the_reason(command.reason), the_author(command.author), at=now)]


def verify_finding(meeting: Meeting, command: c.VerifyFinding, now: datetime) -> list[e.Event]:
    """With neither of the keys that asked for it and passed it on, and in no browser that holds one of them.

    A person with two keys in two browsers no rule can see.
    """
    finding = in_standing(meeting, command.finding, Stand.TO_VERIFY)
    must_have_key(command.key)
    refuse_if(command.key in (finding.asked_with, finding.passed_with), "finding.verifies_own")
    refuse_if(bool({finding.asked_with, finding.passed_with} & {*command.beside}), "finding.same_browser")
    opinion = the_text(command.opinion, LONGEST_ACCOUNT)
    on_site = the_text(command.on_site, LONGEST_ACCOUNT) if command.on_site.strip() else ""
    author = the_author(command.author)
    return [e.FindingVerified(finding.id, command.passed, opinion, on_site, command.key, author, at=now)]


def show_proofs(meeting: Meeting, command: c.ShowProofs, now: datetime) -> list[e.Event]:
    """Once they are handed in. What was shown by mistake can be hidden again whenever that is seen."""
    shown = the_finding(meeting, command.finding).public_proofs
    hides_only = shown > set(command.proofs)
    finding = in_standing(meeting, command.finding, *(Stand if hides_only else _SHOWABLE))
    kept = {proof.id for proof in finding.proofs if proof.removed_at is None}
    refuse_unless(set(command.proofs) <= kept, "proof.unknown")
    author = the_author(command.author)
    if shown == set(command.proofs):
        return []
    return [e.ProofsShown(finding.id, tuple(dict.fromkeys(command.proofs)), author, at=now)]


def give_notice(meeting: Meeting, command: c.GiveNotice, now: datetime) -> list[e.Event]:
    """So many working days take at least as many days; how many more the calendar knows, at the door."""
    findings = each_in_standing(meeting, command.findings, Stand.VERIFIED)
    on, days = today(meeting, now), meeting.findings.terms.public_working_days
    must_be_later(command.until, on)
    first = on + timedelta(days=days)
    refuse_if(command.until < first, "finding.notice_too_short", days=days, day=first.isoformat())
    author = the_author(command.author)
    return [e.NoticeGiven(finding.id, command.until, author, at=now) for finding in findings]


def raise_objection(meeting: Meeting, command: c.RaiseObjection, now: datetime) -> list[e.Event]:
    """Anybody may, as long as the notice lasts."""
    finding = the_finding(meeting, command.finding)
    is_on = finding.standing is Stand.NOTICE and finding.notice_until and today(meeting, now) <= finding.notice_until
    refuse_unless(bool(is_on), "objection.not_now")
    must_be_an_id(command.objection)
    refuse_if(any(each.id == command.objection for each in finding.objections), "objection.twice")
    refuse_if(len(finding.objections) >= MOST_OBJECTIONS, "objection.too_many")
    text = the_text(command.text, LONGEST_OBJECTION)
    return [e.ObjectionRaised(finding.id, command.objection, text, at=now)]


def answer_objection(meeting: Meeting, command: c.AnswerObjection, now: datetime) -> list[e.Event]:
    objection = _open_objection(meeting, command.finding, command.objection)
    answer, author = the_text(command.answer, LONGEST_ACCOUNT), the_author(command.author)
    return [e.ObjectionAnswered(command.finding, objection.id, answer, command.upheld, author, at=now)]


def withhold_objection(meeting: Meeting, command: c.WithholdObjection, now: datetime) -> list[e.Event]:
    objection = _open_objection(meeting, command.finding, command.objection)
    reason, author = the_reason(command.reason), the_author(command.author)
    return [e.ObjectionWithheld(command.finding, objection.id, reason, author, at=now)]


def strike_off(meeting: Meeting, command: c.StrikeOff, now: datetime) -> list[e.Event]:
    """After the last day of the notice, with every objection answered."""
    findings = each_in_standing(meeting, command.findings, Stand.NOTICE)
    on = today(meeting, now)
    for finding in findings:
        until = finding.notice_until
        refuse_if(until is None or on <= until, "finding.notice_lasts", day=until.isoformat() if until else "")
        refuse_if(bool(finding.open_objections), "finding.objections_open", count=len(finding.open_objections))
    must_be_later(command.look_back_on, on)
    author = the_author(command.author)
    return [e.FindingStruckOff(finding.id, on, command.look_back_on, author, at=now) for finding in findings]


def look_back(meeting: Meeting, command: c.LookBack, now: datetime) -> list[e.Event]:
    finding = in_standing(meeting, command.finding, Stand.STRUCK_OFF)
    note, author = the_text(command.note, LONGEST_ACCOUNT), the_author(command.author)
    return [e.FindingLookedBack(finding.id, today(meeting, now), note, author, at=now)]


def reopen_finding(meeting: Meeting, command: c.ReopenFinding, now: datetime) -> list[e.Event]:
    """At the look-back, or whenever it comes out that it has not held."""
    finding = in_standing(meeting, command.finding, Stand.STRUCK_OFF)
    must_be_later(command.until, today(meeting, now))
    reason, author = the_reason(command.reason), the_author(command.author)
    return [e.FindingReopened(finding.id, command.until, reason, author, at=now)]


def _open_objection(meeting: Meeting, finding: str, id: str) -> Objection:
    found = next((each for each in the_finding(meeting, finding).objections if each.id == id), None)
    if found is None:
        raise Refused("objection.unknown")
    refuse_unless(found.is_open, "objection.answered")
    return found
