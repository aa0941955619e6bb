"""The devices before the screens of a meeting, and how they are. It is live only, never recorded.

A device is known by an id of its own making; programs have none, and those in one place are listed as one. Phones are
not listed, only counted (``rooms``). Health is what a device last said of itself; its clock is compared and never
believed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

MOST = 200
"""Devices kept of one meeting; the one longest gone gives way, and a display of no seat or console is not let in."""

MOST_NAMELESS = 12
"""Displays without a name that are kept one by one; anybody may open one. The others are only counted (``rooms``)."""

MOST_OF_A_SEAT = 8
"""So that nobody who holds one seat's key can crowd out what stands at another."""

TABLET, CONSOLE, DISPLAYS = "panel", "moderator", ("hall", "timer", "lower", "prompt")
LISTED = (TABLET, CONSOLE, *DISPLAYS)
"""The views whose devices are listed. The list itself is not: to look at it would change it."""


class WakeLock(StrEnum):
    """Whether a screen stays on: ``unavailable`` without https, ``refused`` by the browser; consoles do not ask."""

    HELD = "held"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Health:
    """What a device says of itself. Times in whole milliseconds; ``clock_offset`` above zero: its clock is ahead."""

    unsent: int
    round_trip: int | None
    clock_offset: int | None
    wake_lock: WakeLock
    width: int
    height: int
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Post:
    """Where a device stands: before which view, at which seat and by which key, or under which name of a display.

    ``key`` is the tag of a seat's key: who comes by another one is another device, whatever it says of itself.
    """

    device: str
    view: str
    seat: str | None = None
    display: str = ""
    key: str = ""

    @property
    def is_nameless(self) -> bool:
        return self.view in DISPLAYS and not self.display


@dataclass(frozen=True, slots=True)
class Device:
    """A device at its post. ``since``: connected, or gone, since then; ``sockets``: its open tabs."""

    post: Post
    browser: str
    since: datetime
    sockets: int = 1
    language: str = ""
    unit: str | None = None
    acked_at: datetime | None = None
    health: Health | None = None

    @property
    def is_connected(self) -> bool:
        return self.sockets > 0


def at_seat(listed: Iterable[Device], seat: str) -> list[Device]:
    """The connected devices of a seat; those of one process in the order in which they first came."""
    return [each for each in listed if each.post.seat == seat and each.is_connected]


def gone_since(listed: Iterable[Device], seat: str) -> datetime | None:
    """When the last device of a seat went, by its process; None while one is connected, and if none has been there."""
    of_seat = [each for each in listed if each.post.seat == seat]
    return None if any(each.is_connected for each in of_seat) else max((each.since for each in of_seat), default=None)


def unit_out(listed: Iterable[Device], seat: str, on: str | None) -> str | None:
    """The unit whose sheet is out at a seat, on the tablet that came last, and is connected, to whichever process.

    Of those that have gone only if that unit is still ``on``: nobody shall find an old sheet out. When a tablet came is
    known by the clock of the process it came to, so of two that came together either may count as the last.
    """
    tablets = [each for each in listed if each.post.seat == seat and each.unit]
    out = [each for each in tablets if each.is_connected or each.unit == on]
    return max(reversed(out), key=lambda each: (each.is_connected, each.since)).unit if out else None


class Devices:
    """All devices of one meeting. ``came_or_went`` is called for a post that did; ``changed`` after every change."""

    def __init__(
        self, changed: Callable[[], None] = lambda: None, came_or_went: Callable[[Post], None] = lambda _post: None
    ) -> None:
        self._devices: dict[Post, Device] = {}
        self._listed: tuple[Device, ...] | None = None
        self._changed = changed
        self._came_or_went = came_or_went

    @property
    def listed(self) -> tuple[Device, ...]:
        """In the order in which they first came."""
        if self._listed is None:
            self._listed = tuple(self._devices.values())
        return self._listed

    def enter(self, post: Post, browser: str, language: str, unit: str | None, now: datetime) -> None:
        known = self._devices.get(post)
        if known and known.is_connected:
            self._put(replace(known, browser=browser, language=language, unit=unit, sockets=known.sockets + 1))
        elif known or self._has_room_for(post):
            acked_at = known.acked_at if known else None
            self._put(Device(post, browser, now, 1, language, unit, acked_at, known.health if known else None))

    def leave(self, post: Post, now: datetime) -> None:
        known = self._devices.get(post)
        if known is None or not known.is_connected:
            return
        last_one = known.sockets == 1
        self._put(replace(known, sockets=known.sockets - 1, since=now if last_one else known.since))

    def acked(self, post: Post, now: datetime) -> None:
        """A command of this device has become durable, and it was told so."""
        if known := self._devices.get(post):
            self._put(replace(known, acked_at=now))

    def reported(self, post: Post, health: Health) -> None:
        if known := self._devices.get(post):
            self._put(replace(known, health=health))

    def looks_at(self, post: Post, unit: str) -> None:
        if known := self._devices.get(post):
            self._put(replace(known, unit=unit))

    def _put(self, device: Device) -> None:
        before = self._devices.get(device.post)
        if before == device:
            return
        self._devices[device.post] = device
        self._listed = None
        if before is None or before.is_connected != device.is_connected:
            self._came_or_went(device.post)
        self._changed()

    def _has_room_for(self, post: Post) -> bool:
        alike = [each for each in self.listed if _is_alike(post, each.post)]
        if len(alike) >= (MOST_OF_A_SEAT if post.seat else MOST_NAMELESS):
            return self._gives_way([each for each in alike if not each.is_connected])
        if len(self._devices) < MOST:
            return True
        gone = [each for each in self.listed if not each.is_connected]
        # Displays are open to everybody: however many come, they keep no tablet and no console off the list.
        displays = [each for each in self.listed if each.post.view in DISPLAYS] if post.view not in DISPLAYS else []
        return self._gives_way(gone or displays)

    def _gives_way(self, devices: list[Device]) -> bool:
        """Forget the one of these that has not changed for longest; False if there is none."""
        leaves = min(devices, key=lambda each: each.since, default=None)
        if leaves is not None:
            del self._devices[leaves.post]
            self._listed = None
        return leaves is not None


def _is_alike(one: Post, other: Post) -> bool:
    """At one seat, or both displays without a name."""
    return one.seat == other.seat if one.seat else one.is_nameless and other.is_nameless
