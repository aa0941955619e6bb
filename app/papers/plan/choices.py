"""The words of a workbook for what is chosen from a list. They are a file format: others are added to ``ALSO``."""

from collections.abc import Mapping
from enum import StrEnum

from app.meeting.composites.agreed import Source
from app.meeting.moments import Moment
from app.meeting.plan import (
    ItemKind,
    Mode,
    Order,
    Preset,
    QuorumBy,
    SegmentKind,
)

YES, NO = "是", "否"
CHOICES: dict[type[StrEnum], dict[str, StrEnum]] = {
    Mode: {"打分制": Mode.POINTS, "等次制": Mode.LEVELS, "只点评": Mode.COMMENTS},
    Preset: {
        "专家": Preset.EXPERT,
        "人大代表": Preset.DEPUTY,
        "政协委员": Preset.CPPCC,
        "律师": Preset.LAWYER,
        "媒体": Preset.MEDIA,
        "群众": Preset.PUBLIC,
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
    Moment: {
        "会前": Moment.WAITING,
        "宣布开会": Moment.OPENED,
        "抽签": Moment.DRAWING,
        "报告顺序产生": Moment.DRAWN,
        "开场": Moment.OPENING,
        "履职报告": Moment.REPORT,
        "提问点评": Moment.COMMENTS,
        "答复": Moment.REPLY,
        "评分": Moment.SCORING,
        "评分截止": Moment.CLOSED,
        "公布收回份数": Moment.SPREAD,
        "去掉最高最低": Moment.TRIMMED,
        "公布得分": Moment.SCORE,
        "公布等次": Moment.GRADE,
        "单条点评": Moment.COMMENT,
        "点评小结": Moment.SUMMING_UP,
        "休息": Moment.BREAK,
        "讨论": Moment.DISCUSSION,
        "宣布结果": Moment.ANNOUNCEMENT,
        "宣布一家结果": Moment.ANNOUNCED,
        "宣布一个等次": Moment.ANNOUNCED_GRADE,
        "公布综合评分": Moment.COMPOSITES,
        "总结讲话": Moment.SUMMARY,
        "会议结束": Moment.FINISHED,
    },
    Source: {
        "现场评分": Source.SCORED,
        "手工录入": Source.ENTERED,
        "文件导入": Source.IMPORTED,
        "选票码测评": Source.TICKETS,
        "会场手机测评": Source.PHONES,
        "网络测评": Source.WEB,
    },
    QuorumBy: {"超过": QuorumBy.MORE_THAN, "不少于": QuorumBy.AT_LEAST},
}
ALSO: Mapping[str, str] = {
    "现场": "现场评分",
    "录入": "手工录入",
    "导入": "文件导入",
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
    "评分后": "每个单位评分后",
    "逐家亮分": "每个单位评分后",
    "逐家公布": "每个单位评分后",
    "当场亮分": "每个单位评分后",
    "每个单位评分后亮分": "每个单位评分后",
    "每个单位评分后公布": "每个单位评分后",
    "每家评分后": "每个单位评分后",
    "按议程顺序宣布": "宣布时按议程顺序",
    "由低到高": "宣布时由低到高",
    "从低到高": "宣布时由低到高",
    "由低到高宣布": "宣布时由低到高",
    "宣布时从低到高": "宣布时由低到高",
    "按等次": "宣布时按等次不公布分数",
    "按等次宣布": "宣布时按等次不公布分数",
    "宣布时按等次": "宣布时按等次不公布分数",
    "只公布等次": "宣布时按等次不公布分数",
    "只公布等次不公布分数": "宣布时按等次不公布分数",
    "手动公布": "手动亮分",
}
"""Other words that people use for a choice; those for a group stand in ``OF_GROUPS``."""


OF_GROUPS: Mapping[str, str] = {
    "专家": (
        "专家学者 学者 专家代表 专家评委 专家组 法学专家 法律专家 法治专家 普法专家 行业专家 业务专家 "
        "高校专家 教授 法学学者 法学教授 智库专家 特邀专家"
    ),
    "人大代表": "代表 人大 各级人大代表 人大代表评委",
    "政协委员": "委员 政协 政协委员代表 政协代表 各级政协委员",
    "律师": "律师代表 执业律师 律师界 公益律师 公职律师 社会律师",
    "媒体": "记者 新闻媒体 媒体代表 新闻记者 媒体记者 新闻界 新闻媒体代表 新闻单位 媒体人 新闻工作者",
    "群众": (
        "群众代表 公众 公众代表 市民 市民代表 居民 居民代表 村民 村民代表 社会公众 人民群众 普通群众 "
        "社区群众 社区居民 市民群众 群众评委"
    ),
}
GROUPS = {other: word for word, others in OF_GROUPS.items() for other in others.split()}
"""Other words for a preset. One stands here only if it can mean one thing; any other word is a group of its own."""


def word_of(member: StrEnum) -> str:
    """What a member of an enumeration is called in the workbook."""
    return next(word for word, each in CHOICES[type(member)].items() if each is member)
