"""Rooms: who watches what. All who watch the same picture share a room; it is painted once and sent to all of them.

A room sends the regions whose contexts have changed, at most once per ``pause`` of its view; who joins with another
picture than the room's, or fell behind, gets all regions. A room sends nothing while nothing changes. What has happened
says where to look again (``reach.py``); by and by every room looks at everything, in case that was too little.

Whatever one room, one client or one template raises is logged, and keeps nobody else waiting.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from app.language import Language
from app.live.devices import DISPLAYS, Devices
from app.live.painted import Painted
from app.live.painter import Painter
from app.live.reach import EVERYTHING, NAMES, Regions, reach_of
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Picture, Presence, View, Viewer, looked_at_again, picture
from app.live.wire import Client, Frame
from app.meeting.events import Event
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said

logger = logging.getLogger("kaimen.rooms")

PAUSE_OF_COUNTS = 1.0
"""Seconds between two pushes that are only due to phones coming and going."""
SECONDS_TO_LOOK_OVER = 30
"""Within so many, every room has looked at everything."""


class Format(StrEnum):
    """What a socket speaks: html for htmx, or the contexts as JSON (subprotocol ``kaimen.json``)."""

    HTML = "html"
    JSON = "json"


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

    def __init__(self, watching: Watching, painted: Painted, build: str, look: Callable[[], Look]) -> None:
        self.watching = watching
        self.clients: dict[Client, bool] = {}
        self._view: View = VIEWS[watching.view]
        self._painted = painted
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
        self.refresh()
        if have == self._picture.fingerprint:
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
            with _others_go_on(self.watching):
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
            message = Frame(self._message(now, changed))
            self._picture = now
            self._deliver(message)
        self._picture = now

    def says(self, text: str) -> int:
        """Say something in passing; who is behind does not get it. Returns to how many it was said."""
        frame, heard = Frame(text), 0
        for client, is_behind in list(self.clients.items()):
            with _others_go_on(self.watching):
                heard += not is_behind and client.deliver(frame)
        return heard

    def _refresh_or_say_why_not(self) -> None:
        with _others_go_on(self.watching):
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
            with _others_go_on(self.watching):
                self._send_whole(client)

    def _send_whole(self, client: Client) -> None:
        whole = Frame(self._message(self._picture, list(self._picture.contexts)))
        self.clients[client] = not client.deliver(whole)
        self._owed.discard(client)

    def _message(self, seen: Picture, names: list[str]) -> str:
        if self.watching.format is Format.JSON:
            regions = {name: seen.contexts[name] for name in names}
            return json.dumps({"have": seen.fingerprint, "regions": regions}, ensure_ascii=False)
        return html_message(seen.fingerprint, self._painted.regions(seen, self.watching.language, names))


@contextmanager
def _others_go_on(watching: Watching) -> Iterator[None]:
    """What one of many raises is a fault in the program, or a line that broke; the others are not to suffer from it."""
    try:
        yield
    except Exception:
        logger.exception("The view “%s” of “%s” could not be painted or sent", watching.view, watching.code)


def html_message(have: str, regions: dict[str, str]) -> str:
    """Regions for htmx, each morphed into the element of its id; the comment in front is the picture's fingerprint."""
    partials = (f'<hx-partial id="{name}" hx-swap="outerMorph">{html}</hx-partial>' for name, html in regions.items())
    return f"<!--{have}-->{''.join(partials)}"


@dataclass(slots=True)
class _House:
    """One meeting's rooms, and who is present in them."""

    meeting: Meeting
    rooms: dict[Watching, Room] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    views: Counter[str] = field(default_factory=Counter)
    displays: int = 0
    devices: Devices = field(default_factory=Devices)
    warnings: dict[str, Said] = field(default_factory=dict)
    common_warnings: dict[str, Said] = field(default_factory=dict)

    @property
    def presence(self) -> Presence:
        seats, phones = dict(+self.seats), self.views["phone"]
        warnings = (*self.common_warnings.values(), *self.warnings.values())
        return Presence(seats, self.displays, phones, self.devices.listed, warnings)

    def count(self, watching: Watching, change: int) -> None:
        self.views[watching.view] += change
        if watching.view in DISPLAYS and not watching.is_miniature:
            self.displays += change
        if watching.viewer.seat is not None:
            self.seats[watching.viewer.seat] += change


class Rooms:
    """All rooms of all meetings. Lives in the event loop; every method is called there."""

    def __init__(self, painter: Painter) -> None:
        self.painted = Painted(painter)
        self._build = painter.build
        self._houses: dict[str, _House] = {}
        self._warnings: dict[str, Said] = {}

    @property
    def clients(self) -> int:
        return sum(house.views.total() for house in self._houses.values())

    @property
    def codes(self) -> list[str]:
        return list(self._houses)

    @property
    def any_meeting_runs(self) -> bool:
        return any(house.meeting.is_open for house in self._houses.values())

    def meeting(self, code: str) -> Meeting | None:
        house = self._houses.get(code)
        return house.meeting if house else None

    def presence(self, code: str) -> Presence:
        return self._houses[code].presence

    def devices(self, code: str) -> Devices:
        """The devices of a meeting; of one that is gone, none."""
        house = self._houses.get(code)
        return house.devices if house else Devices()

    def says_to_display(self, code: str, display: str, text: str) -> int:
        """Say something in passing, which is part of no picture, to the displays of a name. Returns to how many."""
        house = self._houses.get(code)
        if house is None:
            return 0
        theirs = [
            room
            for watching, room in house.rooms.items()
            if watching.viewer.display == display and not watching.is_miniature
        ]
        return sum(room.says(text) for room in theirs)

    def say_that_the_clock_was_set(self) -> None:
        """Every device is to ask for the time again."""
        for house in self._houses.values():
            for room in house.rooms.values():
                room.says(json.dumps({"clock_set": True}))

    def warn(self, about: str, said: Said | None, code: str | None = None) -> None:
        """Let the consoles say something about the server itself until it is taken back (None); all, or a meeting's."""
        houses = [house for each, house in self._houses.items() if code in (None, each)]
        for warnings in [self._warnings] if code is None else [house.warnings for house in houses]:
            if warnings.get(about) == said:
                return
            if said is None:
                warnings.pop(about)
            else:
                warnings[about] = said
        for house in houses:
            _wake(_rooms_of(house, "moderator"))

    def moved(self, code: str, meeting: Meeting, events: Sequence[Event] | None = None) -> None:
        """A meeting has moved on by these events (None: by whatever it was): its rooms look again."""
        self.know(code, meeting)
        self.look_again(code, events)

    def know(self, code: str, meeting: Meeting) -> None:
        """A meeting has moved on. Who asks is told so from now on; the rooms are still to ``look_again``."""
        house = self._houses.get(code)
        if house is None:
            house = self._houses[code] = _House(meeting, common_warnings=self._warnings)
            house.devices = Devices(
                lambda: _wake(_rooms_of(house, "devices")), lambda post: _wake(_rooms_about(house, post.seat))
            )
            return
        before, house.meeting = house.meeting, meeting
        if meeting.plan is not before.plan:
            _end(house.rooms.pop(each) for each in list(house.rooms) if _has_lost_its_seat(each, meeting))

    def look_again(self, code: str, events: Sequence[Event] | None) -> None:
        """Wake the rooms that these events can have touched, the most urgent first."""
        house = self._houses.get(code)
        if house is None:
            return  # the meeting went first
        reach = reach_of(events, house.meeting)
        touched = [
            (room, regions)
            for watching, room in house.rooms.items()
            if (regions := reach.within(watching.view, watching.viewer)) or room.is_behind
        ]
        for room, regions in sorted(touched, key=lambda each: _urgency(each[0])):
            with _others_go_on(room.watching):
                room.wake(regions=regions)

    def look_over(self) -> None:
        """Let a few rooms look at everything, those first that have not for the longest. To be called once a second.

        What comes to light there was missed by ``reach``: a fault of the program, which is mended by it and logged.
        """
        houses = self._houses.values()
        unsure = [
            room
            for house in houses
            for room in house.rooms.values()
            if room.looked_over is not house.meeting and not room.waits
        ]
        number = ceil(sum(len(house.rooms) for house in houses) / SECONDS_TO_LOOK_OVER)
        for room in unsure[:number]:
            _look_over(room)

    def forget(self, code: str) -> None:
        """A meeting is gone: so are its rooms, and everybody in them."""
        house = self._houses.pop(code, None)
        _end(house.rooms.values() if house else ())

    def join(self, watching: Watching, client: Client, have: str) -> None:
        """Bring a client into the room of what it watches. The meeting must be known (``moved``)."""
        house = self._houses[watching.code]
        self._enter(house, watching, client, have)
        house.count(watching, +1)
        self._tell_presence(house, watching)

    def leave(self, watching: Watching, client: Client) -> None:
        house = self._houses.get(watching.code)
        if house is None:
            return  # the meeting went first
        self._exit(house, watching, client)
        house.count(watching, -1)
        self._tell_presence(house, watching)

    def move(self, watching: Watching, to: Watching, client: Client) -> None:
        """From one picture of a seat to another: the client gets the whole of it, and is not missed in between."""
        house = self._houses[watching.code]
        self._enter(house, to, client, have="")
        if to != watching:
            self._exit(house, watching, client)

    def _enter(self, house: _House, watching: Watching, client: Client, have: str) -> None:
        room = house.rooms.get(watching) or Room(watching, self.painted, self._build, self._looker(house, watching))
        room.join(client, have)
        house.rooms[watching] = room

    def _exit(self, house: _House, watching: Watching, client: Client) -> None:
        room = house.rooms.get(watching)
        if room is None:
            return  # the seat went first
        room.leave(client)
        if room.is_empty:
            del house.rooms[watching]

    def _looker(self, house: _House, watching: Watching) -> Callable[[], Look]:
        return lambda: Look(house.meeting, watching.viewer, house.presence)

    def _tell_presence(self, house: _House, watching: Watching) -> None:
        pause = PAUSE_OF_COUNTS if watching.view == "phone" else None
        _wake(_rooms_of(house, "moderator", "devices"), pause)


def _has_lost_its_seat(watching: Watching, meeting: Meeting) -> bool:
    """Before a meeting opens, a seat may be taken off the panel while its tablet is there."""
    seat = watching.viewer.seat
    return seat is not None and all(each.id != seat for each in meeting.plan.seats)


def _rooms_of(house: _House, *views: str) -> list[Room]:
    return [room for watching, room in house.rooms.items() if watching.view in views]


def _wake(rooms: list[Room], pause: float | None = None) -> None:
    for room in rooms:
        with _others_go_on(room.watching):
            room.wake(pause)


def _look_over(room: Room) -> None:
    with _others_go_on(room.watching):
        if missed := room.look_over():
            view, code = room.watching.view, room.watching.code
            logger.warning("Nobody had said that %s of “%s” of “%s” changed", ", ".join(missed), view, code)


def _end(rooms: Iterable[Room]) -> None:
    for room in rooms:
        with _others_go_on(room.watching):
            room.end()


def _rooms_about(house: _House, seat: str | None) -> list[Room]:
    """Where it is seen who has a seat open: before the tablets of that seat, and on the console."""
    if seat is None:
        return []
    rooms = house.rooms.items()
    return [room for watching, room in rooms if watching.viewer.seat == seat or watching.view == "moderator"]


_ORDER = ("hall", "timer", "lower", "panel", "moderator", "devices", "phone", "results")
"""Who is painted for first: the whole hall looks at its displays, the panel waits to mark; a console takes longest."""


def _urgency(room: Room) -> int:
    view = room.watching.view
    return _ORDER.index(view) if view in _ORDER else len(_ORDER)
