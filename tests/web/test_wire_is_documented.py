"""docs/wire.md and the program say the same."""

from dataclasses import fields

import msgspec
import pytest

from app.live.devices import Devices, Health, Post, WakeLock
from app.live.screens import VIEWS
from app.live.views import Look, Presence, picture
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.plan import Mode, Order
from app.meeting.refusals import Said
from app.web.access import MAY, WATCHES
from app.web.sockets.frames import (
    COMMANDS,
    AskClock,
    Asked,
    CommandAsked,
    IdentifyDisplay,
    LookAt,
    Ping,
    ReportDevice,
    SaveDraft,
    SignSheet,
)
from tests.live.viewers import LEFT, steps, viewers
from tests.meetings import ANN, NOON, small_plan
from tests.web import fields as told
from tests.web import protocol

FILLED_IN_BY_THE_SERVER = {"plan", "commitment", "seed"}


def test_every_view_is_told_with_its_regions_in_order():
    assert {name: [region.name for region in view.regions] for name, view in VIEWS.items()} == protocol.VIEWS
    assert set(WATCHES) == set(VIEWS)


def test_every_command_is_told_with_who_may_give_it():
    roles = {name: {str(role) for role in MAY if kind in MAY[role]} for name, kind in COMMANDS.items()}
    assert roles == protocol.WHO


def test_no_field_of_a_command_is_called_like_what_every_frame_has():
    taken = {name for name in dir(CommandAsked) if not name.startswith("_")}
    assert taken.isdisjoint({field.name for kind in COMMANDS.values() for field in fields(kind)})


@pytest.mark.parametrize("name", COMMANDS)
def test_the_fields_of_a_command_are_told(name):
    kind = COMMANDS[name]
    expected = {field.name for field in fields(kind)} - FILLED_IN_BY_THE_SERVER
    values = {str(scene) for scene in SceneKind} if kind is c.CueScene else set()
    assert set(protocol.FIELDS[name]) - (values - expected) == expected


NO_COMMANDS = {
    "ping": Ping,
    "ask_clock": AskClock,
    "report_device": ReportDevice,
    "identify_display": IdentifyDisplay,
    "look_at": LookAt,
    "save_draft": SaveDraft,
    "sign_sheet": SignSheet,
}


@pytest.mark.parametrize(("name", "kind"), NO_COMMANDS.items())
def test_what_is_no_command_is_told_too(name, kind):
    of_every_frame = {field.name for field in msgspec.structs.fields(Asked)}
    own = [field.name for field in msgspec.structs.fields(kind) if field.name not in of_every_frame]
    assert protocol.OTHERS[name] == own
    assert name not in COMMANDS


def test_what_is_heard_on_one_view_alone_is_told():
    """tests/web/test_frames.py holds the program to it."""
    alone = {name: views for name, views in protocol.VIEWS_OF_OTHERS.items() if views}
    assert alone == {"look_at": ["panel"], "save_draft": ["panel"], "sign_sheet": ["panel"]}


def test_the_examples_of_these_tests_are_of_every_command():
    assert set(protocol.EXAMPLES) == set(COMMANDS)


def test_the_fields_of_every_region_are_told():
    """``python -m tests.web.fields`` writes them."""
    page = told.PAGE.read_text("utf-8")
    assert told.written(page) == page


def presence() -> Presence:
    """One device with every trouble there is, and a warning."""
    devices, tablet = Devices(), Post("tablet-0001", "panel", ANN)
    devices.enter(tablet, "Chrome 126", "en", "water", NOON)
    devices.reported(tablet, Health(2, 1200, -86_400_000, WakeLock.REFUSED, 1024, 768, is_visible=False))
    devices.enter(Post("display-0001", "hall", display=LEFT), "Chrome 126", "en", None, NOON)
    devices.leave(Post("display-0001", "hall", display=LEFT), NOON)
    return Presence(devices=devices.listed, warnings=(Said("record.rolled_back", {"written": 9, "here": 3}),))


@pytest.mark.parametrize("mode", Mode)
def test_what_stands_in_a_region_is_of_the_kinds_that_are_told(mode):
    kinds = told.contexts()
    for meeting in steps(small_plan(mode=mode, order=Order.DRAWN)):
        for each in viewers(meeting.plan):
            for region, context in picture(VIEWS[each.view], Look(meeting, each.viewer, presence())).contexts.items():
                assert any(told.is_of(context, kind) for kind in kinds[region]), (region, context)
