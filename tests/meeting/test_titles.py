"""Where the lines of a title end: where the organiser says, and else between phrases only."""

import pytest

from app.meeting.titles import in_one_line, lines_of, phrases_of, size_of
from tests.meetings import small_plan

OFFICIAL = "2026年度国家机关|“谁执法谁普法”|履职报告评议会"


def test_a_bar_ends_a_line_and_is_itself_nowhere_shown():
    assert lines_of(OFFICIAL) == ["2026年度国家机关", "“谁执法谁普法”", "履职报告评议会"]
    assert in_one_line(OFFICIAL) == "2026年度国家机关“谁执法谁普法”履职报告评议会"
    assert small_plan(title=OFFICIAL).name == in_one_line(OFFICIAL)


@pytest.mark.parametrize("title", ["市教委", "A small review", " 市教委 "])
def test_without_a_bar_a_title_is_one_line(title):
    assert lines_of(title) == [title.strip()]
    assert in_one_line(title) == title.strip()


@pytest.mark.parametrize(
    ("title", "said"),
    [("Open review | of the year", "Open review of the year"), ("评议会｜第二场", "评议会第二场"), ("a||b|", "a b")],
)
def test_a_bar_may_have_blanks_around_it_be_wide_or_stand_twice(title, said):
    assert in_one_line(title) == said


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        (
            "2023年重庆市国家机关“谁执法谁普法”履职报告评议会",
            ["2023年重庆市国家机关", "“谁执法谁普法”", "履职报告评议会"],
        ),
        ("重庆市规划和自然资源局（重庆市林业局）", ["重庆市", "规划和自然资源局", "（重庆市林业局）"]),
        ("西藏自治区高级人民法院", ["西藏自治区", "高级人民法院"]),
        ("市人力社保局", ["市人力社保局"]),
        ("Department of Housing, Urban Works", ["Department of Housing, Urban Works"]),
    ],
)
def test_a_line_may_be_broken_between_phrases_only(line, phrases):
    assert phrases_of(line) == phrases


@pytest.mark.parametrize(
    ("title", "size"),
    [("市教委", "short"), (OFFICIAL, "long"), ("Department of Housing", "longest"), ("", "short")],
)
def test_a_title_is_as_large_as_its_longest_phrase_allows(title, size):
    assert size_of(title) == size
