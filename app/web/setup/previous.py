"""The page of the meeting before: which one it was, and what its units promised there.

The promises are taken over as they stand on the day, and are part of this plan from then on. Units are known again by
their names; where a name has changed, somebody says which unit it was.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app import clock
from app.language import say
from app.live.venue import Venue
from app.meeting.findings.promised import promised, with_promises, without_promises
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan, Unit
from app.meeting.refusals import Refused, Said, refuse_unless
from app.papers.plan.names import key
from app.store import plans
from app.store.heads import load_head
from app.web.page import AnyRequest, asked_language
from app.web.setup.doors import Desk, desk, must_be_preparing, sent, setup_page
from app.web.setup.typed import Typed


@dataclass(frozen=True, slots=True)
class Earlier:
    """A meeting that may have been the one before: how many findings it handed to its units."""

    code: str
    title: str
    date: str
    findings: int


@get("/setup/{code:str}/previous")
async def show_previous(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await _page(request, venue, await desk(venue, code))


@post("/setup/{code:str}/previous")
async def take_over(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Take the promises over as they stand today, or (``do`` = drop) have no meeting before."""
    at, typed = await desk(venue, code), await sent(request)
    must_be_preparing(at)

    def take(connection: Connection) -> None:
        if typed.text("do") == "drop":
            plans.change(connection, code, without_promises)
        else:
            before = _meeting_before(connection, code, typed.text("previous"))
            plans.change(connection, code, lambda plan: taken_over(plan, before, typed))

    try:
        await venue.write(take)
    except Refused as refused:
        return await _page(request, venue, at, refused.said)
    await venue.replanned(code)
    return Redirect(f"/setup/{quote(code)}/previous?saved", status_code=303)


def taken_over(plan: Plan, before: Meeting, typed: Typed) -> Plan:
    """A plan with the promises of the meeting before as of today; ``unit.…`` says who was who, else the names do."""
    today = clock.now().astimezone(plan.starts_at.tzinfo).date()
    is_said = plan.previous.code == before.plan.code and any(name.startswith("unit.") for name in typed.texts)
    units = _as_said(plan, before.plan, typed) if is_said else known_again(plan, before.plan)
    return with_promises(plan, before, today, units)


def known_again(plan: Plan, before: Plan) -> dict[str, str]:
    """By the id of a unit, that of the one that was called so: by its whole name, or else by its short one."""
    names = {key(unit.name): unit.id for unit in before.units}
    short = {key(unit.short_name): unit.id for unit in before.units}
    found = {unit.id: names.get(key(unit.name)) or short.get(key(unit.short_name)) for unit in plan.units}
    return {unit: id for unit, id in found.items() if id}


def _as_said(plan: Plan, before: Plan, typed: Typed) -> dict[str, str]:
    known = {unit.id for unit in before.units}
    said = {unit.id: typed.text(f"unit.{unit.id}") for unit in plan.units}
    return {unit: id for unit, id in said.items() if id in known}


def _meeting_before(connection: Connection, code: str, previous: str) -> Meeting:
    head = load_head(connection, previous)
    if head is None or previous == code:
        raise Refused("previous.unknown")
    refuse_unless(bool(head.meeting.findings.issued), "previous.nothing_promised", title=head.meeting.plan.name)
    return head.meeting


# --- the page ---------------------------------------------------------------------------------------------------------


async def _page(request: AnyRequest, venue: Venue, at: Desk, problem: Said | None = None) -> Response[str]:
    earlier, before = await venue.read(lambda connection: _found(connection, at.plan))
    plan, language = at.plan, asked_language(request)
    return setup_page(
        request,
        at,
        "previous",
        422 if problem else 200,
        problem=say(problem, language) if problem else "",
        is_saved="saved" in request.query_params,
        earlier=earlier,
        before=before.plan if before else None,
        left=_left(plan, before) if before else [],
        units=[_told(unit, plan) for unit in plan.units],
        promised=promised(plan),
    )


def _found(connection: Connection, plan: Plan) -> tuple[list[Earlier], Meeting | None]:
    """Meetings of this database that may have been the one before, and the one that is named as such."""
    found: list[Earlier] = []
    before: Meeting | None = None
    for code in plans.codes(connection):
        head = load_head(connection, code)
        if head is None or code == plan.code:
            continue
        other = head.meeting
        if code == plan.previous.code:
            before = other
        if number := len(other.findings.issued):
            found.append(Earlier(code, other.plan.name, other.plan.starts_at.date().isoformat(), number))
    return found, before


def _left(plan: Plan, before: Meeting) -> list[str]:
    """Units that promised something there and are none of this meeting's."""
    taken = set(plan.previous.units.values())
    promised = {finding.unit for finding in before.findings.issued}
    return [unit.short_name for unit in before.plan.units if unit.id in promised - taken]


def _told(unit: Unit, plan: Plan) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "was": plan.previous.units.get(unit.id, ""),
        "promises": unit.promises,
    }


ROUTES: list[Any] = [show_previous, take_over]
