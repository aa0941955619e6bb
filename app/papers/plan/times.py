"""Lengths, days and times of day as people write them into a cell, understood as any person would; else Misread."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from app.meeting.refusals import Fact, Said
from app.papers.plan.cells import DIGITS, is_too_long, must_be_one, number_of, numeral_of, shown
from app.papers.plan.english_days import in_figures
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import in_one_form, key, tidy

HALL = timezone(timedelta(hours=8))
"""The time of Beijing, unless a file says otherwise."""

_COLONS = str.maketrans("∶︰", "::")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
"""What an input method or a word processor puts for them; NFKC leaves these as they are."""


def length_of(value: Any) -> timedelta:
    """A length given in minutes: 8, 8.5, “8分钟”, 8分30秒, 8:30; a cell that Excel shows as 8:30 means the same."""
    if (days := _days_in(value)) is not None:
        raise Misread("cell.days_not_minutes", value=days)
    length = _length(value)
    if length < timedelta():
        raise Misread("cell.not_minutes", value=shown(value))
    return length


def _length(value: Any) -> timedelta:
    if isinstance(value, date):
        raise Misread("cell.not_minutes", value=shown(value))
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return value / 60 if value >= timedelta(hours=1) and not value.total_seconds() % 60 else value
    if isinstance(value, str):
        if (length := _spoken_length(value)) is not None:
            return length
        value = key(value).removesuffix("钟").removesuffix("分")
    try:
        seconds = number_of(value) * 60
    except Misread:
        raise Misread("cell.not_minutes", value=shown(value)) from None
    if abs(seconds) > 10**9:
        raise Misread("cell.not_minutes", value=shown(value))
    return timedelta(seconds=round(seconds))


_AMOUNT = r"\d{1,6}(?:\.\d{1,6})?"
_LENGTH = re.compile(
    rf"(?:(?:不超过|不多于|不大于|限时|最多|约|每家|每个?单位|各))?"
    rf"(?:(?P<hours>{_AMOUNT}|半)个?(?P<half_hour>半)?(?:小时|hours?|hrs?|h))?"
    rf"(?:(?P<minutes>{_AMOUNT})(?:分(?P<half>半)?钟?|minutes?|mins?|m|'|′|’))?"
    rf"(?:(?P<last>\d{{1,6}})(?P<of_seconds>秒钟?|seconds?|secs?|s|\"|”|''|′′|’’)?)?"
    rf"(?:以内|之内|内|左右)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(?:(\d{1,2}):([0-5]?\d):([0-5]\d)|(\d{1,6}):([0-5]?\d))", re.ASCII)


def _spoken_length(text: str) -> timedelta | None:
    """A length with its units: 8分30秒, 8′30″, 8min, 1小时20, 不超过8分钟; None of a mere number, or of none."""
    if is_too_long(text):
        return None
    must_be_one(text)
    said = _with_digits(key(text).translate(_COLONS))
    if found := _CLOCK.fullmatch(said):
        if found[1]:  # of three parts it is what Excel would make of it
            return _length(timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3])))
        return timedelta(minutes=int(found[4]), seconds=int(found[5]))
    if said in ("一刻钟", "1刻钟", "三刻钟", "3刻钟"):
        return timedelta(minutes=15 if said[0] in "一1" else 45)
    found = _LENGTH.fullmatch(said)
    if not found or said.isdigit() or not (found["hours"] or found["minutes"] or found["last"]):
        return None
    is_minutes = not (found["minutes"] or found["of_seconds"])  # 1小时30, 8以内; what stands behind minutes is seconds
    last = Decimal(found["last"] or 0) * (60 if is_minutes else 1)
    hours = Decimal("0.5") if found["hours"] == "半" else Decimal(found["hours"] or 0)
    minutes = Decimal(found["minutes"] or 0) + (30 if found["half_hour"] else 0)
    return timedelta(seconds=round(hours * 3600 + minutes * 60 + last + (30 if found["half"] else 0)))


def clock_of(value: Any) -> time | None:
    """The time of day that a length could be, if it is written as one: 9:00, a cell that Excel shows so."""
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(key(value).translate(_COLONS)) if isinstance(value, str) else None
    return time(int(found[4]), int(found[5])) if found and found[4] and int(found[4]) < 24 else None


def minutes_in(length: timedelta) -> int | float | str:
    """A length as it is written into a cell of minutes."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    if not seconds:
        return minutes
    return minutes + 0.5 if seconds == 30 else f"{minutes}分{seconds}秒"


_ITS_WEEKDAY = r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
_WEEKDAY = rf"(?:{_ITS_WEEKDAY})?"
_DATE = re.compile(rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})[日号]?{_WEEKDAY}(?:上午|下午|晚上|全天)?", re.ASCII)
_WITHOUT_YEAR = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:[日号].*)?|(?P<one>\d{1,2})[-/.](?P<other>\d{1,2})", re.ASCII
)
_DAY_AND_TIME = re.compile(
    rf"(\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]{_WEEKDAY}"
    rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:{_ITS_WEEKDAY}|(?=[\sT,;]|上|下|早|晚|中))|\d{{8}}(?=[\sT]))[\sT,;]*(.+)",
    re.DOTALL | re.ASCII,
)
_TIME = re.compile(
    r"(上午|早上|早晨|清晨|清早|早|凌晨|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜晚|夜间|夜里|深夜|半夜|午夜|晚|am|pm)?"
    r"(\d{1,2})(?::|时|[点點]钟?)(?:(\d{1,2}|半|整|[一三]刻)分?)?(?::?(\d{1,2}(?:\.\d{1,6})?)秒?)?(am|pm)?"
    r"(?:整|开始|起)?",
    re.ASCII,
)
_IN_FIGURES = (
    re.compile(r"(?<![\d.:时点點分秒])([1-9]|0[1-9]|1\d|2[0-4])\.([0-5]\d)(?![\d.:分秒])", re.ASCII),
    re.compile(r"(?<![\d.:时点點分秒])([01]\d|2[0-4])([0-5]\d)(?![\d.:时点點分秒])", re.ASCII),
)
"""14.30 and 1430. Of 9, 930 and 9.3 nobody knows what they are: 9.3 is what a cell makes of 9.30."""

_WEEK = "一二三四五六日"
_ON_WHICH = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_RANGE = re.compile(r"(.+?)(?:-|–|—|~|至|到)+(.+)")
_NUMERALS = re.compile(
    r"(?<![〇零○一二两三四五六七八九十])[〇零○一二两三四五六七八九十]++(?=[年月日号时点點分秒]|个?半?小时)"
    r"|(?<=小时)[零〇一二两三四五六七八九十]++$"
)
_HALVES = {
    "am": {12: 0, **{hour: hour for hour in range(12)}},
    "凌晨": {12: 0, **{hour: hour for hour in range(7)}},
    "上午": {hour: hour for hour in range(13)},
    "中午": {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    "pm": {hour: hour + 12 if hour < 12 else hour for hour in range(24)},
    "晚上": {12: 24, 24: 24, **{hour: hour + 12 for hour in range(5, 12)}, **{hour: hour for hour in range(17, 24)}},
}
"""By the part of the day, the hour that each spoken hour is; 24 is the midnight at the end of the day."""

_MINUTES = {"整": 0, "一刻": 15, "1刻": 15, "半": 30, "三刻": 45, "3刻": 45}
_PARTS_OF_DAY = {
    **dict.fromkeys(("早上", "早晨", "清晨", "清早", "早"), "上午"),
    **dict.fromkeys(("正午", "午间"), "中午"),
    **dict.fromkeys(("下午", "午后", "傍晚"), "pm"),
    **dict.fromkeys(("晚间", "夜晚", "夜间", "夜里", "深夜", "半夜", "午夜", "晚"), "晚上"),
}
FIRST_DAY, LAST_DAY = 36526, 73050
"""The days 2000-01-01 and 2099-12-31 as Excel counts them."""

ZERO = date(1899, 12, 30)
_EXCELS_CHILDHOOD = 1905
"""A date before this year is a small number in a cell that is made for dates."""


def date_of(value: Any) -> date:
    """The day, where only a day is asked for. A time that stands behind it says nothing more, and is passed over.

    So a cell of Excel that holds both has always been read; what cannot be a time is no part of a day.
    """
    return day_and_time_of(value)[0]


def _date(value: Any) -> date:
    """A day: a date of Excel or its number, 2023-11-17, 2023.11.17, 2023年11月17日, 17 Nov 2023, 二〇二三年…."""
    if (days := _days_in(value)) is not None:
        raise Misread("cell.not_a_date", value=str(days))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int) and not isinstance(value, bool):
        said = key(_as_typed(str(value)))
        if re.fullmatch(r"\d{5}", said, re.ASCII) and FIRST_DAY <= int(said) <= LAST_DAY:
            return ZERO + timedelta(days=int(said))
        said = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", said)
        if found := _DATE.fullmatch(said):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                raise Misread("cell.no_such_day", value=shown(value)) from None
        if _lacks_its_year(said):
            raise Misread("cell.no_year", value=shown(value))
    raise Misread("cell.not_a_date", value=shown(value))


def _lacks_its_year(said: str) -> bool:
    """Whether it is a day of any year: 11月27日, 11-27. Which year is meant is for people to say."""
    found = _WITHOUT_YEAR.fullmatch(said)
    if not found:
        return False
    month, day = sorted((int(found["one"]), int(found["other"]))) if found["one"] else map(int, found.group(1, 2))
    return 1 <= month <= 12 and 1 <= day <= 31


def time_of(value: Any) -> time:
    """A time of day: a time of Excel, 9:00, 9点半, 下午2:30, 14.30, 1430, 12:30 AM; of 9:00-11:30 the beginning.

    晚上12点 is 0:00; see ``is_midnight`` for the day.
    """
    if (days := _days_in(value)) is not None:
        raise Misread("cell.days_not_a_time", value=days)
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, float) and (0 <= value < 1 or (FIRST_DAY <= value <= LAST_DAY and value % 1)):
        return (datetime(2000, 1, 1, tzinfo=HALL) + timedelta(seconds=round(value % 1 * 86400))).time()
    found = _spoken(value)
    if not found:
        raise Misread("cell.not_a_time", value=shown(value))
    part, hour, minute, second = found[1] or found[5] or "", int(found[2]), found[3] or "0", Decimal(found[4] or 0)
    hours = _HALVES.get(_PARTS_OF_DAY.get(part, part), {each: each for each in range(24)})
    if is_midnight(value):
        hours = {**hours, 24: 24}
    try:
        return time(
            hours[hour] % 24,
            _MINUTES[minute] if minute in _MINUTES else int(minute),
            int(second),
            int(second % 1 * 10**6),
        )
    except (ValueError, KeyError):
        raise Misread("cell.not_a_time", value=shown(value)) from None


def is_midnight(value: Any) -> bool:
    """Whether a time of day is the midnight with which the day ends: 晚上12点, 24:00."""
    found = _spoken(value)
    if found is None:
        return False
    part = _PARTS_OF_DAY.get(found[1] or "", found[1] or "")
    is_full = found[3] in (None, "0", "00", "整") and not Decimal(found[4] or 0)
    return (part == "晚上" and found[2] in ("12", "24")) or (part == "" and found[2] == "24" and is_full)


def has_an_end(value: Any) -> bool:
    """Whether a text says from when to when."""
    text = _time_in(value)
    return bool(text and _RANGE.fullmatch(text) and _spoken(value))


def _spoken(value: Any) -> re.Match[str] | None:
    """A time of day as it is spoken: the first, if there are two, both of which must be such."""
    text = _time_in(value)
    both = _RANGE.fullmatch(text)
    times = [_TIME.fullmatch(each) for each in (both.groups() if both else (text,))]
    return times[0] if all(times) else None


def _time_in(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and 1000 <= value <= 2400 and value == int(value):
        value = str(int(value))
    if not isinstance(value, str) or is_too_long(value):
        return ""
    found = _day_and_rest(value)
    said = _with_digits(key(found[1] if found else value).translate(_COLONS))
    for written in _IN_FIGURES:
        said = written.sub(r"\1:\2", said)
    return said.replace("a.m.", "am").replace("p.m.", "pm")


def day_and_time_of(value: Any) -> tuple[date, time | None]:
    """A day, and the time of day if it stands in the same cell."""
    if isinstance(value, datetime) and value.time() != time() and _days_in(value) is None:
        return value.date(), value.time()
    if isinstance(value, float) and FIRST_DAY <= value <= LAST_DAY and value % 1:
        return _date(int(value)), time_of(value)
    if isinstance(value, str) and (found := _day_and_rest(value)):
        try:
            return _date(found[0]), time_of(found[1])
        except Misread:
            pass
    return _date(value), None


def weekday_in(value: Any) -> int | None:
    """The day of the week that a text names beside its date, 0 the Monday."""
    found = _ON_WHICH.search(key(_as_typed(value))) if isinstance(value, str) else None
    return _WEEK.index(found[1].replace("天", "日")) if found else None


def said_twice(day: date, beside: time | None, at: time, said: Any) -> Iterator[Said]:
    """What a start says twice, and not alike: ``beside`` its date and as the time ``at``, or a day before that in what
    was ``said`` for it."""
    if beside not in (None, at):
        yield Said("start.said_twice", {"one": f"{beside:%H:%M}", "other": f"{at:%H:%M}"})
    if holds_a_day(said) and (other := date_of(said)) != day:
        yield Said("start.said_twice", {"one": day.isoformat(), "other": other.isoformat()})


def other_weekday(day: date, said: Any) -> Said | None:
    """That a date and the day of the week beside it are not the same day, if they are not."""
    weekday = weekday_in(said)
    if weekday is None or weekday == day.weekday():
        return None
    facts: dict[str, Fact] = {"said": _WEEK[weekday], "is_one": _WEEK[day.weekday()], "day": day.isoformat()}
    return Said("start.other_weekday", facts)


def holds_a_day(value: Any) -> bool:
    try:
        day_and_time_of(value)
    except Misread:
        return False
    return True


def _day_and_rest(text: str) -> tuple[str, str] | None:
    """A day, and what stands behind it in the same text."""
    found = _DAY_AND_TIME.fullmatch(_as_typed(text))
    return (found[1], found[2]) if found and found[2].strip() else None


def _as_typed(text: str) -> str:
    """A text in the letters of a keyboard, with digits for numerals and for the months of English; nothing of one that
    is too long for a day."""
    return "" if is_too_long(text) else in_figures(_with_digits(in_one_form(tidy(text))).translate(_HYPHENS))


def _with_digits(text: str) -> str:
    """Chinese numerals before a unit of time as digits: 二〇二三年十一月十七日九时."""
    return _NUMERALS.sub(lambda found: _digits(found[0]), text)


def _digits(numeral: str) -> str:
    numeral = numeral.replace("○", "〇")
    if "十" not in numeral:
        return "".join(str(DIGITS[each]) for each in numeral)
    number = numeral_of(numeral)
    return numeral if number is None else str(number)


def _days_in(value: Any) -> int | None:
    """The number that was typed into a cell made for dates or times, which makes days of it."""
    if isinstance(value, datetime) and value.year < _EXCELS_CHILDHOOD:
        # Before March 1900 Excel counts a day that never was.
        days = (value.date() - ZERO).days
        return days - 1 if value.date() < date(1900, 3, 1) else days
    if isinstance(value, timedelta) and value >= timedelta(days=1) and not value % timedelta(days=1):
        return value.days
    return None


def offset_of(value: Any) -> timezone:
    """An offset from UTC: +08:00, UTC+8, 北京时间."""
    said = key(value) if isinstance(value, str) else str(value)
    if said in ("北京时间", "中国标准时间", "北京", "cst"):
        return HALL
    found = re.fullmatch(r"(?:utc|gmt)?([+-]?)(\d{1,2})(?::?(\d{2}))?", said, re.ASCII)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        raise Misread("cell.not_an_offset", value=shown(value))
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)
