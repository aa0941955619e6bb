"""The results of all units on the stage: in order, along the scale of scores, or by grade without a number."""

from collections.abc import Sequence
from typing import Any, Literal

from app.live.contexts import Context
from app.live.memory import result_of
from app.live.screens import overview
from app.live.screens.along import Along, along
from app.live.screens.onstage import OnStage
from app.live.screens.overview import Announced, Cell
from app.live.screens.reveal import Stamp, stamp
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
    stamp: Stamp
    units: list[str]


class Ranking(OnStage, frozen=True, kw_only=True):
    """The revealed results. ``pages`` are of one or two columns of those ``ranked``.

    Where the rules do not show ranks, ``overview`` has a cell for each unit, as they report, which says nothing of who
    is ahead; so many are ``known``. Where the rules tell grades alone, ``by_grade``, best first.
    """

    scene: Literal["ranking"] = "ranking"
    ranked: list[RankedRow]
    overview: list[Cell]
    known: int
    by_grade: list[UnitsOfGrade]
    pages: list[list[list[Row]]]
    announced: Announced | None


class Landscape(OnStage, frozen=True, kw_only=True):
    """The revealed results along the scale, as they were shown; ``along`` None: they do not stand beside each other,
    and are listed as they report."""

    scene: Literal["landscape"] = "landscape"
    full: str
    along: Along | None
    pages: list[list[list[Row]]]
    announced: Announced | None


def ranking(meeting: Meeting, scene: Scene, is_held: bool) -> Ranking:
    rules = meeting.plan.rules
    is_by_grade = rules.results_shown is ResultsShown.BY_GRADE
    ranked = ranked_rows(meeting) if rules.ranks_told else []
    cells = [] if is_by_grade or rules.ranks_told else overview.cells(meeting)
    return Ranking(
        is_held=is_held,
        ranked=ranked,
        overview=cells,
        known=sum(each.is_known for each in cells),
        by_grade=by_grade(meeting) if is_by_grade else [],
        pages=pages_of(ranked),
        announced=overview.announced(meeting, scene),
    )


def landscape(meeting: Meeting, scene: Scene, is_held: bool) -> Landscape:
    """Nothing where ranks are not told: whoever stands further to the right is ahead."""
    is_told = meeting.plan.rules.ranks_told
    rounds = sorted(meeting.revealed_rounds, key=lambda each: (each.revealed_at is not None, each.revealed_at))
    shown = [result_of(meeting, each) for each in rounds] if is_told else []
    placed = along(meeting, [each for each in shown if each.score is not None])
    rows = [each for each in rows_of(meeting) if each.score is not None] if is_told else []
    return Landscape(
        is_held=is_held,
        full=str(meeting.plan.full_score),
        along=placed,
        pages=[] if placed else pages_of(rows),
        announced=overview.announced(meeting, scene) if is_told else None,
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


def rows_of(meeting: Meeting) -> list[ResultRow]:
    """The revealed results as the units report."""
    return [ResultRow(**_row(meeting, each)) for each in _scored(meeting)]


def ranked_rows(meeting: Meeting) -> list[RankedRow]:
    return [
        RankedRow(rank=each.rank, **_row(meeting, each.result), broken_by=each.broken_by)
        for each in ranked_of(meeting, _scored(meeting))
    ]


def by_grade(meeting: Meeting) -> list[UnitsOfGrade]:
    """Best first; within a grade as the units report."""
    results = _scored(meeting)
    grades = dict.fromkeys(each.grade for each in sorted(results, key=headline, reverse=True))
    names = {grade: [meeting.unit(each.unit).short_name for each in results if each.grade == grade] for grade in grades}
    return [UnitsOfGrade(grade=grade, stamp=stamp(grade), units=units) for grade, units in names.items()]


def _scored(meeting: Meeting) -> list[Result]:
    results = (result_of(meeting, each) for each in meeting.revealed_rounds)
    return [each for each in results if each.is_scored]


def _row(meeting: Meeting, result: Result) -> dict[str, Any]:
    """The fields of ``ResultRow``."""
    return {
        "unit": meeting.unit(result.unit).short_name,
        "score": str(result.score) if result.score is not None else None,
        "grade": result.grade,
    }
