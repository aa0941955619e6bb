"""议程实录: the agenda with its planned and actual times. Why an item was left out is the record's matter."""

from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem
from app.meeting.timing import ItemTimes, timetable
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.tables.table import Column, Table, Value, papers_of_table, time_told
from app.papers.wording import word

COLUMNS = (
    Column("序号", "number", 6),
    Column("类别", "kind", 12),
    Column("内容", "title", 34),
    Column("计划开始", "planned_start", 10),
    Column("计划（分钟）", "planned_minutes", 12),
    Column("实际开始", "began", 10),
    Column("实际结束", "ended", 10),
    Column("实际用时（秒）", "seconds", 14),
    Column("情况", "state", 10),
)


def papers_of_course(record: Proceedings) -> list[Paper]:
    return papers_of_table(record, course(record), "paper.course", for_public=True)


def course(record: Proceedings) -> Table:
    meeting = record.meeting
    rows = [_row(meeting, at, times) for at, times in enumerate(timetable(meeting), start=1)]
    return Table("议程实录", COLUMNS, rows)


def _row(meeting: Meeting, number: int, times: ItemTimes) -> tuple[Value, ...]:
    item = meeting.item(times.item)
    return (
        number,
        word(f"item.{item.kind}"),
        _called(meeting, item),
        time_told(meeting, times.planned_start),
        round(item.planned.total_seconds() / 60),
        time_told(meeting, times.began_at),
        time_told(meeting, times.left_at),
        round(times.actual.total_seconds()) if times.left_at else None,
        _state(meeting, item),
    )


def _called(meeting: Meeting, item: AgendaItem) -> str:
    return meeting.unit(item.unit).name if item.unit else item.title


def _state(meeting: Meeting, item: AgendaItem) -> str:
    run = meeting.agenda.runs[item.id]
    if run.left_at:
        return "已进行"
    if run.has_begun:
        return "进行中"
    return "未进行" if run.skipped or meeting.is_finished else "待进行"
