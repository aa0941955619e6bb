"""The page of the words to say: the usual sentence is offered, one's own is kept, and heard before it is saved."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.meeting.moments import Moment, Words
from app.meeting.plan import ResultsShown
from app.web.setup.words import PAGE
from tests.live.served import Served, Sitting
from tests.meetings import shipped
from tests.web.setup.conftest import problems_of


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds(shipped("demo"))


def heard(text: str, moment: str) -> str:
    found = re.search(rf'id="{moment}-sounds">(.*?)</p>', text, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]*>", "", found[1])).split(":", 1)[1].strip()


def test_words_are_heard_as_they_are_typed_with_the_first_unit_of_this_meeting(organiser, sitting):
    path = f"/setup/{sitting.code}/words"
    text = organiser.opens(path).text
    assert heard(text, "report") == "Unit 1, 重庆市教育委员会: please report. You have 8 minutes."
    usual = "Unit {number}, {unit}[, by its {office}]: please report.[ You have {time}.][ From last time: {promises}.]"
    assert f'placeholder="{usual}"' in text
    looked = organiser.fills(path, "look", report="请{简称}[{职务}]上台，{时长}。")
    assert heard(looked.text, "report") == "请市教委上台，8 分钟。"
    assert organiser.plan(sitting.code).words == ()


def test_words_are_kept_and_emptied_they_are_the_usual_ones_again(organiser, sitting):
    path = f"/setup/{sitting.code}/words"
    assert organiser.fills(path, report="请{单位}上台。", closed="停！").status_code == 303
    assert organiser.plan(sitting.code).words == (
        Words(Moment.REPORT, "请{单位}上台。"),
        Words(Moment.CLOSED, "停！"),
    )
    assert organiser.fills(path, report=" ").status_code == 303
    assert organiser.plan(sitting.code).words == (Words(Moment.CLOSED, "停！"),)


def test_a_moment_that_the_meeting_has_not_is_not_asked_for_and_keeps_its_words(organiser, sitting):
    """Nothing is drawn in this meeting, and nobody replies."""
    asked = set(organiser.form(f"/setup/{sitting.code}/words"))
    assert {"report", "trimmed", "break"} <= asked
    assert not {"drawing", "reply", "announced_grade"} & asked
    organiser.fills(f"/setup/{sitting.code}/words", reply="请答复。")
    organiser.fills(f"/setup/{sitting.code}/meeting", mode="comments")
    assert organiser.form(f"/setup/{sitting.code}/words")["reply"] == "请答复。"
    assert "trimmed" not in organiser.form(f"/setup/{sitting.code}/words")


def test_a_grade_is_asked_for_where_there_is_one_and_what_is_dropped_where_anything_is(organiser, sitting):
    """Without grade lines the page would have a sentence about the grade heard with a hole where the grade is."""
    path = f"/setup/{sitting.code}/words"
    assert {"grade", "trimmed"} <= set(organiser.form(path))
    plan = organiser.plan(sitting.code)
    rules = replace(plan.rules, grades=(), trim_high=0, trim_low=0)
    assert not {"grade", "trimmed"} & {
        row["moment"] for row in PAGE.more(replace(plan, rules=rules), PAGE.typed(plan))["moments"]
    }


def test_where_grades_alone_are_told_no_sentence_with_a_number_is_asked_for(organiser, sitting):
    plan = organiser.plan(sitting.code)
    by_grade = replace(plan, rules=replace(plan.rules, results_shown=ResultsShown.BY_GRADE))
    asked = {row["moment"] for row in PAGE.more(by_grade, PAGE.typed(plan))["moments"]}
    assert not {"trimmed", "score", "announced"} & asked
    assert {"grade", "announced_grade"} <= asked


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("请{单外}", "There is no gap {单外}. Here you can use: {单位}、"),
        ("{score} points", "{score} is not known yet at this step. Here you can use: {unit}, "),
        ("请{单位", "There is a single brace: a gap is written between { and }."),
        ("请[{单位}", "There is an unmatched or nested square bracket"),
        ("请" * 501, "At most 500 characters; this has 501."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(organiser, sitting, text, sentence):
    answer = organiser.fills(f"/setup/{sitting.code}/words", report=text, closed="停！")
    assert answer.status_code == 422
    assert unescape(problems_of(answer)["report"]).replace(", ", "、" if "单外" in text else ", ").startswith(sentence)
    assert unescape(answer.text).count(text) >= 1
    assert ">停！</textarea>" in answer.text
    assert organiser.plan(sitting.code).words == ()


def test_how_a_name_is_read_is_asked_for_beside_the_name(organiser, sitting):
    path = f"/setup/{sitting.code}/units"
    assert organiser.fills(path, **{"units.edu.reading": " jiào  wěi "}).status_code == 303
    assert organiser.plan(sitting.code).units[0].reading == "jiào wěi"


def test_a_copy_and_a_rehearsal_have_the_same_words(organiser, sitting):
    organiser.fills(f"/setup/{sitting.code}/words", closed="停！")
    code = f"copy-{sitting.code}"
    fields = {"title": "Again", "code": code, "date": "2026-12-01", "time": "9:00", "like": sitting.code}
    assert organiser.sends("/setup/new", fields).status_code == 303
    assert organiser.plan(code).words == (Words(Moment.CLOSED, "停！"),)
    assert organiser.sends(f"/setup/{sitting.code}/rehearse", {}).status_code == 303
    assert organiser.plan(f"{sitting.code}-r1").words == (Words(Moment.CLOSED, "停！"),)
