"""The page of the agenda: what comes when, and how long it takes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, ItemKind, Plan, Segment, SegmentKind
from app.meeting.timing import planned_finish, timetable
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import Reader, Typed, minutes_text

ROWS = Rows("items", ("kind", "title", "unit", "report", "comments", "reply", "scoring", "minutes"))
SEGMENTS = (SegmentKind.REPORT, SegmentKind.COMMENTS, SegmentKind.REPLY, SegmentKind.SCORING)
USUAL_SEGMENTS = {"report": "8", "comments": "3", "reply": "", "scoring": "1"}
USUAL_MINUTES = {
    ItemKind.OPENING: "5",
    ItemKind.BREAK: "10",
    ItemKind.DISCUSSION: "10",
    ItemKind.ANNOUNCEMENT: "3",
    ItemKind.SUMMARY: "15",
}
UNITS_BEFORE_A_BREAK = 6
"""From this many units on, the standard agenda has a break in its middle."""


class AgendaPage(SetupPage):
    name = "agenda"
    rows = (ROWS,)
    words: ClassVar = {"kind": "item"}

    def part(self, plan: Plan) -> Any:
        return plan.agenda

    def typed(self, plan: Plan) -> Typed:
        return Typed().with_rows("items", [(item.id, _row(item)) for item in plan.agenda])

    def take(self, plan: Plan, reader: Reader) -> Plan:
        known = {item.id: item for item in plan.agenda}
        keys = reader.typed.keys("items")
        taken = set(keys)
        items, reporting = [], set[str]()
        for key in keys:
            item = _item(plan, f"items.{key}", reader)
            if item.unit and item.unit in reporting:
                reader.complain(f"items.{key}.unit", "agenda.reports_already")
            if item.unit:
                reporting.add(item.unit)
            before = known.get(key)
            items.append(_with_id(item, before, taken))
            taken.add(items[-1].id)
        return replace(plan, agenda=tuple(items))

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add":
                return _with_item(plan, typed, target)
            case "standard":
                return standard(plan, typed)
        return super().act(plan, typed, action, target)

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        looked_at = self.take(plan, Reader(typed))
        return {
            "units": [(unit.id, unit.short_name) for unit in plan.units],
            "segments": [str(kind) for kind in SEGMENTS],
            "kinds": [str(kind) for kind in ItemKind],
            "timetable": clock_times(looked_at),
        }


def _row(item: AgendaItem) -> dict[str, str]:
    row = {"kind": str(item.kind), "title": item.title}
    if item.kind is not ItemKind.PRESENTATION:
        return {**row, "minutes": minutes_text(item.planned)}
    times = dict.fromkeys(SEGMENTS, timedelta())
    for segment in item.segments:
        times[segment.kind] = times.get(segment.kind, timedelta()) + segment.planned
    row["unit"] = item.unit or ""
    return row | {str(kind): minutes_text(times[kind]) if times[kind] else "" for kind in SEGMENTS}


def _with_id(item: AgendaItem, before: AgendaItem | None, taken: set[str]) -> AgendaItem:
    """The id it had. A presentation is called after its unit, for its round will be."""
    if before and before.unit == item.unit:
        return replace(item, id=before.id)
    stem = f"report-{item.unit}" if item.unit else str(item.kind)
    return replace(item, id=stem if stem not in taken else new_id(stem, taken))


def _item(plan: Plan, row: str, reader: Reader) -> AgendaItem:
    kind = reader.choice(f"{row}.kind", ItemKind)
    if kind is not ItemKind.PRESENTATION:
        title = reader.needed_line(f"{row}.title")
        return AgendaItem("", kind, title, tuple(_segments(row, {"minutes": SegmentKind.WHOLE}, reader)))
    names = {unit.id: unit.short_name for unit in plan.units}
    unit = reader.typed.text(f"{row}.unit")
    if unit not in names:
        reader.complain(f"{row}.unit", "agenda.unit_needed")
    fields = {str(kind): kind for kind in SEGMENTS}
    return AgendaItem("", kind, names.get(unit, ""), tuple(_segments(row, fields, reader)), unit or None)


def _segments(row: str, fields: dict[str, SegmentKind], reader: Reader) -> list[Segment]:
    times = {name: reader.minutes(f"{row}.{name}") for name in fields}
    segments = [Segment(fields[name], time) for name, time in times.items() if time]
    if not segments:
        reader.complain(f"{row}.{next(iter(fields))}", "agenda.time_needed")
    return segments


def _with_item(plan: Plan, typed: Typed, kind: str) -> Typed:
    if kind not in set(ItemKind):
        return typed
    if kind == ItemKind.PRESENTATION:
        reporting = {typed.text(f"items.{key}.unit") for key in typed.keys("items")}
        unit = next((unit.id for unit in plan.units if unit.id not in reporting), "")
        last = _last_presentation(typed)
        added = typed.with_row("items", {"kind": kind, "unit": unit, **last})
        return added.with_texts({"focus": f"items.{added.keys('items')[-1]}.unit"})
    added = typed.with_row("items", _whole(ItemKind(kind)))
    return added.with_texts({"focus": f"items.{added.keys('items')[-1]}.title"})


def _last_presentation(typed: Typed) -> dict[str, str]:
    """The minutes of the report above, which the next one usually shares."""
    rows = [typed.row("items", key) for key in typed.keys("items")]
    presentations = [row for row in rows if row.get("kind") == ItemKind.PRESENTATION]
    return {name: presentations[-1].get(name, "") for name in USUAL_SEGMENTS} if presentations else USUAL_SEGMENTS


def standard(plan: Plan, typed: Typed) -> Typed:
    """Opening, every unit (8 + 3 + 1), a break in the middle, discussion, announcement of results, summary."""
    scoring = USUAL_SEGMENTS["scoring"] if plan.is_scored else ""
    reports = [
        {"kind": str(ItemKind.PRESENTATION), "unit": unit.id, **USUAL_SEGMENTS, "scoring": scoring}
        for unit in plan.units
    ]
    middle = (len(reports) + 1) // 2
    pause = [_whole(ItemKind.BREAK)] if len(reports) >= UNITS_BEFORE_A_BREAK else []
    end = [ItemKind.DISCUSSION, *([ItemKind.ANNOUNCEMENT] if plan.is_scored else []), ItemKind.SUMMARY]
    rows = [_whole(ItemKind.OPENING), *reports[:middle], *pause, *reports[middle:], *map(_whole, end)]
    return typed.with_rows("items", [(f"new-{at}", row) for at, row in enumerate(rows, start=1)])


def _whole(kind: ItemKind) -> dict[str, str]:
    # Titles belong to the meeting, not to who looks: they are Chinese in either language.
    title = catalogue(Language.CHINESE).gettext(WORDS[f"item.{kind}"])
    return {"kind": str(kind), "title": title, "minutes": USUAL_MINUTES[kind]}


def clock_times(plan: Plan) -> dict[str, Any]:
    """The timetable in the hall's own time, and when it ends."""
    meeting = Meeting.planned(plan)
    hall = plan.starts_at.tzinfo
    rows = []
    for item, times in zip(plan.agenda, timetable(meeting), strict=True):
        rows.append(
            {
                "start": times.planned_start.astimezone(hall).strftime("%H:%M"),
                "kind": str(item.kind),
                "title": item.title,
                "minutes": minutes_text(item.planned),
            }
        )
    end = planned_finish(meeting).astimezone(hall)
    length = planned_finish(meeting) - plan.starts_at
    return {
        "rows": rows,
        "end": end.strftime("%H:%M"),
        "hours": int(length.total_seconds()) // 3600,
        "minutes": int(length.total_seconds()) % 3600 // 60,
    }


PAGE = AgendaPage()
