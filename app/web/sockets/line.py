"""The live doors: one socket for each screen, for pictures out and commands in."""

import asyncio
import json
import logging
import time
from typing import Any, assert_never

from litestar import websocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath

from app.live.framed import Format
from app.live.venue import Venue
from app.live.wire import Frame, client_of
from app.store import drafts, signatures
from app.store.scribe import Performed
from app.web.bucket import Bucket
from app.web.doorkeeper import Doorkeeper
from app.web.gate.doorstep import decline
from app.web.sockets.closing import GONE, INTERNAL_ERROR, ShownOut, Socket, TurnedAway, revoked, show_out
from app.web.sockets.devices import Attendant, device_of_socket, identify
from app.web.sockets.filled import filled_in
from app.web.sockets.frames import JSON_SUBPROTOCOL
from app.web.sockets.handshake import Entrant, let_in
from app.web.sockets.steps import (
    Close,
    FindDraft,
    Identify,
    KeepDraft,
    KeepSignature,
    NoteHealth,
    Perform,
    Pong,
    Reply,
    Step,
    Steps,
    Turn,
)
from app.web.sockets.visit import Visit

logger = logging.getLogger("kaimen.sockets")

MESSAGES_PER_SECOND = 20.0
MESSAGES_AT_ONCE = 100
PONG = Frame('{"pong":true}')


@websocket("/{code:str}/live/{view:str}")
async def live(
    socket: Socket,
    code: FromPath[str],
    view: FromPath[str],
    venue: NamedDependency[Venue],
    doorkeeper: NamedDependency[Doorkeeper],
) -> None:
    try:
        line = LiveLine(socket, venue, doorkeeper, await let_in(socket, venue, code, view))
    except ShownOut as why:
        await show_out(socket, why)
    except TurnedAway as turned_away:
        await decline(turned_away.status, socket.scope, socket.receive, socket.send)
    except Exception:
        logger.exception("A live door could not be opened")
        await decline(503, socket.scope, socket.receive, socket.send)
    else:
        await _serve(socket, line)


async def _serve(socket: Socket, line: "LiveLine") -> None:
    try:
        await socket.accept(subprotocols=line.subprotocol)
        await line.begin(have=socket.query_params.get("have", ""), build=socket.query_params.get("build", ""))
        async for text in socket.iter_data("text"):
            await line.hear(text)
    except GONE:
        pass
    except Exception:
        # Browsers come back after 1011. After the 4500 that Litestar would say, htmx does not.
        logger.exception("A screen could not be served")
        await socket.close(INTERNAL_ERROR)
    finally:
        line.end()


class LiveLine:
    """One socket from its acceptance to its end: carries out what its visit asks for. The slots keep it small."""

    __slots__ = (
        "_allowance",
        "_attendant",
        "_client",
        "_closing",
        "_doorkeeper",
        "_in_use",
        "_is_in",
        "_is_revoked",
        "_place",
        "_socket",
        "_venue",
        "_visit",
    )

    def __init__(self, socket: Socket, venue: Venue, doorkeeper: Doorkeeper, entrant: Entrant) -> None:
        self._socket = socket
        self._venue = venue
        self._doorkeeper = doorkeeper
        self._visit = Visit(entrant.watching, entrant.key)
        self._in_use = entrant.in_use.id if entrant.in_use else ""
        self._place = entrant.place
        self._is_revoked = False
        self._client = client_of(socket.scope, socket.send)
        if entrant.key is not None:
            self._client.is_known()
        self._allowance = Allowance()
        self._is_in = False
        agent = socket.headers.get("user-agent", "")
        self._attendant = Attendant(venue, entrant.watching, device_of_socket(socket), agent)

    @property
    def subprotocol(self) -> str | None:
        return JSON_SUBPROTOCOL if self._visit.watching.format is Format.JSON else None

    async def begin(self, have: str, build: str) -> None:
        self._attendant.arrives()  # before the rooms are told, whose pictures list the displays of a name
        try:
            self._venue.rooms.join(self._visit.watching, self._client, have)
        except Exception:
            self._attendant.leaves()
            raise
        self._is_in = True
        if self._in_use:
            self._doorkeeper.let_in(self._in_use, self)
        await self._carry_out(self._visit.begin(build, self._venue.painter.build))

    def end(self) -> None:
        self._place.give_back()
        if self._is_in:
            self._is_in = False
            self._attendant.leaves()
            self._venue.rooms.leave(self._visit.watching, self._client)
            if self._in_use:
                self._doorkeeper.goes(self._in_use, self)

    def is_shown_out(self) -> None:
        """The key was revoked: no picture and no command any more; the socket closes once it has taken the word."""
        self._is_revoked = True
        self.end()
        self._closing = asyncio.get_running_loop().create_task(show_out(self._socket, revoked()))

    async def hear(self, text: str) -> None:
        await self._allowance.take()
        if self._visit.key is None:  # a crowd that asks within its allowance must not make staff and panel wait
            await self._client.comes_up()
            await self._heard(text)
        else:
            with self._venue.turns.aside():
                await self._heard(text)

    async def _heard(self, text: str) -> None:
        if not self._is_revoked:
            code = self._visit.watching.code
            await self._carry_out(self._visit.hear(text, self._venue.rooms.meeting(code), self._venue.now(code)))

    # --- what the visit asks for ------------------------------------------------------------------------------------

    async def _carry_out(self, steps: Steps) -> None:
        """One after the other. What is raised is the visit's to answer, unless nobody is there any more."""
        try:
            step = next(steps)
            while True:
                try:
                    came_of_it = await self._do(step)
                except GONE:
                    raise
                except Exception as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(came_of_it)
        except StopIteration:
            pass
        finally:
            steps.close()

    async def _do(self, step: Step) -> Any:
        match step:
            case Reply():
                # Not by `deliver`, which drops what a slow client cannot take: an answer is waited for.
                await self._socket.send_text(json.dumps(step.said, ensure_ascii=False))
            case Pong():
                self._client.deliver(PONG)
            case Perform():
                return await self._perform(step)
            case NoteHealth():
                self._attendant.reports(step.report)
            case Identify():
                await identify(self._venue, self._visit.watching.code, step.display)
            case Turn():
                self._turn(step)
            case KeepDraft() | KeepSignature():
                await self._keep(step)
            case FindDraft():
                code = self._visit.watching.code
                return await self._venue.read(lambda each: drafts.find(each, code, step.seat, step.unit))
            case Close():
                await self._socket.close(step.code, step.why)
                raise WebSocketDisconnect(detail=step.why)
            case _:
                assert_never(step)
        return None

    async def _perform(self, asked: Perform) -> Performed:
        code = self._visit.watching.code
        command = await filled_in(self._venue, code, asked.what)
        performed = await self._venue.perform(code, command, asked.by, asked.id, asked.tag, asked.until)
        self._attendant.was_acked()
        return performed

    async def _keep(self, what: KeepDraft | KeepSignature) -> None:
        """What is no matter of the log."""
        code = self._visit.watching.code
        match what:
            case KeepDraft():
                await self._venue.write(lambda connection: drafts.save(connection, what.draft))
            case KeepSignature():
                await self._venue.write(lambda each: signatures.keep(each, code, what.signed, what.drawing))

    def _turn(self, turn: Turn) -> None:
        self._attendant.looks_at(turn.to.viewer.unit or "")
        self._venue.rooms.move(self._visit.watching, turn.to, self._client)


class Allowance(Bucket):
    """So many messages at once, so many a second. Who is too quick is read more slowly: nothing is lost."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(1 / MESSAGES_PER_SECOND, time.monotonic())

    async def take(self) -> None:
        over = self.pour(1, time.monotonic()) - MESSAGES_AT_ONCE
        if over > 0:
            await asyncio.sleep(over / MESSAGES_PER_SECOND)
