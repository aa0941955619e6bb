"""The door for those who type: a short code from a card becomes the key of that card."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from app.language import say
from app.live.venue import Venue
from app.meeting.refusals import Refused
from app.meeting.texts import LONGEST_ENTRY
from app.store import codes, keys
from app.store.keys import Key, Way
from app.web.cookies import known_cookie_name
from app.web.gate.callers import caller_of
from app.web.gate.guesses import Guesses
from app.web.locksmith import Locksmith
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.entrance import let_in


@get("/join")
async def ask_for_code(request: AnyRequest) -> Response[str]:
    return html_page(request, "join", typed="", problem="")


@post("/join")
async def take_code(
    request: AnyRequest,
    venue: NamedDependency[Venue],
    guesses: NamedDependency[Guesses],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    typed = str((await request.form()).get("code", ""))[:LONGEST_ENTRY]
    try:
        key, token = await _found(venue, guesses, locksmith, typed, await _caller(request, venue))
    except Refused as refused:
        problem = say(refused.said, asked_language(request))
        status = 429 if "seconds" in refused.facts else 422
        page = html_page(request, "join", status, typed=typed, problem=problem)
        if status == 429:
            page.set_header("retry-after", str(refused.facts["seconds"]))
        return page
    await request.app.state.uses.notice({token: Way.CODE})
    return await let_in(request, key, token)


async def _caller(request: AnyRequest, venue: Venue) -> str:
    """By whose tally guesses are counted: that of a key which this device has shown before, else of its network."""
    id = request.cookies.get(known_cookie_name(request), "")
    is_known = id and await venue.read(lambda connection: keys.was_made(connection, id))
    return f"key {id}" if is_known else caller_of(request)


async def _found(venue: Venue, guesses: Guesses, locksmith: Locksmith, typed: str, caller: str) -> tuple[Key, str]:
    """The key of a typed code, with its token. Raises Refused."""
    code = codes.typed_code(typed)
    if code is None:  # a slip, not a guess: it costs nothing
        raise Refused("join.no_code")
    wait = guesses.begin(caller, code)
    if wait and codes.is_old(code):
        raise Refused("join.too_often", seconds=wait)
    token = await locksmith.token_of(code, caller)
    key = await venue.read(lambda connection: keys.find(connection, token)) if token else None
    if key is None or token is None:
        raise Refused("join.too_often", seconds=wait) if wait else Refused("join.wrong")
    guesses.was_right(caller, code)
    return key, token


ROUTES: list[Any] = [ask_for_code, take_code]
