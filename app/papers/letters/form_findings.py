"""The forms of the second half: handing over, ledger, report, striking off, public notice, circular, reminders."""

from dataclasses import replace

from app.papers.letters.building import Column, Pair, kept, pairs, paragraph, table
from app.papers.letters.measures import SIDEWAYS, UPRIGHT
from app.papers.letters.pieces import DRAFT, NUMBER, REHEARSED, SIGNED, SOURCE, each, when

_NUMBER_OF_UNIT = Column("问题编号", "{{ 行.编号 }}", 700)


def _or_stroke(name: str) -> str:
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}—{{% endif %}}"


def _told(head: str, name: str, width: int, style: str = "Cell") -> Column:
    return Column(head, _or_stroke(f"行.{name}"), width, style)


_SAME = "{% if 行.原文 == 行.问题 %}同左{% elif 行.原文 %}{{ 行.原文 }}{% else %}—{% endif %}"
_AS_SAID = (
    "{% if 行.原文 %}{{ 行.原文 }}{% if 行.原文 != 行.问题 %}（交办为：{{ 行.问题 }}）{% endif %}"
    "{% else %}{{ 行.问题 }}{% endif %}"
)
_CALENDAR = when("日历说明", paragraph("注：{{ 日历说明 }}", "Note"))
_ORIGINALLY = each("言 in 条.各意见", paragraph("评议意见原文（{{ 言.类别 }}）：“{{ 言.原文 }}”"))
_STANDARDS = (
    when(
        "条.各标准",
        paragraph("验收标准："),
        each("准 in 条.各标准", paragraph("（{{ 准.序号 }}）{{ 准.标准 }}")),
    ),
    when("not 条.各标准", paragraph("验收标准：在同意整改方案之前逐条商定。")),
)

HANDOVER = (
    DRAFT
    + paragraph("评议问题交办单", "Title")
    + kept("", "Normal")
    + paragraph("{{ 单位 }}：", "Normal")
    + paragraph(
        "{{ 日期 }}，{{ 会议名称 }}对你单位进行了现场评议。现将{{ 问题数 }}个问题交你单位整改，"
        "交办日期为{{ 交办日期 }}。"
    )
    + paragraph("一、交办问题", "Heading1")
    + each(
        "条 in 问题",
        kept("{{ 条.编号 }}. {{ 条.问题 }}（{{ 条.类型 }}）", "Heading2"),
        _ORIGINALLY,
        *_STANDARDS,
    )
    + paragraph("二、办理要求", "Heading1")
    + paragraph("1. 请即签收。认为不属于本单位职责的，于{{ 退回时限 }}前申请退回，说明理由和应由哪个单位负责。")
    + paragraph("2. 于{{ 方案时限 }}前报送整改方案，逐条写明原因、措施、目标、责任领导、责任处室、责任人和完成时限。")
    + paragraph("3. 于{{ 整改时限 }}前完成整改并申请销号，按验收标准逐条提交佐证材料，由主要负责人作出真实性承诺。")
    + paragraph("4. 于{{ 报告时限 }}前书面报告整改情况。")
    + kept("以上时限自交办之日起计算，不因签收早晚而改变；确需延期的，应在到期前说明理由提出申请。")
    + _CALENDAR
    + kept("", "Normal")
    + kept("{{ 主办单位 }}", "Signature")
    + kept("{{ 成文日期 }}", "Signature")
    + kept("签收人（签名）：　　　　　　　　签收时间：　　年　　月　　日　　时", "Normal")
    + paragraph(SOURCE, "Note")
)

FINDINGS = (
    REHEARSED
    + paragraph("{{ 会议标题 }}整改问题清单", "Title")
    + paragraph("责任单位：{{ 单位 }}　　问题：{{ 问题数 }}个　　主办单位：{{ 主办单位 }}", "Note")
    + table(
        [
            _NUMBER_OF_UNIT,
            Column("问题", "{{ 行.问题 }}", 2700, "Cell"),
            Column("评议意见原文", _SAME, 2700, "Cell"),
            Column("提出人类别", "{{ 行.类别 }}", 1000),
            _told("问题分类", "分类", 1100),
            Column("整改类型", "{{ 行.类型 }}", 900),
            _told("验收标准", "标准", 2300),
            Column("整改时限", "{{ 行.时限 }}", 1050),
        ],
        "for 行 in 问题",
        SIDEWAYS.text_width,
        "Small",
    )
    + _CALENDAR
    + kept("{{ 主办单位 }}　　{{ 成文日期 }}", "Signature")
    + paragraph(SOURCE, "Note")
)

_WHOSE = (replace(NUMBER, width=550), Column("责任单位", "{{ 行.简称 }}", 900), replace(_NUMBER_OF_UNIT, width=600))
_PLANNED = table(
    [
        *_WHOSE,
        Column("评议意见原文", _AS_SAID, 2600, "Cell"),
        Column("提出人类别", "{{ 行.类别 }}", 800),
        _told("问题分类", "分类", 850, "Figure"),
        Column("整改类型", "{{ 行.类型 }}", 700),
        _told("验收标准", "标准", 2100),
        _told("原因分析", "原因", 1600),
        _told("整改措施", "措施", 2000),
        _told("整改目标", "目标", 1300),
        _told("责任领导", "领导", 750, "Figure"),
        Column("责任处室／责任人", f"{_or_stroke('行.处室')}／{_or_stroke('行.责任人')}", 900, "Figure"),
        Column("整改时限", "{{ 行.时限 }}", 1300),
    ],
    "for 行 in 问题",
    SIDEWAYS.text_width,
    "Small",
)
_WORKED = table(
    [
        *_WHOSE,
        Column("状态", "{{ 行.状态 }}", 750),
        _told("整改进展", "进展", 2000),
        _told("佐证材料", "佐证", 1600),
        _told("真实性承诺", "承诺", 1200),
        _told("核验人／核验意见", "核验", 1800),
        _told("现场核查", "现场", 1400),
        _told("公示起止", "公示", 1050, "Figure"),
        _told("异议数", "异议数", 500, "Figure"),
        _told("销号日期", "销号日期", 1200, "Figure"),
        _told("备注", "备注", 1900),
    ],
    "for 行 in 问题",
    SIDEWAYS.text_width,
    "Small",
)

LEDGER = (
    REHEARSED
    + paragraph("{{ 会议标题 }}整改台账", "Title")
    + paragraph("截至{{ 成文日期 }}　　问题：{{ 问题数 }}个　　主办单位：{{ 主办单位 }}", "Note")
    + paragraph("一、问题与整改方案", "TableTitle")
    + _PLANNED
    + paragraph("二、整改进展与销号", "TableTitle")
    + _WORKED
    + _CALENDAR
    + kept("填表人（签名）：　　　　　　　　审核人（签名）：", "Normal")
    + paragraph(SOURCE, "Note")
)

_IN_ALL = (
    "共交办问题{{ 交办 }}个，已销号{{ 已销号 }}个，办理中{{ 办理中 }}个"
    "{% if 逾期 != '0' %}（其中逾期{{ 逾期 }}个）{% endif %}"
    "{% if 持续整改 != '0' %}，持续整改{{ 持续整改 }}个{% endif %}。"
)

REPORT = (
    DRAFT
    + paragraph("{{ 简称 }}关于{{ 会议标题 }}评议意见整改情况的报告", "Title")
    + kept("", "Normal")
    + paragraph("{{ 主办单位 }}：", "Normal")
    + paragraph(
        "{{ 日期 }}，{{ 会议名称 }}对我单位进行了现场评议，并交办了存在的问题。"
        "现将截至{{ 成文日期 }}的整改情况报告如下。"
    )
    + paragraph("一、总体情况", "Heading1")
    + paragraph(_IN_ALL)
    + paragraph("二、逐条整改情况", "Heading1")
    + each(
        "条 in 问题",
        kept("{{ 条.编号 }}. {{ 条.问题 }}", "Heading2"),
        paragraph("提出人类别：{{ 条.类别 }}"),
        when("条.原因", paragraph("原因分析：{{ 条.原因 }}")),
        when("条.措施", paragraph("整改措施：{{ 条.措施 }}")),
        when("条.进展", paragraph("整改情况：{{ 条.进展 }}")),
        when("条.佐证", paragraph("佐证材料：{{ 条.佐证 }}")),
        paragraph(
            "目前状态：{{ 条.状态 }}{% if 条.销号日期 %}（{{ 条.销号日期 }}）{% endif %}，整改期限{{ 条.整改期限 }}"
            "{% if 条.备注 %}；{{ 条.备注 }}{% endif %}。"
        ),
    )
    + _CALENDAR
    + paragraph("三、下一步工作", "Heading1")
    + paragraph("（由责任单位填写：未办结问题的措施和时限，举一反三和长效机制。）")
    + kept("", "Normal")
    + kept("{{ 单位 }}", "Signature")
    + kept("{{ 成文日期 }}", "Signature")
    + paragraph(SOURCE, "Note")
)

_BY_HAND = 1150
"""The height of a row in which somebody writes by hand."""
_SIGN = "　　　　　　　　　　（签名）　　　　年　　月　　日"

APPROVAL = REHEARSED + each(
    "条 in 问题",
    when("loop.first", paragraph("评议问题销号审批表", "Title")),
    when("not loop.first", paragraph("评议问题销号审批表", "Title", "<w:pageBreakBefore/>")),
    paragraph("主办单位：{{ 主办单位 }}　　填表日期：{{ 成文日期 }}", "Note"),
    pairs(
        ("事项", "内容"),
        [
            Pair("责任单位", "{{ 条.单位 }}"),
            Pair("问题编号", "{{ 条.编号 }}（{{ 条.类型 }}{% if 条.分类 %}，{{ 条.分类 }}{% endif %}）"),
            Pair("问题", "{{ 条.问题 }}"),
            Pair("评议意见原文", _or_stroke("条.原文")),
            Pair("提出人类别", "{{ 条.类别 }}"),
            Pair(
                "交办与时限",
                "{{ 条.交办日期 }}交办，整改时限{{ 条.时限 }}{% if 条.备注 %}（{{ 条.备注 }}）{% endif %}",
            ),
            Pair("原因分析", _or_stroke("条.原因")),
            Pair("整改措施", _or_stroke("条.措施")),
            Pair("整改情况", _or_stroke("条.进展")),
            Pair("真实性承诺", _or_stroke("条.承诺")),
        ],
        UPRIGHT.text_width,
    ),
    paragraph("验收标准与佐证材料", "TableTitle"),
    table(
        [
            Column("序号", "{{ 准.序号 }}", 700),
            Column("验收标准", "{{ 准.标准 }}", 3800, "Cell"),
            Column("佐证材料", _or_stroke("准.佐证"), 3000, "Cell"),
            Column("形成日期", _or_stroke("准.形成日期"), 1500),
        ],
        "for 准 in 条.各标准",
        UPRIGHT.text_width,
    ),
    paragraph("审核、核验与审批", "TableTitle"),
    pairs(
        ("环节", "意见"),
        [
            Pair("责任单位意见", _SIGN, _BY_HAND),
            Pair("主办单位意见", _SIGN, _BY_HAND),
            Pair("核验意见", _or_stroke("条.核验") + "{% if 条.现场 %}　现场核查：{{ 条.现场 }}{% endif %}"),
            Pair("核验人", _SIGN, _BY_HAND),
            Pair("公示情况", "{% if 条.公示 %}{{ 条.公示 }}，异议{{ 条.异议数 }}件{% else %}—{% endif %}"),
            Pair("销号审批意见", _SIGN, _BY_HAND),
        ],
        UPRIGHT.text_width,
    ),
    _CALENDAR,
    paragraph(SOURCE, "Note"),
)

PUBLICITY = (
    DRAFT
    + paragraph("关于{{ 会议标题 }}评议问题整改情况的公示", "Title")
    + kept("", "Normal")
    + paragraph(
        "{{ 日期 }}，{{ 会议名称 }}提出的下列{{ 问题数 }}个问题，责任单位已报告完成整改，经核验，拟予销号。"
        "现将整改情况予以公示。"
    )
    + paragraph("公示时间：{{ 公示起 }}至{{ 公示止 }}。")
    + table(
        [
            NUMBER,
            Column("责任单位", "{{ 行.简称 }}", 1100),
            Column("问题", "{{ 行.问题 }}", 2500, "Cell"),
            _told("整改措施", "措施", 2200),
            _told("整改情况", "进展", 2300),
        ],
        "for 行 in 问题",
        UPRIGHT.text_width,
        "Small",
    )
    + _CALENDAR
    + paragraph(
        "公示期内，任何单位和个人对整改情况有异议的，可以在本次评议会的公开页面提出，也可以向{{ 主办单位 }}书面反映。"
        "异议逐条公开答复，答复之前不予销号。"
    )
    + kept("特此公示。")
    + SIGNED
)

PROGRESS = (
    DRAFT
    + paragraph("关于{{ 会议标题 }}评议意见整改情况的通报", "Title")
    + kept("", "Normal")
    + paragraph("各被评议单位：", "Normal")
    + paragraph("现将{{ 日期 }}{{ 会议名称 }}评议意见截至{{ 成文日期 }}的整改情况通报如下。")
    + paragraph(_IN_ALL)
    + table(
        [
            NUMBER,
            Column("责任单位", "{{ 行.简称 }}", 1700, "Cell"),
            Column("交办", "{{ 行.交办 }}", 700),
            Column("已销号", "{{ 行.已销号 }}", 750),
            Column("销号率", "{{ 行.销号率 }}", 850),
            Column("办理中", "{{ 行.办理中 }}", 750),
            Column("逾期", "{{ 行.逾期 }}", 650),
            Column("持续整改", "{{ 行.持续整改 }}", 750),
            Column("退回", "{{ 行.退回 }}", 650),
            Column("延期", "{{ 行.延期 }}", 650),
            Column("反弹重开", "{{ 行.重开 }}", 750),
        ],
        "for 行 in 各单位",
        UPRIGHT.text_width,
        "Small",
    )
    + when("逾期单位", paragraph("逾期未办结的：{{ 逾期单位 }}。请有关单位抓紧办理，并书面说明原因。"))
    + when("重开单位", paragraph("销号后反弹、重新整改的：{{ 重开单位 }}。"))
    + paragraph("各单位要对照整改台账逐条销号，举一反三，巩固整改成果。")
    + kept("特此通报。")
    + SIGNED
)


def _reminding(title: str, before: str, after: str, difference: str) -> str:
    return (
        DRAFT
        + paragraph(title, "Title")
        + kept("", "Normal")
        + paragraph("{{ 单位 }}：", "Normal")
        + paragraph(before)
        + table(
            [
                _NUMBER_OF_UNIT,
                Column("问题", "{{ 行.问题 }}", 3500, "Cell"),
                Column("应办事项", "{{ 行.应办 }}", 1900, "Cell"),
                Column("时限", "{{ 行.时限 }}", 1350),
                Column(difference, "{{ 行.相差 }}", 1300),
            ],
            "for 行 in 问题",
            UPRIGHT.text_width,
        )
        + _CALENDAR
        + kept(after)
        + SIGNED
    )


_ABOUT = "{{ 会议名称 }}交办你单位整改的问题中，截至{{ 成文日期 }}，下列{{ 问题数 }}项"

REMINDER = _reminding(
    "整改提醒书",
    _ABOUT + "即将到期，现予提醒。",
    "请在时限之前办结。确需延期的，应在到期前说明理由提出申请。",
    "剩余时间",
)
URGING = _reminding(
    "整改督办单",
    _ABOUT + "已超过时限，现予督办。",
    "请抓紧办理，并于{{ 最后时限 }}前书面说明逾期原因、目前进展和办结时间。",
    "逾期",
)
ADMONITION = _reminding(
    "整改告诫书",
    _ABOUT + "超过时限较久仍未办结，现予告诫。",
    "限于{{ 最后时限 }}前办结。届时仍未办结的，将在整改情况通报中点名，并按有关规定处理。",
    "逾期",
)
