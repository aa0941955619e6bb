"""How things stand in numbers: month by month, where those of each unit stand, and all that is counted by unit,
criterion and month of handing over. Charts are drawn of the tables that stand beside them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.venue import Venue
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.months import FindingPlace, FindingStep, by_month, place_of
from app.meeting.findings.summing import Mark, Summary, Tally, sum_up
from app.meeting.meeting import Meeting
from app.web.desk.shown import name_of
from app.web.page import AnyRequest, html_page

COLUMNS = (
    Mark.ISSUED,
    Mark.OPEN,
    Mark.OVERDUE,
    Mark.DUE_SOON,
    Mark.STRUCK_OFF,
    Mark.LATE,
    Mark.RETURNED,
    Mark.EXTENDED,
    Mark.REOPENED,
    Mark.UNDELIVERED,
    Mark.REPORT_LATE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """``bar``: pieces of the bar by what they stand for, in per cent of the longest; ``query``: the way to the rows."""

    name: str
    query: str
    counts: list[int]
    bar: list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class Charted:
    """A row of a table of which a chart is drawn."""

    name: str
    query: str
    numbers: list[int]


@get("/{code:str}/findings/figures")
async def show_figures(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    today = today_of(meeting, venue.now(meeting.plan.code))
    summary = sum_up(meeting.findings.by_id.values(), today)
    tables = {"unit": _by_unit(meeting, summary), "criterion": _by_criterion(meeting, summary)}
    tables["month"] = [_line(month, "", tally, summary.by_month) for month, tally in summary.by_month.items()]
    return html_page(
        request,
        "desk/figures",
        plan=meeting.plan,
        whole=_line("", "", summary.whole, {"": summary.whole}),
        tables={name: lines for name, lines in tables.items() if lines},
        columns=COLUMNS,
        charts=_charts(meeting, today),
        today=today.isoformat(),
    )


def _charts(meeting: Meeting, today: date) -> dict[str, tuple[list[str], list[Charted]]]:
    """By name: what is counted, and the rows."""
    findings, zone = meeting.findings.by_id.values(), meeting.plan.starts_at.tzinfo
    months = by_month(findings, today, zone)
    places: dict[str, Counter[FindingPlace]] = defaultdict(Counter)
    for finding in findings:
        if place := place_of(finding, today):
            places[finding.unit][place] += 1
    return {
        "months": (
            [f"happened.{each}" for each in FindingStep],
            [Charted(month, "", [counts[each] for each in FindingStep]) for month, counts in months.items()],
        ),
        "places": (
            [f"place.{each}" for each in FindingPlace],
            [
                Charted(name_of(unit), f"unit={unit.id}", [places[unit.id][each] for each in FindingPlace])
                for unit in meeting.plan.units
                if unit.id in places
            ],
        ),
    }


def _by_unit(meeting: Meeting, summary: Summary) -> list[Line]:
    known = ((unit, summary.by_unit.get(unit.id)) for unit in meeting.plan.units)
    return [
        _line(name_of(unit), f"unit={unit.id}", tally, summary.by_unit)
        for unit, tally in known
        if tally and tally[Mark.ISSUED]
    ]


def _by_criterion(meeting: Meeting, summary: Summary) -> list[Line]:
    names = {each.id: each.name for each in meeting.plan.criteria}
    listed = [*names, ""] if any(summary.by_criterion.get(id) for id in names) else []
    known = ((id, summary.by_criterion.get(id)) for id in listed)
    return [
        _line(names.get(id, ""), f"criterion={id}", tally, summary.by_criterion)
        for id, tally in known
        if tally and tally[Mark.ISSUED]
    ]


def _line(name: str, query: str, tally: Tally, among: dict[str, Tally]) -> Line:
    most = max((each[Mark.ISSUED] for each in among.values()), default=0) or 1
    pieces: list[tuple[str, float, float]] = []
    at = 0.0
    parts = {
        "struck_off": tally[Mark.STRUCK_OFF],
        "open": tally[Mark.OPEN] - tally[Mark.OVERDUE],
        "overdue": tally[Mark.OVERDUE],
    }
    for what, number in parts.items():
        width = round(100 * number / most, 2)
        if width > 0:
            pieces.append((what, round(at, 2), width))
        at += width
    return Line(name, query, [tally[each] for each in COLUMNS], pieces)


ROUTES: list[Any] = [show_figures]
