"""From the organiser's desk to the console, by one press: a moderator's key is made and stays on this device."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.store import keys
from app.store.keys import Hand, Key, Role
from app.web.page import AnyRequest
from app.web.pages.entrance import let_in, screen_of
from app.web.visitors import Visitor

LABEL = "organiser"


@post("/{code:str}/preside")
async def preside(
    request: AnyRequest, code: FromPath[str], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[str]:
    """To the console: by the moderator's key that this device has, else by a new one that says who made it."""
    own = visitor.keys.get(Role.MODERATOR)
    if own is not None:
        return Redirect(screen_of(own), status_code=303)
    return await let_in_as_moderator(request, venue, code, visitor)


async def let_in_as_moderator(request: AnyRequest, venue: Venue, code: str, visitor: Visitor) -> Response[str]:
    by = visitor.hand(Role.MODERATOR)
    key, token = await venue.write(lambda connection: moderators_key(connection, code, LABEL, by))
    return await let_in(request, key, token)


def moderators_key(connection: Connection, code: str, label: str, by: Hand) -> tuple[Key, str]:
    key = Key(code, Role.MODERATOR)
    return key, keys.make(connection, key, label, by)


ROUTES: list[Any] = [preside]
