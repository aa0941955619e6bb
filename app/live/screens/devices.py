"""The room-health board: every device that matters, what is wrong with it first, and the displays' controls.

A trouble is a code with its facts and a grade: 3 hinders the meeting, 2 may soon, 1 is good to know. Its sentence
says what to do about it.
"""

from msgspec.structs import replace

from app.live.contexts import Context
from app.live.devices import CONSOLE, DISPLAYS, Device, Health, WakeLock, at_seat
from app.live.screens import console, displays, parts
from app.live.views import Look, Region, View
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat
from app.meeting.refusals import Said

SLOW = 1000
"""Milliseconds there and back from which on a network is called slow."""
CLOCK_OFF = 60_000
"""Milliseconds by which a clock must be wrong to be mentioned; it matters to nothing here."""
UNITS_OF_TIME = (("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000))


class Head(Context, frozen=True, kw_only=True):
    """Where the meeting stands, and how many are here."""

    title: str
    is_rehearsal: bool
    status: str
    offset: int
    seats: int
    here: int
    phones: int


class HealthShown(Context, frozen=True, kw_only=True):
    """What a device says of itself; times in milliseconds."""

    unsent: int
    round_trip: int | None
    clock_offset: int | None
    wake_lock: str
    width: int
    height: int
    is_visible: bool


class Trouble(Context, frozen=True, kw_only=True):
    """What is wrong with a device; the higher its ``grade``, the worse."""

    code: str
    grade: int

    @property
    def said(self) -> Said:
        """The code of its sentence, with its facts."""
        facts = {name: getattr(self, name) for name in self.__struct_fields__ if name not in ("code", "grade")}
        return Said(f"device.{self.code}", facts)


class Since(Trouble, frozen=True, kw_only=True):
    since: str


class Number(Trouble, frozen=True, kw_only=True):
    number: int


class ByKey(Trouble, frozen=True, kw_only=True):
    key: str


class Slow(Trouble, frozen=True, kw_only=True):
    seconds: str


class ClockIsOff(Trouble, frozen=True, kw_only=True):
    """``amount`` in the largest unit of time that fits."""

    amount: int
    unit: str
    is_ahead: bool

    @property
    def said(self) -> Said:
        length = Said(f"length.{self.unit}", {"number": self.amount})
        return Said("device.clock_fast" if self.is_ahead else "device.clock_slow", {"amount": (length,)})


AnyTrouble = Trouble | Since | Number | ByKey | Slow | ClockIsOff


class DeviceRow(Context, frozen=True, kw_only=True):
    """A device, or a seat without one; ``leads``: the seat is led from it."""

    role: str
    name: str
    view: str
    device: str
    is_connected: bool
    since: str
    acked: str
    browser: str
    health: HealthShown | None
    troubles: list[AnyTrouble]
    seat: str | None = None
    arrived: str = ""
    leads: bool = False


class Board(Context, frozen=True, kw_only=True):
    """A row for each seat, connected or not, and each further device; the worst first, else in their order."""

    rows: list[DeviceRow]
    more_displays: int
    before: bool


def head(look: Look) -> Head:
    meeting = look.meeting
    return Head(
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        offset=parts.offset_minutes(meeting),
        seats=len(meeting.plan.seats),
        here=sum(seat.id in meeting.panel.arrivals for seat in meeting.plan.seats),
        phones=look.presence.phones,
    )


def board(look: Look) -> Board:
    meeting = look.meeting
    rows = [*_seats(look), *_displays(look), *_consoles(look)]
    rows.sort(key=lambda row: -max((each.grade for each in row.troubles), default=0))
    is_before = meeting.agenda.place is None and not meeting.is_finished
    return Board(rows=rows, more_displays=_unlisted_displays(look), before=is_before)


# --- rows -------------------------------------------------------------------------------------------------------------


def _seats(look: Look) -> list[DeviceRow]:
    rows: list[DeviceRow] = []
    for seat in look.meeting.plan.seats:
        tablets = [each for each in look.presence.devices if each.post.seat == seat.id]
        connected = at_seat(tablets, seat.id)
        shown = connected or sorted(tablets, key=lambda each: each.since)[-1:]
        rows += [_tablet(look.meeting, seat, each, connected) for each in shown] or [_nobody(look.meeting, seat)]
    return rows


def _nobody(meeting: Meeting, seat: Seat) -> DeviceRow:
    row = _row(meeting, "seat", seat.label, None, [Trouble(code="nobody", grade=3)])
    return replace(row, seat=seat.id, arrived=_arrived(meeting, seat))


def _tablet(meeting: Meeting, seat: Seat, device: Device, connected: list[Device]) -> DeviceRow:
    leads = _leads(meeting, device)
    troubles = _troubles(meeting, device)
    if device.is_connected and not leads:
        troubles = [replace(each, code="set_aside") if each.code == "unsent" else each for each in troubles]
        is_led = any(_leads(meeting, each) for each in connected)
        only_reads, is_led_elsewhere = Trouble(code="only_reads", grade=2), Trouble(code="led_elsewhere", grade=3)
        troubles.append(only_reads if is_led else is_led_elsewhere)
    elif device.is_connected and len(connected) > 1:
        troubles.append(Trouble(code="two", grade=2))
    if len({each.post.key for each in connected}) > 1 and device.is_connected:
        troubles.append(ByKey(code="keys", grade=2, key=device.post.key))
    row = _row(meeting, "seat", seat.label, device, troubles)
    return replace(row, seat=seat.id, arrived=_arrived(meeting, seat), leads=leads)


def _leads(meeting: Meeting, device: Device) -> bool:
    return meeting.panel.is_led_from(device.post.seat or "", device.post.device or None)


def _arrived(meeting: Meeting, seat: Seat) -> str:
    return parts.time_of_day(meeting, meeting.panel.arrivals.get(seat.id))


def _displays(look: Look) -> list[DeviceRow]:
    """Those connected; of a name also the one that has gone."""
    all_displays = [each for each in look.presence.devices if each.post.view in DISPLAYS]
    there = {each.post.display for each in all_displays if each.is_connected}
    lost = {each.post.display: each for each in all_displays if each.post.display and each.post.display not in there}
    shown = [each for each in all_displays if each.is_connected or lost.get(each.post.display) is each]
    return [_row(look.meeting, "display", each.post.display, each, _troubles(look.meeting, each)) for each in shown]


def _unlisted_displays(look: Look) -> int:
    """Connected displays without a name that have no row of their own."""
    listed = sum(each.sockets for each in look.presence.devices if each.post.view in DISPLAYS)
    return max(look.presence.displays - listed, 0)


def _consoles(look: Look) -> list[DeviceRow]:
    connected = [each for each in look.presence.devices if each.post.view == CONSOLE and each.is_connected]
    return [_row(look.meeting, "console", "", each, _troubles(look.meeting, each)) for each in connected]


def _row(meeting: Meeting, role: str, name: str, device: Device | None, troubles: list[AnyTrouble]) -> DeviceRow:
    health = device.health if device else None
    return DeviceRow(
        role=role,
        name=name,
        view=device.post.view if device else "",
        device=device.post.device[:4] if device else "",
        is_connected=device is not None and device.is_connected,
        since=parts.time_of_day(meeting, device.since) if device else "",
        acked=parts.time_of_day(meeting, device.acked_at) if device else "",
        browser=device.browser if device else "",
        health=_health(health) if health else None,
        troubles=sorted(troubles, key=lambda each: -each.grade),
    )


def _health(health: Health) -> HealthShown:
    return HealthShown(
        unsent=health.unsent,
        round_trip=health.round_trip,
        clock_offset=health.clock_offset,
        wake_lock=health.wake_lock,
        width=health.width,
        height=health.height,
        is_visible=health.is_visible,
    )


# --- troubles ---------------------------------------------------------------------------------------------------------


def _troubles(meeting: Meeting, device: Device) -> list[AnyTrouble]:
    health = device.health
    troubles: list[AnyTrouble] = []
    if not device.is_connected:
        troubles.append(Since(code="gone", grade=3, since=parts.time_of_day(meeting, device.since)))
    if health is None:
        return troubles
    if health.unsent:
        troubles.append(Number(code="unsent", grade=3, number=health.unsent))
    if not device.is_connected:
        return troubles
    if not health.is_visible and device.post.view != CONSOLE:
        troubles.append(Trouble(code="hidden", grade=2))
    if health.wake_lock in (WakeLock.UNAVAILABLE, WakeLock.REFUSED):
        troubles.append(Trouble(code="sleeps", grade=2))
    if health.round_trip is not None and health.round_trip >= SLOW:
        troubles.append(Slow(code="slow", grade=2, seconds=f"{health.round_trip / 1000:.1f}"))
    if health.clock_offset is not None and abs(health.clock_offset) >= CLOCK_OFF:
        troubles.append(_clock_is_off(health.clock_offset))
    return troubles


def _clock_is_off(offset: int) -> ClockIsOff:
    unit, size = next((unit, size) for unit, size in UNITS_OF_TIME if abs(offset) >= size)
    return ClockIsOff(code="clock", grade=1, amount=round(abs(offset) / size), unit=unit, is_ahead=offset > 0)


DEVICES = View(
    "devices",
    (
        Region("devices-head", head),
        Region("devices-board", board),
        Region("devices-cue", console.cue),
        Region("devices-displays", displays.controls),
    ),
    pause=1.0,
    shows_presence=True,
)
