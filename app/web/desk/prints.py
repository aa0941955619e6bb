"""On paper: the list of findings of each unit, and the sheet with which they are handed over while it is still there.

A sheet bears the QR code of the unit's own door only where a key was made just then: none can be asked for again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.state import Deadlines, Finding, Stand
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit
from app.meeting.refusals import Refused, refuse_unless
from app.papers.prints.signed_for import signed_for
from app.store import keys
from app.store.codes import Cut
from app.store.keys import Hand, Issued, Key, Role
from app.store.signatures import Signatures, signatures_of
from app.web.desk.shown import Row, rows_of
from app.web.links import link_of
from app.web.locksmith import Locksmith
from app.web.page import AnyRequest, address_for, asked_language, html_page, qr
from app.web.pages.keyring import LABEL_OF_UNITS
from app.web.visitors import Visitor
from app.workdays import published_until

Ways = Mapping[str, Issued]
"""The keys that have just been made, by unit."""


@get("/{code:str}/print/findings")
async def print_findings(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """All that each unit was ever given, with where it stands today."""
    today = today_of(meeting, venue.now(meeting.plan.code))
    lists = [
        {
            "unit": unit,
            "rows": _numbered(meeting, meeting.findings.of_unit(unit.id), today),
            "unpublished": published_until(each.due for each in meeting.findings.of_unit(unit.id)),
        }
        for unit in _units(request, meeting)
    ]
    return html_page(
        request,
        "print/findings",
        plan=meeting.plan,
        lists=[each for each in lists if each["rows"]],
        chosen=request.query_params.get("unit", ""),
        today=today.isoformat(),
    )


@get("/{code:str}/print/hand-over")
async def print_hand_over(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    return await _hand_over_page(request, meeting, venue, {})


@post("/{code:str}/print/hand-over")
async def print_hand_over_with_keys(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    """The same with a new key for each unit, shown this once; keys made before stay good."""
    code, hand = meeting.plan.code, visitor.hand(Role.UNIT)
    units = [unit.id for unit in _units(request, meeting) if _handed_over(meeting, unit)]
    try:
        refuse_unless(Role.UNIT in visitor.hands_out, "key.not_yours")
        refuse_unless(bool(units), "findings.none_issued")
        cuts = await locksmith.cut(len(units))
        made = await venue.write(lambda connection: _keys_for(connection, code, units, cuts, hand))
    except Refused as refused:
        return await _hand_over_page(request, meeting, venue, {}, say(refused.said, asked_language(request)))
    return await _hand_over_page(request, meeting, venue, made)


def _keys_for(connection: Connection, code: str, units: list[str], cuts: list[Cut], by: Hand) -> dict[str, Issued]:
    return {
        unit: keys.issue(connection, Key(code, Role.UNIT, unit), LABEL_OF_UNITS, cut, by)
        for unit, cut in zip(units, cuts, strict=True)
    }


async def _hand_over_page(
    request: AnyRequest, meeting: Meeting, venue: Venue, ways: Ways, problem: str = ""
) -> Response[str]:
    today = today_of(meeting, venue.now(meeting.plan.code))
    base = address_for(request, "")
    signed = await venue.read(lambda connection: signatures_of(connection, meeting.plan.code))
    sheets = [
        {
            **_sheet(meeting, unit, findings, today),
            **_way(meeting, unit, base, ways.get(unit.id)),
            **_signers(meeting, findings, signed),
            "days": days,
            "unpublished": published_until(getattr(days, each.name) for each in fields(days)),
        }
        for unit in _units(request, meeting)
        for days, findings in _by_days(_handed_over(meeting, unit))
    ]
    return html_page(
        request,
        "print/hand-over",
        409 if problem else 200,
        plan=meeting.plan,
        sheets=sheets,
        chosen=request.query_params.get("unit", ""),
        with_keys=bool(ways),
        join=f"{base}/join",
        problem=problem,
    )


def _sheet(meeting: Meeting, unit: Unit, findings: list[Finding], today: date) -> dict[str, Any]:
    return {
        "unit": unit,
        "rows": _numbered(meeting, findings, today),
        "standards": {each.id: [one.text for one in each.standards] for each in findings},
        "on": findings[0].handed_over_on,
    }


def _way(meeting: Meeting, unit: Unit, base: str, issued: Issued | None) -> dict[str, str]:
    if issued is None:
        return {"qr": "", "short_code": ""}
    link = base + link_of(Key(meeting.plan.code, Role.UNIT, unit.id), issued.token)
    return {"qr": qr(link), "short_code": issued.code}


def _signers(meeting: Meeting, findings: list[Finding], signed: Signatures) -> dict[str, Any]:
    signers, waits = signed_for(meeting, findings, signed)
    return {"signers": signers, "waits_for_pen": waits}


def _by_days(findings: list[Finding]) -> Iterable[tuple[Deadlines, list[Finding]]]:
    """A sheet names the days once: what is to be done by others stands on another one."""
    found: dict[Deadlines, list[Finding]] = {}
    for each in findings:
        if each.deadlines:
            found.setdefault(each.deadlines, []).append(each)
    return found.items()


def _units(request: AnyRequest, meeting: Meeting) -> list[Unit]:
    """All, or the one that was asked for."""
    asked = request.query_params.get("unit", "")
    return [unit for unit in meeting.plan.units if asked in ("", unit.id)]


def _handed_over(meeting: Meeting, unit: Unit) -> list[Finding]:
    """What this unit was given last, on one day, and has neither returned nor been relieved of."""
    issued = [each for each in meeting.findings.of_unit(unit.id) if each.is_issued and each.handed_over_on]
    last = max((each.handed_over_on for each in issued if each.handed_over_on), default=None)
    gone = (Stand.WITHDRAWN, Stand.DISPUTED)
    return [each for each in issued if each.handed_over_on == last and each.standing not in gone]


def _numbered(meeting: Meeting, findings: list[Finding], today: date) -> list[Row]:
    issued = [each for each in findings if each.is_issued]
    return sorted(rows_of(meeting, issued, today), key=lambda row: row.number)


ROUTES: list[Any] = [print_findings, print_hand_over, print_hand_over_with_keys]
