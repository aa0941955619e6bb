"""What each step changes of a finding. Every step is kept with it, in the order in which they came."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from app.meeting import events as e
from app.meeting.findings.state import (
    ON_ITS_WAY,
    Extension,
    Finding,
    Findings,
    Objection,
    Party,
    Proof,
    Report,
    Stand,
    Step,
)
from app.meeting.meeting import Meeting

Change = (
    e.FindingEdited
    | e.FindingWithdrawn
    | e.FindingHandedOver
    | e.FindingSignedFor
    | e.FindingDisputed
    | e.DisputeSettled
    | e.CureSent
    | e.CureAgreed
    | e.CureReturned
    | e.WorkReported
    | e.ProofAdded
    | e.ProofRemoved
    | e.ExtensionAsked
    | e.ExtensionAnswered
    | e.FindingMadeLongTerm
    | e.LongTermEnded
    | e.StrikeOffAsked
    | e.RequestPassedOn
    | e.RequestReturned
    | e.FindingVerified
    | e.ProofsShown
    | e.NoticeGiven
    | e.ObjectionRaised
    | e.ObjectionAnswered
    | e.ObjectionWithheld
    | e.FindingStruckOff
    | e.FindingLookedBack
    | e.FindingReopened
)

OF_THE_UNIT = (
    e.FindingSignedFor,
    e.FindingDisputed,
    e.CureSent,
    e.WorkReported,
    e.ProofAdded,
    e.ProofRemoved,
    e.ExtensionAsked,
    e.StrikeOffAsked,
)
_SAID_IN = ("reason", "text", "opinion", "answer", "note")
"""The fields in which a step says something in words, one of them at most in each event."""
_DECIDED_IN = ("accepted", "granted", "passed", "upheld")
"""Those that say yes or no, likewise."""


def terms_set(meeting: Meeting, event: e.TermsSet) -> Meeting:
    return replace(meeting, findings=replace(meeting.findings, terms=event.terms))


def drafted(meeting: Meeting, event: e.FindingDrafted) -> Meeting:
    finding = Finding(
        event.finding,
        event.unit,
        event.text,
        event.kind,
        drafted_at=event.at,
        sources=event.sources,
        questions=event.questions,
        criterion=event.criterion,
        standards=event.standards,
        since=event.at,
        steps=(_step(event),),
    )
    return _with(meeting, finding)


def merged(meeting: Meeting, event: e.FindingsMerged) -> Meeting:
    """What they were made of is now a source of the one that stays."""
    into, step = meeting.findings.by_id[event.into], _step(event)
    sources, questions = dict.fromkeys(into.sources), dict.fromkeys(into.questions)
    for id in event.findings:
        gone = meeting.findings.by_id[id]
        sources |= dict.fromkeys(gone.sources)
        questions |= dict.fromkeys(gone.questions)
        gone = replace(gone, merged_into=into.id, steps=(*gone.steps, step))
        meeting = _with(meeting, _at(gone, Stand.MERGED, event))
    joined = replace(into, sources=tuple(sources), questions=tuple(questions))
    return _with(meeting, replace(joined, steps=(*into.steps, step)))


def handed_over(meeting: Meeting, event: e.FindingHandedOver) -> Meeting:
    after = changed(meeting, event)
    unit = after.findings.by_id[event.finding].unit
    numbers = {**after.findings.numbers, unit: event.number}
    return replace(after, findings=replace(after.findings, numbers=numbers))


def reported(meeting: Meeting, event: e.ReportCameIn) -> Meeting:
    """The first report counts; what comes later is a step of its course."""
    step = _step(event)
    report = Report(event.unit, event.findings, event.on, event.text, event.author, event.on_paper)
    meeting = replace(meeting, findings=replace(meeting.findings, reports=(*meeting.findings.reports, report)))
    for id in event.findings:
        finding = meeting.findings.by_id[id]
        first = min(finding.reported_on or event.on, event.on)
        meeting = _with(meeting, replace(finding, reported_on=first, steps=(*finding.steps, step)))
    return meeting


def changed(meeting: Meeting, event: Change) -> Meeting:
    before = meeting.findings.by_id[event.finding]
    after = _CHANGES[type(event)](before, event)
    return _with(meeting, replace(after, steps=(*after.steps, _step(event))))


# --- a finding after a step of each kind ------------------------------------------------------------------------------


def _edited(finding: Finding, event: e.FindingEdited) -> Finding:
    return replace(finding, text=event.text, kind=event.kind, criterion=event.criterion, standards=event.standards)


def _handed_over(finding: Finding, event: e.FindingHandedOver) -> Finding:
    after = replace(
        finding,
        number=event.number,
        handed_over_on=event.on,
        deadlines=event.deadlines,
        due=event.deadlines.rectification,
    )
    return _at(after, Stand.HANDED_OVER, event)


def _signed_for(finding: Finding, event: e.FindingSignedFor) -> Finding:
    return _at(replace(finding, signed_for_by=event.author), Stand.SIGNED_FOR, event)


def _disputed(finding: Finding, event: e.FindingDisputed) -> Finding:
    return _at(replace(finding, disputed_to=event.whose), Stand.DISPUTED, event)


def _settled(finding: Finding, event: e.DisputeSettled) -> Finding:
    """For another unit it begins anew, with that unit's own number and days, plan and requests."""
    if not event.accepted:
        return _at(finding, Stand.HANDED_OVER, event)
    if not event.to:
        return _at(finding, Stand.WITHDRAWN, event)
    anew = replace(
        finding,
        unit=event.to,
        number=0,
        handed_over_on=None,
        deadlines=None,
        due=None,
        signed_for_by="",
        disputed_to="",
        cure=None,
        extensions=(),
        reported_on=None,
    )
    return _at(anew, Stand.DRAFT, event)


def _cure_sent(finding: Finding, event: e.CureSent) -> Finding:
    return _at(replace(finding, cure=event.cure), Stand.PLANNED, event)


def _cure_returned(finding: Finding, event: e.CureReturned) -> Finding:
    return _at(replace(finding, returns=finding.returns + 1), Stand.SIGNED_FOR, event)


def _proof_added(finding: Finding, event: e.ProofAdded) -> Finding:
    proof = Proof(
        event.proof,
        event.standards,
        event.name,
        event.sha256,
        event.bytes,
        event.media_type,
        event.dated,
        added_at=event.at,
    )
    return replace(finding, proofs=(*finding.proofs, proof))


def _proof_removed(finding: Finding, event: e.ProofRemoved) -> Finding:
    proofs = (
        replace(each, removed_at=event.at, is_public=False) if each.id == event.proof else each
        for each in finding.proofs
    )
    return replace(finding, proofs=tuple(proofs))


def _proofs_shown(finding: Finding, event: e.ProofsShown) -> Finding:
    proofs = (replace(each, is_public=each.id in event.proofs) for each in finding.proofs)
    return replace(finding, proofs=tuple(proofs))


def _extension_asked(finding: Finding, event: e.ExtensionAsked) -> Finding:
    return replace(finding, extensions=(*finding.extensions, Extension(event.until, event.reason, event.at)))


def _extension_answered(finding: Finding, event: e.ExtensionAnswered) -> Finding:
    *earlier, latest = finding.extensions
    answered = replace(latest, granted=event.granted, answer=event.reason)
    due = latest.until if event.granted else finding.due
    return replace(finding, extensions=(*earlier, answered), due=due)


def _made_long_term(finding: Finding, event: e.FindingMadeLongTerm) -> Finding:
    return _at(replace(_unextended(finding), checkpoint=event.checkpoint), Stand.LONG_TERM, event)


def _long_term_ended(finding: Finding, event: e.LongTermEnded) -> Finding:
    return _at(replace(finding, checkpoint=None, due=event.until), Stand.RECTIFYING, event)


def _asked(finding: Finding, event: e.StrikeOffAsked) -> Finding:
    asked = replace(_unextended(finding), pledge=event.pledge, asked_on=event.on, asked_with=event.key)
    return _at(asked, Stand.ASKED, event)


def _passed_on(finding: Finding, event: e.RequestPassedOn) -> Finding:
    return _at(replace(finding, passed_with=event.key), Stand.TO_VERIFY, event)


def _sent_back(finding: Finding, event: e.RequestReturned | e.FindingVerified | e.ObjectionAnswered) -> Finding:
    """The unit has to work on it again, and to ask anew; the day by which it was due stays, and long-term work is."""
    standing = Stand.LONG_TERM if finding.checkpoint else Stand.RECTIFYING
    return _at(replace(_not_asked(finding), returns=finding.returns + 1), standing, event)


def _verified(finding: Finding, event: e.FindingVerified) -> Finding:
    seen = replace(finding, on_site=event.on_site)
    return _at(seen, Stand.VERIFIED, event) if event.passed else _sent_back(seen, event)


def _notice_given(finding: Finding, event: e.NoticeGiven) -> Finding:
    return _at(replace(finding, notice_until=event.until), Stand.NOTICE, event)


def _objected(finding: Finding, event: e.ObjectionRaised) -> Finding:
    return replace(finding, objections=(*finding.objections, Objection(event.objection, event.text, event.at)))


def _objection_answered(finding: Finding, event: e.ObjectionAnswered) -> Finding:
    """One of an earlier notice that is upheld late brings the finding back as well."""
    after = _with_objection(finding, event.objection, answer=event.answer, answered_at=event.at, is_upheld=event.upheld)
    return _sent_back(after, event) if event.upheld and finding.standing in ON_ITS_WAY else after


def _objection_withheld(finding: Finding, event: e.ObjectionWithheld) -> Finding:
    return _with_objection(finding, event.objection, answer=event.reason, answered_at=event.at, is_withheld=True)


def _struck_off(finding: Finding, event: e.FindingStruckOff) -> Finding:
    after = replace(finding, struck_off_on=event.on, look_back_on=event.look_back_on)
    return _at(after, Stand.STRUCK_OFF, event)


def _looked_back(finding: Finding, event: e.FindingLookedBack) -> Finding:
    return replace(finding, looked_back_on=event.on)


def _reopened(finding: Finding, event: e.FindingReopened) -> Finding:
    """What was proved has not held: the standards want new proofs."""
    after = replace(
        _not_asked(finding),
        due=event.until,
        struck_off_on=None,
        look_back_on=None,
        looked_back_on=None,
        checkpoint=None,
        reopened_at=event.at,
        reopenings=finding.reopenings + 1,
    )
    return _at(after, Stand.RECTIFYING, event)


def _stands(standing: Stand) -> Callable[[Finding, Any], Finding]:
    return lambda finding, event: _at(finding, standing, event)


_CHANGES: dict[type[Any], Callable[[Finding, Any], Finding]] = {
    e.FindingEdited: _edited,
    e.FindingWithdrawn: _stands(Stand.WITHDRAWN),
    e.FindingHandedOver: _handed_over,
    e.FindingSignedFor: _signed_for,
    e.FindingDisputed: _disputed,
    e.DisputeSettled: _settled,
    e.CureSent: _cure_sent,
    e.CureAgreed: _stands(Stand.RECTIFYING),
    e.CureReturned: _cure_returned,
    e.WorkReported: lambda finding, _event: finding,
    e.ProofAdded: _proof_added,
    e.ProofRemoved: _proof_removed,
    e.ExtensionAsked: _extension_asked,
    e.ExtensionAnswered: _extension_answered,
    e.FindingMadeLongTerm: _made_long_term,
    e.LongTermEnded: _long_term_ended,
    e.StrikeOffAsked: _asked,
    e.RequestPassedOn: _passed_on,
    e.RequestReturned: _sent_back,
    e.FindingVerified: _verified,
    e.ProofsShown: _proofs_shown,
    e.NoticeGiven: _notice_given,
    e.ObjectionRaised: _objected,
    e.ObjectionAnswered: _objection_answered,
    e.ObjectionWithheld: _objection_withheld,
    e.FindingStruckOff: _struck_off,
    e.FindingLookedBack: _looked_back,
    e.FindingReopened: _reopened,
}


def _at(finding: Finding, standing: Stand, event: Any) -> Finding:
    return replace(finding, standing=standing, since=event.at)


def _not_asked(finding: Finding) -> Finding:
    return replace(finding, pledge=None, asked_on=None, asked_with="", passed_with="", notice_until=None)


def _unextended(finding: Finding) -> Finding:
    """What was asked for and not answered is no question any more."""
    extensions = (replace(each, has_lapsed=each.is_waiting or each.has_lapsed) for each in finding.extensions)
    return replace(finding, extensions=tuple(extensions))


def _with_objection(finding: Finding, id: str, **changes: Any) -> Finding:
    objections = (replace(each, **changes) if each.id == id else each for each in finding.objections)
    return replace(finding, objections=tuple(objections))


def _step(event: Any) -> Step:
    said = {each.name for each in fields(event)}
    text = next((getattr(event, name) for name in _SAID_IN if name in said), "")
    outcome = next((getattr(event, name) for name in _DECIDED_IN if name in said), None)
    return Step(type(event).__name__, _party(event), event.at, getattr(event, "author", ""), text, outcome)


def _party(event: Any) -> Party:
    if isinstance(event, OF_THE_UNIT) or (isinstance(event, e.ReportCameIn) and not event.on_paper):
        return Party.UNIT
    if isinstance(event, e.FindingVerified):
        return Party.VERIFIER
    if getattr(event, "vote", ""):
        return Party.PANEL
    return Party.SOCIETY if isinstance(event, e.ObjectionRaised) else Party.BUREAU


def _with(meeting: Meeting, finding: Finding) -> Meeting:
    findings: Findings = meeting.findings
    return replace(meeting, findings=replace(findings, by_id={**findings.by_id, finding.id: finding}))
