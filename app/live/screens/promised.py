"""What the units promised at the meeting before, on the screens: how many, and each with what became of it."""

from app.live.contexts import Context
from app.meeting.findings.promised import promised
from app.meeting.measure import HEAD, Area, lines_of, packed
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan, Unit
from app.meeting.promises import agreed as of

BESIDE = Area(11, 10)
"""Beside the unit on the display, under the line that counts them."""

STANDS, LATE, REOPENED = "1　持续整改", " · 逾期 365 天", " · 反弹重开 2 次"
"""About what stands above the text of a promise."""


class PromisesCounted(Context, frozen=True, kw_only=True):
    promised: int
    struck_off: int
    late: int
    reopened: int


class Promised(Context, frozen=True, kw_only=True):
    """``text``: as the finding was issued; ``promised``: the measures that were agreed, if any."""

    number: int
    text: str
    promised: str
    standing: str
    days_late: int
    reopenings: int


class PartOfPromise(Promised, frozen=True, kw_only=True):
    """What of it stands on a page of a display: ``part`` of ``parts``, one-based."""

    part: int
    parts: int


def counted_of_all(meeting: Meeting) -> PromisesCounted | None:
    """None where no meeting before is named."""
    return _counted(promised(meeting.plan)) if meeting.plan.previous.code else None


def counted_of(plan: Plan, unit: Unit) -> PromisesCounted | None:
    return _counted(of.count_of(unit.promises)) if plan.previous.code and unit.promises else None


def _counted(count: of.Count) -> PromisesCounted:
    return PromisesCounted(
        promised=count.promised, struck_off=count.struck_off, late=count.late, reopened=count.reopened
    )


def listed(unit: Unit) -> list[Promised]:
    return [
        Promised(
            number=each.number,
            text=each.text,
            promised=each.promised,
            standing=each.standing,
            days_late=each.days_late,
            reopenings=each.reopenings,
        )
        for each in unit.promises
    ]


def pages(unit: Unit) -> list[list[PartOfPromise]]:
    """For a display: a long one runs over several pages, and none is set smaller than a hall can read."""
    found = listed(unit)
    packs = packed([each.text for each in found], BESIDE, [_head(each) for each in found])
    return [[_part(found[part.at], part.text, part.part, part.parts) for part in page] for page in packs]


def _head(promise: Promised) -> int:
    """Lines besides the text."""
    said = STANDS + (LATE if promise.days_late else "") + (REOPENED if promise.reopenings else "")
    return HEAD + len(lines_of(said, BESIDE.width)) - 1


def _part(promise: Promised, text: str, part: int, parts: int) -> PartOfPromise:
    return PartOfPromise(
        number=promise.number,
        text=text,
        promised="",
        standing=promise.standing,
        days_late=promise.days_late,
        reopenings=promise.reopenings,
        part=part,
        parts=parts,
    )
