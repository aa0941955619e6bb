"""The columns of the ledger: what stands in each, and which of them may be changed in the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.meeting.findings.lateness import days_late
from app.meeting.findings.state import Finding, Stand
from app.meeting.meeting import Meeting
from app.papers.findings import telling
from app.papers.wording import word

Told = str | int | None


class Use(StrEnum):
    """WRITTEN: what the bureau may change in the file; TOLD: what others change, elsewhere; COMPUTED: of the day."""

    WRITTEN = "written"
    TOLD = "told"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """``width`` in digits, of which a Chinese character is as wide as two."""

    heading: str
    width: int
    tell: Callable[[Meeting, Finding, date], Told]
    use: Use = Use.TOLD


def shown_in(meeting: Meeting) -> list[Finding]:
    """By units in the order of the plan, then by number, drafts last; what was merged lives on in others."""
    order = {unit.id: at for at, unit in enumerate(meeting.plan.units)}
    standing = [each for each in meeting.findings.by_id.values() if each.standing is not Stand.MERGED]
    return sorted(standing, key=lambda each: (order[each.unit], not each.is_issued, each.number))


def _says(heading: str, width: int, tell: Callable[[Finding], Told], use: Use = Use.TOLD) -> LedgerColumn:
    return LedgerColumn(heading, width, lambda _meeting, finding, _day: tell(finding), use)


def _knows(heading: str, width: int, tell: Callable[[Meeting, Finding], Told], use: Use = Use.TOLD) -> LedgerColumn:
    """What takes more than the finding to say."""
    return LedgerColumn(heading, width, lambda meeting, finding, _day: tell(meeting, finding), use)


def _of_cure(heading: str, width: int, name: str) -> LedgerColumn:
    return _says(heading, width, lambda finding: str(getattr(finding.cure, name)) if finding.cure else None)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _notice(meeting: Meeting, finding: Finding) -> str | None:
    began = telling.notice_began(meeting, finding)
    return f"{_day(began)}至{_day(finding.notice_until)}" if began else None


def _pledge(finding: Finding) -> str | None:
    return f"{finding.pledge.name}（{_day(finding.pledge.dated)}）" if finding.pledge else None


def _first_due(finding: Finding) -> str | None:
    return _day(finding.deadlines.rectification) if finding.deadlines else None


ID = _says("条目编号（勿改）", 12, lambda finding: finding.id)
UNIT = _knows("责任单位", 20, lambda meeting, finding: meeting.unit(finding.unit).name)
TEXT = _says("问题", 44, lambda finding: finding.text, Use.WRITTEN)
KIND = _says("整改类型", 12, lambda finding: word(f"finding_kind.{finding.kind}"), Use.WRITTEN)
CRITERION = _knows("问题分类", 16, telling.criterion_of, Use.WRITTEN)
STANDARDS = _says("验收标准", 44, telling.standards_of, Use.WRITTEN)

COLUMNS = (
    ID,
    UNIT,
    _says("问题编号", 10, lambda finding: finding.number),
    _says("状态", 12, lambda finding: word(f"finding_standing.{finding.standing}")),
    TEXT,
    KIND,
    CRITERION,
    STANDARDS,
    _knows("评议意见原文", 44, telling.in_original_words),
    _knows("提出人类别", 12, telling.raised_by),
    _says("交办日期", 12, lambda finding: _day(finding.handed_over_on)),
    _says("首次时限", 12, _first_due),
    _says("整改时限", 12, lambda finding: _day(finding.due)),
    LedgerColumn("逾期天数", 10, lambda _meeting, finding, day: days_late(finding, day), Use.COMPUTED),
    _of_cure("原因分析", 30, "cause"),
    _of_cure("整改措施", 36, "measures"),
    _of_cure("整改目标", 24, "goal"),
    _of_cure("责任领导", 12, "leader"),
    _of_cure("责任处室", 16, "office"),
    _of_cure("责任人", 12, "person"),
    _of_cure("方案完成时限", 12, "until"),
    _says("整改进展", 36, telling.progress_of),
    _says("佐证材料", 30, telling.proofs_of),
    _says("真实性承诺", 18, _pledge),
    _says("现场核查", 24, lambda finding: finding.on_site),
    _says("核验意见", 30, telling.verification_of),
    _knows("公示起止", 22, _notice),
    _says("异议数", 8, lambda finding: len(finding.objections)),
    _says("销号日期", 12, lambda finding: _day(finding.struck_off_on)),
    _says("回头看日期", 12, lambda finding: _day(finding.looked_back_on or finding.look_back_on)),
    _says("退回次数", 10, lambda finding: finding.returns),
    _says("延期次数", 10, lambda finding: finding.granted_extensions),
    _says("重开次数", 10, lambda finding: finding.reopenings),
    LedgerColumn("备注", 30, lambda _meeting, finding, day: telling.remarks_of(finding, day), Use.COMPUTED),
)


def told(column: LedgerColumn, meeting: Meeting, finding: Finding, day: date) -> Told:
    """What stands in the cell; nothing in place of 0."""
    return column.tell(meeting, finding, day) or None
