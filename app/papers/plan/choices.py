"""The words of a workbook for what is chosen from a list. They are a file format: others are added to ``ALSO``."""

from collections.abc import Mapping
from enum import StrEnum

from app.meeting.plan import (
    Group,
    ItemKind,
    LevelRule,
    Mode,
    Order,
    QuorumBy,
    Receipts,
    RoundAt,
    RoundsOpen,
    SegmentKind,
    TieBreak,
    TrimOf,
)

YES, NO = "是", "否"
CHOICES: dict[type[StrEnum], dict[str, StrEnum]] = {
    Mode: {"打分制": Mode.POINTS, "等次制": Mode.LEVELS, "只点评": Mode.COMMENTS},
    Group: {
        "专家": Group.EXPERT,
        "人大代表": Group.DEPUTY,
        "政协委员": Group.CPPCC,
        "律师": Group.LAWYER,
        "媒体": Group.MEDIA,
        "群众": Group.PUBLIC,
    },
    ItemKind: {
        "开场": ItemKind.OPENING,
        "履职报告": ItemKind.PRESENTATION,
        "休息": ItemKind.BREAK,
        "讨论": ItemKind.DISCUSSION,
        "宣布结果": ItemKind.ANNOUNCEMENT,
        "总结讲话": ItemKind.SUMMARY,
    },
    SegmentKind: {
        "履职报告": SegmentKind.REPORT,
        "提问点评": SegmentKind.COMMENTS,
        "答复": SegmentKind.REPLY,
        "评分": SegmentKind.SCORING,
        "时长": SegmentKind.WHOLE,
    },
    Order: {"按议程顺序": Order.FIXED, "会上录入": Order.TYPED, "现场抽签": Order.DRAWN},
    TrimOf: {"整张评分表": TrimOf.SHEET, "每项指标": TrimOf.CRITERION},
    RoundAt: {"只在最后": RoundAt.END, "每项指标先取": RoundAt.CRITERION, "每项指标加权后取": RoundAt.WEIGHTED},
    QuorumBy: {"超过": QuorumBy.MORE_THAN, "不少于": QuorumBy.AT_LEAST},
    TieBreak: {
        "未去极值的平均分": TieBreak.UNTRIMMED_MEAN,
        "权重最大的指标（占满分比重最大）": TieBreak.HEAVIEST_CRITERION,
        "主席裁定": TieBreak.CHAIR,
    },
    RoundsOpen: {
        "履职报告开始时": RoundsOpen.REPORT,
        "评分环节开始时": RoundsOpen.SCORING,
        "手动开启": RoundsOpen.BY_HAND,
    },
    LevelRule: {"票数最多": LevelRule.PLURALITY, "中位等次": LevelRule.MEDIAN},
    Receipts: {"仅公示已计入": Receipts.COUNTED, "连同打分公示": Receipts.AS_GIVEN},
}
ALSO: Mapping[str, str] = {
    "打分": "打分制",
    "评分制": "打分制",
    "等次": "等次制",
    "等次评议": "等次制",
    "百分制": "打分制",
    "打分评议": "打分制",
    "量化打分": "打分制",
    "量化评分": "打分制",
    "等级": "等次制",
    "等级制": "等次制",
    "等级评议": "等次制",
    "等次评价": "等次制",
    "点评": "只点评",
    "只点评不打分": "只点评",
    "专家学者": "专家",
    "代表": "人大代表",
    "委员": "政协委员",
    "记者": "媒体",
    "群众代表": "群众",
    "汇报": "履职报告",
    "报告": "履职报告",
    "履职汇报": "履职报告",
    "茶歇": "休息",
    "总结": "总结讲话",
    "公布结果": "宣布结果",
    "权重最大的指标": "权重最大的指标（占满分比重最大）",
    "占满分比重最大的指标": "权重最大的指标（占满分比重最大）",
    "每项指标乘权重后取": "每项指标加权后取",
    "加权后取": "每项指标加权后取",
    "抽签": "现场抽签",
    "手动": "手动开启",
}
"""Other words that people use for a choice."""


def word_of(member: StrEnum) -> str:
    """What a member of an enumeration is called in the workbook."""
    return next(word for word, each in CHOICES[type(member)].items() if each is member)


def words_of(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(CHOICES[kind])
