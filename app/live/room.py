"""A room: all who watch the same picture in one language and format; it is painted once and sent to all of them.

What there is to see its ``Sight`` knows, which other rooms share. A room sends the regions whose contexts have
changed, at most once per ``pause`` of its view; who joins with another picture than the room's, or fell behind, gets
all regions. It sends nothing while nothing changes.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.language import Language
from app.live.framed import Format, Framed
from app.live.sights import Sight
from app.live.views import NOBODY, Picture, Viewer
from app.live.wire import Client, Frame

logger = logging.getLogger("kaimen.rooms")


@dataclass(frozen=True, slots=True)
class Watching:
    """What is watched: the address of a room."""

    code: str
    view: str
    viewer: Viewer = NOBODY
    language: Language = Language.CHINESE
    format: Format = Format.HTML
    is_miniature: bool = False


class Room:
    """Everybody who watches one picture, in one language and format."""

    def __init__(self, watching: Watching, sight: Sight, framed: Framed, build: str) -> None:
        self.watching = watching
        self.sight = sight
        self.clients: dict[Client, bool] = {}
        self._framed = framed
        self._build = build
        self._sent: Picture = sight.picture
        """What everybody here has who is not behind."""
        self._last_push = 0.0
        # The timer cannot be asked when it is due: uvloop makes one of less than half a millisecond a plain handle.
        self._timer: asyncio.Handle | None = None
        self._due = 0.0
        self._failed_at: float | None = None
        self._owed: set[Client] = set()
        """Who is behind because handing over failed: nobody says when they can be written to again."""

    @property
    def is_empty(self) -> bool:
        return not self.clients

    @property
    def is_stale(self) -> bool:
        """Whether there may be something to push: others looked, or it could not be looked at or painted when due."""
        return self.sight.is_doubtful or self.sight.picture.fingerprint != self._sent.fingerprint

    def is_worth_a_try(self, pause: float = 0) -> bool:
        """Whether there may be something to push, no push is due, and no try failed within so many seconds."""
        if not self.is_stale or self.waits:
            return False
        return self._failed_at is None or asyncio.get_running_loop().time() - self._failed_at >= pause

    @property
    def waits(self) -> bool:
        """Whether it will look again as soon as its pause is over."""
        return self._timer is not None

    def join(self, client: Client, have: str) -> None:
        """Let a client in that says which picture it has; it gets the whole one unless that is the room's."""
        self.refresh()
        if have == self._sent.fingerprint:
            self.clients[client] = False
        else:
            self._send_whole(client)
        client.on_writable = lambda: self._catch_up(client)

    def leave(self, client: Client) -> None:
        self.clients.pop(client, None)
        self._owed.discard(client)
        if self.is_empty:
            self._stop_the_timer()

    def end(self) -> None:
        """There is nothing to watch any more: everybody is told to ask again, and shown out."""
        self._deliver(Frame(json.dumps({"reload": self._build})))
        for client in list(self.clients):
            self.leave(client)
            with others_go_on(self.watching.view, self.watching.code):
                client.end()

    def wake(self, pause: float | None = None) -> None:
        """Something may have changed: push now, or as soon as the pause since the last push is over."""
        loop = asyncio.get_running_loop()
        due = self._last_push + (self.sight.view.pause if pause is None else pause)
        if due <= loop.time():
            self._refresh_or_say_why_not()
        elif self._timer is None or due < self._due:
            self._stop_the_timer()
            self._due = due
            self._timer = loop.call_at(due, self._refresh_or_say_why_not)

    def refresh(self) -> None:
        """Paint what is other than was sent last, and send it to everybody."""
        self._stop_the_timer()
        now = self.sight.look()
        if changed := now.changed_since(self._sent):
            self._push(now, changed)

    def _push(self, now: Picture, changed: list[str]) -> None:
        self._last_push = asyncio.get_running_loop().time()
        if self.clients:
            message = self._framed.some(now, self.watching.language, self.watching.format, changed)
            self._sent = now
            self._deliver(message)
        self._sent = now

    def says(self, text: str) -> int:
        """Say something in passing; who is behind does not get it. Returns to how many it was said."""
        frame, heard = Frame(text), 0
        for client, is_behind in list(self.clients.items()):
            with others_go_on(self.watching.view, self.watching.code):
                heard += not is_behind and client.deliver(frame)
        return heard

    def _refresh_or_say_why_not(self) -> None:
        self._failed_at = asyncio.get_running_loop().time()
        with others_go_on(self.watching.view, self.watching.code):
            self.refresh()
            self._failed_at = None

    def _stop_the_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _deliver(self, frame: Frame) -> None:
        owed = list(self._owed)
        for client, is_behind in list(self.clients.items()):
            try:  # and no function of its own: this is the road of every picture to every screen
                if not is_behind and not client.deliver(frame):
                    self._falls_behind(client)
            except Exception:
                self._falls_behind(client)
                self._owed.add(client)
                logger.exception("A screen of “%s” could not be sent to", self.watching.view)
        for client in owed:
            self._catch_up(client)

    def _falls_behind(self, client: Client) -> None:
        if client in self.clients:
            self.clients[client] = True

    def _catch_up(self, client: Client) -> None:
        if self.clients.get(client):
            self._owed.add(client)
            with others_go_on(self.watching.view, self.watching.code):
                self._send_whole(client)

    def _send_whole(self, client: Client) -> None:
        whole = self._framed.whole(self._sent, self.watching.language, self.watching.format)
        self.clients[client] = not client.deliver(whole)
        self._owed.discard(client)


@contextmanager
def others_go_on(view: str, code: str) -> Iterator[None]:
    """What one of many raises is a fault in the program, or a line that broke; the others are not to suffer from it."""
    try:
        yield
    except Exception:
        logger.exception("The view “%s” of “%s” could not be painted or sent", view, code)
