"""The words to say in workbook and text file; what is wrong with them is said at its cell or path."""

from dataclasses import replace

import pytest

from app.language import Language
from app.language.gaps import fault_of
from app.language.spoken import usual
from app.meeting.moments import GAPS, Moment, Words
from app.papers.plan.changes import changes
from app.papers.plan.importing import Reading, read_file
from app.papers.plan.template import WRITERS
from tests.meetings import small_plan
from tests.papers.books import errors, overwritten, read, template

OWN = (
    Words(Moment.REPORT, "请{单位}［{职务}］作报告。\n掌声欢迎！"),
    Words(Moment.SCORE, "得分是{score}分。"),
)
PLAN = small_plan(words=OWN)
KINDS = sorted(WRITERS)


def row_of(heading: str) -> int:
    return next(row[0].row for row in template()["主持词"] if row[0].value == heading)


def with_words(heading: str, text: str) -> Reading:
    return read(overwritten({("主持词", f"B{row_of(heading)}"): text}))


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_ones_own_come_back_and_so_does_how_a_name_is_read(kind):
    water, *others = PLAN.units
    plan = replace(PLAN, units=(replace(water, reading="水 shuǐ"), *others))
    assert read_file(f"m{kind}", WRITERS[kind](plan)).plan == plan


def test_a_workbook_has_a_line_for_every_moment_with_the_usual_sentence_beside_it():
    sheet = template(PLAN)["主持词"]
    lines = {label: (text, hint) for label, text, hint in list(sheet.values)[1:]}
    assert len(lines) == len(Moment)
    assert lines["履职报告"][0] == OWN[0].text
    assert lines["休息"][0] is None
    assert "现在休息[ {时长}][，{继续时间} 继续开会]，请各位准时回座。" in lines["休息"][1]
    assert "{继续时间}" in lines["休息"][1].partition("可用：")[2]


@pytest.mark.parametrize("language", Language)
def test_the_usual_sentence_written_out_is_no_text_of_ones_own(language):
    reading = with_words("评分截止", usual(Moment.CLOSED, language))
    assert (reading.plan.words, errors(reading)) == ((), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("请{单外}作报告", "words.no_such_gap"),
        ("请{得分}作报告", "words.not_known_then"),
        ("请{单位作报告", "words.lone_brace"),
        ("请单位｝作报告", "words.lone_brace"),
        ("请{单位}[{职务}作报告", "words.lone_bracket"),
        ("请{单位}[[{职务}]]作报告", "words.lone_bracket"),
        ("请" * 501, "text.too_long"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_at_its_cell_and_path(text, code):
    assert errors(with_words("履职报告", text)) == [("主持词", row_of("履职报告"), "B 履职报告", code)]
    written = WRITERS[".toml"](PLAN).decode().replace("[words]", f"[words]\nreply = '{text}'")
    found = read_file("m.toml", written.encode())
    assert [(each.column, each.said.code) for each in found.mistakes] == [("words.reply", code)]


def test_a_moment_that_there_is_not_is_told_with_those_there_are():
    written = WRITERS[".toml"](PLAN).decode().replace("[words]", "[words]\nlunch = '开饭'")
    mistake = read_file("m.toml", written.encode()).mistakes[0]
    assert (mistake.column, mistake.said.code) == ("words.lunch", "toml.unknown")
    assert "report" in mistake.said.facts["known"]


def test_the_words_of_the_example_can_be_used_as_they_stand():
    example = WRITERS[".toml"](None).decode()
    reading = read_file("m.toml", example.replace("# [words]", "[words]").replace("# report", "report").encode())
    assert [each.said.code for each in reading.mistakes if not each.is_warning] == []
    used = example.replace("# [words]", "[words]").replace("# trimmed", "trimmed")
    assert read_file("m.toml", used.encode()).plan.words[0].text.startswith("评分截止。")


def test_a_preview_tells_words_and_readings():
    water, *others = PLAN.units
    read_aloud = replace(PLAN, units=(replace(water, reading="水 shuǐ"), *others), words=OWN[:1])
    found = [each for each in changes(small_plan(), read_aloud, {}) if each.kind != "same"]
    assert [(each.sheet, each.what) for each in found] == [("单位", water.short_name), ("主持词", "履职报告")]
    assert "水 shuǐ" in found[0].after


def test_every_moment_has_gaps_and_a_sentence_that_uses_only_them():
    assert set(GAPS) == set(Moment)
    wrong = {moment: fault_of(usual(moment, language), moment) for moment in Moment for language in Language}
    assert [moment for moment, fault in wrong.items() if fault] == []
