"""Who is connected to a meeting: at one process, or at several together. It is live only, never recorded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.live.devices import Device, Post, at_seat


@dataclass(frozen=True, slots=True)
class There:
    """``seats``: connections of each seat; ``devices``: those listed, the ones that have gone among them."""

    seats: dict[str, int] = field(default_factory=dict)
    displays: int = 0
    phones: int = 0
    devices: tuple[Device, ...] = ()


NOBODY_THERE = There()


def together(theres: Iterable[There]) -> There:
    """All of them as one. A device that was at several is one, connected if it is so anywhere."""
    seats: Counter[str] = Counter()
    devices: dict[Post, Device] = {}
    displays = phones = 0
    for there in theres:
        seats.update(there.seats)
        displays += there.displays
        phones += there.phones
        for each in there.devices:
            known = devices.get(each.post)
            devices[each.post] = _as_one(known, each) if known else each
    return There(dict(seats), displays, phones, tuple(devices.values()))


def without_health(there: There) -> There:
    """The same without what changes all the time while nobody comes or goes: only the list of devices shows it."""
    return replace(there, devices=tuple(replace(each, unit=None, acked_at=None, health=None) for each in there.devices))


def seats_that_differ(one: There, other: There) -> set[str]:
    """The seats that other devices have open."""
    seats = {each.post.seat for each in (*one.devices, *other.devices) if each.post.seat}
    return {seat for seat in seats if _posts(one, seat) != _posts(other, seat)}


def _posts(there: There, seat: str) -> list[Post]:
    return [each.post for each in at_seat(there.devices, seat)]


def _as_one(one: Device, other: Device) -> Device:
    """As it was where it came last, or from where it went last if it is connected nowhere.

    Each process says when by its own clock. Where these differ by more than a device takes from one to the other, its
    older report may be shown; whether it is connected does not depend on it.
    """
    latest = max(one, other, key=lambda each: (each.is_connected, each.since))
    acked_at = max((each.acked_at for each in (one, other) if each.acked_at), default=None)
    return replace(latest, sockets=one.sockets + other.sockets, acked_at=acked_at)
