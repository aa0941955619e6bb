"""A unit reports on how its findings were put right: the paper as the record tells it, and that it hands it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.findings.asking import LONGEST_ACCOUNT, today
from app.meeting.findings.lateness import report_by
from app.meeting.findings.state import Finding, Report
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.meeting.texts import LONGEST_NAME
from app.web.access import UNIT
from app.web.desk.papers import download, letter_in
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import perform
from app.web.pages.making import made
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.unit.moves import author, wrong_with
from app.web.unit.pages import unit_of
from app.web.unit.shown import Days, days_to, findings_of, report_days, reportable
from app.web.visitors import Visitor
from app.workdays import published_until


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finding that a report can be about. ``days``: until it is to be reported on; nothing once it has been."""

    id: str
    number: int
    text: str
    standing: str
    days: Days
    reported_on: str
    is_of_audience: bool


@dataclass(frozen=True, slots=True)
class CameIn:
    report: Report
    numbers: tuple[int, ...]


@get("/{code:str}/unit/report")
async def show_report(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return _page(request, meeting, visitor, venue, Typed())


@post("/{code:str}/unit/report")
async def hand_in_report(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    form = await request.form()
    typed, chosen = of_form(form.items()), tuple(str(each) for each in form.getall("finding", []))
    reader = Reader(typed)
    text = reader.paragraph("text", LONGEST_ACCOUNT)
    if not text:
        reader.complain("text", "field.missing")
    command = c.HandInReport(unit_of(visitor), chosen, text, author(reader, "report"))
    complaints = await wrong_with(reader, lambda: perform(venue, meeting, visitor, UNIT, [command], typed.text("id")))
    if not complaints:
        return Redirect(f"/{quote(meeting.plan.code)}/unit/report?done=report", status_code=303)
    now = await venue.meeting(meeting.plan.code) or meeting
    return _page(request, now, visitor, venue, typed, complaints, frozenset(chosen))


@get("/{code:str}/unit/report.docx")
async def take_report(
    meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[bytes]:
    """With what stands in the record today, for the unit to complete, sign and seal."""
    day, unit = today(meeting, venue.now(meeting.plan.code)), unit_of(visitor)
    return download(await made(venue, meeting.plan.code, lambda record: letter_in(record, day, "report", unit)))


def _page(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    venue: Venue,
    typed: Typed,
    complaints: Mapping[str, Said] | None = None,
    ticked: frozenset[str] | None = None,
) -> Response[str]:
    """``ticked``: those chosen; before anybody has chosen those on which no report has come in."""
    language, unit, day = asked_language(request), unit_of(visitor), today(meeting, venue.now(meeting.plan.code))
    found = reportable(meeting, unit)
    numbers = {each.id: each.number for each in findings_of(meeting, unit)}
    done = request.query_params.get("done", "")
    return html_page(
        request,
        "unit/report",
        422 if complaints else 200,
        plan=meeting.plan,
        unit=meeting.unit(unit),
        rows=[_waiting(each, day) for each in found],
        ticked={each.id for each in found if report_by(each)} if ticked is None else ticked,
        reports=[
            CameIn(each, tuple(numbers[id] for id in each.findings if id in numbers))
            for each in reversed(meeting.findings.reports)
            if each.unit == unit
        ],
        first=report_days(meeting, unit, day),
        unpublished=published_until(report_by(each) for each in found),
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        id=new_id(),
        done=done == "report" and not complaints,
        longest={"text": LONGEST_ACCOUNT, "author": LONGEST_NAME},
    )


def _waiting(finding: Finding, day: date) -> Waiting:
    by = report_by(finding)
    reported = finding.reported_on.isoformat() if finding.reported_on else ""
    days = days_to(by, day) if by else Days()
    return Waiting(finding.id, finding.number, finding.text, finding.standing, days, reported, finding.is_of_audience)


ROUTES: list[Any] = [show_report, hand_in_report, take_report]
