"""出席情况, 决定与更正: what the minutes say of who was there, of what was decided and put right, line by line."""

from app.meeting.meeting import Meeting
from app.meeting.plan import Seat
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.letters.minutes import corrections, decisions, has_come
from app.papers.plan.groups import written
from app.papers.results.seats import called
from app.papers.tables.table import Column, Table, Value, papers_of_table, time_told

NUMBER = Column("序号", "number", 6)
SEATS = (
    NUMBER,
    Column("席位", "seat", 16),
    Column("类别", "group", 14),
    Column("出席", "attended", 8),
    Column("签到时间", "arrived", 10),
    Column("回避单位", "recused_from", 30),
)
POINTS = (NUMBER, Column("类型", "kind", 8), Column("内容", "text", 80))


def papers_of_minuted(record: Proceedings) -> list[Paper]:
    return [
        *papers_of_table(record, attendance(record), "paper.attendance"),
        *papers_of_table(record, points(record), "paper.points"),
    ]


def attendance(record: Proceedings) -> Table:
    meeting = record.meeting
    rows: list[tuple[Value, ...]] = [
        (
            at,
            called(record, seat),
            written(meeting.plan.group(seat.group)),
            "是" if has_come(meeting, seat) else "否",
            time_told(meeting, meeting.panel.arrivals.get(seat.id)),
            "、".join(meeting.unit(each).short_name for each in _recused_from(meeting, seat)),
        )
        for at, seat in enumerate(meeting.plan.seats, start=1)
    ]
    return Table("出席情况", SEATS, rows)


def _recused_from(meeting: Meeting, seat: Seat) -> list[str]:
    """Those set beforehand, then those declared in the meeting."""
    declared = [each.unit for each in meeting.closed_rounds if each.sheet(seat.id).standing == "recused"]
    return list(dict.fromkeys([*seat.recusals, *declared]))


def points(record: Proceedings) -> Table:
    told = [("决定", each) for each in decisions(record)] + [("更正", each) for each in corrections(record)]
    rows: list[tuple[Value, ...]] = [(at, kind, text) for at, (kind, text) in enumerate(told, start=1)]
    return Table("决定与更正", POINTS, rows)
