"""Working days by the published calendar: make-up days count, holidays do not, and beyond its years it is said so."""

from datetime import date, timedelta

import pytest

from app.meeting.findings.state import Terms
from app.workdays import (
    days_after,
    deadlines_from,
    is_known,
    is_working_day,
    last_known_day,
    months_after,
    published_until,
    working_days_after,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 10, 2), False),  # a Monday of the National Day holidays
        (date(2023, 10, 7), True),  # a Saturday on which it is made up for
        (date(2024, 2, 18), True),  # a Sunday after the Spring Festival
        (date(2024, 2, 12), False),
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2023, 11, 18), False),
        (date(2023, 11, 17), True),
    ],
)
def test_holidays_and_the_days_that_make_up_for_them(day: date, works: bool):
    assert is_working_day(day) is works


def test_the_day_from_which_a_term_runs_is_not_counted():
    assert working_days_after(date(2023, 11, 17), 5) == date(2023, 11, 24)
    assert working_days_after(date(2023, 9, 27), 3) == date(2023, 10, 8)


def test_a_term_that_would_end_on_a_day_of_rest_ends_on_the_next_working_day():
    assert days_after(date(2023, 11, 17), 15) == date(2023, 12, 4)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2023, 8, 2), 2) == date(2023, 10, 7)


def test_of_days_beyond_the_published_calendar_its_last_year_is_said():
    last = last_known_day()
    assert published_until((last, None)) == 0
    assert published_until((date(2023, 11, 17), last + timedelta(days=1))) == last.year


def test_terms_end_in_their_order():
    found = deadlines_from(date(2023, 11, 17), Terms())
    assert (found.notice, found.dispute) == (date(2023, 11, 24), date(2023, 11, 28))
    assert (found.plan, found.rectification, found.report) == (date(2023, 12, 4), date(2024, 1, 17), date(2024, 3, 18))


def test_beyond_the_published_years_only_weekends_are_known():
    beyond = last_known_day() + timedelta(days=1)
    assert not is_known(beyond)
    assert is_known(last_known_day())
    monday = beyond + timedelta(days=-beyond.weekday() % 7)
    assert is_working_day(monday)
    assert not is_working_day(monday + timedelta(days=5))


def test_days_are_counted_from_the_day_after():
    assert working_days_between(date(2023, 11, 17), date(2023, 11, 24)) == 5
    assert working_days_between(date(2023, 11, 24), date(2023, 11, 17)) == 0
