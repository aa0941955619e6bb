"""What organisers call sheets and headings in files of their own. The words of the format are in ``sheets``.

A word stands here only if it can mean one thing: what could be two is asked about.
"""

from collections.abc import Mapping

from app.papers.plan.joined_sheets import COMPOSITE, COMPOSITE_GRADES, PARTS
from app.papers.plan.sheets import AGENDA, GRADES, GROUPS, LEVELS, MEETING, PANEL, RECUSALS, RUBRIC, RULES, UNITS, WORDS


def _meaning(words: Mapping[str, str]) -> dict[str, str]:
    """By every other word the one that it means."""
    return {other: word for word, others in words.items() for other in others.split()}


def _words(text: str) -> list[str]:
    return text.split()


SHEETS = _meaning(
    {
        MEETING: "会议信息 会议基本信息 基本信息 会议情况 会议概况 会务信息 评议会",
        UNITS: "被评议单位 被评单位 参评单位 评议对象 评议单位 报告单位 述职单位 汇报单位 受评单位 参会单位",
        AGENDA: "会议议程 议程安排 日程 日程安排 会议流程 会议日程 会议安排",
        GROUPS: "评议员类别 评委类别 评议团类别 席位类别 界别 组别",
        PANEL: "评议团成员 评议员 评委 评委会 评委组 评审团 评审专家 评审委员会 席位",
        RECUSALS: "回避情况",
        RUBRIC: (
            "评分标准 评议指标 评价指标 评分指标 考核指标 指标 细则 评议细则 评审细则 "
            "考核细则 指标体系 评分指标体系 评价指标体系 评议标准 评价标准"
        ),
        LEVELS: "等级 等次表",
        GRADES: "分数线 等级线 等次标准",
        RULES: "评分规则 计分规则 规则设置",
        PARTS: "综合评分组成 综合得分构成 总成绩构成 成绩构成",
        WORDS: "主持稿 主持串词 主持人串词 串词 串词稿",
    }
)

_UNIT = (
    "参评单位 被评单位 被评议单位 评议单位 报告单位 汇报单位 述职单位 受评单位 评议对象 "
    "被评议对象 部门 部门名称 单位全称 单位名称 单位简称"
)
CONTENTS_OF_A_RUBRIC = "评议内容 评分内容 评价内容 考核内容 测评内容 评议事项 考核事项"
CONTENTS = tuple(CONTENTS_OF_A_RUBRIC.split())
"""May be a criterion, or what one is about."""

_SEAT = "席次 席位号 席号 席位名称 席位编号 座位 座次 座位号 席别"

HEADINGS: Mapping[str, dict[str, str]] = {
    MEETING: _meaning(
        {
            "代号": "代码 短代码 会议代号 会议代码",
            "名称": "会议名称 评议会名称 会议主题 主题 会议标题 标题 活动名称",
            "日期": "会议日期 召开日期 开会日期 举办日期 评议日期",
            "开始时间": "时间 会议时间 召开时间 开会时间 举办时间 评议时间 会议开始时间 开始 时间安排",
            "地点": "会议地点 会场 召开地点 举办地点 开会地点 评议地点",
            "主办单位": "主办 主办方 举办单位",
            "评议方式": "评分方式 打分方式 评议形式",
            "报告顺序": "汇报顺序 报告次序 汇报次序 述职顺序 出场顺序",
        }
    ),
    UNITS: _meaning(
        {
            "单位名称": _UNIT.replace("单位名称 单位简称", ""),
            "简称": "单位简称 简写 显示名称 部门简称",
            "报告人职务": "职务 汇报人职务 述职人职务 报告人身份 汇报人身份",
            "读音": "注音 读法 拼音",
        }
    ),
    AGENDA: _meaning(
        {
            "类型": "议程项 议程类型 环节类型 类别",
            "单位": _UNIT,
            "标题": "名称 内容 议程 议题 议程内容 事项 议程名称",
            "履职报告": "报告 汇报 述职 述职报告 履职汇报 工作报告 工作汇报 单位报告 单位汇报 陈述",
            "提问点评": "点评 提问 提问与点评 点评提问 评议 评议提问 现场提问 现场点评",
            "答复": "回应 回答 答问 单位答复 现场答复",
            "评分": "打分 现场评分 现场打分",
        }
    ),
    GROUPS: _meaning({"类别": "名称 类别名称 界别 组别 身份", "权重": "系数 权数 比重 权重系数 占比"}),
    PANEL: _meaning(
        {"席位": _SEAT, "类别": "界别 身份 类型 组别 身份类别 人员类别 评委类别 评议员类别 代表类别 所属类别 所属界别"}
    ),
    RECUSALS: _meaning(
        {"席位": _SEAT, "单位": _UNIT + " 回避单位 回避对象", "事由": "理由 回避理由 回避原因 原因 回避事由"}
    ),
    RUBRIC: _meaning(
        {
            "指标": (
                "评议指标 评价指标 考核指标 考评指标 测评指标 评分指标 指标名称 评议项目 评分项目 评价项目 "
                "考核项目 评议要素 评价要素 评分要素 一级指标 二级指标 三级指标 四级指标 " + CONTENTS_OF_A_RUBRIC
            ),
            "满分": "最高分 分值 标准分 标准分值 满分值 满分分值 分数 分值上限 最高分值 配分 赋分 赋分值",
            "最低分": "最低分值 分值下限",
            "最小计分单位": "计分单位 计分间隔 最小单位 步长值",
            "权重": "系数 权数 比重 权重系数",
            "说明": (
                "评分说明 备注说明 评分标准 评分细则 评分要点 评议要点 评议标准 评价标准 评价要点 考核标准 "
                "考核要点 指标说明 指标解释 具体内容 评分依据"
            ),
        }
    ),
    LEVELS: _meaning(
        {"指标": "评议指标 评价指标", "等次": "等级 档次 等次名称 评价等次", "分值": "分数 折合分 对应分值 标准分"}
    ),
    GRADES: _meaning(
        {
            "等次": "等级 档次 等次名称",
            "最低得分": (
                "分数段 分数范围 分数区间 分值区间 得分区间 得分 总分 最低总分 分数线 等次线 最低分 起始分 最低分数 "
                "分数下限"
            ),
        }
    ),
    RULES: {},
    COMPOSITE: {},
    PARTS: _meaning({"部分": "项目 组成", "权重": "系数 权数 权重系数", "来源": "得分来源", "满分": "满分值"}),
    COMPOSITE_GRADES: _meaning({"等次": "等级 档次", "最低分": "最低分数 分数下限"}),
    WORDS: {},
}

NAMES_OF_PERSONS = frozenset(_words("姓名 名字 评委 评委姓名 评议员 评议员姓名 成员 成员姓名 专家姓名 代表姓名"))
OF_PERSONS = NAMES_OF_PERSONS | frozenset(
    _words(
        "性别 民族 年龄 单位 "
        "工作单位 所在单位 单位名称 部门 职务 职称 单位及职务 单位职务 职务职称 专业 手机 电话 "
        "联系方式 手机号 手机号码 身份证号"
    )
)
"""Columns of a list of persons: nothing of them belongs into the record."""
