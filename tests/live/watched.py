"""Rooms to try: who watches what, a painter that counts and may run dry, and how a meeting moves on in them."""

import asyncio
from collections.abc import Callable

from app.live.framed import Format
from app.live.painter import Painter
from app.live.room import Watching
from app.live.rooms import Rooms
from app.live.screens import VIEWS
from app.live.views import Look, Viewer, picture
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from tests.live.screen import Screen
from tests.meetings import ANN, BEN, Story

HALL = Watching("small", "hall")
TIMER = Watching("small", "timer")
PHONE = Watching("small", "phone")
CONSOLE = Watching("small", "moderator")
PUBLIC_RESULTS = Watching("small", "results")
ANNS_TABLET = Watching("small", "panel", Viewer(ANN, "water"))
BENS_TABLET = Watching("small", "panel", Viewer(BEN, "water"))

LONG_ENOUGH = 5.0


class Brush(Painter):
    """A painter that counts what it paints, and may run dry."""

    def __init__(self, painter: Painter) -> None:
        self.__dict__.update(painter.__dict__)
        self.painted: list[str] = []
        self.cannot_paint = ""

    def region(self, name, context, language):
        assert name != self.cannot_paint, f"{name} cannot be painted"
        self.painted.append(name)
        return super().region(name, context, language)


def joined(rooms: Rooms, watching: Watching, have: str = "") -> Screen:
    screen = Screen(watching)
    rooms.join(watching, screen, have)
    return screen


def spoken_console(rooms: Rooms) -> Screen:
    return joined(rooms, Watching("small", "moderator", format=Format.JSON))


def devices(console: Screen) -> dict[str, int]:
    """How many of each seat a console shows."""
    return {seat["seat"]: seat["devices"] for seat in console.regions["console-panel"]["seats"] if seat["devices"]}


def fingerprint(meeting: Meeting, watching: Watching) -> str:
    return picture(VIEWS[watching.view], Look(meeting, watching.viewer)).fingerprint


def moves(rooms: Rooms, story: Story, *commands: c.Command) -> None:
    known = len(story.events)
    rooms.moved("small", story.does(*commands).meeting, story.events[known:])


async def every(seconds: float, times: int, act: Callable[[int], None]) -> None:
    for at in range(times):
        act(at)
        await asyncio.sleep(seconds)


def says(text: object) -> c.TellSpeaker:
    """A command that changes the speaker's timer, and no other display."""
    return c.TellSpeaker(str(text))
