"""Composites as letters have them: as they stand for who signs, and as they were announced for everybody else."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.meeting.composites.state import AnnouncedComposite
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.scoring.composite import composites_of, day_to_come
from app.meeting.telling import tells_numbers
from app.papers.letters import names
from app.papers.letters.saying import date_of, listed, said


def joined_for_signature(meeting: Meeting) -> dict[str, Any]:
    return _columns(meeting, _rows(meeting, (each.as_announced for each in composites_of(meeting))))


def joined_as_told(meeting: Meeting) -> dict[str, Any]:
    """By grade alone no number is told, and who is ahead only where the rules say so."""
    plan = meeting.plan
    announced = meeting.composites.announced if meeting.composites.are_announced else ()
    rows = _rows(meeting, announced, with_numbers=tells_numbers(plan), with_ranks=plan.rules.ranks_told)
    return _columns(meeting, rows)


def joined_of_unit(meeting: Meeting, unit: str) -> str:
    """What was announced of a unit, in a sentence; before that the day on which it will be, if the plan names one."""
    told = joined_as_told(meeting)
    if day := told["综合评分公布日"]:
        return said("letter.composites_due", day=day)
    row = next((each for each in told["综合评分"] if each.单位 == meeting.unit(unit).name), None)
    return _in_words(row, told["构成"]) if row else ""


def _in_words(row: names.CompositeRow, parts: Iterable[str]) -> str:
    of = listed(f"{name}{points}" for name, points in zip(parts, row.各项, strict=False))
    of_parts = said("letter.composite_parts", parts=of) if of else ""
    if row.综合得分 == said("letter.part_missing"):
        return said("letter.composite_missing", parts=of_parts)
    told = (
        said("letter.composite_score", score=row.综合得分, parts=of_parts) if row.综合得分 else "",
        said("letter.result_grade", grade=row.等次) if row.等次 else "",
        said("letter.result_rank", rank=row.名次) if row.名次 else "",
    )
    return said("letter.composite", told=listed(filter(None, told)))


def _rows(
    meeting: Meeting, joined: Iterable[AnnouncedComposite], with_numbers: bool = True, with_ranks: bool = True
) -> list[names.CompositeRow]:
    parts = meeting.plan.composite.parts if with_numbers else ()
    return [
        names.CompositeRow(
            序号=str(number),
            单位=meeting.unit(each.unit).name,
            简称=meeting.unit(each.unit).short_name,
            分类=meeting.unit(each.unit).of_class,
            各项=[_points(each.points, part.id) for part in parts],
            综合得分=_score(each, with_numbers),
            等次=each.grade,
            名次=str(each.rank) if with_ranks and each.rank is not None else "",
        )
        for number, each in enumerate(joined, start=1)
    ]


def _points(points: Mapping[str, Decimal], part: str) -> str:
    return str(points[part]) if part in points else said("letter.part_missing")


def _score(joined: AnnouncedComposite, with_numbers: bool) -> str:
    if joined.score is None:
        return said("letter.part_missing")
    return str(joined.score) if with_numbers else ""


def _columns(meeting: Meeting, rows: list[names.CompositeRow]) -> dict[str, Any]:
    has_parts, day = any(row.各项 for row in rows), day_to_come(meeting)
    return {
        "综合评分": rows,
        "构成": [f"{each.name}（{plain(each.weight):f}%）" for each in meeting.plan.composite.parts]
        if has_parts
        else [],
        "综合有分类": any(row.分类 for row in rows),
        "综合有得分": any(row.综合得分 for row in rows),
        "综合有等次": any(row.等次 for row in rows),
        "综合有名次": any(row.名次 for row in rows),
        "综合评分公布日": date_of(day) if day else "",
    }
