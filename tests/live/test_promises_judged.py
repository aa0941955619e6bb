"""What tablet and console say while the panel judges last year's promises: each its own word, and who has said one."""

from dataclasses import replace

import pytest

from app.language import Language
from app.live.screens import VIEWS, hall, phone
from app.live.screens.console import cue
from app.live.screens.console_panel import panel
from app.live.screens.console_rounds import rounds
from app.live.screens.panel import marks
from app.live.screens.panel_promises import promises
from app.live.screens.promised import counted_of
from app.live.screens.results import board
from app.live.views import Look, Viewer
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.plan import Mode
from tests.live.painting import paint
from tests.meetings import ANN, BEN, COURT, EVE, WATER, Story, at_water, closes, opened, sheet, small_plan
from tests.promised import FENCE, KEPT, NOT_KEPT, WORDS, all_say, judged_plan, judges, with_last_year


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
    assert [each.judged for each in found.seats] == [2, 1, 0, 0, 0]
    otherwise = at_water(judged_plan()).does(judges(ANN, 1, NOT_KEPT), judges(ANN, 2, KEPT), judges(BEN, 1, KEPT))
    assert panel(Look(otherwise.meeting)) == found
    assert panel(Look(story.does(c.Abstain(WATER, ANN)).meeting)).all_judged == 0


def told() -> Story:
    """Four of five have judged both, and the result is revealed."""
    story = at_water(judged_plan()).does(*all_say())
    closes(story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in (*WORDS, EVE))), WATER)
    return story.does(c.RevealResult(WATER))


COUNTS = [[("kept", 2), ("largely_kept", 1), ("not_kept", 1)], [("kept", 0), ("largely_kept", 1), ("not_kept", 3)]]


def counts(promises):
    return [[(each.mark, each.number) for each in promise.panel.marks] for promise in promises if promise.panel]


def everywhere(story: Story):
    """What each screen says of the counts."""
    look = Look(story.meeting)
    stage = hall.stage(Look(story.does(c.CueScene(SceneKind.PROMISES, unit="water")).meeting))
    return {
        "tablet": counts(of(story, EVE).promises),
        "phone": counts(phone.now(look).promises),
        "phone later": [part for unit in phone.results(look).promises for part in counts(unit.promises)],
        "stage": counts(part for page in stage.pages for part in page),
    }


def test_the_counts_are_told_with_the_result_and_gone_when_it_is_withdrawn():
    story = told()
    assert [*everywhere(story).values()] == [COUNTS] * 4
    assert counted_of(story.meeting, story.meeting.unit("water")).panel.marks[2].share == "50.00"
    story.does(c.WithdrawReveal(WATER, "too early"))
    assert set(map(len, everywhere(story).values())) == {0}
    assert counted_of(story.meeting, story.meeting.unit("water")).panel is None


def test_beside_the_unit_they_stand_once_the_hall_looks_at_it_again():
    story = told().goes_to(COURT).goes_to(WATER)
    assert counts(part for page in hall.comments(Look(story.meeting)).promises for part in page) == COUNTS


def test_where_too_few_have_judged_it_is_said_and_no_count():
    story = at_water(judged_plan()).does(judges(ANN, 1), judges(BEN, 1))
    closes(story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in (*WORDS, EVE))), WATER)
    first, second = of(story.does(c.RevealResult(WATER)), EVE).promises
    assert (first.panel.is_told, first.panel.marks, first.panel.members) == (False, [], 5)
    assert second.panel.is_told


def test_the_console_offers_the_picture_of_a_unit_that_promised_something():
    story = told()
    assert [each.id for each in cue(Look(story.meeting)).promises] == ["water"]
    assert [each.promises for each in rounds(Look(story.meeting)).rounds] == ["water"]
    assert [each.id for each in cue(Look(story.goes_to(COURT).meeting)).promises] == ["water"], "told, it stays"
    assert cue(Look(story.does(c.WithdrawReveal(WATER, "too early")).meeting)).promises == []


@pytest.mark.parametrize("language", Language)
def test_the_stage_is_painted(painter, language):
    look = Look(told().does(c.CueScene(SceneKind.PROMISES, unit="water")).meeting)
    painted = paint(painter, VIEWS["hall"], look, language)["hall-stage"]
    assert {Language.CHINESE: "共 5 席参评", Language.ENGLISH: "of 5 members"}[language] in painted
    assert FENCE.text in painted


@pytest.mark.parametrize("language", Language)
def test_they_are_painted_with_three_buttons_each(painter, language):
    story = judging()
    tablet = paint(painter, VIEWS["panel"], Look(story.meeting, Viewer(ANN, "water")), language)["panel-promises"]
    assert tablet.count('data-mark="') == 6
    words = {Language.CHINESE: ("基本兑现", "承诺已评"), Language.ENGLISH: ("largely kept", "Promises judged")}
    mark, judged = words[language]
    assert mark in tablet
    assert judged in paint(painter, VIEWS["moderator"], Look(story.meeting), language)["console-panel"]


def test_where_nothing_is_scored_they_are_judged_from_the_report_on_and_told_at_the_end():
    story = opened(judged_plan(mode=Mode.COMMENTS))
    assert of(story).state == "waiting"
    story.goes_to(WATER).does(*all_say())
    assert of(story).state == "open"
    found = panel(Look(story.meeting))
    assert (found.promises, found.judging, found.all_judged) == (2, 5, 4)
    assert marks(Look(story.meeting, Viewer(ANN, "water"))).sheet.promises == {"1": "kept", "2": "not_kept"}
    assert everywhere(story) == {"tablet": [], "phone": [], "phone later": [], "stage": []}
    story.does(c.FollowAgenda(), c.FinishMeeting())
    assert (of(story, ANN).state, of(story, ANN).promises[0].judged) == ("closed", "kept")
    told = everywhere(story)
    assert (told["tablet"], told["phone later"], told["stage"]) == (COUNTS, COUNTS, COUNTS)
    assert [counts(each.promises) for each in board(Look(story.meeting)).results] == [COUNTS]
