"""The results of all units on the stage: in order, along the scale of scores, or by grade without a number."""

from collections.abc import Sequence
from typing import Any, Literal

from app.live.contexts import Context
from app.live.memory import result_of
from app.live.screens import parts
from app.live.screens.along import Along, along
from app.live.screens.onstage import OnStage
from app.meeting.displays.state import Scene
from app.meeting.measure import Area, lines_of
from app.meeting.meeting import Meeting
from app.meeting.plan import ResultsShown
from app.meeting.scoring.ranking import headline
from app.meeting.scoring.ranking import ranking as ranked_of
from app.meeting.scoring.result import Result

ROWS = 10
"""What one column holds."""
COLUMNS = (Area(7, 12), Area(11, 12))
"""The name of a unit beside its rank, score and grade in one of two columns: at 4:3, and at 16:9."""
ALONE = (Area(18, 12), Area(22, 12))


class ResultRow(Context, frozen=True, kw_only=True):
    unit: str
    score: str | None
    grade: str


class RankedRow(ResultRow, frozen=True, kw_only=True):
    rank: int
    broken_by: str | None


Row = ResultRow | RankedRow


class UnitsOfGrade(Context, frozen=True, kw_only=True):
    """Units as they report."""

    grade: str
    units: list[str]


class Ranking(OnStage, frozen=True, kw_only=True):
    """The revealed results; of the others not even the number is said. ``pages`` are of one or two columns.

    Where the rules do not show ranks they stand as the units report, which says nothing of who is ahead; where they
    tell grades alone, ``by_grade``, best first.
    """

    scene: Literal["ranking"] = "ranking"
    ranked: list[RankedRow]
    overview: list[ResultRow]
    by_grade: list[UnitsOfGrade]
    pages: list[list[list[Row]]]


class Landscape(OnStage, frozen=True, kw_only=True):
    """The revealed results along the scale, as they were shown; ``along`` None: they do not stand beside each other,
    and are listed as they report."""

    scene: Literal["landscape"] = "landscape"
    full: str
    along: Along | None
    pages: list[list[list[Row]]]


def ranking(meeting: Meeting, _scene: Scene, is_held: bool) -> Ranking:
    shown = [each for each in _revealed(meeting) if each.is_scored]
    rules = meeting.plan.rules
    if rules.results_shown is ResultsShown.BY_GRADE:
        return Ranking(is_held=is_held, ranked=[], overview=[], by_grade=_by_grade(meeting, shown), pages=[])
    if not rules.rank_shown:
        rows = [ResultRow(**_row(meeting, each)) for each in shown]
        return Ranking(is_held=is_held, ranked=[], overview=rows, by_grade=[], pages=pages_of(rows))
    ranked = [
        RankedRow(rank=each.rank, **_row(meeting, each.result), broken_by=each.broken_by)
        for each in ranked_of(meeting, shown)
    ]
    return Ranking(is_held=is_held, ranked=ranked, overview=[], by_grade=[], pages=pages_of(ranked))


def landscape(meeting: Meeting, _scene: Scene, is_held: bool) -> Landscape:
    """Nothing where ranks are not told: whoever stands further to the right is ahead."""
    is_told = meeting.plan.rules.ranks_told
    rounds = sorted(parts.revealed(meeting), key=lambda each: (each.revealed_at is not None, each.revealed_at))
    shown = [result_of(meeting, each) for each in rounds] if is_told else []
    placed = along(meeting, [each for each in shown if each.score is not None])
    rows = [ResultRow(**_row(meeting, each)) for each in _revealed(meeting) if each.score is not None and is_told]
    return Landscape(
        is_held=is_held,
        full=str(meeting.plan.full_score),
        along=placed,
        pages=[] if placed else pages_of(rows),
    )


def pages_of(rows: Sequence[Row]) -> list[list[list[Row]]]:
    """Rows in columns of about the same length, at most two to a page; each column holds what it can at any format."""
    if len(rows) <= ROWS and _fits(rows, ALONE):
        return [[list(rows)]] if rows else []
    number = max(-(-len(rows) // ROWS), 2)
    most = -(-len(rows) // number)
    columns: list[list[Row]] = [[]]
    for row in rows:
        if len(columns[-1]) == most or not _fits([*columns[-1], row], COLUMNS):
            columns.append([])
        columns[-1].append(row)
    return [columns[at : at + 2] for at in range(0, len(columns), 2)]


def _fits(rows: Sequence[Row], rooms: Sequence[Area]) -> bool:
    return all(sum(len(lines_of(row.unit, room.width)) for row in rows) <= room.lines for room in rooms)


def _by_grade(meeting: Meeting, results: Sequence[Result]) -> list[UnitsOfGrade]:
    """Best first; within a grade as the units report."""
    grades = dict.fromkeys(each.grade for each in sorted(results, key=headline, reverse=True))
    names = {grade: [meeting.unit(each.unit).short_name for each in results if each.grade == grade] for grade in grades}
    return [UnitsOfGrade(grade=grade, units=units) for grade, units in names.items()]


def _revealed(meeting: Meeting) -> list[Result]:
    return [result_of(meeting, each) for each in parts.revealed(meeting)]


def _row(meeting: Meeting, result: Result) -> dict[str, Any]:
    """The fields of ``ResultRow``."""
    return {
        "unit": meeting.unit(result.unit).short_name,
        "score": str(result.score) if result.score is not None else None,
        "grade": result.grade,
    }
