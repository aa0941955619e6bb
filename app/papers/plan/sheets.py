"""The workbook's sheets and columns: one list for writing, reading and docs/importing.md.

These words are a file format: a heading is renamed by adding the old one to ``also``.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from app.meeting.plan import (
    ItemKind,
    LevelRule,
    Mode,
    Order,
    Preset,
    Receipts,
    ResultsShown,
    RoundAt,
    RoundsOpen,
    Rules,
    Signing,
    TieBreak,
    TrimOf,
)
from app.papers.plan import joined_sheets as joined
from app.papers.plan import polls
from app.papers.plan.choices import CHOICES
from app.papers.plan.columns import Column
from app.papers.plan.contents import (
    CLOCK,
    CODE,
    COUNT,
    DAY,
    ID,
    LONG_TEXT,
    MINUTES,
    NAMES,
    NUMBER,
    OFFSET,
    QUORUM,
    SEGMENTS,
    TEXT,
    TITLE,
    YES_OR_NO,
    one_of,
)
from app.papers.plan.spoken_words import columns_of_words


def _weight_of(group: str, rules: Rules) -> Decimal | None:
    return rules.group_weights.get(group)


INSTRUCTIONS = "说明"
MEETING = "会议"
UNITS = "单位"
AGENDA = "议程"
GROUPS = "类别"
PANEL = "评议团"
RECUSALS = "回避"
RUBRIC = "评分细则"
LEVELS = "等次"
GRADES = "等次线"
RULES = "规则"
WORDS = "主持词"

ENTRY, CONTENT, HINT = "项目", "内容", "怎么填"
IDS = Column(
    "id",
    "编号",
    "系统用来认出这一行，一般不填；留空时系统自动编号。导出的文件请保留原编号，再次导入时才认得出是同一项。",
    ID,
    width=18,
    also=("系统编号",),
)

ENTRIES: Mapping[str, tuple[Column, ...]] = {
    MEETING: (
        Column(
            "code",
            "代号",
            "网址中使用的短代号：2 到 32 个小写字母、数字或 -，如 pufa2023。",
            CODE,
            also=("代码",),
            is_needed=True,
        ),
        Column(
            "title",
            "名称",
            "评议会的全称。大屏和纸面上要换行处，写一条竖线“|”，或在格内换行。",
            TITLE,
            also=("会议名称", "评议会名称"),
            is_needed=True,
        ),
        Column(
            "date",
            "日期",
            "如 2023-11-17 或 2023年11月17日。",
            DAY,
            also=("会议日期",),
            is_needed=True,
            get=lambda plan: plan.starts_at.date(),
        ),
        Column(
            "time",
            "开始时间",
            "如 9:00 或 下午2:30。",
            CLOCK,
            also=("时间",),
            is_needed=True,
            get=lambda plan: plan.starts_at.time(),
        ),
        Column(
            "starts_at",
            "时区",
            "会场所在时区，北京时间为 +08:00；留空即北京时间。",
            OFFSET,
            get=lambda plan: plan.starts_at.isoformat()[-6:] if plan.starts_at.tzinfo else "",
        ),
        Column("place", "地点", "会场名称，可不填。", also=("会议地点",)),
        Column(
            "organisers",
            "主办单位",
            "每行一个，可增加行；也可在一格内用顿号分开。",
            NAMES,
            also=("组织单位", "组织者"),
            is_repeated=True,
        ),
        Column("mode", "评议方式", "从下拉列表中选择。", one_of(CHOICES[Mode]), is_needed=True),
        Column("order", "报告顺序", "从下拉列表中选择；留空即按议程顺序。", one_of(CHOICES[Order])),
        Column("invited_only", "凭邀请观看", "是：大屏、手机和结果页须凭链接打开；否或留空：不须凭链接。", YES_OR_NO),
        Column("rehearsal_of", "彩排自", "只有彩排才有：正式评议会的代号，请勿改动。", CODE, is_rare=True),
    ),
    RULES: (
        Column("trim_high", "去掉最高分", "去掉几个最高分，不去掉填 0。", COUNT, unit="个", bounds=(0, 20)),
        Column("trim_low", "去掉最低分", "去掉几个最低分，不去掉填 0。", COUNT, unit="个", bounds=(0, 20)),
        Column(
            "trim_from",
            "满多少份才去",
            "有效评分表满多少份才去掉最高分和最低分。",
            COUNT,
            also=("起去份数",),
            unit="份",
            bounds=(1, 1000),
        ),
        Column(
            "trim_of",
            "去掉什么",
            "按总分去掉整张评分表，或每项指标分别去掉。",
            one_of({"整张评分表": TrimOf.SHEET, "每项指标": TrimOf.CRITERION}),
        ),
        Column("places", "小数位数", "结果和优良率保留几位小数，0 到 6。", COUNT, unit="位", bounds=(0, 6)),
        Column(
            "round_at",
            "四舍五入",
            "只在最后取一次；或每项指标的平均分先取；或每项指标的平均分乘以权重后先取，再相加。",
            one_of({"只在最后": RoundAt.END, "每项指标先取": RoundAt.CRITERION, "每项指标加权后取": RoundAt.WEIGHTED}),
        ),
        Column(
            "quorum",
            "法定份数比例",
            "有效评分表占应评席位的多少，如 过半数、三分之二以上、不少于2/3、超过60%；只写比例即为超过，0 为不要求。",
            QUORUM,
            get=lambda rules: rules,
        ),
        Column(
            "tie_ladder",
            "并列时依次看",
            "每行一项，按先后排列，可不填。未去极值的平均分：不去最高、最低时的得分；"
            "权重最大的指标：满分乘以权重最大的一项的平均分。",
            one_of(
                {
                    "未去极值的平均分": TieBreak.UNTRIMMED_MEAN,
                    "权重最大的指标（占满分比重最大）": TieBreak.HEAVIEST_CRITERION,
                    "主席裁定": TieBreak.CHAIR,
                }
            ),
            is_repeated=True,
        ),
        Column("rank_shown", "向会场公布名次", "结果页是否显示名次。", YES_OR_NO, also=("显示排名", "显示名次")),
        Column(
            "rounds_open",
            "开始评分",
            "评分轮何时自动开启。",
            one_of(
                {
                    "履职报告开始时": RoundsOpen.REPORT,
                    "评分环节开始时": RoundsOpen.SCORING,
                    "手动开启": RoundsOpen.BY_HAND,
                }
            ),
        ),
        Column(
            "results_shown",
            "何时亮分",
            "评议结果何时向会场公布；留空为手动亮分。",
            one_of(
                {
                    "每个单位评分后": ResultsShown.AFTER_EACH,
                    "宣布时按议程顺序": ResultsShown.IN_ORDER,
                    "宣布时由低到高": ResultsShown.FROM_LOWEST,
                    "宣布时按等次不公布分数": ResultsShown.BY_GRADE,
                    "手动亮分": ResultsShown.BY_HAND,
                }
            ),
        ),
        Column("checked", "亮分前复核", "是：每个结果经监督员复核后方可亮分；否或留空：不须复核。", YES_OR_NO),
        Column(
            "level_rule",
            "等次认定",
            "等次制下如何由各席的等次得出结果。",
            one_of({"票数最多": LevelRule.PLURALITY, "中位等次": LevelRule.MEDIAN}),
        ),
        *(
            Column(
                f"group_weights.{group}",
                f"{word}权重",
                "以前的写法，现在写在“类别”表的权重列；两处都写时须一致。",
                NUMBER,
                get=partial(_weight_of, group),
                is_outdated=True,
            )
            for word, group in CHOICES[Preset].items()
        ),
        Column(
            "receipts",
            "回执公示",
            "结果公开后，回执旁只注明已计入，或连同打分一并公示；留空为前者。",
            one_of({"仅公示已计入": Receipts.COUNTED, "连同打分公示": Receipts.AS_GIVEN}),
        ),
        Column(
            "signing",
            "签名方式",
            "评分表在纸上签名，或提交时在平板上手写签名；留空为纸上签名。",
            one_of({"纸上签名": Signing.PAPER, "提交时手写签名": Signing.DRAWN}),
        ),
        *polls.RULES,
    ),
    **joined.ENTRIES,
    WORDS: tuple(columns_of_words()),
}
"""Sheets with one entry a line."""

TABLES: Mapping[str, tuple[Column, ...]] = {
    UNITS: (
        Column("name", "单位名称", "被评议单位的全称。", width=34, also=("名称", "单位全称", "单位"), is_needed=True),
        Column(
            "short_name",
            "简称",
            "大屏和平板上显示，其他各表用它指这个单位；留空即用全称。",
            width=18,
            also=("单位简称",),
        ),
        Column("office", "报告人职务", "如 副局长；不写姓名。可不填。", width=18, also=("职务", "汇报人职务")),
        Column("reading", "读音", "主持人怎么读，如 亳 bó；可不填。", width=18, also=("拼音", "读法")),
        IDS,
        Column(
            "of_class",
            "分类",
            "综合评分在同一分类内排名，如 政府部门、群团组织；可不填。",
            width=18,
            also=("组别", "单位分类", "单位类别", "类别"),
        ),
    ),
    AGENDA: (
        Column(
            "kind",
            "类型",
            "从下拉列表中选择；写了单位而留空即为履职报告。",
            one_of(CHOICES[ItemKind]),
            also=("议程项",),
        ),
        Column(
            "unit",
            "单位",
            "只有履职报告填写：单位的简称或全称。",
            TEXT,
            width=18,
            of=UNITS,
            also=("被评议单位", "报告单位"),
        ),
        Column(
            "title", "标题", "显示的名称；履职报告留空即用单位简称，其他留空即用类型。", width=24, also=("名称", "内容")
        ),
        Column("report", "履职报告", "报告用时，只有履职报告填写。", MINUTES, unit="分钟", also=("报告", "汇报")),
        Column("comments", "提问点评", "提问和点评用时。", MINUTES, unit="分钟", also=("点评",)),
        Column("reply", "答复", "单位答复用时。", MINUTES, unit="分钟"),
        Column("scoring", "评分", "评分用时。", MINUTES, unit="分钟"),
        Column(
            "minutes", "时长", "不分环节的议程项（开场、休息等）用时。", MINUTES, unit="分钟", also=("用时", "分钟")
        ),
        Column(
            "segments",
            "其他环节安排",
            "环节次序不同或重复时填写，如：履职报告5、提问点评3、履职报告2。一般不填。",
            SEGMENTS,
            width=20,
        ),
        IDS,
    ),
    GROUPS: (
        Column(
            "name",
            "类别",
            "评议员代表谁，用会议自己的叫法，如 市人大代表、人民监督员、企业代表。",
            width=24,
            also=("名称", "类别名称"),
            is_needed=True,
        ),
        Column("weight", "权重", "按类别加权时填写，各类别平均分按此比例合成；不加权则全部留空。", NUMBER),
        IDS,
    ),
    PANEL: (
        Column("label", "席位", "如 专家1；不写姓名。", width=18, also=("席位名称",), is_needed=True),
        Column("group", "类别", "“类别”表中的一个。", of=GROUPS, also=("界别",), is_needed=True),
        IDS,
    ),
    RECUSALS: (
        Column("seat", "席位", "评议团表中的席位。", TEXT, width=18, of=PANEL, is_needed=True),
        Column(
            "unit",
            "单位",
            "该席位不评的单位的简称或全称。",
            TEXT,
            width=18,
            of=UNITS,
            also=("回避单位",),
            is_needed=True,
        ),
        Column("reason", "事由", "为什么回避，可不填。", LONG_TEXT, width=30, also=("理由", "回避理由", "原因")),
    ),
    RUBRIC: (
        Column("name", "指标", "评议指标的名称。", width=24, also=("评议指标", "指标名称"), is_needed=True),
        Column("maximum", "满分", "最多可给的分数；有等次的指标可留空。", NUMBER, also=("最高分", "分值")),
        Column("minimum", "最低分", "最少可给的分数；留空为 0，有等次的指标为最低等次的分值。", NUMBER),
        Column("step", "最小计分单位", "分数的间隔，如 0.5；留空为 0.5。", NUMBER, also=("步长", "分档")),
        Column("weight", "权重", "计入总分时乘以它；留空为 1。", NUMBER),
        Column("help", "说明", "评什么，显示在平板上。", LONG_TEXT, width=44, also=("评分说明", "备注说明")),
        IDS,
    ),
    LEVELS: (
        Column(
            "criterion",
            "指标",
            "评分细则表中的指标；只有一项指标时可留空。",
            TEXT,
            width=24,
            of=RUBRIC,
            also=("评议指标",),
        ),
        Column("name", "等次", "等次的名称，如 优秀。", also=("等次名称",), is_needed=True),
        Column("points", "分值", "该等次折合的分数。", NUMBER, is_needed=True),
        Column(
            "approving", "计入优良率", "给出该等次是否计入优良率；留空为否。", YES_OR_NO, also=("计入满意率", "满意")
        ),
    ),
    GRADES: (
        Column("name", "等次", "打分制下得分达到等次线时的等次，如 优秀。", also=("等次名称",), is_needed=True),
        Column("at_least", "最低得分", "得分达到多少分。", NUMBER, also=("分数线", "最低分"), is_needed=True),
    ),
    **joined.TABLES,
}
"""Sheets with one thing a line, the columns in the order in which they are written."""

ALL: Mapping[str, tuple[Column, ...]] = {**ENTRIES, **TABLES}
ORDER_OF_SHEETS = (
    *(INSTRUCTIONS, MEETING, UNITS, AGENDA, GROUPS, PANEL, RECUSALS),
    *(RUBRIC, LEVELS, GRADES, RULES, *joined.SHEETS.values(), WORDS),
)
SHEET_OF = {
    "meeting": MEETING,
    "units": UNITS,
    "agenda": AGENDA,
    "groups": GROUPS,
    "seats": PANEL,
    "recusals": RECUSALS,
    "criteria": RUBRIC,
    "levels": LEVELS,
    "grades": GRADES,
    "rules": RULES,
    **joined.SHEETS,
    "words": WORDS,
}
"""The sheet of each part of a plan."""

NEEDED_SHEETS = (MEETING, UNITS, AGENDA, PANEL)
IGNORED_HEADINGS = ("序号", "备注", "姓名", "联系人", "联系电话")
"""Columns that people add for themselves; they are passed over without a word."""


def column_of(sheet: str, heading: str) -> Column:
    """The column or entry of a heading. Raises StopIteration if there is none: a fault of the program."""
    return next(each for each in ALL[sheet] if each.heading == heading)


def heading_of(sheet: str, field: str) -> str:
    """What a field is called in its sheet; nothing if it has no column."""
    return next((each.heading for each in ALL[sheet] if each.field == field), "")
