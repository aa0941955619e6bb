"""The ways in with a key: a link is followed once, its token becomes a cookie, and no address holds it any more."""

from contextlib import suppress

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.live.venue import Venue
from app.meeting.refusals import Refused
from app.store import keys
from app.store.keys import Role
from app.web.access import cookie_name
from app.web.pages import AnyRequest, NotHere, the_meeting

A_WEEK = 7 * 24 * 3600
SCREENS = {Role.MODERATOR: "moderator", Role.SEAT: "panel"}


@get("/{code:str}/seat/{token:str}")
async def take_seat(
    request: AnyRequest, code: FromPath[str], token: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    return await _enter(request, venue, code, token, Role.SEAT)


@get("/{code:str}/moderator/{token:str}")
async def take_the_chair(
    request: AnyRequest, code: FromPath[str], token: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    return await _enter(request, venue, code, token, Role.MODERATOR)


@post("/{code:str}/leave/{role:str}")
async def leave(code: FromPath[str], role: FromPath[Role]) -> Response[str]:
    """Give the key of this device back: its cookie is forgotten, the key itself stays good."""
    response: Response[str] = Redirect("/", status_code=303)
    response.delete_cookie(cookie_name(role, code), path=f"/{code}")
    return response


async def _enter(request: AnyRequest, venue: Venue, code: str, token: str, role: Role) -> Response[str]:
    await the_meeting(venue, code)
    key = await venue.read(lambda connection: keys.find(connection, token))
    if key is None or key.meeting != code or key.role is not role:
        raise NotHere(403, "key.unknown")
    with suppress(Refused):  # a full disk must keep nobody out
        await venue.write(lambda connection: keys.mark_used(connection, token))
    response: Response[str] = Redirect(f"/{code}/{SCREENS[role]}", status_code=303)
    response.set_cookie(
        cookie_name(role, code),
        token,
        path=f"/{code}",
        max_age=A_WEEK,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
    )
    return response
