"""The sheets of a workbook that say which parts are joined into a composite, and their columns."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.meeting.composites.agreed import Source
from app.papers.plan.cells import number_of
from app.papers.plan.choices import CHOICES
from app.papers.plan.columns import Column
from app.papers.plan.contents import ID, NUMBER, YES_OR_NO, Content, Holds, one_of
from app.papers.plan.names import key
from app.papers.plan.times import date_of

COMPOSITE = "综合评分"
PARTS = "综合评分构成"
COMPOSITE_GRADES = "综合评分等次"
SHEETS = {"composite": COMPOSITE, "parts": PARTS, "composite_grades": COMPOSITE_GRADES}
"""Each by its part of a plan."""

_AMONG_THE_FIRST = re.compile(r"^前|以内$")


def share_of_the_first(value: Any) -> Decimal:
    """Per cent, as people write it: 30, 30%, 前30%, 前30％以内; a cell that Excel shows as 30% holds 0.3."""
    if isinstance(value, str):
        said = _AMONG_THE_FIRST.sub("", key(value))
        return number_of(said.removesuffix("%"))
    number = number_of(value)
    return number * 100 if 0 < number < 1 else number


def _share_written(share: Decimal) -> Any:
    """Less than one per cent as text: as a number it would be read as a share."""
    return f"{share}%" if 0 < share < 1 else share


DUE: Content = Content(date_of, tell=date.isoformat, holds=Holds.DATE)
SHARE: Content = Content(share_of_the_first, _share_written, holds=Holds.NUMBER)

ENTRIES: Mapping[str, tuple[Column, ...]] = {
    COMPOSITE: (
        Column("due", "公布日期", "综合评分哪一天公布，如 2026-12-01；可不填。", DUE, also=("公布时间",)),
        Column(
            "rounds_parts",
            "各部分先取",
            "是：各部分乘以权重后先四舍五入再相加；否或留空：相加后取一次。",
            YES_OR_NO,
            get=lambda composite: composite.rounds_parts or None,
        ),
    )
}

TABLES: Mapping[str, tuple[Column, ...]] = {
    PARTS: (
        Column(
            "name",
            "部分",
            "由哪几部分合成，如 评议团评分、群众满意度、书面材料、日常考核、联席会议。不作综合评分则整张表留空。",
            width=24,
            also=("名称", "部分名称", "构成", "组成部分"),
            is_needed=True,
        ),
        Column("weight", "权重", "如 40、40、20，一般合计 100。", NUMBER, also=("比重", "占比"), is_needed=True),
        Column(
            "source",
            "来源",
            "现场评分：本次评议会的评分；选票码测评：凭选票码投票中满意和基本满意所占比例；其余会后录入或导入。留空为手工录入。",
            one_of(CHOICES[Source]),
            also=("分数来源",),
        ),
        Column("full", "满分", "这一部分自己的满分；留空为 100，现场评分以评分细则为准。", NUMBER, also=("分值",)),
        Column(
            "id",
            "编号",
            "系统用来认出这一行，一般不填；导出的文件请保留原编号。",
            ID,
            width=18,
            also=("系统编号",),
        ),
    ),
    COMPOSITE_GRADES: (
        Column("name", "等次", "综合评分的等次，由高到低排列，取先达到的一个。", also=("等次名称",), is_needed=True),
        Column("at_least", "最低分", "综合评分达到多少分。", NUMBER, also=("分数线", "最低综合评分"), is_needed=True),
        Column("top", "前百分之几", "只给本分类的前百分之几，如 30；不限则留空。", SHARE, also=("比例", "名额比例")),
    ),
}
