"""The door for those who type: a short code from a card becomes the key of that card."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.refusals import Refused
from app.store import keys
from app.store.keys import Key
from app.web.entrance import let_in
from app.web.guesses import Guesses
from app.web.pages import AnyRequest, asked_language, html_page, must_be_secure

LONGEST_TYPED = 40


@get("/join")
async def ask_for_code(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    must_be_secure(request)
    return html_page(request, venue, "join", typed="", problem="")


@post("/join")
async def take_code(
    request: AnyRequest, venue: NamedDependency[Venue], guesses: NamedDependency[Guesses]
) -> Response[str]:
    typed = str((await request.form()).get("code", ""))[:LONGEST_TYPED]
    address = request.client.host if request.client else ""
    try:
        key, token = await _found(venue, guesses, typed, address)
    except Refused as refused:
        problem = say(refused.said, asked_language(request))
        status = 429 if refused.code == "join.too_often" else 422
        page = html_page(request, venue, "join", status, typed=typed, problem=problem)
        if status == 429:
            page.set_header("retry-after", str(refused.facts["seconds"]))
        return page
    return await let_in(request, key, token)


async def _found(venue: Venue, guesses: Guesses, typed: str, address: str) -> tuple[Key, str]:
    """The key of a typed code, with its token. Raises Refused."""
    code = keys.typed_code(typed)
    if code is None:  # a slip, not a guess: it costs nothing
        raise Refused("join.no_code")
    wait = guesses.begin(address)
    if wait:
        raise Refused("join.too_often", seconds=wait)
    found: tuple[Key, str] | None = await venue.read(lambda connection: _looked_up(connection, code))
    if found is None:
        raise Refused("join.wrong")
    guesses.was_right(address)
    return found


def _looked_up(connection: Connection, code: str) -> tuple[Key, str] | None:
    token = keys.token_of_code(connection, code)
    key = keys.find(connection, token) if token else None
    return (key, token) if key and token else None


ROUTES: list[Any] = [ask_for_code, take_code]
