"""Days on which offices work, by the national calendar, and the last day of a term that runs in them.

The day from which a term runs is not counted (Civil Code of China, art. 201). A term in days, months or years that
would end on a day of rest ends on the next working day (art. 203).
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from app.meeting.findings.state import Deadlines, Terms

SATURDAY = 5


@cache
def _published() -> tuple[frozenset[date], frozenset[date]]:
    """Days of rest by the notices, and the Saturdays and Sundays that make up for some of them.

    Read once, and asked here: the calendar itself looks through all of its years at each question, 0.4 ms of one.
    """
    from chinese_calendar.constants import holidays, workdays  # not needed for a start

    return frozenset(holidays), frozenset(workdays)


@cache
def last_known_day() -> date:
    """The last day of which the calendar is published; of later ones only Saturdays and Sundays are known."""
    free, _ = _published()
    return date(max(free).year, 12, 31)


def is_known(day: date) -> bool:
    return day <= last_known_day()


def published_until(days: Iterable[date | None]) -> int:
    """The last year of which the calendar is published, if one of these days lies beyond it; or else 0."""
    return 0 if all(day is None or is_known(day) for day in days) else last_known_day().year


def is_working_day(day: date) -> bool:
    """By the published calendar; outside its years, Monday to Friday."""
    free, made_up = _published()
    return day in made_up or (day.weekday() < SATURDAY and day not in free)


def working_days_after(day: date, working_days: int) -> date:
    """The last day of a term of so many working days that begins on the day after ``day``."""
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= is_working_day(day)
    return day


def working_days_before(day: date, working_days: int) -> date:
    """The day so many working days before, ``day`` not counted."""
    while working_days > 0:
        day -= timedelta(days=1)
        working_days -= is_working_day(day)
    return day


def working_days_between(earlier: date, later: date) -> int:
    """How many working days there are after ``earlier``, up to and with ``later``; 0 if it is not later."""
    days = (later - earlier).days
    return sum(is_working_day(earlier + timedelta(days=each)) for each in range(1, days + 1))


def days_after(day: date, days: int) -> date:
    return or_next_working_day(day + timedelta(days=days))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last if that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return or_next_working_day(date(year, month + 1, min(day.day, length)))


def or_next_working_day(day: date) -> date:
    return day if is_working_day(day) else working_days_after(day, 1)


def deadlines_from(day: date, terms: Terms) -> Deadlines:
    """The last day of each term for what is handed over on ``day``."""
    return Deadlines(
        notice=working_days_after(day, terms.notice_working_days),
        dispute=working_days_after(day, terms.dispute_working_days),
        plan=days_after(day, terms.plan_days),
        rectification=months_after(day, terms.rectification_months),
        report=months_after(day, terms.report_months),
    )
