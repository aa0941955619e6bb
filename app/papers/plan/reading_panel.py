"""Units, seats and recusals out of a workbook."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.meeting.plan import Seat, Unit
from app.papers.plan.book import Book
from app.papers.plan.headings import label_of
from app.papers.plan.lines import PlanLine
from app.papers.plan.mistakes import Where
from app.papers.plan.names import tidy_name
from app.papers.plan.numbered import is_numbered, without_numbers
from app.papers.plan.reading_groups import Groups
from app.papers.plan.references import pair
from app.papers.plan.sheets import PANEL, RECUSALS, UNITS
from app.papers.plan.tables import is_list_of_persons


def units_in(book: Book) -> tuple[Unit, ...]:
    units: list[Unit] = []
    lines = book.numbered(UNITS)
    bare = _without_numbers(book, [line for _, line in lines if not line.says("编号")])
    for id, line in lines:
        written = line.need("单位名称", "")
        name = bare.get(line.row, written)
        short = line.read("简称", name)
        short = (without_numbers([short]) or [short])[0] if line.row in bare else short
        office, reading, of_class = (line.read(heading, "") for heading in ("报告人职务", "读音", "分类"))
        unit = Unit(id, name, short, office, reading=reading, of_class=of_class)
        book.names[UNITS].add(id, (unit.name, unit.short_name, written))
        line.is_bad = False  # kept all the same: the agenda speaks of it
        book.keep(UNITS, units, unit, line)
    return tuple(units)


def _without_numbers(book: Book, lines: Sequence[PlanLine]) -> dict[int | None, str]:
    """By row, the names of units whose list came with a number before each; said once.

    Where only some have one, these may be headings of the others: that is asked about.
    """
    names = {line.row: tidy_name(label_of(line.cells["单位名称"].value)) for line in lines if line.says("单位名称")}
    bare = without_numbers(list(names.values()))
    if bare:
        first = next(iter(names.values()))
        book.mistakes.warn(Where(UNITS, None, "单位名称"), "units.numbers_left_out", example=first, name=bare[0])
        return dict(zip(names, bare, strict=True))
    for line in lines:
        if is_numbered(names.get(line.row, "")):
            book.mistakes.warn(line.place("单位名称"), "line.looks_like_heading", text=names[line.row])
    return {}


def panel_in(book: Book, groups: Groups) -> tuple[Seat, ...]:
    seats: list[Seat] = []
    numbers: Counter[str] = Counter()
    numbered: list[str] = []
    is_listed = PANEL in book.grids and is_list_of_persons(book.grids[PANEL])
    for id, line in book.numbered(PANEL):
        group = groups.of(line)
        numbers[group] += 1
        label = f"{groups.called(group)}{numbers[group]}" if is_listed else line.need("席位", "")
        book.names[PANEL].add(id, (label,))
        book.keep(PANEL, seats, Seat(id, label, group), line)
        if is_listed:
            numbered.append(label)
    if numbered:  # a list of persons has no seats: they are on offer, and no name is taken
        book.mistakes.warn(Where(PANEL, None, "席位"), "panel.numbered", labels=tuple(numbered))
    return tuple(seats)


def with_recusals(book: Book, panel: tuple[Seat, ...]) -> tuple[Seat, ...]:
    recusals: dict[str, dict[str, str]] = defaultdict(dict)
    lines: dict[str, list[PlanLine]] = defaultdict(list)
    for line in book.lines(RECUSALS):
        seat = book.reference(line, "席位", PANEL)
        unit = book.reference(line, "单位", UNITS)
        reason = line.read("事由", "")
        if unit is not None and seat is not None and unit in recusals[seat]:
            book.mistakes.error(line.place("单位"), "recusal.twice", row=_row_of(lines[seat], recusals[seat], unit))
        elif unit is not None and seat is not None:
            recusals[seat][unit] = reason
            lines[seat].append(line)
            book.rows[RECUSALS, pair(seat, unit)] = line.row or 0
    for at, seat_of in enumerate(panel):
        for recusal_at, line in enumerate(lines[seat_of.id]):
            book.at[RECUSALS, (at, recusal_at)] = line
    return tuple(
        replace(
            seat,
            recusals=tuple(recusals[seat.id]),
            reasons={unit: reason for unit, reason in recusals[seat.id].items() if reason},
        )
        for seat in panel
    )


def _row_of(lines: Sequence[PlanLine], recusals: Mapping[str, str], unit: str) -> int:
    return lines[list(recusals).index(unit)].row or 0
