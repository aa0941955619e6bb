"""Days and times of day as people write them, in cells and in fields."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from app.papers.plan import times
from tests.papers.misread import refused

NINE = time(9)
HALF_PAST_TWO = time(14, 30)
DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed",
    [
        datetime(2026, 3, 5),  # noqa: DTZ001  as Excel gives it
        DAY,
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "２０２６年３月５日",
        "2026年3月5日（星期四）",
        "2026年3月5日上午",
        "2026‑03‑05",
        "2026–3–5",
        20260305,
    ],
    ids=str,
)
def test_days(typed):
    assert times.date_of(typed) == DAY


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02-30", "cell.no_such_day"),
        ("下周四", "cell.not_a_date"),
        (4500, "cell.not_a_date"),
        ("3月5日", "cell.no_year"),
        ("3月5日上午9时", "cell.no_year"),
        ("3-5", "cell.no_year"),
        ("31/3", "cell.no_year"),
        ("5 March", "cell.no_year"),
        ("13/32", "cell.not_a_date"),
        ("5/3/2026", "cell.not_a_date"),
        ("November 31, 2026", "cell.no_such_day"),
        ("2026-03-05 25:00", "cell.not_a_date"),
    ],
)
def test_no_days(typed, code):
    assert refused(times.date_of, typed) == code


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        (NINE, NINE),
        ("9:00", NINE),
        ("９：００", NINE),
        ("9点", NINE),
        ("上午9时", NINE),
        ("9点半", time(9, 30)),
        ("下午2:30", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("14时30分", time(14, 30)),
        ("09:00:30", time(9, 0, 30)),
        (0.375, NINE),
        ("9∶00", NINE),
        ("9點", NINE),
        ("上午9：00开始", NINE),
        ("9：00整", NINE),
        ("9点一刻", time(9, 15)),
        ("下午两点三刻", time(14, 45)),
        ("24:00", time(0)),
    ],
)
def test_times_of_day(typed, at):
    assert times.time_of(typed) == at


@pytest.mark.parametrize(
    "typed", ["14.30", "1430", 1430, 1430.0, "下午2.30", "14.30-16.00", "1430-1600", "2026年3月5日 1430"]
)
def test_a_time_of_day_without_a_colon(typed):
    assert times.time_of(typed) == HALF_PAST_TWO


def test_nine_and_a_half_hours_of_a_morning():
    assert times.time_of("9.30") == time(9, 30)
    assert times.time_of("0900") == NINE
    assert times.is_midnight("2400")


@pytest.mark.parametrize(
    "typed", ["一早", "25:00", "24:01", "9:61", 9, "9", "900", "9.3", 9.3, "0.38", "1475", 1475, 1430.5]
)
def test_no_times_of_day(typed):
    assert refused(times.time_of, typed) == "cell.not_a_time"


@pytest.mark.parametrize("typed", ["2026-03-05 9:00", "2026年3月5日 上午9点", datetime(2026, 3, 5, 9)])  # noqa: DTZ001
def test_a_day_and_a_time_in_one_cell(typed):
    assert times.day_and_time_of(typed) == (DAY, NINE)


@pytest.mark.parametrize("typed", ["+08:00", "UTC+8", "北京时间", "＋８：００", "8"])
def test_offsets(typed):
    assert times.offset_of(typed) == timezone(timedelta(hours=8))


def test_offsets_of_others():
    assert times.offset_of("-03:30") == timezone(-timedelta(hours=3, minutes=30))
    assert refused(times.offset_of, "+25:00") == "cell.not_an_offset"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("12:30 AM", time(0, 30)),
        ("12:30 PM", time(12, 30)),
        ("9:00 a.m.", NINE),
        ("中午1:30", time(13, 30)),
        ("中午12点", time(12)),
        ("凌晨1点", time(1)),
        ("凌晨12:30", time(0, 30)),
        ("晚上8点半", time(20, 30)),
        ("晚上12点", time(0)),
        ("傍晚6点", time(18)),
        ("九时三十分", time(9, 30)),
        ("上午九点整", NINE),
        ("9:00-11:30", NINE),
        ("上午9:00至11:30", NINE),
    ],
)
def test_parts_of_the_day(typed, at):
    assert times.time_of(typed) == at


@pytest.mark.parametrize("typed", ["9", "凌晨", "晚上1点", "上午14:00", "中午5点", "9:00-", "13:00 AM"])
def test_a_time_that_could_be_two_is_asked_about(typed):
    assert refused(times.time_of, typed) == "cell.not_a_time"


@pytest.mark.parametrize(
    "typed",
    [
        *("2026年3月5日 上午9时", "2026年3月5日上午9:00", "2026.3.5 9:00", "2026-03-05T09:00", "20260305 9:00"),
        *("2026年3月5日（星期四）上午9:00-12:00", "二〇二六年三月五日上午九时", "2026/3/5 周四 9：00", 46086.375),
    ],
)
def test_a_day_and_a_time_as_offices_write_them(typed):
    assert times.day_and_time_of(typed) == (DAY, NINE)


@pytest.mark.parametrize(
    "typed",
    [
        *("5 Mar 2026", "5th of March 2026", "Thursday, 5 March 2026", "March 5, 2026", "Mar. 5 2026", "5-Mar-2026"),
        *("2026-03-05（星期四）", "2026年3月5日（周四）上午"),
    ],
)
def test_a_day_in_words(typed):
    assert times.day_and_time_of(typed) == (DAY, None)
    assert times.date_of(f"{typed} 9:00".replace("上午 ", "上午")) == DAY


@pytest.mark.parametrize(
    "typed", ["5 Mar 2026 9:00", "March 5, 2026, 9:00 a.m.", "Thu 5 March 2026 at 0900", "2026-03-05（星期四）9:00"]
)
def test_a_day_in_words_and_a_time(typed):
    assert times.day_and_time_of(typed) == (DAY, NINE)


def test_the_weekday_is_heard_in_english_too():
    assert [times.weekday_in(each) for each in ("Friday, 5 March 2026", "2026年3月5日（周五）", "5 March 2026")] == [
        4,
        4,
        None,
    ]


@pytest.mark.parametrize(
    "typed", ["2026年3月5日（星期四）上午9时30分", "2026-03-05 09:30", "2026-03-05 24:00", "20260305 9:30"]
)
def test_where_only_a_day_is_asked_for_the_time_behind_it_is_passed_over(typed):
    assert times.date_of(typed) == DAY


@pytest.mark.parametrize("typed", [46086, "46086", 20260305, 20260305.0, "2026.03.05", "2026年3月5号"])
def test_days_as_numbers_and_with_dots(typed):
    assert times.day_and_time_of(typed) == (DAY, None)
