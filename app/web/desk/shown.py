"""Findings as the desk shows them: finished values for templates, of one meeting on one day.

Of who said it only the class is told, never the seat: the bureau hands over what was said, not who said it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.language.groups import AUDIENCE
from app.live.screens.parts import day_text, instant_text
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.lateness import awaited, days_late, waits_too_long
from app.meeting.findings.state import Finding, Stand, Step
from app.meeting.findings.summing import Mark, marks_of
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit

LAST = date.max


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the ledger. ``party``: whose move it is, empty if nobody's; ``by``: the last day for it."""

    id: str
    number: int
    unit: str
    text: str
    kind: str
    criterion: str
    groups: list[str]
    standing: str
    party: str
    by: str
    since: str
    due: str
    first_due: str
    late: int
    is_overdue: bool
    asks_for_time: bool
    returns: int
    reopenings: int
    extensions: int
    marks: frozenset[Mark]

    @property
    def is_of_audience(self) -> bool:
        return AUDIENCE in self.groups


@dataclass(frozen=True, slots=True)
class Original:
    """What a finding is made of, as it was sent, and by a member of which group."""

    group: str
    kind: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class StepShown:
    what: str
    party: str
    at: str
    author: str
    text: str


def rows_of(meeting: Meeting, findings: Iterable[Finding], today: date) -> list[Row]:
    """What waits first: overdue, asking for time, due soonest; what has ended last, and then by unit and number."""
    units = {unit.id: at for at, unit in enumerate(meeting.plan.units)}
    row = _row_in(meeting, today)
    return [row(each) for each in sorted(findings, key=lambda each: _urgency(each, today, units))]


def _urgency(finding: Finding, today: date, units: dict[str, int]) -> tuple[bool, bool, bool, date, int, int]:
    waits = awaited(finding, today)
    return (
        waits is None,
        not waits_too_long(finding, today),
        finding.waiting_extension is None,
        waits.by if waits and waits.by else LAST,
        units.get(finding.unit, 0),
        finding.number,
    )


def _row_in(meeting: Meeting, today: date) -> Callable[[Finding], Row]:
    names = {unit.id: name_of(unit) for unit in meeting.plan.units}
    criteria = {criterion.id: criterion.name for criterion in meeting.plan.criteria}
    groups = {seat.id: str(seat.group) for seat in meeting.plan.seats}

    def row(finding: Finding) -> Row:
        waits, marks = awaited(finding, today), frozenset(marks_of(finding, today))
        comments = (meeting.comments[each] for each in finding.sources if each in meeting.comments)
        return Row(
            id=finding.id,
            number=finding.number,
            unit=names[finding.unit],
            text=finding.text,
            kind=finding.kind,
            criterion=criteria.get(finding.criterion, ""),
            groups=list(
                dict.fromkeys([*(groups[each.seat] for each in comments), *(AUDIENCE for _ in finding.questions)])
            ),
            standing=finding.standing,
            party=waits.party if waits else "",
            by=day_text(waits.by if waits else None),
            since=day_text(today_of(meeting, finding.since) if finding.since else None),
            due=day_text(finding.due),
            first_due=day_text(finding.deadlines.rectification if finding.deadlines else None),
            late=days_late(finding, today),
            is_overdue=not marks.isdisjoint((Mark.OVERDUE, Mark.LOOK_BACK)),
            asks_for_time=Mark.ASKS_FOR_TIME in marks,
            returns=finding.returns,
            reopenings=finding.reopenings,
            extensions=finding.granted_extensions,
            marks=marks,
        )

    return row


def originals_of(meeting: Meeting, finding: Finding) -> list[Original]:
    found = (meeting.comments[each] for each in finding.sources if each in meeting.comments)
    asked = (meeting.questions[each].asked for each in finding.questions if each in meeting.questions)
    return [
        *(
            Original(meeting.seat(one.seat).group, one.original_kind, one.original, instant_text(meeting, one.sent_at))
            for one in found
        ),
        *(Original(AUDIENCE, "question", one.text, instant_text(meeting, one.asked_at)) for one in asked),
    ]


def steps_of(meeting: Meeting, finding: Finding) -> list[StepShown]:
    return [step_shown(meeting, each) for each in finding.steps]


def step_shown(meeting: Meeting, step: Step) -> StepShown:
    return StepShown(step.what, step.party, instant_text(meeting, step.at), step.author, step.text)


def name_of(unit: Unit) -> str:
    return unit.short_name or unit.name


SHOWN_STANDINGS = tuple(each for each in Stand if each is not Stand.MERGED)
