"""Working days against what was published: the State Council's notices on the holidays of three years, day by day.

Written down from the notices themselves (国办发明电〔2023〕7号, 国办发明电〔2024〕12号, and that of 4 November 2025),
not from the calendar that the program uses.
"""

from bisect import bisect_right
from datetime import date, timedelta

import pytest

from app.workdays import is_working_day, working_days_after, working_days_between

FREE = {
    2024: ("1.1", "2.10-2.17", "4.4-4.6", "5.1-5.5", "6.10", "9.15-9.17", "10.1-10.7"),
    2025: ("1.1", "1.28-2.4", "4.4-4.6", "5.1-5.5", "5.31-6.2", "10.1-10.8"),
    2026: ("1.1-1.3", "2.15-2.23", "4.4-4.6", "5.1-5.5", "6.19-6.21", "9.25-9.27", "10.1-10.7"),
}
"""放假: from and to, month and day."""

MADE_UP = {
    2024: ("2.4", "2.18", "4.7", "4.28", "5.11", "9.14", "9.29", "10.12"),
    2025: ("1.26", "2.8", "4.27", "9.28", "10.11"),
    2026: ("1.4", "2.14", "2.28", "5.9", "9.20", "10.10"),
}
"""上班: Saturdays and Sundays on which offices work."""


def day(year: int, said: str) -> date:
    month, _, number = said.partition(".")
    return date(year, int(month), int(number))


def free_days(year: int) -> set[date]:
    spans = [said.split("-") for said in FREE[year]]
    ends = [(day(year, span[0]), day(year, span[-1])) for span in spans]
    return {first + timedelta(days=each) for first, last in ends for each in range((last - first).days + 1)}


def works_by_the_notice(each: date) -> bool:
    if each in {day(each.year, said) for said in MADE_UP[each.year]}:
        return True
    return each.weekday() < 5 and each not in free_days(each.year)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=each) for each in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", FREE)
def test_every_day_is_what_the_notice_says(year: int):
    assert [each for each in days_of(year) if is_working_day(each) != works_by_the_notice(each)] == []
    assert all(day(year, said).weekday() >= 5 for said in MADE_UP[year])  # the table itself was not mistyped


def test_terms_of_working_days_are_counted_by_the_notices():
    """From every third day of the three years: the seven to return what is not one's own."""
    known = [each for year in FREE for each in days_of(year)]
    works = [each for each in known if works_by_the_notice(each)]
    for start in known[:-30:3]:
        first = bisect_right(works, start)
        assert working_days_after(start, 7) == works[first + 6]
        assert working_days_between(start, works[first + 6]) == 7


@pytest.mark.parametrize(
    ("start", "term", "last"),
    [
        (date(2024, 2, 8), 5, date(2024, 2, 21)),  # over the Spring Festival, with a Sunday that was made up
        (date(2024, 9, 27), 5, date(2024, 10, 10)),  # a Sunday before the week of the National Day
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2025, 9, 30), 5, date(2025, 10, 14)),  # eight days, for the Mid-Autumn Festival fell into them
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_by_hand_on_a_wall_calendar(start: date, term: int, last: date):
    assert working_days_after(start, term) == last
