"""What the units promised at the meeting before stands before hall, panel and phones, as it was taken over."""

from dataclasses import replace
from datetime import date

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.screens.hall import comments, stage
from app.live.screens.panel import promises
from app.live.screens.phone import now
from app.live.screens.promised import pages
from app.live.views import Look, Viewer
from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.promises.agreed import Previous, Promise
from tests.live.painting import paint
from tests.meetings import ANN, OPENING, WATER, Story, small_plan
from tests.stories import opened

OTTERS = Promise(1, "Otters swim in the canal", "A fence", date(2024, 1, 9), Stand.STRUCK_OFF, date(2024, 2, 1), 3, 0)
LONG = Promise(2, "No list of duties. " * 40, "", date(2024, 1, 9), Stand.RECTIFYING, None, 290, 1)


@pytest.fixture(scope="module")
def story() -> Story:
    water, *others = small_plan().units
    plan = small_plan(
        units=(replace(water, promises=(OTTERS, LONG)), *others),
        previous=Previous("before", "Before", date(2023, 11, 17), date(2024, 11, 1), {"water": "water"}),
    )
    return opened(plan)


def at(story: Story, item: str) -> Look:
    return Look(Story(story.meeting.plan, story.now).opens().goes_to(item).meeting)


def test_the_opening_counts_them_all(story):
    look = at(story, OPENING)
    count = stage(look).promised
    assert (count.promised, count.struck_off, count.late, count.reopened) == (2, 1, 2, 1)
    assert now(look).promised == count


def test_a_unit_that_reports_has_its_list_beside_it_until_the_first_comment_is_shown(story):
    look = at(story, WATER)
    listed = comments(look)
    assert [part.number for page in listed.promises for part in page][:2] == [1, 2]
    assert listed.promises[1][0].parts > 1  # what is too long for a page goes on over the next: none is set small
    assert max(len(part.text) for page in pages(look.meeting, look.meeting.plan.units[0]) for part in page) < 250
    assert [each.text for each in now(look).promises] == [OTTERS.text, LONG.text]
    said = Story(look.meeting.plan, story.now).opens().goes_to(WATER)
    sent = c.SendComment("comment-1", ANN, "water", "problem", "A gap")
    after = Look(said.does(sent, c.ReleaseComment("comment-1", "A gap")).meeting)
    assert (comments(after).promises, comments(after).promised) == ([], None)
    assert stage(after).promised is None


def test_a_tablet_has_those_of_the_unit_whose_sheet_is_out(story):
    meeting = at(story, WATER).meeting
    water, court = (promises(Look(meeting, Viewer(ANN, unit))) for unit in ("water", "court"))
    assert [each.promised for each in water.promises] == ["A fence", ""]
    assert (court.promises, court.promised) == ([], None)
    assert promises(Look(meeting, Viewer(ANN, None))).promises == []


@pytest.mark.parametrize("language", Language)
def test_they_are_said_with_what_became_of_them(story, painter, language):
    look = at(story, WATER)
    painted = {
        "hall-comments": paint(painter, VIEWS["hall"], look, language),
        "panel-promises": paint(painter, VIEWS["panel"], replace(look, viewer=Viewer(ANN, "water")), language),
        "phone-now": paint(painter, VIEWS["phone"], look, language),
    }
    late, struck_off = {Language.CHINESE: ("逾期 290 天", "已销号"), Language.ENGLISH: ("290 days late", "Struck off")}[
        language
    ]
    for region, regions in painted.items():
        assert OTTERS.text in regions[region]
        assert late in regions[region]
        assert struck_off in regions[region]


def test_a_meeting_without_one_before_says_nothing_of_it(painter):
    plan = small_plan()
    look = Look(Story(plan, opened().now).opens().goes_to(OPENING).meeting)
    assert stage(look).promised is None
    assert now(look).promised is None
