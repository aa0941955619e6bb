"""承诺评议: each promise of the meeting before, what became of it, and how the panel judged it once that was told."""

from collections.abc import Iterator

from app.live.screens.promised import Promised, listed
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import revealed_counts
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.tables.table import Column, Table, Value, papers_of_table
from app.papers.wording import word

COLUMNS = (
    Column("单位", "unit", 26),
    Column("编号", "number", 6),
    Column("问题", "text", 44),
    Column("整改承诺", "promised", 36),
    Column("整改情况", "standing", 12),
    Column("逾期天数", "days_late", 9),
    Column("反弹重开", "reopenings", 9),
    Column("兑现", "kept", 8),
    Column("基本兑现", "largely_kept", 9),
    Column("未兑现", "not_kept", 8),
    Column("参评席位", "members", 9),
    Column("说明", "note", 20),
)
TOO_FEW = "评议不足三席，不公布"


def papers_of_promises(record: Proceedings) -> list[Paper]:
    table = Table("承诺评议", COLUMNS, list(_rows(record.meeting)))
    return papers_of_table(record, table, "paper.promises", for_public=True) if table.rows else []


def _rows(meeting: Meeting) -> Iterator[tuple[Value, ...]]:
    for unit in meeting.plan.units:
        if revealed_counts(meeting, unit.id) is not None:
            yield from (_row(unit.name, each) for each in listed(meeting, unit))


def _row(unit: str, promise: Promised) -> tuple[Value, ...]:
    panel = promise.panel
    counts = [mark.number for mark in panel.marks] if panel else []
    return (
        *(unit, promise.number, promise.text, promise.promised),
        *(word(f"finding_standing.{promise.standing}"), promise.days_late, promise.reopenings),
        *(counts or (None, None, None)),
        panel.members if panel else None,
        "" if counts else TOO_FEW,
    )
