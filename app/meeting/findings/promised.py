"""What a meeting's findings are to the meeting of the year after: promises, with what has become of each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from app.meeting.findings.lateness import days_late
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.promises.agreed import MOST_PROMISES, Count, MeetingBefore, Previous, Promise, UnitBefore, count_of

NOT_PROMISED = frozenset({Stand.MERGED, Stand.WITHDRAWN})
"""Of a finding that was merged the other one tells; one that was withdrawn nobody had to answer for."""

_ABOUT_THE_PLAN = frozenset({"CureSent", "CureReturned", "CureAgreed"})


def as_before(meeting: Meeting, today: date) -> MeetingBefore:
    """A meeting as the next one sees it on this day."""
    plan = meeting.plan
    units = tuple(
        UnitBefore(unit.id, unit.name, unit.short_name, tuple(_promises(meeting, unit.id, today)))
        for unit in plan.units
    )
    return MeetingBefore(plan.code, plan.name, plan.starts_at.date(), today, units)


def with_promises(plan: Plan, before: MeetingBefore, units: Mapping[str, str]) -> Plan:
    """A plan that takes them over. ``units``: by the id of a unit of this plan, the id that it had there."""
    promises = {unit.id: unit.promises for unit in before.units}
    return replace(
        plan,
        previous=Previous(before.code, before.title, before.held_on, before.as_of, dict(units)),
        units=tuple(replace(unit, promises=promises.get(units.get(unit.id, ""), ())) for unit in plan.units),
    )


def without_promises(plan: Plan) -> Plan:
    return replace(plan, previous=Previous(), units=tuple(replace(unit, promises=()) for unit in plan.units))


def promised(plan: Plan) -> Count:
    """What all units promised at the meeting before, and what became of it."""
    return count_of(promise for unit in plan.units for promise in unit.promises)


def _promises(meeting: Meeting, unit: str, today: date) -> Iterator[Promise]:
    issued = [each for each in meeting.findings.of_unit(unit) if each.is_issued and each.standing not in NOT_PROMISED]
    for finding in sorted(issued, key=lambda each: each.number)[:MOST_PROMISES]:
        yield _promise(finding, today)


def _promise(finding: Finding, today: date) -> Promise:
    return Promise(
        number=finding.number,
        text=finding.text,
        promised=finding.cure.measures if finding.cure and _was_agreed(finding) else "",
        due=finding.deadlines.rectification if finding.deadlines else None,
        standing=finding.standing,
        struck_off_on=finding.struck_off_on,
        days_late=days_late(finding, today),
        reopenings=finding.reopenings,
    )


def _was_agreed(finding: Finding) -> bool:
    """Measures that the bureau has not agreed to are no promise yet, and nobody else's to read."""
    about = [each.what for each in finding.steps if each.what in _ABOUT_THE_PLAN]
    return about[-1:] == ["CureAgreed"]
