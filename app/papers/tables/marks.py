"""评分明细: every sheet of every closed round by its seat, a mark to a line, for the file."""

from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import CountedSheet
from app.meeting.scoring.turnout import counted_sheets
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.seats import called
from app.papers.tables.table import Column, Table, Value, papers_of_table
from app.papers.wording import word

LEADING = (
    Column("单位", "unit", 24),
    Column("席位", "seat", 12),
    Column("类别", "group", 14),
    Column("情况", "standing", 10),
)
TOTAL, DROPPED = Column("总分", "total", 10), Column("取舍", "dropped", 14)
RECEIPT = Column("回执", "receipt", 12)
SIDES = {"high": "去最高", "low": "去最低", "": "计入"}


def papers_of_marks(record: Proceedings) -> list[Paper]:
    return papers_of_table(record, marks(record), "paper.marks_table") if record.meeting.plan.is_scored else []


def marks(record: Proceedings) -> Table:
    meeting = record.meeting
    criteria = [Column(each.name, f"mark.{each.id}", 12) for each in meeting.plan.criteria]
    rows = [row for round in meeting.closed_rounds for row in _rows(record, round)]
    return Table("评分明细", (*LEADING, *criteria, TOTAL, DROPPED, RECEIPT), rows)


def _rows(record: Proceedings, round: Round) -> list[tuple[Value, ...]]:
    meeting = record.meeting
    result = result_of(meeting, round)
    counted = {each.seat: each for each in result.sheets or counted_sheets(meeting, round)}
    rows = []
    for seat in meeting.plan.seats:
        sheet = counted.get(seat.id)
        standing = "recused" if round.unit in seat.recusals else round.sheet(seat.id).standing
        group = written(meeting.plan.group(seat.group))
        said = (meeting.unit(round.unit).name, called(record, seat), group, word(f"standing.{standing}"))
        rows.append((*said, *_given(meeting, sheet)))
    return rows


def _given(meeting: Meeting, sheet: CountedSheet | None) -> tuple[Value, ...]:
    criteria = meeting.plan.criteria
    if sheet is None:
        return (None,) * (len(criteria) + 3)
    given = ((each, sheet.marks[each.id]) for each in criteria)
    marks = [criterion.level_name(points) or points for criterion, points in given]
    dropped = [meeting.criterion(id).name for id in sheet.dropped_marks]
    said = f"不计：{'、'.join(dropped)}" if dropped else SIDES[sheet.dropped]
    return (*marks, sheet.total, said, sheet.receipt)
