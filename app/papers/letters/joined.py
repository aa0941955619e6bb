"""Composites as letters have them: as they stand for who signs, and as they were announced for everybody else."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.meeting.composites.state import AnnouncedComposite
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.scoring.composite import composites_of
from app.meeting.telling import tells_numbers
from app.papers.letters import names
from app.papers.letters.saying import said


def joined_for_signature(meeting: Meeting) -> dict[str, Any]:
    return _columns(meeting.plan, _rows(meeting, (each.as_announced for each in composites_of(meeting))))


def joined_as_told(meeting: Meeting) -> dict[str, Any]:
    """By grade alone no number is told, and who is ahead only where the rules say so."""
    plan = meeting.plan
    announced = meeting.composites.announced if meeting.composites.are_announced else ()
    rows = _rows(meeting, announced, with_numbers=tells_numbers(plan), with_ranks=plan.rules.ranks_told)
    return _columns(plan, rows)


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


def _columns(plan: Plan, rows: list[names.CompositeRow]) -> dict[str, Any]:
    has_parts = any(row.各项 for row in rows)
    return {
        "综合评分": rows,
        "构成": [f"{each.name}（{plain(each.weight):f}%）" for each in plan.composite.parts] if has_parts else [],
        "综合有分类": any(row.分类 for row in rows),
        "综合有得分": any(row.综合得分 for row in rows),
        "综合有等次": any(row.等次 for row in rows),
        "综合有名次": any(row.名次 for row in rows),
    }
