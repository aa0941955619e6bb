"""The agenda out of a workbook."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from itertools import pairwise
from typing import Any

from app.meeting.plan import AgendaItem, ItemKind, Segment
from app.papers.plan.book import Book
from app.papers.plan.cells import choice_of
from app.papers.plan.choices import word_of
from app.papers.plan.lines import PlanLine
from app.papers.plan.mistakes import Misread, Where
from app.papers.plan.segments import IN_COLUMNS
from app.papers.plan.sheets import AGENDA, UNITS
from app.papers.plan.times import clock_of

EARLIEST = 7
"""The hour from which on a row of rising times is when reports begin, and not how long they are."""


def agenda_in(book: Book, short_names: Mapping[str, str]) -> tuple[AgendaItem, ...]:
    items: list[AgendaItem] = []
    lines = book.numbered(AGENDA)
    _must_have_reports(book, [line for _, line in lines])
    _must_not_be_clocks(book, [line for _, line in lines])
    for id, line in lines:
        unit = book.reference(line, "单位", UNITS) if line.says("单位") else None
        kind = _kind(line)
        title = line.read("标题", "") or short_names.get(unit or "") or word_of(kind)
        book.keep(AGENDA, items, AgendaItem(id, kind, title, _segments(line), unit), line)
    return tuple(items)


def _must_have_reports(book: Book, lines: Sequence[PlanLine]) -> None:
    """Say once, and not of every unit, that the column of the reports is missing."""
    reports = [line for line in lines if line.says("单位")]
    gives_time = any(line.says(each) for line in reports for each in ("履职报告", "时长", "其他环节安排"))
    if reports and "履职报告" not in reports[0].cells and not gives_time:
        book.mistakes.error(Where(AGENDA, None, "履职报告"), "column.missing", heading="履职报告")
        for line in reports:
            line.is_bad = True


def _must_not_be_clocks(book: Book, lines: Sequence[PlanLine]) -> None:
    """Ask about minutes that are when each report begins: 9:00, 9:14, 9:28."""
    for heading in map(word_of, IN_COLUMNS):
        said = [line for line in lines if line.says(heading)]
        begins = [clock_of(line.cells[heading].value) for line in said]
        hours = [each for each in begins if each is not None]
        if len(hours) == len(said) > 1 and hours[0].hour >= EARLIEST and _rise(hours):
            book.mistakes.error(said[0].place(heading), "segments.are_clocks", first=f"{hours[0]:%H:%M}")


def _kind(line: PlanLine) -> ItemKind:
    if line.says("单位") and not line.says("类型"):
        return ItemKind.PRESENTATION
    if not line.says("类型") and (titled := _kind_of(line.cells["标题"].value if line.says("标题") else None)):
        return titled
    kind: ItemKind = line.need("类型", ItemKind.OPENING)
    return kind


def _kind_of(title: Any) -> ItemKind | None:
    """The kind that a title names, other than a report: which unit it is of would not be known."""
    try:
        kind: ItemKind = choice_of(ItemKind, title)
    except Misread:
        return None
    return None if kind is ItemKind.PRESENTATION else kind


def _segments(line: PlanLine) -> tuple[Segment, ...]:
    columns = [kind for kind in IN_COLUMNS if line.says(word_of(kind))]
    if not line.says("其他环节安排"):
        return tuple(Segment(kind, line.read(word_of(kind), timedelta())) for kind in columns)
    if columns:
        line.complain("其他环节安排", Misread("segments.twice", columns=tuple(map(word_of, columns))))
        return ()
    segments: tuple[Segment, ...] = line.read("其他环节安排", ())
    return segments


def _rise(times: Sequence[time]) -> bool:
    return all(first < second for first, second in pairwise(times))
