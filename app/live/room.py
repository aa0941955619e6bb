"""A room: all who watch the same picture, which is painted once and sent to all of them.

It sends the regions whose contexts have changed, at most once per ``pause`` of its view; who joins with another picture
than the room's, or fell behind, gets all regions. A room sends nothing while nothing changes.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.language import Language
from app.live.framed import Format, Framed
from app.live.reach import EVERYTHING, NAMES, Regions
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Picture, View, Viewer, looked_at_again, picture
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
    """Everybody who watches one picture."""

    def __init__(self, watching: Watching, framed: Framed, build: str, look: Callable[[], Look]) -> None:
        self.watching = watching
        self.clients: dict[Client, bool] = {}
        self._view: View = VIEWS[watching.view]
        self._framed = framed
        self._build = build
        self._look = look
        first = look()
        self._picture: Picture = picture(self._view, first)
        self._is_to_look_at: Regions = frozenset()
        self.looked_over = first.meeting
        """The meeting of which everything was looked at last."""
        self._last_push = 0.0
        # The timer cannot be asked when it is due: uvloop makes one of less than half a millisecond a plain handle.
        self._timer: asyncio.Handle | None = None
        self._due = 0.0
        self._owed: set[Client] = set()
        """Who is behind because handing over failed: nobody says when they can be written to again."""

    @property
    def is_empty(self) -> bool:
        return not self.clients

    @property
    def is_behind(self) -> bool:
        """Whether it could not be looked at, or not be painted, when it was to be."""
        return bool(self._is_to_look_at) and self._timer is None

    @property
    def waits(self) -> bool:
        """Whether it will look again as soon as its pause is over."""
        return self._timer is not None

    def join(self, client: Client, have: str) -> None:
        """Let a client in that says which picture it has; it gets the whole one unless that is the room's."""
        if not self._is_sure:
            self.refresh()
        if have == self._picture.fingerprint:
            self.clients[client] = False
        else:
            self._send_whole(client)
        client.on_writable = lambda: self._catch_up(client)

    @property
    def _is_sure(self) -> bool:
        """Whether to look would be in vain: nothing was said to have changed since everything was looked at."""
        is_the_same = self._look().meeting is self.looked_over and not self._view.shows_presence
        return is_the_same and not self._is_to_look_at

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
            with others_go_on(self.watching):
                client.end()

    def wake(self, pause: float | None = None, regions: Regions = EVERYTHING) -> None:
        """Something may have changed: push now, or as soon as the pause since the last push is over."""
        self._is_to_look_at |= regions
        loop = asyncio.get_running_loop()
        due = self._last_push + (self._view.pause if pause is None else pause)
        if due <= loop.time():
            self._refresh_or_say_why_not()
        elif self._timer is None or due < self._due:
            self._stop_the_timer()
            self._due = due
            self._timer = loop.call_at(due, self._refresh_or_say_why_not)

    def look_over(self) -> list[str]:
        """Look at everything, and push. Returns the regions that had changed without anybody having said so."""
        expected, before = self._is_to_look_at, self._picture
        self.refresh()
        return [name for name in self._picture.changed_since(before) if name not in expected]

    def refresh(self, regions: Regions = EVERYTHING) -> None:
        """Paint what has changed of these regions and send it to everybody."""
        self._stop_the_timer()
        self._is_to_look_at |= regions  # and will be, should it fail here: the next change brings this one along
        look, before = self._look(), self._picture
        now = looked_at_again(before, self._view, look, self._is_to_look_at)
        if now is not before:
            self._push(now, now.changed_since(before))
        if self._is_to_look_at >= NAMES[self._view.name]:
            self.looked_over = look.meeting
        self._is_to_look_at = frozenset()

    def _push(self, now: Picture, changed: list[str]) -> None:
        self._last_push = asyncio.get_running_loop().time()
        if self.clients:
            message = self._framed.some(now, self.watching.language, self.watching.format, changed)
            self._picture = now
            self._deliver(message)
        self._picture = now

    def says(self, text: str) -> int:
        """Say something in passing; who is behind does not get it. Returns to how many it was said."""
        frame, heard = Frame(text), 0
        for client, is_behind in list(self.clients.items()):
            with others_go_on(self.watching):
                heard += not is_behind and client.deliver(frame)
        return heard

    def _refresh_or_say_why_not(self) -> None:
        with others_go_on(self.watching):
            self.refresh(frozenset())

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
            with others_go_on(self.watching):
                self._send_whole(client)

    def _send_whole(self, client: Client) -> None:
        whole = self._framed.whole(self._picture, self.watching.language, self.watching.format)
        self.clients[client] = not client.deliver(whole)
        self._owed.discard(client)


@contextmanager
def others_go_on(watching: Watching) -> Iterator[None]:
    """What one of many raises is a fault in the program, or a line that broke; the others are not to suffer from it."""
    try:
        yield
    except Exception:
        logger.exception("The view “%s” of “%s” could not be painted or sent", watching.view, watching.code)
