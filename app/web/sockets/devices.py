"""What the doors know of devices: which one it is, how it is, and whether it may act for its seat."""

from dataclasses import fields
from typing import Any

from litestar.connection import ASGIConnection

from app.live.devices import LISTED, Devices, Health, Post
from app.live.room import Watching
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import LONGEST_NAME_OF_DISPLAY, is_an_id, is_name_of_display
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.web.agents import name_of
from app.web.sockets.frames import ReportDevice

DEVICE_COOKIE = "kaimen-device"
"""Written by the page's script, so that a page is painted for its device before any script runs."""


def device_of_page(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    return _id(connection.cookies.get(DEVICE_COOKIE))


def device_of_socket(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """The id of the device; None for programs, which need none as long as nobody leads the seat."""
    return _id(connection.query_params.get("device"))


def name_of_display(text: str | None) -> str:
    """A display's name as it was asked for; empty if it is none."""
    return text if text and is_name_of_display(text) else ""


def must_lead(meeting: Meeting | None, watching: Watching, what: object) -> None:
    """A seat that is led is acted for by the device that leads it only. Raises Refused ``seat.elsewhere``.

    A program is a device like any other: to act for a seat that is led, it says which it is and takes the seat.
    """
    seat, device = watching.viewer.seat, watching.viewer.device
    if meeting is None or seat is None or isinstance(what, c.TakeSeat):
        return
    if not meeting.panel.is_led_from(seat, device):
        raise Refused("seat.elsewhere", seat=meeting.seat(seat).label)


async def identify(venue: Venue, code: str, display: str) -> None:
    """Wherever it is connected. Raises Refused if no display of this name is there, or none could be told."""
    if not is_name_of_display(display):
        raise _is_not_there(display)
    heard = venue.rooms.identify(code, display)
    if venue.rooms.is_display_elsewhere(code, display):
        try:
            await venue.neighbours.identify(code, display)
        except Refused:
            if not heard:  # one that was told here has done it, whatever the database does
                raise
    elif not heard:
        raise _is_not_there(display)


def _is_not_there(display: str) -> Refused:
    return Refused("display.not_there", display=display[:LONGEST_NAME_OF_DISPLAY])


class Attendant:
    """Keeps the list of devices up to date about one socket. Phones and miniatures are passed over."""

    __slots__ = ("_browser", "_code", "_language", "_post", "_unit", "_venue")

    def __init__(self, venue: Venue, watching: Watching, device: str | None, user_agent: str) -> None:
        self._venue = venue
        self._code = watching.code
        self._language = str(watching.language)
        self._unit = watching.viewer.unit
        is_listed = watching.view in LISTED and not watching.is_miniature
        self._browser = name_of(user_agent) if is_listed else ""
        viewer = watching.viewer
        self._post = Post(device or "", watching.view, viewer.seat, viewer.display, viewer.key) if is_listed else None

    @property
    def _devices(self) -> Devices:
        return self._venue.rooms.devices(self._code)

    def arrives(self) -> None:
        if self._post:
            self._devices.enter(self._post, self._browser, self._language, self._unit, self._venue.now(self._code))

    def leaves(self) -> None:
        if self._post:
            self._devices.leave(self._post, self._venue.now(self._code))

    def was_acked(self) -> None:
        if self._post:
            self._devices.acked(self._post, self._venue.now(self._code))

    def reports(self, report: ReportDevice) -> None:
        if self._post:
            said = {each.name: getattr(report, each.name) for each in fields(Health)}
            self._devices.reported(self._post, Health(**said))

    def looks_at(self, unit: str) -> None:
        if self._post:
            self._devices.looks_at(self._post, unit)


def _id(text: str | None) -> str | None:
    return text if text and is_an_id(text) else None
