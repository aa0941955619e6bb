"""What stands on the screens: plain JSON, the same however often and whenever it is painted."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.language import Language
from app.live.devices import Devices, Post
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import Look, Presence, picture
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order
from app.meeting.refusals import Said
from tests.live.painting import painted
from tests.live.sent import region_of, sent
from tests.live.viewers import LEFT, name, steps, viewers
from tests.meetings import small_plan

PLANS = [small_plan(mode=mode, order=Order.DRAWN) for mode in Mode]
PRESENCE = Presence({"ann": 2, "eve": 1}, displays=3, phones=41)


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_every_context_is_plain_json_without_a_float(plan):
    """Floats would be moments or scores gone through binary fractions; neither may stand on a screen."""
    for meeting in [Meeting.planned(plan), *steps(plan)]:
        for each, look in looks(meeting):
            for context in sent(each.view, look).values():
                assert json.loads(json.dumps(context)) == context
                assert [value for value in leaves(context) if isinstance(value, float)] == []


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_a_picture_does_not_change_while_time_passes(plan, painter, monkeypatch):
    for meeting in [Meeting.planned(plan), *steps(plan)][::9]:
        monkeypatch.setattr(time, "time", lambda: 0.0)
        then = pictures(meeting, painter)
        monkeypatch.setattr(time, "time", lambda: datetime(2123, 1, 1, tzinfo=UTC).timestamp())
        assert pictures(meeting, painter) == then


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_what_does_not_say_that_it_shows_who_is_there_does_not_change_by_it(plan):
    """Who joins such a room, and who opens its page, is not looked for (``Sight.look_over``)."""
    tablet, display = Post("tablet-0001", "panel", plan.seats[0].id), Post("display-0001", "hall", display=LEFT)
    devices = Devices()
    for post in (tablet, display):
        devices.enter(post, "Chrome 126", "en", None, plan.starts_at)
    crowd = replace(PRESENCE, devices=devices.listed, warnings=(Said("record.rolled_back"),))
    meetings = [Meeting.planned(plan), *steps(plan)][::9]
    changed = {
        each.view
        for meeting in meetings
        for each in viewers(plan)
        if seen(each, meeting, Presence()) != seen(each, meeting, crowd)
    }
    assert changed == {view.name for view in VIEWS.values() if view.shows_presence}


def seen(watching: Watching, meeting: Meeting, presence: Presence) -> str:
    return picture(VIEWS[watching.view], Look(meeting, watching.viewer, presence)).fingerprint


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_a_region_is_one_element_that_carries_its_name(plan, painter):
    meeting = [*steps(plan)][-2]
    for regions in pictures(meeting, painter):
        for region, html in regions.items():
            assert html.strip().startswith(tuple(f'<{tag} id="{region}"' for tag in TAGS))
            assert html.count(f'id="{region}"') == 1


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_regions_of_all_views_have_names_of_their_own(view):
    others = [region.name for other in VIEWS.values() if other is not view for region in other.regions]
    assert {region.name for region in view.regions} & set(others) == set()
    assert len({region.name for region in view.regions}) == len(view.regions)


TAGS = ("section", "header", "footer", "aside", "nav")


def looks(meeting: Meeting) -> Iterator[tuple[Watching, Look]]:
    for each in viewers(meeting.plan):
        yield each, Look(meeting, each.viewer, PRESENCE)


def pictures(meeting: Meeting, painter) -> list[dict[str, str]]:
    seen = [picture(VIEWS[each.view], look) for each, look in looks(meeting)]
    return [painted(painter, each, language) for each in seen for language in Language]


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_phones_expect_each_item_when_the_console_does(plan):
    """Also after an item that took longer; what has not begun by the end of the meeting has no time."""
    for meeting in [Meeting.planned(plan), *steps(plan)]:
        rows = zip(agenda("phone", meeting), agenda("moderator", meeting), strict=True)
        for of_phones, of_the_console in rows:
            for field in ("began", "projected"):
                assert of_phones[field] == of_the_console[field]
    assert [each["planned"] for each in agenda("phone", meeting) if not each["began"]] == [""] * not_begun(meeting)


def agenda(view: str, meeting: Meeting) -> list[dict]:
    region = "console-agenda" if view == "moderator" else "phone-agenda"
    return region_of(view, Look(meeting), region)["items"]


def not_begun(meeting: Meeting) -> int:
    return sum(run.began_at is None for run in meeting.agenda.runs.values())
