"""整改公开: the findings as society sees them, and what became of each; days late up to the record's last entry."""

from datetime import date

from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.site.picture import picture_of_record
from app.papers.site.shown import CureShown, FindingShown, MeetingShown, UnitShown
from app.papers.tables.table import Column, Table, Value, papers_of_table
from app.papers.wording import word

TITLE = "整改公开"
COLUMNS = (
    Column("单位", "unit", 22),
    Column("编号", "number", 6),
    Column("问题", "text", 48),
    Column("提出人", "raised_by", 12),
    Column("评议指标", "criterion", 14),
    Column("整改类型", "kind", 10),
    Column("验收标准", "standards", 40),
    Column("状态", "standing", 14),
    Column("交办日期", "handed_over", 12),
    Column("整改时限（首次）", "first_due", 12),
    Column("整改时限（现行）", "due", 12),
    Column("逾期天数", "days_late", 10),
    Column("原因分析", "cause", 30),
    Column("整改措施", "measures", 40),
    Column("整改目标", "goal", 30),
    Column("责任领导", "leader", 12),
    Column("责任处室", "office", 16),
    Column("公示截止", "notice_until", 12),
    Column("销号日期", "struck_off", 12),
    Column("回头看日期", "looked_back", 12),
    Column("退回次数", "returns", 10),
    Column("延期次数", "extensions", 10),
    Column("重开次数", "reopenings", 10),
    Column("异议数", "objections", 8),
)
NOTHING = CureShown("", "", "", "", "", date.min)


def papers_of_rectified(record: Proceedings) -> list[Paper]:
    """None before anything was handed over."""
    table = rectified(picture_of_record(record))
    return papers_of_table(record, table, "paper.rectified", for_public=True) if table.rows else []


def rectified(shown: MeetingShown) -> Table:
    rows = [_row(unit, finding) for unit in shown.units for finding in unit.findings]
    return Table(TITLE, COLUMNS, rows)


def _row(unit: UnitShown, finding: FindingShown) -> tuple[Value, ...]:
    cure = finding.cure or NOTHING
    return (
        unit.unit.name,
        finding.number,
        finding.text,
        word("scene.question") if finding.is_of_audience else "",
        finding.criterion,
        word(f"finding_kind.{finding.kind}"),
        "\n".join(f"{at}. {standard}" for at, standard in enumerate(finding.standards, start=1)),
        word(f"finding_standing.{finding.standing}"),
        _day(finding.handed_over_on),
        _day(finding.deadlines.rectification),
        _day(finding.due),
        finding.days_late,
        *(cure.cause, cure.measures, cure.goal, cure.leader, cure.office),
        _day(finding.notice_until),
        _day(finding.struck_off_on),
        _day(finding.looked_back_on),
        finding.returns,
        finding.extensions,
        finding.reopenings,
        len(finding.objections),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
