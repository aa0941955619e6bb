"""The room-health board: every device that matters, what is wrong with it first, and the displays' controls.

A trouble is a code with its facts and a grade: 3 hinders the meeting, 2 may soon, 1 is good to know. The template says
in words what to do about it.
"""

from typing import Any

from app.live.devices import CONSOLE, DISPLAYS, Device, Health, WakeLock, at_seat
from app.live.screens import console, displays, parts
from app.live.views import Context, Look, Region, View
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat

SLOW = 1000
"""Milliseconds there and back from which on a network is called slow."""
CLOCK_OFF = 60_000
"""Milliseconds by which a clock must be wrong to be mentioned; it matters to nothing here."""
UNITS_OF_TIME = (("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000))


def head(look: Look) -> Context:
    """Where the meeting stands, and how many are here."""
    meeting = look.meeting
    return {
        "title": meeting.plan.title,
        "is_rehearsal": meeting.plan.is_rehearsal,
        "status": parts.status(meeting),
        "offset": parts.offset_minutes(meeting),
        "seats": len(meeting.plan.seats),
        "here": sum(seat.id in meeting.panel.arrivals for seat in meeting.plan.seats),
        "phones": look.presence.phones,
    }


def board(look: Look) -> Context:
    """A row for each seat, connected or not, and each further device; the worst first, else in their order."""
    meeting = look.meeting
    rows = [*_seats(look), *_displays(look), *_consoles(look)]
    rows.sort(key=lambda row: -max((each["grade"] for each in row["troubles"]), default=0))
    is_before = meeting.agenda.place is None and not meeting.is_finished
    return {"rows": rows, "more_displays": _unlisted_displays(look), "before": is_before}


# --- rows -------------------------------------------------------------------------------------------------------------


def _seats(look: Look) -> list[Context]:
    rows = []
    for seat in look.meeting.plan.seats:
        tablets = [each for each in look.presence.devices if each.post.seat == seat.id]
        connected = at_seat(tablets, seat.id)
        shown = connected or sorted(tablets, key=lambda each: each.since)[-1:]
        rows += [_tablet(look.meeting, seat, each, connected) for each in shown] or [_nobody(look.meeting, seat)]
    return rows


def _nobody(meeting: Meeting, seat: Seat) -> Context:
    return {**_row(meeting, "seat", seat.label, None, [_trouble("nobody", 3)]), **_seat(meeting, seat)}


def _tablet(meeting: Meeting, seat: Seat, device: Device, connected: list[Device]) -> Context:
    leads = _leads(meeting, device)
    troubles = _troubles(meeting, device)
    if device.is_connected and not leads:
        troubles = [{**each, "code": "set_aside"} if each["code"] == "unsent" else each for each in troubles]
        is_led = any(_leads(meeting, each) for each in connected)
        troubles.append(_trouble("only_reads", 2) if is_led else _trouble("led_elsewhere", 3))
    elif device.is_connected and len(connected) > 1:
        troubles.append(_trouble("two", 2))
    if len({each.post.key for each in connected}) > 1 and device.is_connected:
        troubles.append(_trouble("keys", 2, key=device.post.key))
    row = _row(meeting, "seat", seat.label, device, troubles)
    return {**row, **_seat(meeting, seat), "leads": leads}


def _leads(meeting: Meeting, device: Device) -> bool:
    return meeting.panel.is_led_from(device.post.seat or "", device.post.device or None)


def _seat(meeting: Meeting, seat: Seat) -> Context:
    return {"seat": seat.id, "arrived": parts.time_of_day(meeting, meeting.panel.arrivals.get(seat.id))}


def _displays(look: Look) -> list[Context]:
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


def _consoles(look: Look) -> list[Context]:
    connected = [each for each in look.presence.devices if each.post.view == CONSOLE and each.is_connected]
    return [_row(look.meeting, "console", "", each, _troubles(look.meeting, each)) for each in connected]


def _row(meeting: Meeting, role: str, name: str, device: Device | None, troubles: list[Context]) -> Context:
    health = device.health if device else None
    return {
        "role": role,
        "name": name,
        "view": device.post.view if device else "",
        "device": device.post.device[:4] if device else "",
        "is_connected": device is not None and device.is_connected,
        "since": parts.time_of_day(meeting, device.since) if device else "",
        "acked": parts.time_of_day(meeting, device.acked_at) if device else "",
        "browser": device.browser if device else "",
        "health": _health(health) if health else None,
        "troubles": sorted(troubles, key=lambda each: -each["grade"]),
        "seat": None,
        "arrived": "",
        "leads": False,
    }


def _health(health: Health) -> Context:
    return {
        "unsent": health.unsent,
        "round_trip": health.round_trip,
        "clock_offset": health.clock_offset,
        "wake_lock": health.wake_lock,
        "width": health.width,
        "height": health.height,
        "is_visible": health.is_visible,
    }


# --- troubles ---------------------------------------------------------------------------------------------------------


def _troubles(meeting: Meeting, device: Device) -> list[Context]:
    health, troubles = device.health, []
    if not device.is_connected:
        troubles.append(_trouble("gone", 3, since=parts.time_of_day(meeting, device.since)))
    if health is None:
        return troubles
    if health.unsent:
        troubles.append(_trouble("unsent", 3, number=health.unsent))
    if not device.is_connected:
        return troubles
    if not health.is_visible and device.post.view != CONSOLE:
        troubles.append(_trouble("hidden", 2))
    if health.wake_lock in (WakeLock.UNAVAILABLE, WakeLock.REFUSED):
        troubles.append(_trouble("sleeps", 2))
    if health.round_trip is not None and health.round_trip >= SLOW:
        troubles.append(_trouble("slow", 2, seconds=f"{health.round_trip / 1000:.1f}"))
    if health.clock_offset is not None and abs(health.clock_offset) >= CLOCK_OFF:
        troubles.append(_trouble("clock", 1, **_how_far(health.clock_offset)))
    return troubles


def _how_far(offset: int) -> Context:
    """``amount`` in the largest unit of time that fits, and whether the clock is ahead or behind."""
    unit, size = next((unit, size) for unit, size in UNITS_OF_TIME if abs(offset) >= size)
    return {"amount": round(abs(offset) / size), "unit": unit, "is_ahead": offset > 0}


def _trouble(code: str, grade: int, **facts: Any) -> Context:
    return {"code": code, "grade": grade, **facts}


DEVICES = View(
    "devices",
    (
        Region("devices-head", head),
        Region("devices-board", board),
        Region("devices-cue", console.cue),
        Region("devices-displays", displays.controls),
    ),
    pause=1.0,
)
