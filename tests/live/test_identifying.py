"""A display is asked which one it is, at whichever server it is connected; nobody else hears of it."""

from types import SimpleNamespace

import pytest

from app.live.devices import Device, Post
from app.live.room import Watching
from app.live.rooms import Rooms
from app.live.there import There
from app.live.views import Viewer
from app.meeting.refusals import Refused
from app.web.sockets.devices import identify
from tests.live.leaping import leaping
from tests.live.venues import Said, two, until
from tests.live.watched import ANNS_TABLET, CONSOLE, HALL, PHONE
from tests.meetings import ANN, NOON

LEFT, RIGHT = (Watching("small", "hall", Viewer(display=name)) for name in ("left", "right"))
AT_LEFT = Post("display-0001", "hall", display="left")
LEFT_ELSEWHERE = {"small": There(displays=1, devices=(Device(AT_LEFT, "Chrome 126", NOON),))}
TABLET_ELSEWHERE = {"small": There({ANN: 1}, devices=(Device(Post("tablet-0001", "panel", ANN), "Chrome 126", NOON),))}
NO_NAMES = ("", "a b", "x" * 25, "<b>")
WHO = '{"identify":"left"}'


class Others:
    """What other processes are asked for, as long as the database does not break."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_broken = False

    async def identify(self, _code: str, display: str) -> None:
        if self.is_broken:
            raise Refused("record.no_answer")
        self.asked.append(display)


@pytest.fixture
def others() -> Others:
    return Others()


def venue_of(rooms: Rooms, others: Others) -> SimpleNamespace:
    return SimpleNamespace(rooms=rooms, neighbours=others)


def joins(rooms: Rooms, watching: Watching) -> Said:
    screen = Said(watching)
    rooms.join(watching, screen, have="")
    screen.texts.clear()
    return screen


@leaping
async def test_a_display_that_is_here_and_elsewhere_is_asked_at_both(rooms, others):
    left = joins(rooms, LEFT)
    rooms.gather(LEFT_ELSEWHERE)
    await identify(venue_of(rooms, others), "small", "left")
    assert (left.texts, others.asked) == ([WHO], ["left"])


@leaping
async def test_a_display_that_is_only_here_is_no_matter_of_others(rooms, others):
    left = joins(rooms, LEFT)
    rooms.gather(TABLET_ELSEWHERE)
    await identify(venue_of(rooms, others), "small", "left")
    assert (left.texts, others.asked) == ([WHO], [])


@leaping
@pytest.mark.parametrize("name", NO_NAMES)
async def test_what_is_no_name_is_refused_whoever_is_here_or_elsewhere(rooms, others, name):
    screens = [joins(rooms, each) for each in (HALL, PHONE, ANNS_TABLET, CONSOLE)]
    for elsewhere in ({}, TABLET_ELSEWHERE):
        rooms.gather(elsewhere)
        with pytest.raises(Refused, match=r"display\.not_there"):
            await identify(venue_of(rooms, others), "small", name)
    assert others.asked == []
    assert not any(says_who(text) for screen in screens for text in screen.texts)


@leaping
async def test_one_that_was_asked_here_is_no_refusal_while_the_database_is_away(rooms, others):
    others.is_broken = True
    rooms.gather(LEFT_ELSEWHERE)
    with pytest.raises(Refused, match=r"record\.no_answer"):
        await identify(venue_of(rooms, others), "small", "left")
    left = joins(rooms, LEFT)
    await identify(venue_of(rooms, others), "small", "left")
    assert left.texts == [WHO]


async def test_a_display_of_the_other_server_is_asked_and_nobody_without_its_name(postgresql, painter):
    async with two(postgresql.emptied_database(), painter) as (here, there):
        for venue in (here, there):
            await venue.meeting("small")
        left, *others = [joins(here.rooms, each) for each in (LEFT, RIGHT, HALL, PHONE, ANNS_TABLET, CONSOLE)]
        here.rooms.devices("small").enter(AT_LEFT, "Chrome 126", "en", None, NOON)
        here.rooms.devices("small").enter(Post("tablet-0001", "panel", ANN), "Chrome 126", "en", None, NOON)
        await until(lambda: there.rooms.is_display_elsewhere("small", "left"))
        for name in ("right", *NO_NAMES):
            with pytest.raises(Refused, match=r"display\.not_there"):
                await identify(there, "small", name)
        for name in NO_NAMES:  # as a server of another version might
            await there.neighbours.identify("small", name)
        await identify(there, "small", "left")  # and what is said first is heard first
        await until(lambda: left.texts == [WHO])
        assert not any(says_who(text) for screen in others for text in screen.texts)


def says_who(text: str) -> bool:
    return text.startswith('{"identify"')
