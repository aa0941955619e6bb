"""A panelist's own sheet when it is not to be filled in: closed it is there to be read, left it is one sentence."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from app.language import Language
from app.live.painter import Painter
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.views import Look, Viewer
from app.meeting import commands as c
from app.meeting.plan import Attachment, Mode
from tests.live.painting import paint
from tests.live.sent import sent
from tests.live.viewers import viewers
from tests.meetings import (
    ANN,
    BEN,
    EVE,
    WATER,
    Story,
    at_water,
    closed_over,
    closes,
    correction,
    give_score,
    sheet,
    small_plan,
    whole_meeting,
)


def region(story: Story, name: str, seat: str = ANN, painter: Painter | None = None) -> Any:
    look = Look(story.meeting, Viewer(seat, "water"))
    if painter:
        return paint(painter, VIEWS["panel"], look, Language.CHINESE)[name]
    return sent("panel", look)[name]


def given(story: Story, seat: str = ANN) -> list[tuple[str, str]] | None:
    found = region(story, "panel-sheet", seat)["given"]
    return found and [(each["name"], each["points"]) for each in found["marks"] if each["is_marked"]]


def submitted(*points: int, seat: str = ANN) -> Story:
    story = at_water()
    return story.does(sheet(story.meeting, WATER, seat, *points))


def test_while_a_round_is_open_there_are_pads_and_nothing_to_read():
    story = submitted(50, 30)
    assert given(story) is None
    assert len(region(story, "panel-sheet")["criteria"]) == 2


def test_after_closing_the_own_marks_stay_to_be_read_and_no_pad(painter: Painter):
    story = closes(submitted(50, 30), WATER)
    assert given(story) == [("Clarity", "50"), ("Effect", "30")]
    assert region(story, "panel-sheet")["criteria"] == []
    html = region(story, "panel-sheet", painter=painter)
    assert "已截止" in html
    assert "<button" not in html


def test_the_own_mean_of_other_units_is_on_the_own_tablet_and_in_nobody_elses_picture():
    story = closed_over({ANN: (50, 31), BEN: (20, 10)}, {ANN: (47, 30)})
    story.goes_to("report-school")
    look = Look(story.meeting, Viewer(ANN, "school"))
    assert sent("panel", look)["panel-marks"]["sheet"]["means"] == {"clarity": "48.5", "effect": "30.5"}
    others = {
        (each.view, each.viewer.seat): json.dumps(sent(each.view, Look(story.meeting, each.viewer)))
        for each in [*viewers(story.meeting.plan), Watching("small", "panel", Viewer(BEN, "school"))]
        if each.viewer.seat != ANN
    }
    assert len(others) > 8
    assert [who for who, text in others.items() if '"48.5"' in text or '"30.5"' in text] == []
    assert '"20"' in others["panel", BEN]  # Ben's is on Ben's


def test_what_counts_is_what_was_submitted_or_corrected_since():
    story = closes(submitted(50, 30).does(give_score(ANN, 60)), WATER)
    assert given(story) == [("Clarity", "50"), ("Effect", "30")]
    story.does(correction(story.meeting, WATER, ANN, 40, 20))
    assert given(story) == [("Clarity", "40"), ("Effect", "20")]


def test_marks_that_were_never_submitted_say_that_they_do_not_count(painter: Painter):
    story = closes(at_water().does(give_score(ANN, 55)), WATER)
    assert given(story) == [("Clarity", "55")]
    assert not region(story, "panel-sheet")["given"]["is_submitted"]
    assert "不计入结果" in region(story, "panel-sheet", painter=painter)
    assert given(story, BEN) is None


def test_a_late_sheet_is_what_was_sent_late():
    story = closes(at_water().does(give_score(ANN, 55)), WATER)
    story.does(sheet(story.meeting, WATER, ANN, 50, 30))
    assert given(story) == [("Clarity", "50"), ("Effect", "30")]


def test_a_level_is_read_by_its_name():
    story = at_water(small_plan(mode=Mode.LEVELS))
    level = story.meeting.plan.criteria[0].levels[0]
    story = closes(story.does(sheet(story.meeting, WATER, ANN, level.points)), WATER)
    assert [each["level"] for each in region(story, "panel-sheet")["given"]["marks"]] == [level.name]


def test_a_sheet_that_was_left_is_one_sentence_with_the_way_back(painter: Painter):
    for leaves in (c.Recuse(WATER, ANN, "Served there"), c.Abstain(WATER, ANN)):
        story = submitted(50, 30).does(leaves)
        assert region(story, "panel-sheet")["state"] == "left"
        assert region(story, "panel-sheet")["criteria"] == []
        assert 'data-do="return_to_sheet"' in region(story, "panel-marks", painter=painter)
        story.does(c.ReturnToSheet(WATER, ANN))
        assert region(story, "panel-sheet")["state"] == "open"
        assert region(story, "panel-marks")["sheet"]["marks"] == {"clarity": "50", "effect": "30"}


def test_whoever_is_recused_by_the_plan_is_offered_no_comment_and_whoever_recused_since_is():
    def takes_comments(story: Story, seat: str, unit: str) -> bool:
        look = Look(story.meeting, Viewer(seat, unit))
        return sent("panel", look)["panel-head"]["takes_comments"]

    story = at_water().does(c.Recuse(WATER, ANN, "Served there"))
    assert takes_comments(story, ANN, "water")
    assert takes_comments(story, EVE, "water")
    assert not takes_comments(story, EVE, "court")
    assert not takes_comments(closes(story, WATER).does(c.FinishMeeting()), ANN, "water")


# --- what stands around the sheet -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "shown_in"), [("报告.PDF", "iframe"), ("报告.jpg", "img"), ("报告.docx", None)])
@pytest.mark.parametrize("mode", [Mode.COMMENTS, Mode.POINTS])
def test_where_comments_are_all_the_report_stands_beside_them(painter: Painter, mode: Mode, name: str, shown_in: str):
    water, *others = small_plan().units
    plan = small_plan(
        mode=mode, units=(replace(water, attachments=(Attachment("paper-1", name, 1, "0" * 64),)), *others)
    )
    html = region(at_water(plan), "panel-sheet", painter=painter)
    found = re.findall(r'<(iframe|img) [^>]*data-report="/small/attachments/paper-1"', html)
    assert found == ([shown_in] if mode is Mode.COMMENTS and shown_in else [])
    assert f">{name}" in html


def test_to_a_closed_sheet_nobody_is_called_and_what_is_on_is_said_by_its_segment(painter: Painter):
    def seen(story: Story) -> tuple[str | None, str]:
        look = Look(story.meeting, Viewer(ANN, "court"))
        units = paint(painter, VIEWS["panel"], look, Language.CHINESE)["panel-units"]
        return sent("panel", look)["panel-now"]["call"], units

    story = at_water()
    call, units = seen(story)
    assert (call, "正在报告" in units) == ("water", True)
    call, units = seen(story.steps(2))
    assert (call, "正在进行：评分" in units, "正在报告" in units) == ("water", True, False)
    assert seen(closes(story, WATER))[0] is None


def test_the_states_of_a_unit_in_the_list_are_told_apart(painter: Painter):
    assert "正在报告 · 未提交" in region(at_water().does(give_score(ANN, 55)), "panel-units", painter=painter)


def test_after_the_end_nobody_is_told_to_wait_for_a_report(painter: Painter):
    finished = whole_meeting(small_plan())
    look = Look(finished.meeting, Viewer(ANN))
    html = paint(painter, VIEWS["panel"], look, Language.CHINESE)["panel-sheet"]
    assert ("评议会已结束" in html, "单位报告时" in html) == (True, False)


def test_the_console_calls_it_paper_where_there_is_no_sheet_to_correct(painter: Painter):
    story = closes(submitted(50, 30), WATER)
    html = paint(painter, VIEWS["moderator"], Look(story.meeting), Language.CHINESE)["console-panel"]
    pattern = r'data-opens="correct-sheet"[^>]*seat&#34;: &#34;{}&#34;[^>]*>([^<]+)<'
    buttons = {seat: re.findall(pattern.format(seat), html) for seat in (ANN, BEN)}
    assert buttons == {ANN: ["更正"], BEN: ["录入纸质评分表"]}


def test_the_console_marks_a_corrected_seat_and_says_what_must_come_before_a_correction(painter: Painter):
    def console() -> str:
        return paint(painter, VIEWS["moderator"], Look(story.meeting), Language.CHINESE)["console-panel"]

    story = closed_over(dict.fromkeys((ANN, BEN, EVE), (50, 30)))
    story.does(correction(story.meeting, WATER, BEN, 45, 30))
    assert len(re.findall("<strong>更</strong>", console())) == 1
    assert "先撤回亮分" not in console()
    story.does(c.RevealResult(WATER))
    assert len(re.findall("<strong>更</strong>", console())) == 1
    assert "先撤回亮分" in console()
    assert 'data-opens="correct-sheet"' not in console()


def test_what_came_late_is_asked_for_once_more_where_scoring_is_open_again(painter: Painter):
    """And is not said to be kept, as if nothing were left to do."""
    story = closes(at_water(), WATER)
    story.does(sheet(story.meeting, WATER, ANN, 50, 30))
    assert "由主持人决定" in region(story, "panel-marks", painter=painter)
    story.does(c.ReopenRound(WATER, "too early"))
    said = region(story, "panel-marks", painter=painter)
    assert "请再提交一次" in said
    assert "由主持人决定" not in said
    story.does(sheet(story.meeting, WATER, ANN, 50, 30, salt="once-more-0000000"))
    assert "请再提交一次" not in region(story, "panel-marks", painter=painter)
