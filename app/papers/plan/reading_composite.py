"""The parts of a composite, and its grades, out of a workbook."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.papers.plan.book import Book
from app.papers.plan.joined_sheets import COMPOSITE_GRADES, PARTS
from app.papers.plan.reading_rubric import least_in


def composite_in(book: Book, said: Mapping[str, Any]) -> Composite:
    """``said``: what the entries say, by field."""
    return Composite(_parts(book), _grades(book), **said)


def _parts(book: Book) -> tuple[Part, ...]:
    parts: list[Part] = []
    for id, line in book.numbered(PARTS):
        part = Part(
            id,
            line.need("部分", ""),
            line.need("权重", Decimal(1)),
            line.read("来源", Source.ENTERED),
            line.read("满分", None),
        )
        book.keep(PARTS, parts, part, line)
    return tuple(parts)


def _grades(book: Book) -> tuple[CompositeGrade, ...]:
    grades: list[CompositeGrade] = []
    for line in book.lines(COMPOSITE_GRADES):
        at_least = line.need("最低分", Decimal(0), least_in(line, "最低分"))
        grade = CompositeGrade(line.need("等次", ""), at_least, line.read("前百分之几", None))
        if not line.is_bad:
            book.at[COMPOSITE_GRADES, len(grades)] = line
            book.rows[COMPOSITE_GRADES, grade.name] = line.row or 0
            grades.append(grade)
    return tuple(grades)
