"""Criteria with their levels, and the lines of the grades, out of a workbook."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from app.meeting.plan import GradeLine
from app.meeting.rubric import Criterion, Level
from app.papers.plan.book import Book
from app.papers.plan.cells import name_of
from app.papers.plan.grade_lines import least_of
from app.papers.plan.lines import PlanLine
from app.papers.plan.references import pair
from app.papers.plan.sheets import GRADES, LEVELS, RUBRIC


def criteria_in(book: Book) -> tuple[Criterion, ...]:
    numbered = book.numbered(RUBRIC)
    for id, line in numbered:
        book.names[RUBRIC].add(id, (line.need("指标", ""),))
    levels = _levels(book, [id for id, _ in numbered])
    criteria: list[Criterion] = []
    for id, line in numbered:
        criterion = _criterion(id, line, levels.get(id))
        for at, (level, level_line) in enumerate(levels.get(id, ())):
            book.at[LEVELS, (len(criteria), at)] = level_line
            book.rows[LEVELS, pair(id, level.name)] = level_line.row or 0
        book.keep(RUBRIC, criteria, criterion, line)
    return tuple(criteria)


def _levels(book: Book, criteria: Sequence[str]) -> dict[str, list[tuple[Level, PlanLine]]]:
    """The readable levels of each criterion that has any lines of levels at all."""
    levels: dict[str, list[tuple[Level, PlanLine]]] = {}
    for line in book.lines(LEVELS):
        of = criteria[0] if len(criteria) == 1 and not line.says("指标") else book.reference(line, "指标", RUBRIC)
        level = Level(
            line.need("分值", Decimal(0)),
            line.need("等次", ""),
            line.read("计入优良率", False),
        )
        _look_at_level(book, line)
        if of is not None:
            levels.setdefault(of, []).extend([] if line.is_bad else [(level, line)])
    return levels


def _look_at_level(book: Book, line: PlanLine) -> None:
    value = line.cells["等次"].value if line.says("等次") else None
    if isinstance(value, str) and re.search(r"\S[、/／，,；;]\S", value):
        book.mistakes.warn(line.place("等次"), "level.looks_like_several", text=name_of(value))


def _criterion(id: str, line: PlanLine, levels: Sequence[tuple[Level, PlanLine]] | None) -> Criterion:
    """A criterion from its line; one with levels takes its range from them where it says nothing itself."""
    points = [level.points for level, _ in levels or ()]
    maximum = line.read("满分", max(points, default=None))
    if maximum is None and not line.is_bad:
        if levels is None:
            line.lack("满分")
        line.is_bad = True  # of its levels none was readable, and that has been said
    return Criterion(
        id=id,
        name=line.read("指标", ""),
        maximum=Decimal(0) if maximum is None else maximum,
        minimum=line.read("最低分", min(points, default=Decimal(0))),
        step=line.read("最小计分单位", Decimal("0.5")),
        weight=line.read("权重", Decimal(1)),
        help=line.read("说明", ""),
        levels=tuple(level for level, _ in levels or ()),
    )


def grades_in(book: Book) -> tuple[GradeLine, ...]:
    grades: list[GradeLine] = []
    for line in book.lines(GRADES):
        grade = GradeLine(line.need("最低得分", Decimal(0), least_in(line, "最低得分")), line.need("等次", ""))
        _look_at_level(book, line)
        if not line.is_bad:
            book.at[GRADES, len(grades)] = line
            book.rows[GRADES, grade.name] = line.row or 0
            grades.append(grade)
    return tuple(grades)


def least_in(line: PlanLine, heading: str) -> Callable[[Any], Decimal]:
    """Reads the total from which a grade is reached; that one of “60以下” begins with nothing is said."""

    def parse(value: Any) -> Decimal:
        least = least_of(value)
        if least.is_the_rest:
            line.mistakes.warn(line.place(heading), "grade.is_the_rest", value=str(value).strip())
        return least.points

    return parse
