"""The pages of the screens. What stands on them is painted by ``app.live``; here is only who may see which."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.live.rooms import DISPLAYS
from app.live.venue import Venue
from app.live.views import NOBODY, Viewer
from app.store.keys import Role
from app.web.pages import AnyRequest, NotHere, address_for, admit, qr, screen


@get("/{code:str}/moderator")
async def console(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    meeting, _ = await admit(request, venue, code, "moderator")
    return screen(request, venue, meeting, "moderator", NOBODY, "moderator")


@get("/{code:str}/panel")
async def panel(
    request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue], unit: FromQuery[str | None] = None
) -> Response[str]:
    meeting, visitor = await admit(request, venue, code, "panel")
    seat = meeting.seat(visitor.keys[Role.SEAT].seat or "")
    known = any(each.id == unit for each in meeting.plan.units)
    viewer = Viewer(seat=seat.id, unit=unit if known else None)
    return screen(request, venue, meeting, "panel", viewer, "panel", seat=seat)


@get("/{code:str}/display")
async def display(
    request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue], view: FromQuery[str] = "hall"
) -> Response[str]:
    if view not in DISPLAYS:
        raise NotHere(404, "display.unknown")
    meeting, _ = await admit(request, venue, code, view)
    address = address_for(request, f"/{code}")
    return screen(request, venue, meeting, view, NOBODY, view, address=address, qr=qr(address))


@get("/{code:str}")
async def follow(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    meeting, _ = await admit(request, venue, code, "phone")
    return screen(request, venue, meeting, "phone", NOBODY, "phone")


@get("/{code:str}/results")
async def results(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    meeting, visitor = await admit(request, venue, code, "results")
    viewer = Viewer(is_staff=visitor.is_staff)
    return screen(request, venue, meeting, "results", viewer, "results")
