"""A quorum as people write it, at every door: two thirds are two thirds, and it is said what that is in seats."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meeting.plan import Plan, Preset, QuorumBy, Rules
from app.meeting.scoring.turnout import quorum_of as needed_of
from app.papers.plan.changes import changes
from app.papers.plan.mistakes import Misread
from app.papers.plan.quorums import as_written, quorum_of
from app.papers.plan.textfile import read_text
from app.papers.plan.writing_text import write_text
from tests.meetings import panel, small_plan
from tests.papers.books import overwritten, read

MORE_THAN, AT_LEAST = QuorumBy.MORE_THAN, QuorumBy.AT_LEAST
NEEDED_OF_NINE = {
    5: [
        "过半数",
        "过半",
        "超过半数",
        "半数以上",
        "半数",
        "0.5",
        0.5,
        "50%",
        "５０％",
        "1/2",
        "超过二分之一",
        "more than half",
    ],
    6: [
        "三分之二以上",
        "2/3以上",
        "不少于三分之二",
        "不少于2/3",
        "至少2/3",
        "≥2/3",
        "不低于 2 / 3",
        "达到三分之二",
        "⅔以上",
    ],
    7: ["2/3", "超过2/3", "三分之二", "超过三分之二", "＞2/3", 2 / 3, "不少于0.6667", "more than 2/3", "七成以上"],
    8: ["五分之四以上", "80%以上", "百分之八十以上", "至少80％", "八成及以上", "应不少于五分之四"],
    9: ["全部", "不少于100%", "十分之九以上"],
}


@pytest.mark.parametrize(("written", "needed"), [(each, n) for n, texts in NEEDED_OF_NINE.items() for each in texts])
def test_what_people_write_comes_to_so_many_of_nine_seats(written, needed):
    said = quorum_of(written)
    rules = Rules(quorum=said.share, quorum_parts=said.parts, quorum_by=said.by or MORE_THAN)
    assert needed_of(rules, 9) == needed


@pytest.mark.parametrize(
    "written",
    [
        *("不超过半数", "不足三分之二", "2/0", "/3", "1/2/3", "许多", "以上", "超过", "2/33333", ""),
        *("百分之六六", "三分之二三", "百分之二三十", "二三分之一"),
    ],
)
def test_what_is_no_quorum_is_not_guessed_at(written):
    with pytest.raises(Misread) as found:
        quorum_of(written)
    assert found.value.said.code == "quorum.unclear"


def test_a_fraction_of_which_a_spreadsheet_made_a_date_is_not_a_number():
    with pytest.raises(Misread) as found:
        quorum_of(date(2026, 2, 3))
    assert found.value.said.code == "cell.became_a_date"


@given(st.integers(1, 99), st.integers(2, 100))
def test_a_computed_fraction_is_that_fraction(part, parts):
    """What a cell with =2/3 holds, in Excel as in Python."""
    said = quorum_of(part / parts)
    share = said.share / said.parts
    assert (said.by, f"{float(share):.15g}") == (None, f"{part / parts:.15g}")
    if len(f"{part / parts:.15g}") > 8:
        assert said.share * parts == part * said.parts


@given(st.decimals(0, 1, places=4), st.integers(1, 1000), st.sampled_from(QuorumBy))
def test_what_is_written_is_read_again(share, parts, by):
    said = quorum_of(as_written(Rules(quorum=share, quorum_parts=parts, quorum_by=by)))
    assert (str(said.share), said.parts, said.by or MORE_THAN) == (str(share), parts, by)


def in_text(line: str) -> Rules | list[tuple[str, str]]:
    reading = read_text(write_text(small_plan()).replace('quorum = 0.5\nquorum_by = "more_than"', line).encode())
    wrong = [(each.column, each.said.code) for each in reading.mistakes]
    return reading.plan.rules if reading.plan and not wrong else wrong


@pytest.mark.parametrize(
    ("line", "share", "parts", "by"),
    [
        ("quorum = 0.5", "0.5", 1, MORE_THAN),
        ('quorum = "2/3"', "2", 3, MORE_THAN),
        ('quorum = "2/3"\nquorum_by = "at_least"', "2", 3, AT_LEAST),
        ('quorum = "三分之二以上"', "2", 3, AT_LEAST),
        ('quorum = "三分之二以上"\nquorum_by = "at_least"', "2", 3, AT_LEAST),
        ("quorum = 0.6", "0.6", 1, MORE_THAN),
    ],
)
def test_in_a_text_file(line, share, parts, by):
    assert in_text(line) == replace(small_plan().rules, quorum=Decimal(share), quorum_parts=parts, quorum_by=by)


@pytest.mark.parametrize(
    ("line", "path", "code"),
    [
        ('quorum = "许多"', "rules.quorum", "quorum.unclear"),
        ('quorum = "3/2"', "rules.quorum", "quorum.not_a_share"),
        ('quorum = "2/3以上"\nquorum_by = "more_than"', "rules.quorum_by", "quorum.said_twice"),
        ('quorum_by = "about"', "rules.quorum_by", "cell.not_a_choice"),
        ("quorum = 2\nquorum_parts = 3", "rules.quorum_parts", "toml.unknown"),
    ],
)
def test_what_is_wrong_in_a_text_file_is_said_there(line, path, code):
    assert (path, code) in in_text(line)


def test_in_a_workbook():
    for written in ("三分之二以上", "不少于2/3"):
        plan = read(overwritten({("规则", "B8"): written})).plan
        assert plan is not None
        assert (plan.rules.quorum_share, plan.rules.quorum_by) == (Fraction(2, 3), AT_LEAST)


def quorum_told(before: Plan | None, after: Plan) -> list[tuple[str, str]]:
    return [(each.kind, each.after) for each in changes(before, after, {}) if each.what == "法定份数比例"]


def test_the_preview_says_it_in_seats():
    seats = panel(*(Preset.EXPERT,) * 10)
    seats = (replace(seats[0], recusals=("water",)), *seats[1:])
    usual = small_plan(seats=seats)
    rules = Rules(quorum=Decimal(2), quorum_parts=3, quorum_by=AT_LEAST)
    assert quorum_told(usual, replace(usual, rules=rules)) == [
        ("changed", "内容：不少于 2/3（应评 10 席时至少 7 份，应评 9 席时至少 6 份）")
    ]
    assert quorum_told(usual, replace(usual, seats=seats[1:]))[0][0] == "same"
    assert quorum_told(None, small_plan(seats=())) == [("new", "内容：超过 0.5")]
