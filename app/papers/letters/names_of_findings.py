"""The names that a form of the second half may use, by the letter in which it may use them; each with an example."""

from dataclasses import dataclass
from typing import Annotated

from app.papers.letters.names import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingForPublic:
    """What everybody may be told of a finding: no person is named in it."""

    序号: Annotated[str, "1"]
    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    编号: Annotated[str, "3"]
    问题: Annotated[str, "基层执法人员的培训覆盖面不够。"]
    类型: Annotated[str, "限期整改"]
    措施: Annotated[str, "制定培训计划，年内轮训一遍。"]
    进展: Annotated[str, "已轮训三批，覆盖率百分之百。"]
    时限: Annotated[str, "2024.1.17"]
    逾期: Annotated[str, "逾期3天"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Originally:
    """What was said in the hall, and of which group its author was."""

    类别: Annotated[str, "人大代表"]
    原文: Annotated[str, "基层的同志一年也轮不上一次培训。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardOfFinding:
    """An acceptance standard with the files that show that it is met, and when they were made."""

    序号: Annotated[str, "1"]
    标准: Annotated[str, "全年培训不少于两次，覆盖全部执法人员。"]
    佐证: Annotated[str, "培训签到表.pdf"]
    形成日期: Annotated[str, "2023.12.20"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow(FindingForPublic):
    """``原文``, ``标准`` and ``佐证`` are all of them, one below the other; ``各意见`` and ``各标准`` one by one.

    ``时限`` is for cells, ``整改期限`` for sentences; ``首次时限`` was said first, ``完成时限`` is the unit's own. What
    is not known yet is empty.
    """

    原文: Annotated[str, "基层的同志一年也轮不上一次培训。"]
    类别: Annotated[str, "人大代表"]
    各意见: list[Originally]
    分类: Annotated[str, "系统内学法用法"]
    标准: Annotated[str, "全年培训不少于两次，覆盖全部执法人员。"]
    各标准: list[StandardOfFinding]
    交办日期: Annotated[str, "2023.11.17"]
    整改期限: Annotated[str, "2024年1月17日"]
    首次时限: Annotated[str, "2024.1.17"]
    原因: Annotated[str, "培训没有列入年度计划。"]
    目标: Annotated[str, "执法人员人人受训。"]
    领导: Annotated[str, "李四"]
    处室: Annotated[str, "政策法规处"]
    责任人: Annotated[str, "赵六"]
    完成时限: Annotated[str, "2024.1.10"]
    佐证: Annotated[str, "培训签到表.pdf"]
    状态: Annotated[str, "整改中"]
    承诺: Annotated[str, "李四（2024.1.8）"]
    核验: Annotated[str, "通过（钱七）：逐项核对，情况属实。"]
    现场: Annotated[str, "抽查两个基层所，台账齐全。"]
    公示: Annotated[str, "2024.1.12至2024.1.19"]
    异议数: Annotated[str, "1"]
    销号日期: Annotated[str, "2024.1.22"]
    备注: Annotated[str, "延期1次，首次时限2024年1月10日；退回1次"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithFindings(Letter):
    """``日历说明`` is a sentence where a day lies beyond the published calendar, else empty."""

    问题: list[FindingRow]
    问题数: Annotated[str, "3"]
    日历说明: Annotated[str, "2026年12月31日以后的节假日安排尚未公布。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfUnit(WithFindings):
    """整改问题清单 and, for one finding, 销号审批表."""

    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(OfUnit):
    """交办单: what a unit was handed over on one day, with the last day of each term."""

    交办日期: Annotated[str, "2023年11月17日"]
    送达时限: Annotated[str, "2023年11月24日"]
    退回时限: Annotated[str, "2023年11月28日"]
    方案时限: Annotated[str, "2023年12月4日"]
    整改时限: Annotated[str, "2024年1月17日"]
    报告时限: Annotated[str, "2024年3月18日"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many findings there are of each kind; 办理中 is what is neither struck off nor long-term."""

    交办: Annotated[str, "12"]
    已销号: Annotated[str, "7"]
    销号率: Annotated[str, "58%"]
    办理中: Annotated[str, "4"]
    逾期: Annotated[str, "1"]
    持续整改: Annotated[str, "1"]
    退回: Annotated[str, "2"]
    延期: Annotated[str, "1"]
    重开: Annotated[str, "0"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Counted):
    序号: Annotated[str, "1"]
    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(OfUnit):
    """整改情况报告: a unit's, for it to complete."""

    交办: Annotated[str, "3"]
    已销号: Annotated[str, "2"]
    办理中: Annotated[str, "1"]
    逾期: Annotated[str, "0"]
    持续整改: Annotated[str, "0"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity(Letter):
    """整改情况公示: what is to be struck off, for everybody to object to."""

    问题: list[FindingForPublic]
    问题数: Annotated[str, "3"]
    公示起: Annotated[str, "2024年1月12日"]
    公示止: Annotated[str, "2024年1月19日"]
    日历说明: Annotated[str, "2026年12月31日以后的节假日安排尚未公布。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Letter):
    """整改情况通报: all units beside one another. ``逾期单位``: those with something overdue, and how much."""

    各单位: list[UnitRow]
    交办: Annotated[str, "120"]
    已销号: Annotated[str, "70"]
    销号率: Annotated[str, "58%"]
    办理中: Annotated[str, "40"]
    逾期: Annotated[str, "4"]
    持续整改: Annotated[str, "10"]
    退回: Annotated[str, "12"]
    延期: Annotated[str, "6"]
    重开: Annotated[str, "1"]
    逾期单位: Annotated[str, "市教委1个、市公安局3个"]
    重开单位: Annotated[str, "市妇联1个"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """``应办``: what the unit has to do by then; ``相差``: how long that still is, or was."""

    序号: Annotated[str, "1"]
    编号: Annotated[str, "3"]
    问题: Annotated[str, "基层执法人员的培训覆盖面不够。"]
    应办: Annotated[str, "报送整改方案"]
    时限: Annotated[str, "2023.12.4"]
    相差: Annotated[str, "还有3个工作日"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Letter):
    """提醒书, 督办单 and 告诫书. ``最后时限`` is the last day on which the unit may answer, or be done."""

    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    问题: list[DueRow]
    问题数: Annotated[str, "2"]
    最后时限: Annotated[str, "2023年12月11日"]
    日历说明: Annotated[str, "2026年12月31日以后的节假日安排尚未公布。"]
