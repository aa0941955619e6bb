"""The ways in with a key: a link is followed once, its token becomes a cookie, and no address holds it any more."""

from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.live.venue import Venue
from app.store import keys
from app.store.keys import Key, Role
from app.web.cookies import cookies_of, known_cookie_name, listing_cookie_name, names_of_cookie
from app.web.gate.guard import the_meeting
from app.web.links import DOORS, ORGANISERS_DOOR
from app.web.page import A_YEAR, AnyRequest, NotHere, is_secure, must_be_secure, venue_of
from app.web.pages.judging import votes_for

A_WEEK = 7 * 24 * 3600
OF_MANY = frozenset({Role.GUEST, Role.DISPLAY, Role.UNIT})
"""Whose keys many devices hold: one of them may guess, and the others must not answer for it."""
SCREENS = {
    Role.MODERATOR: "/moderator",
    Role.OPERATOR: "/devices",
    Role.SUPERVISOR: "/record",
    Role.SEAT: "/panel?opened=1",
    Role.GUEST: "",
    Role.UNIT: "/unit",
    Role.QUESTIONS: "/questions",
}


@get([f"/{{code:str}}/{door}/{{token:str}}" for door in DOORS.values()])
async def enter(
    request: AnyRequest, code: FromPath[str], token: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    """Each role by its own door: a key of one is no key of another."""
    await the_meeting(request, code)
    key = await venue.read(lambda connection: keys.find(connection, token))
    if key is None or key.meeting != code or DOORS[key.role] != request.scope["path"].split("/")[2]:
        raise NotHere(403, "key.unknown")
    if key.role is not Role.GUEST:
        must_be_secure(request)
    return await let_in(request, key, token)


@get(f"{ORGANISERS_DOOR}/{{token:str}}")
async def enter_setup(request: AnyRequest, token: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    must_be_secure(request)
    key = await venue.read(lambda connection: keys.find(connection, token))
    if key is None or key.role is not Role.ORGANISER:
        raise NotHere(403, "key.unknown")
    return await let_in(request, key, token)


@post("/{code:str}/leave/{role:str}")
async def leave(request: AnyRequest, code: FromPath[str], role: FromPath[Role]) -> Response[str]:
    """Give the key of this device back: its cookie is forgotten, the key itself stays good."""
    return _forgotten(request, role, code)


@post("/setup/leave")
async def leave_setup(request: AnyRequest) -> Response[str]:
    return _forgotten(request, Role.ORGANISER, None)


async def let_in(request: AnyRequest, key: Key, token: str) -> Response[str]:
    """To the screen of a key, with its token in a cookie. The key is used once that cookie comes back."""
    response: Response[str] = Redirect(await _where(venue_of(request), key), status_code=303)
    display = key.of if key.role is Role.DISPLAY else ""
    cookie = names_of_cookie(request, key.role, key.meeting, display)[0]
    seconds = A_YEAR if key.role is Role.UNIT else A_WEEK  # who rectifies comes once a month
    _remember(request, response, cookie, token, _path_of_cookie(key.meeting), seconds)
    if key.role not in OF_MANY:
        _remember(request, response, known_cookie_name(request), key.id, "/join", A_YEAR)
    if key.meeting and await _is_for_invited(venue_of(request), key.meeting):
        # The key itself goes to its meeting's own pages only; to the lobby goes a word of it, which opens nothing.
        _remember(request, response, listing_cookie_name(request, key.meeting), keys.listing_word(key.id), "/", A_WEEK)
    return response


def _remember(request: AnyRequest, response: Response[str], name: str, value: str, path: str, seconds: int) -> None:
    """Give the browser something to show again, which no script reads."""
    response.set_cookie(
        name, value, path=path, max_age=seconds, httponly=True, secure=is_secure(request), samesite="lax"
    )


async def _is_for_invited(venue: Venue, code: str) -> bool:
    meeting = await venue.meeting(code)
    return meeting is not None and meeting.plan.invited_only


async def _where(venue: Venue, key: Key) -> str:
    """After the meeting a seat's link leads to what the panel is asked, if it is asked anything."""
    meeting = await venue.meeting(key.meeting or "") if key.role is Role.SEAT else None
    is_asked = meeting is not None and meeting.is_finished and bool(votes_for(meeting, key.of))
    return f"/{key.meeting}/panel/cures" if is_asked else screen_of(key)


def screen_of(key: Key) -> str:
    """Where somebody with this key has work to do."""
    if key.role is Role.ORGANISER:
        return "/setup"
    if key.role is Role.DISPLAY:
        return f"/{key.meeting}/display?name={quote(key.of)}"
    return f"/{key.meeting}{SCREENS[key.role]}"


def _forgotten(request: AnyRequest, role: Role, code: str | None) -> Response[str]:
    response: Response[str] = Redirect("/", status_code=303)
    for name in {*names_of_cookie(request, role, code), *cookies_of(request, role, code)}:
        response.delete_cookie(name, path=_path_of_cookie(code))
    if code:
        response.delete_cookie(listing_cookie_name(request, code))
    return response


def _path_of_cookie(code: str | None) -> str:
    return f"/{code}" if code else "/"


ROUTES: list[Any] = [enter, enter_setup, leave, leave_setup]
