"""The handshake: who is let in to watch what, by which key, and on which of the places there are."""

from dataclasses import dataclass

from app.language import language_of
from app.live.capacity import KNOWN, Full, Taken
from app.live.devices import DISPLAYS
from app.live.framed import Format
from app.live.room import Watching
from app.live.venue import Venue
from app.live.views import Viewer
from app.meeting.meeting import Meeting
from app.store.keys import Key, Role
from app.web.access import ACTS, EVERYBODY, STAFF, WATCHES
from app.web.gate.callers import caller_of
from app.web.page import is_secure
from app.web.sockets.closing import Socket, TurnedAway, no_card, other_card, revoked
from app.web.sockets.devices import device_of_socket, name_of_display
from app.web.sockets.frames import JSON_SUBPROTOCOL
from app.web.visitors import Visitor, shows_dead_key, visitor_of


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who was let in. ``key``: by which they act; ``in_use``: with which they go when it is revoked."""

    watching: Watching
    key: Key | None
    in_use: Key | None
    place: Taken


async def let_in(socket: Socket, venue: Venue, code: str, view: str) -> Entrant:
    """Raises TurnedAway or ShownOut."""
    if not _is_from_here(socket):
        raise TurnedAway(403)
    meeting = await venue.meeting(code)
    if meeting is None or view not in WATCHES:
        raise TurnedAway(404)
    if _tells_a_key_to_all(socket, view):
        raise TurnedAway(403)
    visitor = await visitor_of(socket, venue, code)
    _must_pass(socket, visitor, meeting, view)
    key = visitor.key(WATCHES[view]) or visitor.key(ACTS.get(view))
    name = name_of_display(socket.query_params.get("name")) if view in DISPLAYS else ""
    named = visitor.display(name, _is_miniature(socket))
    viewer = _viewer(socket, meeting, view, visitor, name if named else "")
    in_use = key or named or (visitor.key(STAFF) if viewer.is_staff else visitor.invitation(meeting.plan))
    return Entrant(_watching(socket, code, view, viewer), key, in_use, _place(socket, venue, visitor))


def _must_pass(socket: Socket, visitor: Visitor, meeting: Meeting, view: str) -> None:
    roles, asked, code = WATCHES[view], socket.query_params, meeting.plan.code
    if not visitor.may_pass(roles, meeting.plan):
        if shows_dead_key(socket, visitor, roles, code):
            raise revoked()
        if view == "panel" and "seat" in asked and "authorization" not in socket.headers:
            raise no_card()
        raise TurnedAway(403)
    key = visitor.key(roles)
    if view == "panel" and key and asked.get("seat", key.of) != key.of:
        raise other_card(meeting, asked["seat"], key)


def _viewer(socket: Socket, meeting: Meeting, view: str, visitor: Visitor, display: str) -> Viewer:
    """In whose place somebody looks; on a tablet also at which sheet, and from which device."""
    unit = socket.query_params.get("unit")
    unit = unit if any(each.id == unit for each in meeting.plan.units) else None
    if view == "results":
        return Viewer(is_staff=visitor.is_staff, unit=unit)
    if view != "panel":
        return Viewer(display=display)
    key = visitor.keys[Role.SEAT]
    return Viewer(seat=key.of, unit=unit, device=device_of_socket(socket), key=key.tag)


def _watching(socket: Socket, code: str, view: str, viewer: Viewer) -> Watching:
    speaks_json = JSON_SUBPROTOCOL in socket.scope["subprotocols"]
    format = Format.JSON if speaks_json else Format.HTML
    # The console's miniature of a display is one like any other, but nobody's projector: it is not counted.
    return Watching(code, view, viewer, language_of(socket.query_params.get("lang")), format, _is_miniature(socket))


def _is_miniature(socket: Socket) -> bool:
    return "miniature" in socket.query_params


def _place(socket: Socket, venue: Venue, visitor: Visitor) -> Taken:
    try:
        return venue.capacity.take_known() if visitor.keys.keys() & KNOWN else venue.capacity.take(caller_of(socket))
    except Full:
        raise TurnedAway(503) from None


def _is_from_here(socket: Socket) -> bool:
    """Browsers say from which page they connect; it must be ours. Programs say nothing, and hold a key or nothing."""
    origin = socket.headers.get("origin")
    hosts = socket.app.state.hosts
    return origin is None or bool(hosts.is_own(origin, socket.headers.get("host", "")))


def _tells_a_key_to_all(socket: Socket, view: str) -> bool:
    """A key without https, where that is on: whoever shows it must not go on as if nothing were the matter."""
    needs_key = WATCHES[view] is not EVERYBODY or "authorization" in socket.headers
    return needs_key and bool(socket.app.state.settings.tls) and not is_secure(socket)
