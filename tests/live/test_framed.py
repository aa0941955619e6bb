"""Who joins is sent what the one before was sent: a whole picture is looked at, framed and compressed once."""

from collections import Counter
from dataclasses import replace

import pytest

from app.language import Language
from app.live import framed, wire
from app.live.framed import Format
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import Look, picture
from app.live.wire import Frame
from app.meeting import commands as c
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.screen import Screen, read_html
from tests.meetings import Story, at_water

PHONE = Watching("small", "phone")
MANY = 50


class Phone(Screen):
    """It takes frames as a browser does: compressed."""

    def deliver(self, frame: Frame) -> bool:
        return bool(frame.deflated) and super().deliver(frame)


@pytest.fixture
def story() -> Story:
    return at_water()


@pytest.fixture
def rooms(painter, story) -> RoomsByHand:
    rooms = RoomsByHand(painter)
    rooms.moved("small", story.meeting)
    return rooms


@pytest.fixture
def done(monkeypatch) -> Counter[str]:
    """How often a message was compressed, and a region of the phones looked at, from now on."""
    times: Counter[str] = Counter()

    def counted(name: str, work):
        def counts(*arguments):
            times[name] += 1
            return work(*arguments)

        return counts

    monkeypatch.setattr(wire, "_deflate", counted("compressed", wire._deflate))
    view = VIEWS["phone"]
    regions = tuple(replace(each, context=counted("looked at", each.context)) for each in view.regions)
    monkeypatch.setitem(VIEWS, "phone", replace(view, regions=regions))
    return times


def joins(rooms: RoomsByHand, watching: Watching = PHONE, have: str = "") -> Phone:
    phone = Phone(watching)
    rooms.join(watching, phone, have)
    return phone


@leaping
async def test_whoever_joins_while_nothing_changes_costs_no_looking_and_no_compressing(rooms, story, done):
    phones = [joins(rooms) for _ in range(MANY)]
    assert done == {"compressed": 1, "looked at": len(VIEWS["phone"].regions)}
    fingerprint = picture(VIEWS["phone"], Look(story.meeting)).fingerprint
    assert {phone.have for phone in phones} == {fingerprint}
    assert all(list(phone.regions) == [each.name for each in VIEWS["phone"].regions] for phone in phones)


@leaping
async def test_who_joins_after_a_change_is_sent_the_new_picture(rooms, story, done):
    old = joins(rooms).have
    rooms.moved("small", story.does(c.Pause()).meeting, [story.events[-1]])
    done.clear()
    after = [joins(rooms), joins(rooms, have=old), joins(rooms, have=old)]
    assert done == {"compressed": 1, "looked at": len(VIEWS["phone"].regions)}
    assert {phone.have for phone in after} == {picture(VIEWS["phone"], Look(story.meeting)).fingerprint}
    assert all(len(phone.regions) == len(VIEWS["phone"].regions) for phone in after)


@leaping
async def test_each_language_and_each_format_is_framed_for_itself(rooms, done):
    watchings = [replace(PHONE, language=language) for language in Language]
    texts = [next(iter(joins(rooms, each).regions.values())) for each in watchings for _ in range(2)]
    assert len(set(texts)) == len(watchings)
    spoken = joins(rooms, replace(PHONE, format=Format.JSON))
    assert isinstance(next(iter(spoken.regions.values())), dict)
    assert done["compressed"] == len(watchings) + 1


@leaping
async def test_whole_pictures_kept_are_bounded_and_the_one_asked_for_last_stays(
    painter, rooms, story, monkeypatch, done
):
    kept = rooms._framed
    joins(rooms)
    one = kept._size
    monkeypatch.setattr(framed, "MOST_KEPT", 3 * one)
    for at in range(MANY):
        rooms.moved("small", story.does(c.Pause() if at % 2 == 0 else c.Resume()).meeting)
        joins(rooms)
    assert kept._size == sum(len(each.text) for each in kept._wholes.values()) <= 3 * one
    done.clear()
    assert read_html(next(reversed(kept._wholes.values())).text)[0] == joins(rooms).have
    assert done["compressed"] == 0
