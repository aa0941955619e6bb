"""Rooms: who watches what, in which meeting.

What has happened says which rooms look again, and at what (``reach.py``); by and by every room looks at everything, in
case that was too little. Whatever one room, one client or one template raises is logged, and keeps nobody else waiting.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil

from app.language import Language
from app.live.devices import DISPLAYS, Devices
from app.live.framed import Format, Framed
from app.live.painted import Painted
from app.live.painter import Painter
from app.live.reach import reach_of
from app.live.room import Room, Watching, others_go_on
from app.live.screens import VIEWS
from app.live.views import Look, Picture, Presence, picture
from app.live.voting import Voting
from app.live.wire import Client
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.store.heads import Head, Heads

logger = logging.getLogger("kaimen.rooms")

PAUSE_OF_COUNTS = 1.0
"""Seconds between two pushes that are only due to phones coming and going."""
SHOW_TURNOUT = ("moderator", "hall", "lower")
"""The views that show how many have voted. Phones do not: that would reach each of them every second."""
SECONDS_TO_LOOK_OVER = 30
"""Within so many, every room has looked at everything."""


@dataclass(slots=True)
class _House:
    """One meeting's rooms, and who is present in them."""

    seen: Head
    """As far as its rooms have been told to look."""
    rooms: dict[Watching, Room] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    views: Counter[str] = field(default_factory=Counter)
    displays: int = 0
    devices: Devices = field(default_factory=Devices)
    warnings: dict[str, Said] = field(default_factory=dict)
    common_warnings: dict[str, Said] = field(default_factory=dict)
    voting: Voting = field(default_factory=Voting)

    @property
    def presence(self) -> Presence:
        seats, phones = dict(+self.seats), self.views["phone"]
        warnings = (*self.common_warnings.values(), *self.warnings.values())
        return Presence(seats, self.displays, phones, self.devices.listed, self.voting, warnings)

    def count(self, watching: Watching, change: int) -> None:
        self.views[watching.view] += change
        if watching.view in DISPLAYS and not watching.is_miniature:
            self.displays += change
        if watching.viewer.seat is not None:
            self.seats[watching.viewer.seat] += change


class Rooms:
    """All rooms of all meetings, of which ``heads`` know. Lives in the event loop; every method is called there."""

    def __init__(self, painter: Painter, heads: Heads) -> None:
        self._heads = heads
        self.painted = Painted(painter)
        self._framed = Framed(self.painted)
        self._build = painter.build
        self._houses: dict[str, _House] = {}
        self._warnings: dict[str, Said] = {}
        self._snapshots: dict[tuple[str, str], tuple[Meeting, Picture]] = {}

    @property
    def clients(self) -> int:
        return sum(house.views.total() for house in self._houses.values())

    @property
    def codes(self) -> list[str]:
        return list(self._heads.all())

    @property
    def watched_codes(self) -> list[str]:
        return list(self._houses)

    @property
    def any_meeting_runs(self) -> bool:
        return any(head.meeting.is_open for head in self._heads.all().values())

    def meeting(self, code: str) -> Meeting | None:
        head = self._heads.newest(code)
        return head.meeting if head else None

    def presence(self, code: str) -> Presence:
        return self._house(code).presence

    def devices(self, code: str) -> Devices:
        """The devices of a meeting; of one that is gone, none."""
        return self._house(code).devices if self._heads.newest(code) else Devices()

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
        if code is not None and self._heads.newest(code) is None:
            return  # it went first
        houses = list(self._houses.values()) if code is None else [self._house(code)]
        for warnings in [self._warnings] if code is None else [house.warnings for house in houses]:
            if warnings.get(about) == said:
                return
            if said is None:
                warnings.pop(about)
            else:
                warnings[about] = said
        for house in houses:
            _wake(_rooms_of(house, "moderator"))

    def snapshot(self, code: str, view: str, language: Language) -> tuple[str, str]:
        """A view that shows no presence, of a known meeting: its fingerprint, and what a socket would be sent."""
        meeting = self._known(code).meeting
        seen = self._snapshots.get((code, view))
        if seen is None or seen[0] is not meeting:
            seen = self._snapshots[code, view] = (meeting, picture(VIEWS[view], Look(meeting)))
        return seen[1].fingerprint, self._framed.whole(seen[1], language, Format.HTML).text

    def turned_out(self, code: str, voting: Voting) -> None:
        """So many have voted in the open polls of a meeting: whoever shows that looks again."""
        house = self._houses.get(code)
        if house is not None and house.voting != voting:
            house.voting = voting
            _wake(_rooms_of(house, *SHOW_TURNOUT))

    def turnout(self, code: str, poll: str, voice: str) -> int:
        """How many had voted in an open poll as that was counted last, if anybody is here to see it."""
        house = self._houses.get(code)
        return house.voting.turnouts.get(poll, {}).get(voice, 0) if house else 0

    def look_again(self, code: str) -> None:
        """A meeting has moved on: wake the rooms that its last events can have touched, the most urgent first."""
        house, head = self._houses.get(code), self._heads.newest(code)
        if house is None or head is None or head is house.seen:
            return  # nobody has been here, the meeting went first, or all have been told
        before, house.seen = house.seen, head
        if head.meeting.plan is not before.meeting.plan:
            _end(house.rooms.pop(each) for each in list(house.rooms) if _has_lost_its_seat(each, head.meeting))
        reach = reach_of(head.events_since(before), head.meeting)
        touched = [
            (room, regions)
            for watching, room in house.rooms.items()
            if (regions := reach.within(watching.view, watching.viewer)) or room.is_behind
        ]
        for room, regions in sorted(touched, key=lambda each: _urgency(each[0])):
            with others_go_on(room.watching):
                room.wake(regions=regions)

    def look_over(self) -> None:
        """Let a few rooms look at everything, those first that have not for the longest. To be called once a second.

        What comes to light there was missed by ``reach``: a fault of the program, which is mended by it and logged.
        """
        unsure = [
            room
            for code, house in self._houses.items()
            for room in house.rooms.values()
            if room.looked_over is not self.meeting(code) and not room.waits
        ]
        number = ceil(sum(len(house.rooms) for house in self._houses.values()) / SECONDS_TO_LOOK_OVER)
        for room in unsure[:number]:
            _look_over(room)

    def forget(self, code: str) -> None:
        """A meeting is gone: so are its rooms, and everybody in them."""
        house = self._houses.pop(code, None)
        self._snapshots = {of: seen for of, seen in self._snapshots.items() if of[0] != code}
        _end(house.rooms.values() if house else ())

    def join(self, watching: Watching, client: Client, have: str) -> None:
        """Bring a client into the room of what it watches. The meeting must be known."""
        house = self._house(watching.code)
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
        house = self._house(watching.code)
        self._enter(house, to, client, have="")
        if to != watching:
            self._exit(house, watching, client)

    def _enter(self, house: _House, watching: Watching, client: Client, have: str) -> None:
        room = house.rooms.get(watching) or Room(watching, self._framed, self._build, self._looker(house, watching))
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
        return lambda: Look(self._known(watching.code).meeting, watching.viewer, house.presence)

    def _house(self, code: str) -> _House:
        """The house of a meeting that is known; it is made when it is first asked for."""
        house = self._houses.get(code)
        if house is None:
            house = self._houses[code] = _House(self._known(code), common_warnings=self._warnings)
            house.devices = Devices(
                lambda: _wake(_rooms_of(house, "devices")), lambda post: _wake(_rooms_about(house, post.seat))
            )
        return house

    def _known(self, code: str) -> Head:
        head = self._heads.newest(code)
        if head is None:
            raise KeyError(code)
        return head

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
        with others_go_on(room.watching):
            room.wake(pause)


def _look_over(room: Room) -> None:
    with others_go_on(room.watching):
        if missed := room.look_over():
            view, code = room.watching.view, room.watching.code
            logger.warning("Nobody had said that %s of “%s” of “%s” changed", ", ".join(missed), view, code)


def _end(rooms: Iterable[Room]) -> None:
    for room in rooms:
        with others_go_on(room.watching):
            room.end()


def _rooms_about(house: _House, seat: str | None) -> list[Room]:
    """Where it is seen who has a seat open: before the tablets of that seat, and on the console."""
    if seat is None:
        return []
    rooms = house.rooms.items()
    return [room for watching, room in rooms if watching.viewer.seat == seat or watching.view == "moderator"]


_ORDER = ("hall", "timer", "lower", "prompt", "panel", "moderator", "devices", "phone", "results")
"""Who is painted for first: the whole hall looks at its displays, the panel waits to mark; a console takes longest."""


def _urgency(room: Room) -> int:
    view = room.watching.view
    return _ORDER.index(view) if view in _ORDER else len(_ORDER)
