"""A unit's findings as its page shows them: those handed over to it, in the words in which they were said.

Of who said it only the class is told, never the seat. Nothing that was not handed over is here, and nothing of others.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.language.groups import AUDIENCE
from app.live.screens.parts import day_text, instant_text, size_text
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.lateness import awaited, days_late, report_by
from app.meeting.findings.reporting import REPORTABLE
from app.meeting.findings.state import Extension, Finding, Party, Proof, Stand, Step
from app.meeting.findings.summing import SOON_DAYS
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.web.unit.next_step import next_step
from app.workdays import published_until

_TOLD = frozenset(
    {
        "DisputeSettled",
        "CureReturned",
        "ExtensionAnswered",
        "FindingMadeLongTerm",
        "LongTermEnded",
        "RequestReturned",
        "FindingVerified",
        "ObjectionAnswered",
        "FindingReopened",
    }
)
"""Steps by which somebody says something that the unit has to act on."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a finding was made of, as it was said in the hall, and the class of who said it."""

    group: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ProofOfUnit:
    id: str
    name: str
    size: str
    dated: str
    counts: bool


@dataclass(frozen=True, slots=True)
class StandardOfUnit:
    id: str
    text: str
    proofs: list[ProofOfUnit]

    @property
    def is_proved(self) -> bool:
        return any(each.counts for each in self.proofs)


@dataclass(frozen=True, slots=True)
class Days:
    """``left``: from today to ``by``; ``late``: since then. Neither without a day, or if others have to act."""

    by: str = ""
    left: int | None = None
    late: int = 0

    @property
    def state(self) -> str:
        if self.late:
            return "late"
        return "soon" if self.left is not None and self.left <= SOON_DAYS else "time"


@dataclass(frozen=True, slots=True)
class RowOfUnit:
    """A finding in the list."""

    id: str
    number: int
    text: str
    standing: str
    is_mine: bool
    next: Said
    days: Days
    is_of_audience: bool

    @property
    def is_to_sign(self) -> bool:
        return self.standing == Stand.HANDED_OVER


@dataclass(frozen=True, slots=True)
class FindingOfUnit:
    """A finding on its page. ``told``: what was last said to the unit about it, and still stands.

    ``unpublished``: the last year of the published calendar, if one of its days lies beyond.
    """

    row: RowOfUnit
    kind: str
    criterion: str
    due: str
    first_due: str
    late: int
    returns: int
    reopenings: int
    told: str
    originals: list[Original]
    standards: list[StandardOfUnit]
    extensions: tuple[Extension, ...]
    report_by: str
    reported_on: str
    unpublished: int
    course: list[tuple[str, Step]]


def findings_of(meeting: Meeting, unit: str) -> list[Finding]:
    """Those handed over to a unit, by their numbers."""
    return sorted((each for each in meeting.findings.of_unit(unit) if each.is_issued), key=lambda each: each.number)


def reportable(meeting: Meeting, unit: str) -> list[Finding]:
    return [each for each in findings_of(meeting, unit) if each.standing in REPORTABLE]


def report_days(meeting: Meeting, unit: str, today: date) -> Days | None:
    """Until the first report that is waited for; None if none is, of what has come to the unit."""
    due = [by for each in reportable(meeting, unit) if (by := report_by(each))]
    return days_to(min(due), today) if due else None


def row(meeting: Meeting, finding: Finding, now: datetime) -> RowOfUnit:
    today = today_of(meeting, now)
    waits = awaited(finding, today)
    is_mine = waits is not None and waits.party is Party.UNIT
    return RowOfUnit(
        finding.id,
        finding.number,
        finding.text,
        finding.standing,
        is_mine,
        next_step(finding, today),
        days_to(waits.by, today) if waits and is_mine and waits.by else Days(),
        finding.is_of_audience,
    )


def shown(meeting: Meeting, finding: Finding, now: datetime) -> FindingOfUnit:
    return FindingOfUnit(
        row(meeting, finding, now),
        finding.kind,
        next((each.name for each in meeting.plan.criteria if each.id == finding.criterion), ""),
        day_text(finding.due),
        day_text(finding.deadlines.rectification if finding.deadlines else None),
        days_late(finding, today_of(meeting, now)),
        finding.returns,
        finding.reopenings,
        _told(finding),
        _originals(meeting, finding),
        _standards(finding),
        finding.extensions,
        day_text(finding.deadlines.report if finding.deadlines else None),
        day_text(finding.reported_on),
        published_until(finding.days_set),
        [
            (instant_text(meeting, each.at), _told_of(each))
            for each in finding.course
            if each.what not in _OF_THE_BUREAU
        ],
    )


_OF_THE_BUREAU = frozenset({"FindingEdited", "ProofsShown"})
"""Steps that are the bureau's own matter."""


def _told_of(step: Step) -> Step:
    """An objection is told once it is answered, with the answer: before that nobody has looked what the law forbids."""
    return replace(step, text="") if step.what == "ObjectionRaised" else step


def _originals(meeting: Meeting, finding: Finding) -> list[Original]:
    said = (meeting.comments[each] for each in finding.sources if each in meeting.comments)
    asked = (meeting.questions[each] for each in finding.questions if each in meeting.questions)
    return [
        *(Original(meeting.seat(each.seat).group, each.original_kind, each.original) for each in said),
        *(Original(AUDIENCE, "question", each.asked.text) for each in asked),
    ]


def _standards(finding: Finding) -> list[StandardOfUnit]:
    counts = {proof.id for proof in finding.standing_proofs}
    there = [proof for proof in finding.proofs if proof.removed_at is None]
    return [
        StandardOfUnit(
            standard.id,
            standard.text,
            [_proof(each, each.id in counts) for each in there if standard.id in each.standards],
        )
        for standard in finding.standards
    ]


def _proof(proof: Proof, counts: bool) -> ProofOfUnit:
    return ProofOfUnit(proof.id, proof.name, size_text(proof.bytes), proof.dated.isoformat(), counts)


def _told(finding: Finding) -> str:
    """What the unit was told since it last handed something in."""
    since: list[Step] = []
    for step in finding.course:
        since = [] if step.party is Party.UNIT and step.what in ("CureSent", "StrikeOffAsked") else [*since, step]
    return next((each.text for each in reversed(since) if each.what in _TOLD and each.text), "")


def days_to(by: date, today: date) -> Days:
    left = (by - today).days
    return Days(by.isoformat(), left) if left >= 0 else Days(by.isoformat(), None, -left)
