"""A meeting out of a workbook: every cell read or complained about, then the plan as a whole looked at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.meeting.plan import GradeLine, Mode, Plan, Preset, Rules
from app.meeting.refusals import Said
from app.papers.plan import times
from app.papers.plan.book import Book
from app.papers.plan.grids import grids_of
from app.papers.plan.joined_sheets import COMPOSITE
from app.papers.plan.judging import Judge
from app.papers.plan.lines import PlanLine
from app.papers.plan.mistakes import Mistake, Reading, Unreadable, Where
from app.papers.plan.naming_sheets import Named, named
from app.papers.plan.quorums import Quorum
from app.papers.plan.reading_agenda import agenda_in
from app.papers.plan.reading_composite import composite_in
from app.papers.plan.reading_groups import groups_in
from app.papers.plan.reading_panel import panel_in, units_in, with_recusals
from app.papers.plan.reading_rubric import criteria_in, grades_in
from app.papers.plan.sheets import ENTRIES, MEETING, NEEDED_SHEETS, ORDER_OF_SHEETS, RULES, WORDS, heading_of
from app.papers.plan.spoken_words import words_in

NO_DAY = date(2000, 1, 1)
"""Stands in for a day that could not be read, so that the rest can be judged."""


def read_workbook(content: bytes) -> Reading:
    """What a workbook says. Raises Unreadable if it is none."""
    sheets = named(grids_of(content))
    if not sheets.grids.keys() & set(NEEDED_SHEETS):
        raise Unreadable("file.no_template", sheets=NEEDED_SHEETS)
    book = Book(sheets.grids)
    _look_at_sheets(book, sheets)
    plan = _plan(book)
    is_readable = not book.mistakes.has_errors
    Judge(plan, book.mistakes, book.at).judge()
    found = sorted(book.mistakes.all, key=_by_place)
    told = tuple(_as_called(each, sheets.called) for each in found)
    return Reading(plan if is_readable else None, told, book.rows, frozenset(book.made))


def _look_at_sheets(book: Book, sheets: Named) -> None:
    for name in book.grids:
        if name not in ORDER_OF_SHEETS:
            book.mistakes.warn(Where(name), "sheet.unknown", sheet=name)
    for meant, name in sheets.twice:
        book.mistakes.warn(Where(name), "sheet.twice", sheet=meant, other=name)
    for meant in sheets.guessed:
        name = sheets.called[meant]
        book.mistakes.warn(Where(meant), "sheet.taken_as", sheet=name, meant=meant)
    for name in NEEDED_SHEETS:
        if name not in book.grids:
            book.mistakes.error(Where(name), "sheet.missing", sheet=name)
    if RULES not in book.grids:
        book.mistakes.warn(Where(RULES), "sheet.left_out", sheet=RULES)


def _plan(book: Book) -> Plan:
    units = units_in(book)
    groups = groups_in(book)
    seats = panel_in(book, groups)
    criteria = criteria_in(book)
    rules = _rules(book, grades_in(book), groups.weights)
    agenda = agenda_in(book, {unit.id: unit.short_name for unit in units})
    line, said = _said(book, MEETING)
    # A meeting whose mode is unreadable is judged as the one that needs least.
    said = {"code": "", "title": "?", "mode": Mode.COMMENTS, **said, "starts_at": _start(line)}
    said["organisers"] = tuple(name for names in said["organisers"] for name in names)
    seats = with_recusals(book, seats)
    said["composite"] = composite_in(book, _said(book, COMPOSITE)[1])
    said["groups"], said["words"] = tuple(groups.groups), words_in(_said(book, WORDS)[1])
    return Plan(**said, units=units, seats=seats, agenda=agenda, criteria=criteria, rules=rules)


def _rules(book: Book, grades: tuple[GradeLine, ...], weights: Mapping[str, Decimal]) -> Rules:
    line, said = _said(book, RULES)
    usual = Rules()
    quorum = said.pop("quorum", Quorum(usual.quorum))
    older = {str(each): said.pop(f"group_weights.{each}") for each in Preset if f"group_weights.{each}" in said}
    for preset, weight in older.items():
        if weights.get(preset, weight) != weight:
            line.mistakes.error(line.place(heading_of(RULES, f"group_weights.{preset}")), "group.weighed_twice")
    return Rules(
        **said,
        grades=grades,
        group_weights={**older, **weights},
        quorum=quorum.share,
        quorum_parts=quorum.parts,
        quorum_by=quorum.by or usual.quorum_by,
    )


APART = ("date", "time", "starts_at")
"""When a meeting starts is read from three entries together."""


def _said(book: Book, sheet: str) -> tuple[PlanLine, dict[str, Any]]:
    """By field what the entries of a sheet say; of one that may stand several times, all."""
    line, repeated = book.entries(sheet)
    said: dict[str, Any] = {}
    for column in ENTRIES[sheet]:
        if column.is_repeated:
            values = (one.read(column.heading, None) for one in repeated.get(column.heading, ()))
            said[column.field] = tuple(each for each in values if each is not None)
        elif column.field not in APART:
            read = line.need if column.is_needed else line.read
            said[column.field] = read(column.heading, None)
    return line, {field: value for field, value in said.items() if value is not None}


def _start(line: PlanLine) -> datetime:
    no_day: tuple[date, time | None] = (NO_DAY, None)
    day, beside = line.need("日期", no_day)
    heading, at = "日期", beside or time()
    if beside is None or line.says("开始时间"):
        heading, at = "开始时间", line.need("开始时间", beside or time())
    said = line.cells[heading].value if line.says(heading) else None
    _compare_weekday(line, day)
    for twice in times.said_twice(day, beside, at, said) if day != NO_DAY else ():
        line.mistakes.warn(line.place(heading), twice.code, **twice.facts)
    if times.is_midnight(said) and day < date.max:
        day += timedelta(days=1)
        line.mistakes.warn(line.place(heading), "start.is_midnight", day=day.isoformat())
    if times.has_an_end(said):
        line.mistakes.warn(line.place(heading), "start.end_not_read")
    return datetime.combine(day, at, line.read("时区", times.HALL))


def _compare_weekday(line: PlanLine, day: date) -> None:
    """Say that a date and the day of the week beside it are not the same day."""
    for heading in ("日期", "开始时间"):
        if day != NO_DAY and line.says(heading) and (other := times.other_weekday(day, line.cells[heading].value)):
            line.mistakes.warn(line.place(heading), other.code, **other.facts)
            return


def _by_place(mistake: Mistake) -> tuple[int, int, str]:
    at = ORDER_OF_SHEETS.index(mistake.sheet) if mistake.sheet in ORDER_OF_SHEETS else len(ORDER_OF_SHEETS)
    letter, _, heading = mistake.column.rpartition(" ")
    return at, mistake.row or 0, letter.rjust(3) + heading


def _as_called(mistake: Mistake, called: Mapping[str, str]) -> Mistake:
    """With the names that the sheets have in the file, which may be others than those that are meant."""
    said = mistake.said
    if said.code.startswith("reference.") and (sheet := called.get(str(said.facts["sheet"]))):
        said = Said(said.code, {**said.facts, "sheet": sheet})
    return replace(mistake, said=said, sheet=called.get(mistake.sheet, mistake.sheet))
