"""One word for one thing: what a page says in Chinese is what the workbook, and so the preview, calls it."""

from enum import StrEnum
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.language import CATALOGUES, Language, catalogue
from app.language.words import WORDS
from app.meeting.moments import Moment
from app.meeting.plan import (
    LevelRule,
    Mode,
    Order,
    Preset,
    QuorumBy,
    ResultsShown,
    RoundAt,
    RoundsOpen,
    TieBreak,
    TrimOf,
)
from app.papers.plan.choices import CHOICES
from app.papers.plan.headings import by_words, heading_key
from app.papers.plan.sheets import (
    AGENDA,
    ENTRIES,
    GRADES,
    GROUPS,
    LEVELS,
    MEETING,
    PANEL,
    RECUSALS,
    RUBRIC,
    RULES,
    TABLES,
    UNITS,
    column_of,
)
from app.papers.plan.template import WRITERS
from tests.papers.books import TEMPLATE, changed, read

CHINESE = catalogue(Language.CHINESE).gettext
KINDS: dict[type[StrEnum], str] = {
    Mode: "mode",
    Preset: "group",
    Order: "order",
    TrimOf: "trim_of",
    RoundAt: "round_at",
    QuorumBy: "quorum_by",
    TieBreak: "tie",
    RoundsOpen: "rounds_open",
    ResultsShown: "results_shown",
    LevelRule: "level_rule",
    Moment: "moment",
}
FIELDS = {
    (MEETING, "名称"): "field.meeting.title",
    (MEETING, "日期"): "field.meeting.date",
    (MEETING, "开始时间"): "field.meeting.time",
    (MEETING, "时区"): "field.meeting.offset",
    (MEETING, "地点"): "field.meeting.place",
    (MEETING, "主办单位"): "field.meeting.organisers",
    (MEETING, "评议方式"): "field.meeting.mode",
    (MEETING, "报告顺序"): "field.meeting.order",
    (MEETING, "凭邀请观看"): "field.meeting.invited_only",
    (UNITS, "单位名称"): "field.units.name",
    (UNITS, "简称"): "field.units.short_name",
    (UNITS, "报告人职务"): "field.units.office",
    (UNITS, "读音"): "field.units.reading",
    (AGENDA, "类型"): "field.items.kind",
    (AGENDA, "标题"): "field.items.title",
    (AGENDA, "单位"): "field.items.unit",
    (AGENDA, "履职报告"): "field.items.report",
    (AGENDA, "提问点评"): "field.items.comments",
    (AGENDA, "答复"): "field.items.reply",
    (AGENDA, "评分"): "field.items.scoring",
    (AGENDA, "时长"): "field.items.minutes",
    (GROUPS, "类别"): "field.groups.name",
    (PANEL, "席位"): "field.seats.label",
    (PANEL, "类别"): "field.seats.group",
    (RECUSALS, "席位"): "field.recusals.seat",
    (RECUSALS, "单位"): "field.recusals.unit",
    (RECUSALS, "事由"): "field.recusals.reason",
    (RUBRIC, "指标"): "field.criteria.name",
    (RUBRIC, "说明"): "field.criteria.help",
    (RUBRIC, "满分"): "field.criteria.maximum",
    (RUBRIC, "最低分"): "field.criteria.minimum",
    (RUBRIC, "最小计分单位"): "field.criteria.step",
    (RUBRIC, "权重"): "field.criteria.weight",
    (LEVELS, "等次"): "field.levels.name",
    (LEVELS, "计入优良率"): "field.levels.approving",
    (GRADES, "等次"): "field.grades.name",
    (GRADES, "最低得分"): "field.grades.at_least",
    (RULES, "去掉最高分"): "field.rules.trim_high",
    (RULES, "去掉最低分"): "field.rules.trim_low",
    (RULES, "满多少份才去"): "field.rules.trim_from",
    (RULES, "去掉什么"): "field.rules.trim_of",
    (RULES, "小数位数"): "field.rules.places",
    (RULES, "四舍五入"): "field.rules.round_at",
    (RULES, "法定份数比例"): "field.rules.quorum",
    (RULES, "向会场公布名次"): "field.rules.rank_shown",
    (RULES, "开始评分"): "field.rules.rounds_open",
    (RULES, "何时亮分"): "field.rules.results_shown",
    (RULES, "亮分前复核"): "field.rules.checked",
    (RULES, "等次认定"): "field.rules.level_rule",
}
SAID: dict[type[StrEnum], dict[str, StrEnum]] = CHOICES | {
    column.content.kind: {word: column.content.read(word) for word in column.choices}
    for columns in (*ENTRIES.values(), *TABLES.values())
    for column in columns
    if column.content.kind
}
OUTDATED = (
    "代码为",
    "会议代码",
    "步长",
    "分档",
    "组织单位",
    "分数线",
    "显示排名",
    "会上抽签",
    "仅限受邀",
    "保留小数",
    "起去份数",
    "满意率",
    "肯定率",
    "肯定性评价",
    "迟到",
    "手机关注",
    "返回大厅",
    "全部亮分",
    "指定的画面",
    "个评分轮）",
    "抽第 %(number)s 个",
    "规则封存 ",
    "省 %(minutes)s",
    "超 %(minutes)s",
    "链接和代码",
)
"""Words that stood beside those that are used now."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_is_called_the_same_on_pages_and_in_workbooks(kind):
    assert {word: CHINESE(WORDS[f"{KINDS[kind]}.{member}"]) for word, member in SAID[kind].items()} == {
        word: word for word in SAID[kind]
    }


@pytest.mark.parametrize(("sheet", "heading"), FIELDS)
def test_a_field_is_called_the_same_on_pages_and_in_workbooks(sheet, heading):
    label = CHINESE(WORDS[FIELDS[sheet, heading]])
    assert label.partition("（")[0] == column_of(sheet, heading).heading


def test_the_lists_are_called_as_their_sheets_are():
    assert CHINESE(WORDS["field.grades"]) == GRADES


def test_no_outdated_word_is_left_in_the_catalogue():
    lines = CATALOGUES[Language.CHINESE].read_text("utf-8").splitlines()
    said = [line for line in lines if not line.startswith("msgid")]
    assert [(word, line) for word in OUTDATED for line in said if word in line] == []


@pytest.mark.parametrize(
    ("sheet", "old", "new"),
    [
        (MEETING, "代码", "代号"),
        (MEETING, "组织单位", "主办单位"),
        (RULES, "起去份数", "满多少份才去"),
        (RULES, "显示排名", "向会场公布名次"),
        (RECUSALS, "理由", "事由"),
        (RUBRIC, "步长", "最小计分单位"),
        (LEVELS, "计入满意率", "计入优良率"),
        (RUBRIC, "评议指标", "指标"),
    ],
)
def test_files_with_older_words_are_still_read(sheet, old, new):
    assert by_words(sheet)[heading_key(old)].heading == new


def test_a_workbook_of_an_earlier_template_is_still_read():
    """Every heading and sheet that was renamed, as it stood in the template before."""

    def as_before(book):
        older = {
            "代号": "代码",
            "主办单位": "组织单位",
            "事由": "理由",
            "最小计分单位": "步长",
            "满多少份才去（份）": "起去份数（份）",
            "计入优良率": "计入满意率",
        }
        older["向会场公布名次"] = "显示排名"
        for sheet in book.worksheets[1:]:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value in older):
                cell.value = older[cell.value]
        book["等次线"].title = "分数线"

    before, now = read(changed(as_before)), read(TEMPLATE)
    assert (before.plan, before.mistakes) == (now.plan, now.mistakes)


@pytest.mark.parametrize(
    ("sheet", "heading", "words"),
    [
        (UNITS, "单位名称", "参评单位 被评单位 被评议单位 评议对象 部门名称"),
        (AGENDA, "单位", "参评单位 被评单位 述职单位 单位名称"),
        (AGENDA, "履职报告", "报告时间 汇报时长 汇报时间 述职 履职报告用时 报告分钟"),
        (AGENDA, "提问点评", "点评时间 提问时长 现场点评"),
        (PANEL, "席位", "席次 席位号 座次"),
        (PANEL, "类别", "身份 类型 界别 组别"),
        (RUBRIC, "指标", "评议指标 评价指标 考核指标 评分项目"),
        (RUBRIC, "满分", "标准分 分值 满分值 最高分"),
        (MEETING, "开始时间", "会议时间 召开时间"),
    ],
)
def test_headings_in_the_words_of_organisers(sheet, heading, words):
    known = by_words(sheet)
    assert {known[heading_key(word)].heading for word in words.split()} == {heading}


def test_a_warning_is_called_the_same_in_the_table_and_in_the_count():
    word = CHINESE("Warning")
    assert CHINESE("Warnings: %(warnings)s.").startswith(word)


MEANT = {
    "organisers": ("主办单位", ("组织单位", "举办单位")),
    "code": ("代号", ("代码",)),
    "step": ("最小计分单位", ("步长", "分档", "每档", "分为一档", "分值间隔")),
    "grade lines": ("等次线", ("分数线", "等级线")),
    "draw": ("现场抽签", ("会上抽签", "当场抽签")),
    "invited": ("凭邀请观看", ("仅限受邀", "受邀观看")),
    "points": ("打分制", ("计分制", "评分制")),
    "approval": ("优良率", ("满意率", "肯定率", "赞成率")),
    "late": ("迟交", ("迟到",)),
    "seal": ("封存码", ("规则封存码", "封存哈希")),
    "lobby": ("首页", ("大厅页",)),
}
"""What a thing is called, and what else it might be called."""


@pytest.mark.parametrize("thing", MEANT)
def test_a_thing_has_one_name_in_the_whole_catalogue_and_in_the_template(thing):
    """Read by nobody's list of lines: whatever is said anywhere, under any English."""
    word, others = MEANT[thing]
    lines = CATALOGUES[Language.CHINESE].read_text("utf-8").splitlines()
    said = [line for line in lines if not line.startswith("msgid")]
    said += WRITERS[".toml"](None).decode("utf-8").splitlines()
    book = load_workbook(BytesIO(TEMPLATE))
    said += [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(word in line for line in said)
    assert [(other, line) for other in others for line in said if other in line] == []
