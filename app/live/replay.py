"""A meeting played back: any view as it was painted behind any entry of the log, by the same function.

What was never written down is not made up: who was connected, and by which device, no log says. Nothing here can write.
"""

import asyncio

from app.live.devices import DISPLAYS
from app.live.reach import NAMES, Regions, reach_of
from app.live.screens import VIEWS
from app.live.views import Look, Picture, Presence, Viewer, looked_at_again, picture
from app.meeting.displays.state import Direction
from app.meeting.events import Event
from app.meeting.meeting import Meeting
from app.store.reels import Reel

REPLAYED = (*DISPLAYS, "phone", "results", "moderator", "panel")
"""The views that can be played back. The board of devices shows what was not written down."""

PICTURES_AT_A_TIME = 20
"""After so many, others have their turn."""


def replayed(view: str, meeting: Meeting, viewer: Viewer) -> Picture:
    """A view as it stood then. A display of a name is whatever it had been told to be."""
    return picture(VIEWS[view], look_then(meeting, viewer))


def look_then(meeting: Meeting, viewer: Viewer) -> Look:
    """A tablet is the one that led its seat then; every seat is taken to be there: which was, nobody wrote down."""
    there = Presence(seats={seat.id: 1 for seat in meeting.plan.seats})
    if viewer.seat is None:
        return Look(meeting, viewer, there)
    unit = viewer.unit or (meeting.current_unit.id if meeting.current_unit else None)
    return Look(meeting, Viewer(viewer.seat, unit, device=meeting.panel.holders.get(viewer.seat)), there)


def view_then(view: str, meeting: Meeting, display: str) -> str:
    """Which view a display was, that has a name and had perhaps been told to be another."""
    return meeting.displays.directions.get(display, Direction()).view or view


async def next_change(reel: Reel, view: str, viewer: Viewer, seq: int) -> int | None:
    """The first entry after this one that made the picture another; None if none did."""
    before = replayed(view, reel.at(seq), viewer)
    painted = 0
    for entry, meeting in reel.onwards(seq):
        names = _can_have_changed(view, viewer, entry.event, meeting)
        if not names:
            continue
        if looked_at_again(before, VIEWS[view], look_then(meeting, viewer), names) is not before:
            return entry.seq
        painted += 1
        if painted % PICTURES_AT_A_TIME == 0:
            await asyncio.sleep(0)
    return None


def previous_change(reel: Reel, view: str, viewer: Viewer, seq: int) -> int | None:
    """The last entry before this one behind which the picture was another; None if it has always been this one."""
    now = replayed(view, reel.at(seq), viewer)
    for entry in reversed(reel.entries[:seq]):
        if _can_have_changed(view, viewer, entry.event, reel.last):
            before = entry.seq - 1
            if replayed(view, reel.at(before), viewer).fingerprint != now.fingerprint:
                return before
    return None


def _can_have_changed(view: str, viewer: Viewer, event: Event, after: Meeting) -> Regions:
    """A tablet before which nobody chose goes to the sheet of whoever is on: then all of it is another."""
    names = reach_of([event], after).within(view, viewer)
    return NAMES[view] if names and viewer.seat else names
