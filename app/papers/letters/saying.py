"""How a letter says dates, times and lists; letters are in Chinese, whatever the language of whoever makes them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.language import comma_of, say
from app.language.groups import group_name
from app.meeting.meeting import Meeting
from app.meeting.refusals import Fact, Said
from app.papers.wording import LANGUAGE
from app.store.persons import Person

NUMERALS = "一二三四五六七八九十"


def date_in(meeting: Meeting, at: datetime) -> str:
    """Without leading zeros, as a letter is dated."""
    return date_of(meeting.plan.in_the_hall(at))


def date_of(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def time_in(meeting: Meeting, at: datetime | None) -> str:
    return meeting.plan.in_the_hall(at).strftime("%H:%M") if at else ""


def minutes_and_seconds(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return "".join([f"{minutes}分" if minutes else "", f"{seconds}秒" if seconds else ""])


def listed(names: Iterable[str]) -> str:
    return comma_of(LANGUAGE).join(names)


def called(what: str, person: Person) -> str:
    """A seat, unit or task with whoever is known to have it."""
    return f"{what}（{_whole(person)}）" if person.name else what


def introduced(what: str, person: Person) -> str:
    return f"{what}：{_whole(person)}"


def _whole(person: Person) -> str:
    return "，".join(filter(None, [person.name, person.office]))


def said(code: str, **facts: Fact) -> str:
    return say(Said(code, facts), LANGUAGE)


def group_of(meeting: Meeting, id: str) -> str:
    return group_name(meeting.plan, id, LANGUAGE)
