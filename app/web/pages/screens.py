"""The pages of the screens. What stands on them is painted by ``app.live``; here is only who may see which."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.language import language_of
from app.live.devices import DISPLAYS, unit_out
from app.live.screens.results import all_comments
from app.live.venue import Venue
from app.live.views import Viewer
from app.meeting.codes import is_name_of_display
from app.meeting.displays.state import Direction
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen, Voice
from app.meeting.questions.agreed import Questions
from app.store.keys import Role
from app.web.gate.headers import content_security_policy, host_of
from app.web.page import AnyRequest, NotHere, open_address_for, open_qr, screen
from app.web.pages.rehearsals import Bots, console_page
from app.web.pages.static import StaticFiles
from app.web.phones.asking import asking_on_phone
from app.web.phones.device import remember_device
from app.web.phones.tickets import ticket_of
from app.web.sockets.devices import device_of_page
from app.web.visitors import Visitor


@get("/{code:str}/moderator")
async def console(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue], bots: NamedDependency[Bots]
) -> Response[str]:
    return await console_page(request, venue, bots, meeting)


@get("/{code:str}/panel")
async def panel(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    unit: FromQuery[str | None] = None,
    opened: FromQuery[str] = "",
) -> Response[str]:
    """``opened``: by the link of the seat, just now; the page then takes the seat over for its device."""
    key = visitor.keys[Role.SEAT]
    seat = meeting.seat(key.of)
    if opened:
        # A spare tablet goes on where the other one was.
        current = meeting.current_unit
        devices = venue.rooms.presence(meeting.plan.code).devices
        unit = unit or unit_out(devices, seat.id, on=current.id if current else None)
    known = any(each.id == unit for each in meeting.plan.units)
    viewer = Viewer(seat=seat.id, unit=unit if known else None, device=device_of_page(request), key=key.tag)
    return screen(
        request, meeting, "panel", viewer, seat=seat, names=_names(meeting), has_findings=bool(meeting.findings.issued)
    )


def _names(meeting: Meeting) -> dict[str, dict[str, str]]:
    """What the ids in a command are called, for a tablet that must say what it could not send."""
    plan = meeting.plan
    return {
        "rounds": {item.id: meeting.unit(item.unit).short_name for item in plan.agenda if item.unit},
        "units": {unit.id: unit.short_name for unit in plan.units},
        "criteria": {criterion.id: criterion.name for criterion in plan.criteria},
    }


@get("/{code:str}/display")
async def display(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    view: FromQuery[str] = "hall",
    name: FromQuery[str] = "",
) -> Response[str]:
    """A display as its address says, or, if it has a name and the key to it, as it was told.

    One whose key is missing shows what the others show, and says so to whoever stands before it: a hall that sees the
    agenda is better served than one that sees a refusal.
    """
    if view not in DISPLAYS:
        raise NotHere(404, "display.unknown")
    if name and not is_name_of_display(name):
        raise NotHere(404, "display.no_name")
    asked, name = name, name if visitor.display(name, "miniature" in request.query_params) else ""
    told = meeting.displays.directions.get(name, Direction())
    view, language = told.view or view, language_of(told.language) if told.language else None
    address, viewer = open_address_for(request, f"/{meeting.plan.code}"), Viewer(display=name)
    missing = "" if name else asked
    results = f"{address}/results"
    codes = {"qr": open_qr(address), "qr_of_results": open_qr(results)}
    context = {"address": address, "address_of_results": results, "name_without_key": missing, **codes}
    return screen(request, meeting, view, viewer, language, **context)


@get("/{code:str}/devices")
async def device_board(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return screen(request, meeting, "devices")


@get("/{code:str}")
async def follow(
    request: AnyRequest, meeting: NamedDependency[Meeting], static: NamedDependency[StaticFiles]
) -> Response[str]:
    ticket = ticket_of(request, meeting.plan.code) if Voice.TICKET in meeting.plan.rules.voices else None
    response = screen(request, meeting, "phone", asking=asking_on_phone(meeting), ticket=(ticket or "")[:8])
    sheet = static.digest("phone-page.css")
    response.headers["content-security-policy"] = content_security_policy(host_of(request.scope), sheet)
    if meeting.plan.rules.polls is not PollsOpen.NEVER or meeting.plan.rules.questions is not Questions.NEVER:
        remember_device(request, response)
    return response


@get("/{code:str}/results")
async def results(
    request: AnyRequest, meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor]
) -> Response[str]:
    viewer = Viewer(is_staff=visitor.is_staff)
    asked = request.query_params.get("comments", "")
    comments = all_comments(meeting, asked)
    return screen(request, meeting, "results", viewer, all_comments=comments, unit=None)


@get("/{code:str}/results/{unit:str}")
async def results_of_unit(
    request: AnyRequest, unit: FromPath[str], meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor]
) -> Response[str]:
    known = next((each for each in meeting.plan.units if each.id == unit), None)
    if known is None:
        raise NotHere(404, "unit.unknown")
    viewer = Viewer(is_staff=visitor.is_staff, unit=known.id)
    return screen(request, meeting, "results", viewer, all_comments=None, unit=known)


ROUTES: list[Any] = [console, panel, display, device_board, follow, results, results_of_unit]
