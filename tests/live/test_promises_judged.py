"""What tablet and console say while the panel judges last year's promises: each its own word, and who has said one."""

from dataclasses import replace

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.screens.console_panel import panel
from app.live.screens.panel import marks
from app.live.screens.panel_promises import promises
from app.live.views import Look, Viewer
from app.meeting import commands as c
from tests.live.painting import paint
from tests.meetings import ANN, BEN, COURT, EVE, WATER, Story, at_water, closes, opened, small_plan
from tests.promised import KEPT, NOT_KEPT, judged_plan, judges, with_last_year


def judging() -> Story:
    return at_water(judged_plan()).does(judges(ANN, 1, KEPT), judges(ANN, 2, NOT_KEPT), judges(BEN, 1, NOT_KEPT))


def of(story: Story, seat: str = ANN, unit: str = "water"):
    return promises(Look(story.meeting, Viewer(seat, unit)))


def test_a_tablet_knows_what_its_seat_has_said_and_nobody_elses():
    story = judging()
    assert marks(Look(story.meeting, Viewer(ANN, "water"))).sheet.promises == {"1": "kept", "2": "not_kept"}
    assert marks(Look(story.meeting, Viewer(EVE, "water"))).sheet.promises == {}
    assert [each.judged for each in of(story).promises] == ["", ""], "the buttons stay as they are while it is open"
    assert [each.judged for each in of(closes(story, WATER), BEN).promises] == ["not_kept", ""]


def test_the_buttons_are_there_while_the_seat_may_judge():
    waiting = opened(judged_plan())
    assert of(waiting).state == "waiting"
    story = judging()
    assert of(story).state == "open"
    assert of(story.does(c.Abstain(WATER, ANN))).state == "left"
    assert of(story.does(c.ReturnToSheet(WATER, ANN))).state == "open"
    assert of(closes(story, WATER)).state == "closed"
    assert of(opened(judged_plan()).goes_to(COURT), unit="court").state == "read"
    recused = replace(judged_plan().seats[0], recusals=("water",))
    assert of(at_water(judged_plan(seats=(recused, *judged_plan().seats[1:])))).state == "read"
    assert of(at_water(with_last_year(small_plan()))).state == "read"


def test_the_console_says_who_has_judged_and_never_what():
    story = judging()
    found = panel(Look(story.meeting))
    assert (found.promises, found.judging, found.all_judged) == (2, 5, 1)
    assert [each.sheet.judged for each in found.seats if each.sheet] == [2, 1, 0, 0, 0]
    otherwise = at_water(judged_plan()).does(judges(ANN, 1, NOT_KEPT), judges(ANN, 2, KEPT), judges(BEN, 1, KEPT))
    assert panel(Look(otherwise.meeting)) == found
    assert panel(Look(story.does(c.Abstain(WATER, ANN)).meeting)).all_judged == 0


@pytest.mark.parametrize("language", Language)
def test_they_are_painted_with_three_buttons_each(painter, language):
    story = judging()
    tablet = paint(painter, VIEWS["panel"], Look(story.meeting, Viewer(ANN, "water")), language)["panel-promises"]
    assert tablet.count('data-mark="') == 6
    words = {Language.CHINESE: ("基本兑现", "承诺已评"), Language.ENGLISH: ("largely kept", "Promises judged")}
    mark, judged = words[language]
    assert mark in tablet
    assert judged in paint(painter, VIEWS["moderator"], Look(story.meeting), language)["console-panel"]
