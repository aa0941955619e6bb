"""The live doors: one socket per screen, for pictures out and commands in."""

import asyncio
import json
import logging
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import WebSocket, websocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath
from uvicorn.protocols.utils import ClientDisconnected

from app.language import language_of, say
from app.live.devices import DISPLAYS
from app.live.places import KNOWN, Full, Place
from app.live.room import Format, Watching
from app.live.venue import Venue
from app.live.views import Viewer
from app.live.wire import Frame as Outgoing
from app.live.wire import client_of
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.store import drafts, plans
from app.store.drafts import Draft
from app.store.keys import Key, Role
from app.web.access import EVERYBODY, IDENTIFIES, MAY, STAFF, WATCHES, Visitor, shows_dead_key, signature, visitor_of
from app.web.doorkeeper import Admitted, Doorkeeper
from app.web.gate.callers import caller_of
from app.web.gate.doorstep import POLICY_VIOLATION, decline
from app.web.page import is_secure
from app.web.sockets.devices import (
    Attendant,
    IdentifyDisplay,
    ReportDevice,
    device_of_socket,
    identify,
    must_lead,
    name_of_display,
)
from app.web.sockets.filled import filled_in
from app.web.sockets.frames import (
    LONGEST_ID,
    AskClock,
    Frame,
    LookAt,
    SaveDraft,
    must_have_id,
    name_in,
    read_command,
    read_frame,
    read_part,
)

logger = logging.getLogger("kaimen.sockets")

JSON_SUBPROTOCOL = "kaimen.json"
MESSAGES_PER_SECOND = 20.0
MESSAGES_AT_ONCE = 100
MOST_MALFORMED = 100
LONGEST_DRAFT = 4000
INTERNAL_ERROR = 1011
KEY_REVOKED = 4403
OTHER_SEAT = 4409
LIFE_OF_A_PRESS = timedelta(seconds=3)
"""For which a command that says when it was made may be under way; a page's clock may be ahead by as much."""
NEVER = datetime.min.replace(tzinfo=UTC)
PONG = Outgoing('{"pong":true}')
PATIENCE_AT_THE_DOOR = 5.0
"""Seconds in which a socket must take the word with which it is shown out."""

Socket = WebSocket[Any, Any, Any]


@websocket("/{code:str}/live/{view:str}")
async def live(
    socket: Socket,
    code: FromPath[str],
    view: FromPath[str],
    venue: NamedDependency[Venue],
    doorkeeper: NamedDependency[Doorkeeper],
) -> None:
    try:
        visit = await _admit(socket, venue, doorkeeper, code, view)
    except _ShownOut as shown_out:
        await _show_out(socket, shown_out)
        return
    except _TurnedAway as turned_away:
        await decline(turned_away.status, socket.scope, socket.receive, socket.send)
        return
    except Exception:
        logger.exception("A live door could not be opened")
        await decline(503, socket.scope, socket.receive, socket.send)
        return
    try:
        await socket.accept(subprotocols=visit.subprotocol)
        await visit.begin(have=socket.query_params.get("have", ""), build=socket.query_params.get("build", ""))
        async for text in socket.iter_data("text"):
            await visit.hear(text)
    except (WebSocketDisconnect, ClientDisconnected):
        pass
    except Exception:
        # Browsers come back after 1011. After the 4500 that Litestar would say, htmx does not.
        logger.exception("A screen could not be served")
        await socket.close(INTERNAL_ERROR)
    finally:
        visit.end()


class _TurnedAway(Exception):
    """Not let in; the HTTP status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _ShownOut(Exception):
    """Turned away for good, and told why in words: ``kind`` is what the frame is called that says so."""

    def __init__(self, kind: str, said: Said, code: int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.said = said
        self.code = code


def _revoked() -> _ShownOut:
    """Whoever asks holds a key that was good once."""
    return _ShownOut("revoked", Said("key.revoked"), KEY_REVOKED)


async def _admit(socket: Socket, venue: Venue, doorkeeper: Doorkeeper, code: str, view: str) -> "Visit":
    if not _is_from_here(socket):
        raise _TurnedAway(403)
    meeting = await venue.meeting(code)
    if meeting is None or view not in WATCHES:
        raise _TurnedAway(404)
    if _tells_a_key_to_all(socket, view):
        raise _TurnedAway(403)
    visitor = await visitor_of(socket, venue, code)
    key = visitor.key(WATCHES[view])
    asked = socket.query_params
    if not visitor.may_pass(WATCHES[view], meeting.plan):
        if shows_dead_key(socket, visitor, WATCHES[view], code):
            raise _revoked()
        if view == "panel" and "seat" in asked and "authorization" not in socket.headers:
            raise _ShownOut("other_seat", Said("seat.no_card"), OTHER_SEAT)
        raise _TurnedAway(403)
    if view == "panel" and key and asked.get("seat", key.of) != key.of:
        raise _other_seat(meeting, asked["seat"], key)
    unit = asked.get("unit")
    name = name_of_display(asked.get("name")) if view in DISPLAYS else ""
    named = visitor.display(name, "miniature" in asked)
    viewer = Viewer(
        seat=key.of if key and key.role is Role.SEAT else None,
        unit=unit if view == "panel" and any(each.id == unit for each in meeting.plan.units) else None,
        is_staff=view == "results" and visitor.is_staff,
        device=device_of_socket(socket) if view == "panel" else None,
        display=name if named else "",
        key=key.tag if key and key.role is Role.SEAT else "",
    )
    speaks_json = JSON_SUBPROTOCOL in socket.scope["subprotocols"]
    format = Format.JSON if speaks_json else Format.HTML
    # The console's miniature of a display is one like any other, but nobody's projector: it is not counted.
    watching = Watching(code, view, viewer, language_of(asked.get("lang")), format, "miniature" in asked)
    used = key or named or (visitor.key(STAFF) if viewer.is_staff else visitor.invitation(meeting.plan))
    return Visit(socket, venue, watching, key, KeyInUse(doorkeeper, used), _place(socket, venue, visitor))


def _other_seat(meeting: Meeting, page: str, key: Key) -> _ShownOut:
    """A page of one seat in a browser that holds the card of another: it must not turn into the other one."""
    labels = {each.id: each.label for each in meeting.plan.seats}
    facts = {"own": labels.get(page, ""), "seat": labels.get(key.of, "")}
    return _ShownOut("other_seat", Said("seat.other_card", facts), OTHER_SEAT)


def _place(socket: Socket, venue: Venue, visitor: Visitor) -> Place:
    try:
        return venue.places.take_known() if visitor.keys.keys() & KNOWN else venue.places.take(caller_of(socket))
    except Full:
        raise _TurnedAway(503) from None


def _is_from_here(socket: Socket) -> bool:
    """Browsers say from which page they connect; it must be ours. Programs say nothing, and hold a key or nothing."""
    origin = socket.headers.get("origin")
    hosts = socket.app.state.hosts
    return origin is None or bool(hosts.is_own(origin, socket.headers.get("host", "")))


def _tells_a_key_to_all(socket: Socket, view: str) -> bool:
    """A key without https, where that is on: whoever shows it must not go on as if nothing were the matter."""
    needs_key = WATCHES[view] is not EVERYBODY or "authorization" in socket.headers
    return needs_key and bool(socket.app.state.settings.tls) and not is_secure(socket)


async def _show_out(socket: Socket, why: _ShownOut) -> None:
    """Tell in words why, and close for good: browsers do not come back after this code.

    A browser is not told why a handshake was declined, so this one is accepted first.
    """
    sentence = say(why.said, language_of(socket.query_params.get("lang")))
    speaks_json = JSON_SUBPROTOCOL in socket.scope["subprotocols"]
    with suppress(WebSocketDisconnect, ClientDisconnected, TimeoutError):
        async with asyncio.timeout(PATIENCE_AT_THE_DOOR):
            await socket.accept(subprotocols=JSON_SUBPROTOCOL if speaks_json else None)
            await socket.send_text(json.dumps({why.kind: sentence}, ensure_ascii=False))
            await socket.close(why.code, why.kind.replace("_", " "))


class KeyInUse:
    """The key by which one came in, as the doorkeeper knows it; none at a door that is open to all."""

    __slots__ = ("_doorkeeper", "_id")

    def __init__(self, doorkeeper: Doorkeeper, key: Key | None) -> None:
        self._doorkeeper = doorkeeper
        self._id = key.id if key else ""

    def taken_by(self, who: Admitted) -> None:
        if self._id:
            self._doorkeeper.let_in(self._id, who)

    def given_back_by(self, who: Admitted) -> None:
        if self._id:
            self._doorkeeper.goes(self._id, who)


class Visit:
    """One socket from its acceptance to its end. There are thousands: the slots keep each of them small."""

    __slots__ = (
        "_allowance",
        "_attendant",
        "_client",
        "_closing",
        "_in_use",
        "_is_in",
        "_is_revoked",
        "_key",
        "_malformed",
        "_place",
        "_socket",
        "_venue",
        "_watching",
    )

    def __init__(
        self, socket: Socket, venue: Venue, watching: Watching, key: Key | None, in_use: KeyInUse, place: Place
    ) -> None:
        self._socket = socket
        self._venue = venue
        self._watching = watching
        self._key = key
        self._in_use = in_use
        self._place = place
        self._is_revoked = False
        self._client = client_of(socket.scope, socket.send)
        if key is not None:
            self._client.is_known()
        self._allowance = Allowance()
        self._malformed = 0
        self._is_in = False
        agent = socket.headers.get("user-agent", "")
        self._attendant = Attendant(venue, watching, device_of_socket(socket), agent)

    @property
    def subprotocol(self) -> str | None:
        return JSON_SUBPROTOCOL if self._watching.format is Format.JSON else None

    async def begin(self, have: str, build: str) -> None:
        self._attendant.arrives()  # before the rooms are told, whose pictures list the displays of a name
        try:
            self._venue.rooms.join(self._watching, self._client, have)
        except Exception:
            self._attendant.leaves()
            raise
        self._is_in = True
        self._in_use.taken_by(self)
        if build and build != self._venue.painter.build:
            await self._answer({"reload": self._venue.painter.build})
        await self._send_draft()

    def end(self) -> None:
        self._place.give_back()
        if self._is_in:
            self._is_in = False
            self._attendant.leaves()
            self._venue.rooms.leave(self._watching, self._client)
            self._in_use.given_back_by(self)

    def is_shown_out(self) -> None:
        """The key was revoked: no picture and no command any more; the socket closes once it has taken the word."""
        self._is_revoked = True
        self.end()
        self._closing = asyncio.get_running_loop().create_task(_show_out(self._socket, _revoked()))

    async def hear(self, text: str) -> None:
        """Carry out one frame and answer it. A bad frame is answered with a sentence, not with a closed socket."""
        await self._allowance.take()
        if self._key is None:  # a crowd that asks within its allowance must not make staff and panel wait
            await self._client.comes_up()
            await self._heard(text)
        else:
            with self._venue.turns.aside():
                await self._heard(text)

    async def _heard(self, text: str) -> None:
        if self._is_revoked:
            return
        id = ""
        try:
            frame = read_frame(text)
            if frame.do == "ping":  # is anybody there? Framed once, for all who ask
                self._client.deliver(PONG)
                return
            id = frame.id[:LONGEST_ID]
            await self._answer(await self._do(frame, text))
        except Refused as refused:
            await self._answer(self._refusal(id or name_in(text), refused))
            await self._count_malformed(refused)
        except (WebSocketDisconnect, ClientDisconnected):
            raise
        except Exception:
            logger.exception("A frame could not be carried out")
            await self._answer(self._refusal(id or name_in(text), Refused("command.failed")))

    async def _do(self, frame: Frame, text: str) -> dict[str, Any]:
        match frame.do:
            case "ask_clock":
                asked = read_part(AskClock, text)
                return {"clock": self._venue.now(self._watching.code).timestamp() * 1000, "sent": asked.sent}
            case "report_device":
                self._attendant.reports(read_part(ReportDevice, text))
                return {"ack": frame.id}
            case "identify_display":
                must_have_id(frame)
                if self._key is None or self._key.role not in IDENTIFIES:
                    raise Refused("command.not_allowed")
                identify(self._venue, self._watching.code, read_part(IdentifyDisplay, text).display)
                return {"ack": frame.id}
            case "look_at" if self._watching.view == "panel":
                await self._look_at(read_part(LookAt, text).unit)
                return {"ack": frame.id}
            case "save_draft" if self._watching.view == "panel":
                must_have_id(frame)
                await self._save_draft(read_part(SaveDraft, text))
                return {"ack": frame.id}
        command = await self._command(frame, text)
        by, tag = signature(self._key), self._key.tag if self._key else ""
        until = self._until(frame.made)
        performed = await self._venue.perform(self._watching.code, command, by, frame.id, tag, until)
        self._attendant.was_acked()
        return {"ack": frame.id, "seq": performed.seq}

    def _until(self, made: float | None) -> datetime | None:
        """Until when a press is good that was made then."""
        if made is None:
            return None
        try:
            pressed = datetime.fromtimestamp(made / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return NEVER
        # Of a screen whose clock is wrong nobody knows how old its presses are.
        is_to_come = pressed > self._venue.now(self._watching.code) + LIFE_OF_A_PRESS
        return NEVER if is_to_come else pressed + LIFE_OF_A_PRESS

    async def _command(self, frame: Frame, text: str) -> c.Command:
        """The command of a frame, if this visitor may give it."""
        if frame.do == "open_meeting":
            must_have_id(frame)
            self._must_be_allowed(c.OpenMeeting)
            return c.OpenMeeting(await self._venue.read(lambda each: plans.load(each, self._watching.code)))
        command = read_command(frame, text)
        self._must_be_allowed(type(command))
        self._must_be_own_seat(getattr(command, "seat", None))
        must_lead(self._venue.rooms.meeting(self._watching.code), self._watching, command)
        return await filled_in(self._venue, self._watching.code, command)

    def _must_be_allowed(self, command: type[c.Command]) -> None:
        if self._key is None or command not in MAY[self._key.role]:
            raise Refused("command.not_allowed")

    def _must_be_own_seat(self, seat: str | None) -> None:
        if self._key is None or self._key.role is not Role.SEAT or seat in (None, self._key.of):
            return
        meeting = self._venue.rooms.meeting(self._watching.code)
        labels = {each.id: each.label for each in meeting.plan.seats} if meeting else {}
        own = labels.get(self._key.of, "")
        raise Refused("command.other_seat", seat=labels.get(seat or "", seat or ""), own=own)

    # --- the panelist's own matters ---------------------------------------------------------------------------------

    async def _look_at(self, unit: str) -> None:
        self._must_be_a_unit(unit)
        to = replace(self._watching, viewer=replace(self._watching.viewer, unit=unit))
        self._attendant.looks_at(unit)
        self._venue.rooms.move(self._watching, to, self._client)
        self._watching = to
        await self._send_draft()

    async def _save_draft(self, draft: SaveDraft) -> None:
        self._must_be_own_seat(draft.seat)
        must_lead(self._venue.rooms.meeting(self._watching.code), self._watching, draft)
        self._must_be_a_unit(draft.unit)
        if len(draft.text) > LONGEST_DRAFT:
            raise Refused("text.too_long", most=LONGEST_DRAFT, length=len(draft.text))
        text = draft.text.replace("\0", "")  # which no database keeps
        row = Draft(self._watching.code, draft.seat, draft.unit, draft.kind[:16], text)
        await self._venue.write(lambda connection: drafts.save(connection, row))

    def _must_be_a_unit(self, unit: str) -> None:
        meeting = self._venue.rooms.meeting(self._watching.code)
        if meeting is None or not any(each.id == unit for each in meeting.plan.units):
            raise Refused("unit.unknown")

    async def _send_draft(self) -> None:
        """What was last typed for the unit whose sheet is out, on whatever device."""
        viewer = self._watching.viewer
        if viewer.seat is None or viewer.unit is None:
            return
        code, seat, unit = self._watching.code, viewer.seat, viewer.unit
        draft = await self._venue.read(lambda connection: drafts.find(connection, code, seat, unit))
        said = {"kind": draft.kind, "text": draft.text} if draft else None
        await self._answer({"draft": said, "unit": unit})

    # --- answers ----------------------------------------------------------------------------------------------------

    async def _answer(self, answer: dict[str, Any]) -> None:
        # Not by `deliver`, which drops what a slow client cannot take: an answer is waited for.
        await self._socket.send_text(json.dumps(answer, ensure_ascii=False))

    def _refusal(self, id: str, refused: Refused) -> dict[str, Any]:
        facts = {name: _plain(fact) for name, fact in refused.facts.items()}
        answer = {
            "refused": id,
            "code": refused.code,
            "facts": facts,
            "sentence": say(refused.said, self._watching.language),
        }
        ways = {"again": refused.again, "at": refused.at}
        return answer | {name: way for name, way in ways.items() if way}

    async def _count_malformed(self, refused: Refused) -> None:
        if refused.code in ("command.malformed", "command.unknown"):
            self._malformed += 1
            if self._malformed >= MOST_MALFORMED:
                await self._socket.close(POLICY_VIOLATION, "too many unreadable frames")
                raise WebSocketDisconnect(detail="too many unreadable frames")


def _plain(fact: Any) -> Any:
    if isinstance(fact, tuple):
        return [each.code if isinstance(each, Said) else each for each in fact]
    return fact


class Allowance:
    """A token bucket per socket. Who is too quick is read more slowly: nothing is lost, nobody else waits."""

    __slots__ = ("_at", "_tokens")

    def __init__(self) -> None:
        self._tokens = float(MESSAGES_AT_ONCE)
        self._at = time.monotonic()

    async def take(self) -> None:
        now = time.monotonic()
        self._tokens = min(self._tokens + (now - self._at) * MESSAGES_PER_SECOND, MESSAGES_AT_ONCE)
        self._at = now
        self._tokens -= 1
        if self._tokens < 0:
            await asyncio.sleep(-self._tokens / MESSAGES_PER_SECOND)
