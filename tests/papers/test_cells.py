"""What people write into cells, and what it is taken for."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meeting.plan import ItemKind, Mode, Preset
from app.papers.plan import cells, times
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import tidy_name
from tests.meetings import minutes
from tests.papers.misread import refused


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (20, "20"),
        (0.1, "0.1"),
        ("２０", "20"),
        (" 20 分", "20"),
        ("50%", "0.5"),
        ("1,000.5", "1000.5"),
        ("３．５", "3.5"),
        ("-2", "-2"),
        ("三", "3"),
        ("0.50", "0.50"),
        ("−10", "-10"),
        ("–10", "-10"),
        ("8，5", "8.5"),
        ("0,125", "0.125"),
        ("8。5", "8.5"),
    ],
)
def test_numbers(typed, number):
    assert str(cells.number_of(typed)) == number


@pytest.mark.parametrize(
    "typed", ["二十左右", "1/2", "nan", "inf", "1e9999", True, time(9), "１２３ａ", "", float("nan")]
)
def test_no_numbers(typed):
    assert refused(cells.number_of, typed) == "cell.not_a_number"


@pytest.mark.parametrize("typed", ["20\n30", "20 30", "10 5", "8\u00a030", "1 000"])
@pytest.mark.parametrize("parse", [cells.number_of, cells.count_of, times.length_of])
def test_two_numbers_in_a_cell_are_not_the_one_of_all_their_digits(parse, typed):
    assert refused(parse, typed) == "cell.several_numbers"


@pytest.mark.parametrize("typed", ["1e13", 1e-13, 10**30, "0e-99"])
def test_numbers_out_of_bounds(typed):
    assert refused(cells.number_of, typed) == "cell.number_out_of_bounds"


@pytest.mark.parametrize("typed", [1.5, -1, "多", 10**7])
def test_no_counts(typed):
    assert refused(cells.count_of, typed).startswith("cell.not_a_")


@pytest.mark.parametrize("typed", ["过半", "过半数", "50%", 0.5, "０．５"])
def test_more_than_half(typed):
    assert cells.share_of(typed) == Decimal("0.5")


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        (8, minutes(8)),
        (8.5, minutes(8.5)),
        ("８", minutes(8)),
        ("8分钟", minutes(8)),
        ("8 分", minutes(8)),
        ("8.5分钟", minutes(8.5)),
        ("8分30秒", minutes(8.5)),
        ("8：30", minutes(8.5)),
        ("90秒", minutes(1.5)),
        *(
            (each, minutes(8))
            for each in ("8'", "8′", "8’", "8min", "8 mins", "八分钟", "480秒", "不超过8分钟", "8分以内")
        ),
        *((each, minutes(8.5)) for each in ("8′30″", "8’30”", "8'30''", "8min30s", "8分半", "八分三十秒", "8∶30")),
        *((each, minutes(10)) for each in ("十分钟", "0:10:00", "10m")),
        *((each, minutes(90)) for each in ("1.5小时", "1小时30分", "一个半小时", "90分", "1h30min")),
        *((each, minutes(30)) for each in ("半小时", "半个小时", "三十分")),
        *((each, minutes(90)) for each in ("1小时30", "1h30", "一小时三十", "约1小时30")),  # behind hours: minutes
        *((each, minutes(8)) for each in ("8以内", "约8", "最多8", "每家8左右")),
        *((each, minutes(65)) for each in ("1小时05", "一小时零五", "1小时零五分")),
        ("8分30", minutes(8.5)),
        ("1小时20分30", minutes(80.5)),
        ("1小时30秒", minutes(60.5)),
        ("一刻钟", minutes(15)),
        (time(8, 30), minutes(8.5)),  # 8:30 typed into Excel
        (time(0, 8, 30), minutes(8.5)),  # 0:08:30
        (timedelta(hours=30), minutes(30)),  # 30:00
    ],
)
def test_minutes(typed, length):
    assert times.length_of(typed) == length


@pytest.mark.parametrize("hours", [*range(1, 24), 25, 30, 47, 49, 99])
def test_a_clock_of_three_parts_is_the_length_that_the_cell_of_excel_would_be(hours):
    assert times.length_of(f"{hours}:00:00") == times.length_of(timedelta(hours=hours)) == minutes(hours)
    assert times.length_of(f"{hours}:30:00") == times.length_of(timedelta(hours=hours, minutes=30))


def test_a_clock_of_a_whole_day_is_as_many_minutes_as_it_has_hours():
    assert times.length_of("24:00:00") == minutes(24)


@pytest.mark.parametrize("typed", ["一会儿", -3, "8:75", datetime(2026, 1, 8), "8-10"])  # noqa: DTZ001
def test_no_minutes(typed):
    assert refused(times.length_of, typed) == "cell.not_minutes"


@given(st.integers(0, 10**6))
def test_a_length_is_read_as_it_is_written(seconds):
    length = timedelta(seconds=seconds)
    assert times.length_of(times.minutes_in(length)) == length


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (Mode, "打 分 制", Mode.POINTS),
        (Mode, "comments", Mode.COMMENTS),
        (Preset, "政协委员", Preset.CPPCC),
        (Preset, "群众代表", Preset.PUBLIC),
        (ItemKind, "汇报", ItemKind.PRESENTATION),
    ],
)
def test_choices(kind, typed, meant):
    assert cells.choice_of(kind, typed) is meant


@pytest.mark.parametrize("typed", ["打星", 1, None])
def test_no_choices(typed):
    assert refused(lambda value: cells.choice_of(Mode, value), typed) == "cell.not_a_choice"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((each, True) for each in ("是", "√", "✔", "V", "公布", "需要", True)),
        *((each, False) for each in ("否", "×", "X", "不公布", "不需要", "没有", 0)),
    ],
)
def test_yes_and_no(typed, meant):
    assert cells.yes_or_no(typed) is meant


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("市司法局、市普法办", ("市司法局", "市普法办")),
        ("市司法局，市普法办", ("市司法局", "市普法办")),
        ("市司法局；市普法办\n市政府办", ("市司法局", "市普法办", "市政府办")),
        ("“甲、乙联合办公室”", ("甲、乙联合办公室",)),
    ],
)
def test_several_names_in_one_cell(typed, names):
    assert cells.names_of(typed) == names


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(tidy_name).filter(bool))
def test_a_name_is_read_as_it_is_written(name):
    assert cells.names_of(cells.as_one_cell(name)) == (name,)


def test_texts_lose_what_nobody_sees():
    assert cells.text_of("\u3000市民政局\u200b _x000D_\n") == "市民政局"
    assert cells.text_of(12.0) == "12"


ANYTHING = (
    st.text(max_size=40)
    | st.one_of(st.floats(), st.integers(), st.booleans())
    | st.one_of(st.dates(), st.datetimes(), st.times(), st.timedeltas())
)


@pytest.mark.parametrize(
    "parse",
    [
        *(cells.number_of, cells.count_of, cells.share_of, times.length_of, times.day_and_time_of, times.time_of),
        *(times.offset_of, cells.yes_or_no, cells.code_of, cells.id_of, cells.names_of, cells.text_of),
    ],
)
@given(value=ANYTHING)
def test_whatever_stands_in_a_cell_is_understood_or_refused_in_words(parse, value):
    with suppress(Misread):
        parse(value)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Preset.DEPUTY, "市人大代表 全国人大代表 区人大代表 省、市人大代表 人大"),
        (Preset.CPPCC, "政协 市政协委员 政协委员代表 重庆市政协委员"),
        (Preset.EXPERT, "法学专家 专家学者 教授 专家1"),
        (Preset.MEDIA, "新闻媒体 市级媒体 媒体记者"),
        (Preset.LAWYER, "律师代表 执业律师"),
        (Preset.PUBLIC, "群众代表 市民代表 社区群众 街道居民"),
    ],
)
def test_groups_in_the_words_of_organisers(group, words):
    assert {cells.choice_of(Preset, word) for word in words.split()} == {group}


@pytest.mark.parametrize(
    "word", ["人民监督员", "企业代表", "社区代表", "园区代表", "市代表", "领导", "人民代表", "People's"]
)
def test_what_may_be_somebody_else_is_taken_for_none_of_the_presets(word):
    assert refused(lambda value: cells.choice_of(Preset, value), word) == "cell.not_a_choice"
