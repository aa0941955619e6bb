"""Rooms: who watches what, in which meeting.

What has happened says which rooms look again, and at what (``reach.py``); by and by everything is looked at, in case
that was too little. What one look found is there for every room and page that shows it (``sights.py``). Whatever one
room, one client or one template raises is logged, and keeps nobody else waiting.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace
from itertools import count
from math import ceil

import msgspec

from app.language import Language
from app.live.devices import DISPLAYS, Devices
from app.live.framed import Format, Framed
from app.live.painted import Painted
from app.live.painter import Painter
from app.live.reach import reach_of
from app.live.room import Room, Watching, others_go_on
from app.live.screens import VIEWS
from app.live.sights import Lately, Sight, Sights
from app.live.there import NOBODY_THERE, There, seats_that_differ, together, without_health
from app.live.views import NOBODY, Picture, Presence, Viewer
from app.live.voting import Voting
from app.live.wire import Client
from app.meeting.codes import is_name_of_display
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.store.heads import Head, Heads

logger = logging.getLogger("kaimen.rooms")

PAUSE_OF_COUNTS = 1.0
"""Seconds between two pushes that are only due to phones coming and going."""
SHOW_TURNOUT = tuple(view.name for view in VIEWS.values() if view.shows_turnout)
SECONDS_TO_LOOK_OVER = 30
"""Within so many, everything in every room has been looked at."""


@dataclass(slots=True)
class _House:
    """One meeting's rooms, and who is present in them."""

    seen: Head
    """As far as its rooms have been told to look."""
    meeting: InitVar[Callable[[], Meeting]]
    lately: InitVar[Lately]
    rooms: dict[Watching, Room] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    views: Counter[str] = field(default_factory=Counter)
    displays: int = 0
    devices: Devices = field(default_factory=Devices)
    warnings: dict[str, Said] = field(default_factory=dict)
    common_warnings: dict[str, Said] = field(default_factory=dict)
    voting: Voting = field(default_factory=Voting)
    elsewhere: There = NOBODY_THERE
    """Who is connected to other processes."""
    _together: tuple[There, There, There] = (NOBODY_THERE, NOBODY_THERE, NOBODY_THERE)
    sights: Sights = field(init=False)

    def __post_init__(self, meeting: Callable[[], Meeting], lately: Lately) -> None:
        self.sights = Sights(meeting, lambda: self.presence, lately)

    @property
    def watched(self) -> Collection[Sight]:
        return dict.fromkeys(room.sight for room in self.rooms.values())

    @property
    def here(self) -> There:
        return There(dict(+self.seats), self.displays, self.views["phone"], self.devices.listed)

    @property
    def there(self) -> There:
        """Here and elsewhere. Every room of the house asks for it, so it is put together once."""
        here = self.here
        if self.elsewhere is NOBODY_THERE:
            return here
        if self._together[:2] != (self.elsewhere, here):
            self._together = self.elsewhere, here, together((self.elsewhere, here))
        return self._together[2]

    @property
    def presence(self) -> Presence:
        there = self.there
        warnings = (*self.common_warnings.values(), *self.warnings.values())
        return Presence(there.seats, there.displays, there.phones, there.devices, self.voting, warnings)

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
        self._turns = count(1)
        self._lately = Lately()
        self._elsewhere: Mapping[str, There] = {}

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

    def here(self) -> dict[str, There]:
        """Who is connected to this process, by meeting."""
        found = {code: house.here for code, house in self._houses.items()}
        return {code: here for code, here in found.items() if here != NOBODY_THERE}

    def gather(self, elsewhere: Mapping[str, There]) -> None:
        """These are connected to other processes, by meeting: whoever shows that looks again."""
        self._elsewhere = elsewhere
        for code, house in self._houses.items():
            before, house.elsewhere = house.elsewhere, elsewhere.get(code, NOBODY_THERE)
            if before != house.elsewhere:
                _wake_for_those_elsewhere(house, before)

    def devices(self, code: str) -> Devices:
        """The devices of a meeting at this process; of one that is gone, none."""
        return self._house(code).devices if self._heads.newest(code) else Devices()

    def identify(self, code: str, display: str) -> int:
        """Have the displays of a name that are connected here show it for a moment: that is part of no picture.

        Returns how many do. Whoever asks may be another process: without a name are all who are no display of one.
        """
        house = self._houses.get(code)
        if house is None or not is_name_of_display(display):
            return 0
        theirs = [
            room
            for watching, room in house.rooms.items()
            if watching.viewer.display == display and not watching.is_miniature
        ]
        text = msgspec.json.encode({"identify": display}).decode()
        return sum(room.says(text) for room in theirs)

    def is_display_elsewhere(self, code: str, display: str) -> bool:
        """Whether a display of this name is connected to another process."""
        there = self._elsewhere.get(code, NOBODY_THERE).devices
        return any(each.post.display == display and each.is_connected for each in there)

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
            _stir(_rooms_of(house, "moderator"))

    def picture(self, code: str, view: str, viewer: Viewer = NOBODY) -> Picture:
        """What a page of a known meeting shows: what its rooms show, or are about to."""
        house = self._house(code)
        sight = house.sights.of(view, viewer)
        self._look_over(house, code, sight)
        return sight.picture

    def snapshot(self, code: str, view: str, language: Language) -> tuple[str, str]:
        """A view before nobody in particular: its fingerprint, and what a socket would be sent."""
        seen = self.picture(code, view)
        return seen.fingerprint, self._framed.whole(seen, language, Format.HTML).text

    def turned_out(self, code: str, voting: Voting) -> None:
        """So many have voted in the open polls of a meeting: whoever shows that looks again."""
        house = self._houses.get(code)
        if house is not None and house.voting != voting:
            house.voting = voting
            _stir(_rooms_of(house, *SHOW_TURNOUT))

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
        reached = []
        for watching, room in house.rooms.items():
            if regions := reach.within(watching.view, watching.viewer):
                room.sight.doubt(regions)
                reached.append(room)
        left = [room for room in house.rooms.values() if room.is_worth_a_try()]
        for room in sorted(dict.fromkeys((*reached, *left)), key=_urgency):
            with others_go_on(room.watching.view, code):
                room.wake()

    def look_over(self) -> None:
        """Look at a few sights as a whole, starting with those that have waited longest. To be called once a second.

        What comes to light there was missed by ``reach``: a fault of the program, which is mended by it and logged.
        """
        watched = [(code, sight) for code, house in self._houses.items() for sight in house.watched]
        unsure = [(code, sight) for code, sight in watched if sight.looked_over is not self.meeting(code)]
        number = ceil(len(watched) / SECONDS_TO_LOOK_OVER)
        for code, sight in sorted(unsure, key=lambda each: each[1].turn)[:number]:
            sight.turn = next(self._turns)
            with others_go_on(sight.view.name, code):
                self._look_over(self._houses[code], code, sight)
        for house in self._houses.values():
            _wake(room for room in house.rooms.values() if room.is_worth_a_try(SECONDS_TO_LOOK_OVER))

    def _look_over(self, house: _House, code: str, sight: Sight) -> None:
        """What was missed is said. What nobody is there to be told was not, nor what the rooms will be told of yet."""
        missed = sight.look_over()
        if missed and sight in house.watched and house.seen is self._heads.newest(code):
            logger.warning("Nobody had said that %s of “%s” of “%s” changed", ", ".join(missed), sight.view.name, code)

    def forget(self, code: str) -> None:
        """A meeting is gone: so are its rooms, and everybody in them."""
        house = self._houses.pop(code, None)
        if house:
            self._lately.forget(house.sights)
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
        room = house.rooms.get(watching)
        sight = room.sight if room else house.sights.of(watching.view, watching.viewer)
        self._look_over(house, watching.code, sight)
        room = room or Room(watching, sight, self._framed, self._build)
        room.join(client, have)
        house.rooms[watching] = room

    def _exit(self, house: _House, watching: Watching, client: Client) -> None:
        room = house.rooms.get(watching)
        if room is None:
            return  # the seat went first
        room.leave(client)
        if room.is_empty:
            del house.rooms[watching]

    def _house(self, code: str) -> _House:
        """The house of a meeting that is known; it is made when it is first asked for."""
        house = self._houses.get(code)
        if house is None:
            house = self._houses[code] = _House(
                self._known(code), lambda: self._known(code).meeting, self._lately, common_warnings=self._warnings
            )
            house.elsewhere = self._elsewhere.get(code, NOBODY_THERE)
            house.devices = Devices(
                lambda: _stir(_rooms_of(house, "devices")), lambda post: _stir(_rooms_about(house, post.seat))
            )
        return house

    def _known(self, code: str) -> Head:
        head = self._heads.newest(code)
        if head is None:
            raise KeyError(code)
        return head

    def _tell_presence(self, house: _House, watching: Watching) -> None:
        pause = PAUSE_OF_COUNTS if watching.view == "phone" else None
        _stir(_rooms_of(house, "moderator", "devices"), pause)


def _has_lost_its_seat(watching: Watching, meeting: Meeting) -> bool:
    """Before a meeting opens, a seat may be taken off the panel while its tablet is there."""
    seat = watching.viewer.seat
    return seat is not None and all(each.id != seat for each in meeting.plan.seats)


def _rooms_of(house: _House, *views: str) -> list[Room]:
    return [room for watching, room in house.rooms.items() if watching.view in views]


def _stir(rooms: list[Room], pause: float | None = None) -> None:
    """Something that is no event has changed: all that these show is in doubt, before the first of them looks."""
    for room in rooms:
        room.sight.doubt()
    _wake(rooms, pause)


def _wake(rooms: Iterable[Room], pause: float | None = None) -> None:
    for room in list(rooms):
        with others_go_on(room.watching.view, room.watching.code):
            room.wake(pause)


def _end(rooms: Iterable[Room]) -> None:
    for room in rooms:
        with others_go_on(room.watching.view, room.watching.code):
            room.end()


def _wake_for_those_elsewhere(house: _House, before: There) -> None:
    """Where it is seen who is connected, or how they are; and before the tablets of a seat that others have open."""
    now = house.elsewhere
    views = ("devices",) if without_health(before) == without_health(now) else ("moderator", "devices")
    only_phones = replace(before, phones=now.phones) == now
    _stir(_rooms_of(house, *views), PAUSE_OF_COUNTS if only_phones else None)
    seats = seats_that_differ(before, now)
    _stir([room for watching, room in house.rooms.items() if watching.viewer.seat in seats])


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
