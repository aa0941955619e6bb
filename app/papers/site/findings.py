"""A finding as society sees it: what was issued, what was promised, and what became of it.

Of what offices write to one another nothing is here: reasons, opinions, plans that are not agreed yet, accounts of
work, proofs that are not ticked, and who acted. A step says that it was taken, and when.
"""

from collections.abc import Iterable
from datetime import date

from app.meeting.findings.asking import MOST_OBJECTIONS
from app.meeting.findings.lateness import days_late, is_overdue, is_past, report_by
from app.meeting.findings.state import Finding, Objection, Proof, Stand, Step
from app.meeting.findings.summing import Mark, sum_up
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.papers.site.shown import Counts, CureShown, FindingShown, ObjectionShown, ProofShown, StepShown, VerdictShown

TOLD = frozenset(
    {
        *("FindingHandedOver", "FindingSignedFor", "FindingDisputed", "DisputeSettled", "FindingWithdrawn"),
        *("CureSent", "CureAgreed", "CureReturned", "ExtensionAnswered", "FindingMadeLongTerm", "LongTermEnded"),
        *("StrikeOffAsked", "RequestPassedOn", "RequestReturned", "FindingVerified", "NoticeGiven"),
        "ReportCameIn",
        *("ObjectionRaised", "ObjectionAnswered", "ObjectionWithheld"),
        *("FindingStruckOff", "FindingLookedBack", "FindingReopened"),
    }
)
"""Steps that everybody is told of, by the names of their events. What is not named here is not told."""


def findings_shown(meeting: Meeting, unit: str, day: date) -> tuple[FindingShown, ...]:
    """Those that were handed over to a unit, by their numbers."""
    issued = sorted((each for each in meeting.findings.issued if each.unit == unit), key=lambda each: each.number)
    return tuple(_shown(meeting, finding, day) for finding in issued)


def given_back(meeting: Meeting, unit: str) -> tuple[int, ...]:
    """Numbers that were given once and are nobody's now: the unit was right that they were not its own."""
    there = {each.number for each in meeting.findings.of_unit(unit) if each.is_issued}
    return tuple(number for number in range(1, meeting.findings.numbers.get(unit, 0) + 1) if number not in there)


def counted(findings: Iterable[Finding], day: date) -> Counts:
    issued = [each for each in findings if each.is_issued]
    tally = sum_up(issued, day).whole
    return Counts(
        issued=tally[Mark.ISSUED],
        struck_off=tally[Mark.STRUCK_OFF],
        on_notice=sum(each.standing is Stand.NOTICE for each in issued),
        long_term=tally[Mark.LONG_TERM],
        overdue=tally[Mark.OVERDUE],
        reopened=tally[Mark.REOPENED],
        returned=tally[Mark.RETURNED],
        extended=tally[Mark.EXTENDED],
    )


def _shown(meeting: Meeting, finding: Finding, day: date) -> FindingShown:
    plan = meeting.plan
    deadlines, handed_over_on = finding.deadlines, finding.handed_over_on
    if deadlines is None or handed_over_on is None:
        raise ValueError(f"{finding.id} has not been handed over")
    return FindingShown(
        number=finding.number,
        text=finding.text,
        kind=finding.kind,
        is_of_audience=finding.is_of_audience,
        criterion=meeting.criterion(finding.criterion).name if finding.criterion else "",
        standards=tuple(each.text for each in finding.standards),
        standing=finding.standing,
        since=plan.day_in_the_hall(finding.since) if finding.since else handed_over_on,
        handed_over_on=handed_over_on,
        deadlines=deadlines,
        due=finding.due or deadlines.rectification,
        days_late=days_late(finding, day),
        is_overdue=is_overdue(finding, day),
        takes_objections=_takes_objections(finding, day),
        cure=_cure(finding),
        proofs=tuple(_proof(finding, each) for each in finding.proofs if each.is_public and not each.removed_at),
        objections=tuple(_objection(each, at, plan) for at, each in enumerate(finding.objections, start=1)),
        verdict=_verdict(meeting, finding),
        course=course_of(finding, plan),
        asked_on=finding.asked_on,
        notice_until=finding.notice_until,
        struck_off_on=finding.struck_off_on,
        look_back_on=finding.look_back_on,
        looked_back_on=finding.looked_back_on,
        checkpoint=finding.checkpoint if finding.standing is Stand.LONG_TERM else None,
        returns=finding.returns,
        extensions=finding.granted_extensions,
        reopenings=finding.reopenings,
        reported_on=finding.reported_on,
        is_report_late=is_past(report_by(finding), day),
    )


def course_of(finding: Finding, plan: Plan) -> tuple[StepShown, ...]:
    return tuple(StepShown(each.what, plan.day_in_the_hall(each.at), each.outcome) for each in steps_told(finding))


def days_told(finding: Finding) -> tuple[date, ...]:
    """The days of a finding that was handed over, as far as they were reckoned or agreed to."""
    return finding.days_set if finding.is_issued else ()


def steps_told(finding: Finding) -> list[Step]:
    return [each for each in finding.course if each.what in TOLD]


def _takes_objections(finding: Finding, day: date) -> bool:
    is_on = finding.standing is Stand.NOTICE and finding.notice_until is not None and day <= finding.notice_until
    return is_on and len(finding.objections) < MOST_OBJECTIONS


def _cure(finding: Finding) -> CureShown | None:
    """One that the bureau has not agreed to is no promise yet; one that was agreed to stays one."""
    cure = finding.cure
    steps = [each.what for each in steps_told(finding) if each.what in ("CureSent", "CureAgreed", "CureReturned")]
    if cure is None or steps[-1:] != ["CureAgreed"]:
        return None
    return CureShown(cure.cause, cure.measures, cure.goal, cure.leader, cure.office, cure.until)


def _proof(finding: Finding, proof: Proof) -> ProofShown:
    places = {standard.id: at for at, standard in enumerate(finding.standards, start=1)}
    standards = tuple(sorted(places[each] for each in proof.standards if each in places))
    return ProofShown(proof.name, proof.sha256, proof.bytes, proof.media_type, proof.dated, standards)


def _objection(objection: Objection, number: int, plan: Plan) -> ObjectionShown:
    """What somebody wrote is shown together with the answer, never before it; nor where the law forbids it."""
    is_told = not objection.is_open and not objection.is_withheld
    return ObjectionShown(
        number=number,
        raised_on=plan.day_in_the_hall(objection.raised_at),
        text=objection.text if is_told else "",
        answer=objection.answer,
        answered_on=plan.day_in_the_hall(objection.answered_at) if objection.answered_at else None,
        is_upheld=objection.is_upheld,
        is_withheld=objection.is_withheld,
    )


def _verdict(meeting: Meeting, finding: Finding) -> VerdictShown | None:
    """Of the last vote that was closed. Where fewer than three judged, a count would say how one of them did."""
    count = meeting.cures.latest_count(finding.id)
    if count is None:
        return None
    if not count.is_told:
        return VerdictShown(count.members, None, None, None, count.passed)
    return VerdictShown(count.members, count.satisfied, count.basically, count.not_satisfied, count.passed)
