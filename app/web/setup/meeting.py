"""The page of the meeting itself: what, when, where, who invites, and in which mode."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, ClassVar

from app.meeting.plan import Mode, Order, Plan
from app.papers.plan import times
from app.papers.plan.names import tidy_name
from app.web.setup.page import SetupPage
from app.web.setup.typed import Reader, Typed

OFFSETS = tuple(range(-12 * 60, 14 * 60 + 1, 60))
CHINA = 8 * 60
MOST_ORGANISERS = 20


class MeetingPage(SetupPage):
    name = "meeting"
    fields = ("title", "date", "time", "offset", "place", "organisers", "mode", "order", "invited_only")
    words: ClassVar = {"mode": "mode", "order": "order"}

    def part(self, plan: Plan) -> Any:
        return (plan.title, plan.starts_at, plan.place, plan.organisers, plan.mode, plan.order, plan.invited_only)

    def typed(self, plan: Plan) -> Typed:
        offset = plan.starts_at.utcoffset()
        return Typed(
            {
                "title": plan.title,
                "date": plan.starts_at.date().isoformat(),
                "time": _clock_text(plan),
                "offset": str(CHINA if offset is None else offset // timedelta(minutes=1)),
                "place": plan.place,
                "organisers": "\n".join(plan.organisers),
                "mode": plan.mode,
                "order": plan.order,
                "invited_only": "on" if plan.invited_only else "",
            }
        )

    def take(self, plan: Plan, reader: Reader) -> Plan:
        return replace(
            plan,
            title=reader.needed_line("title"),
            starts_at=starts_at(reader, _clock_text(plan)),
            place=reader.line("place"),
            organisers=_organisers(reader),
            mode=reader.choice("mode", Mode),
            order=reader.choice("order", Order),
            invited_only=reader.flag("invited_only"),
        )

    def more(self, plan: Plan, _typed: Typed) -> dict[str, Any]:
        own = plan.starts_at.utcoffset()
        minutes = CHINA if own is None else own // timedelta(minutes=1)
        offsets = sorted({*OFFSETS, minutes})
        return {
            "modes": [str(mode) for mode in Mode],
            "orders": [str(order) for order in Order],
            "offsets": [(str(each), _offset_text(each)) for each in offsets],
        }


def starts_at(reader: Reader, first_time: str) -> datetime:
    """Date and time of the hall, with the hall's offset from UTC (China's unless another is given).

    A date that is pasted with its time says both, as long as the field of the time is empty or as the form was made
    (``first_time``). What was typed there, and is another time or of another day, is asked about.
    """
    none_said: tuple[date, time | None] = (date(2000, 1, 1), None)
    day, beside = reader.read("date", times.day_and_time_of, none_said)
    field = "date" if beside is not None and reader.typed.text("time").strip() in ("", first_time) else "time"
    clock = reader.read(field, times.time_of, time(9))
    said = reader.typed.text(field)
    if "date" not in reader.complaints:
        for twice in times.said_twice(day, beside, clock, said):
            reader.complain("time", twice.code, **twice.facts)
        if other := times.other_weekday(day, reader.typed.text("date")):
            reader.complain("date", other.code, **other.facts)
    if times.is_midnight(said) and day < date.max:
        day += timedelta(days=1)
    return datetime.combine(day, clock, timezone(timedelta(minutes=_offset(reader))))


def _clock_text(plan: Plan) -> str:
    return plan.starts_at.strftime("%H:%M")


def _offset(reader: Reader) -> int:
    text = reader.typed.text("offset") or str(CHINA)
    try:
        minutes = int(text)
    except ValueError:
        minutes = 10_000
    if not -14 * 60 <= minutes <= 14 * 60:
        reader.complain("offset", "field.no_choice")
        return CHINA
    return minutes


def _organisers(reader: Reader) -> tuple[str, ...]:
    lines = [tidy_name(line) for line in reader.paragraph("organisers").splitlines()]
    organisers = tuple(line for line in lines if line)
    if len(organisers) > MOST_ORGANISERS:
        reader.complain("organisers", "field.too_many", most=MOST_ORGANISERS)
    return organisers


def _offset_text(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours:02}:{rest:02}"


PAGE = MeetingPage()
