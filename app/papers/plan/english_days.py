"""Days as English writes them: 27 Nov 2026, Friday 27th November 2026, November 27, 2026."""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEK = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "一二三四五六日", strict=True))

_WEEKDAY = r"(?:(?P<on>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?[\s,]*)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_REST = r"(?:[\s,-]+(?P<year>\d{4})(?!\d)[\s,]*(?:at\s+)?(?P<rest>.*)|\s*)"
_WRITTEN = tuple(
    re.compile(_WEEKDAY + order + _REST, re.ASCII | re.IGNORECASE | re.DOTALL)
    for order in (rf"{_DAY}[\s-]*(?:of\s+)?{_MONTH}", rf"{_MONTH}[\s-]*{_DAY}")
)


def in_figures(text: str) -> str:
    """A text that begins with such a day, with the day as 2026-11-27周五, without a year as 11-27; or as it is.

    A day in figures alone, 27/11/2026, is none: half the world reads the month first.
    """
    found = next((found for written in _WRITTEN if (found := written.fullmatch(text))), None)
    if not found:
        return text
    month, day = _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    if not found["year"]:
        return f"{month}-{day}"
    weekday = f"周{_WEEK[found['on'][:3].lower()]}" if found["on"] else ""
    return f"{found['year']}-{month:02}-{day:02}{weekday} {found['rest']}".rstrip()
