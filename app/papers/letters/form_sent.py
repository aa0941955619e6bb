"""The forms that an office sends out: the opinion for each unit, the problems, the minutes, the two announcements."""

from app.papers.letters.building import Column, kept, paragraph, table
from app.papers.letters.measures import SIDEWAYS, UPRIGHT
from app.papers.letters.pieces import (
    APART,
    DRAFT,
    NUMBER,
    REHEARSED,
    RESULTS,
    SIGNED,
    SOURCE,
    composites,
    each,
    votes,
    when,
)

_ITEM = paragraph("{{ 条.序号 }}. {{ 条.内容 }}")

OPINION = (
    DRAFT
    + paragraph("评议意见书", "Title")
    + kept("", "Normal")
    + paragraph("{{ 单位 }}：", "Normal")
    + paragraph(
        "{{ 日期 }}，{{ 会议名称 }}{% if 地点 %}在{{ 地点 }}{% endif %}召开，"
        "{{ 席位数 }}个席位组成的评议团听取了你单位的履职报告，并进行了现场评议。现将评议意见书面反馈如下。"
    )
    + when("结果 or 综合结果 or 测评", paragraph("一、评议结果", "Heading1"))
    + when("结果", paragraph("{{ 结果 }}"))
    + when("综合结果", paragraph("{{ 综合结果 }}"))
    + when("测评", paragraph("听众满意度测评情况如下。" + APART))
    + each("行 in 测评", paragraph("{{ 行.内容 }}"))
    + each("条 in 测评来源", paragraph("{{ 条 }}", "Note"))
    + when(
        "承诺评议",
        paragraph("评议团对你单位上次会议整改承诺的评议如下，不计入得分。"),
        each("条 in 承诺评议", paragraph("{{ 条 }}")),
    )
    + each("部 in 部分", paragraph("{{ 部.序号 }}、{{ 部.标题 }}", "Heading1"), each("条 in 部.条目", _ITEM))
    + when(
        "not 结果 and not 综合结果 and not 测评 and not 部分",
        paragraph("会上没有公布对你单位的评议结果，也没有公开对你单位的点评。"),
    )
    + kept(
        "请你单位认真研究上述意见，{% if 有问题 %}对存在问题逐条制定整改措施，明确责任人和完成时限，{% endif %}"
        "并将办理情况书面反馈主办单位。"
    )
    + SIGNED
)

PROBLEMS = (
    REHEARSED
    + paragraph("{{ 会议标题 }}问题清单（草稿）", "Title")
    + paragraph("共{{ 问题数 }}条，为现场公开的评议意见原文；整改措施、责任人、完成时限由被评议单位填写。", "Note")
    + table(
        [
            NUMBER,
            Column("被评议单位", "{{ 行.单位 }}", 2100, "Cell"),
            Column("问题", "{{ 行.问题 }}", 4800, "Cell"),
            Column("整改措施", "", 3200, "Cell"),
            Column("责任人", "", 1200, "Cell"),
            Column("完成时限", "", 1300, "Cell"),
        ],
        "for 行 in 问题",
        SIDEWAYS.text_width,
    )
    + kept("", "Note")
    + kept("{{ 主办单位 }}　　{{ 成文日期 }}", "Signature")
    + paragraph(SOURCE, "Note")
)

_DUE = when("综合评分公布日", paragraph("综合评分定于{{ 综合评分公布日 }}公布。"))
_COMMENTED = "会上共公开点评{{ 点评数 }}条，其中亮点{{ 亮点数 }}条、问题{{ 问题数 }}条、建议{{ 建议数 }}条。"

_AGENDA = table(
    [
        NUMBER,
        Column("议程", "{{ 行.议程 }}", 3000, "Cell"),
        Column("计划时间", "{{ 行.计划 }}", 1600),
        Column("实际时间", "{{ 行.实际 }}", 1600),
        Column("备注", "{{ 行.备注 }}", 1900, "Cell", when="if 有备注"),
    ],
    "for 行 in 议程",
    UPRIGHT.text_width,
)

MINUTES = (
    paragraph("草稿{% if 是彩排 %}（彩排）{% endif %}", "Draft")
    + paragraph("会议纪要", "Title")
    + kept("", "Normal")
    + paragraph("会议：{{ 会议名称 }}")
    + paragraph("时间：{{ 日期 }}{{ 开始 }}—{{ 结束 }}")
    + when("地点", paragraph("地点：{{ 地点 }}"))
    + paragraph("主办：{{ 主办单位 }}")
    + paragraph("一、出席情况", "Heading1")
    + paragraph("评议团应到{{ 应到 }}席，实到{{ 实到 }}席。")
    + each("组 in 出席", paragraph("{{ 组.类别 }}：{{ 组.席位 }}"))
    + when("缺席", paragraph("缺席：{{ 缺席 }}"))
    + each("条 in 回避", paragraph("{{ 条 }}"))
    + when("报告人", paragraph("报告人：{% for 人 in 报告人 %}{{ 人 }}{% if not loop.last %}；{% endif %}{% endfor %}"))
    + each("人 in 工作人员", paragraph("{{ 人 }}"))
    + paragraph("二、议程", "Heading1")
    + paragraph("{{ 单位数 }}个单位的报告顺序{{ 报告顺序 }}。各项议程的计划时间与实际时间如下。")
    + _AGENDA
    + paragraph("三、评议结果", "Heading1")
    + when("有结果", paragraph("会议公布了以下评议结果。"), RESULTS)
    + when("综合评分", paragraph("公布的综合评分如下。"), composites(UPRIGHT.text_width))
    + _DUE
    + votes("听众满意度测评情况如下。")
    + when("未公布数", paragraph("另有{{ 未公布数 }}个单位的评议结果未在会上公布。"))
    + when("not 有结果 and not 未公布数", paragraph("本次会议只作点评，不作评分。"))
    + when("点评数", paragraph(_COMMENTED))
    + paragraph("四、决定事项", "Heading1")
    + each("条 in 决定", _ITEM)
    + when("not 决定", paragraph("无。"))
    + paragraph("五、更正", "Heading1")
    + each("条 in 更正", _ITEM)
    + when("not 更正", paragraph("无。"))
    + paragraph("六、会议记录", "Heading1")
    + kept("会议日志共{{ 末条序号 }}条。记录的末条封码和规则封存码如下，任何人都可以据此核对公开的会议记录。")
    + kept("末条封码：{{ 末条封码 }}", "Note")
    + kept("规则封存码：{{ 规则封存码 }}", "Note")
    + kept("", "Normal")
    + paragraph("记录人（签名）：　　　　　　　　审核人（签名）：", "Normal")
)

_HELD = (
    "{{ 日期 }}，{{ 会议名称 }}{% if 地点 %}在{{ 地点 }}{% endif %}召开。{{ 单位数 }}个单位作了履职报告，"
    "评议团{{ 席位数 }}席中实到{{ 实到 }}席，"
)
_JUDGED = (
    when("打分制", paragraph(_HELD + "按照会前封存的规则现场打分。")),
    when("等次制", paragraph(_HELD + "按照会前封存的规则现场评定等次。")),
    when("not 打分制 and not 等次制", paragraph(_HELD + "进行了现场点评。")),
)
CIRCULAR = (
    DRAFT
    + paragraph("关于{{ 会议标题 }}评议情况的通报", "Title")
    + kept("", "Normal")
    + paragraph("各被评议单位：", "Normal")
    + "".join(_JUDGED)
    + when("点评数", paragraph(_COMMENTED))
    + when("有结果", paragraph("现将会上公布的评议结果通报如下。"), RESULTS)
    + when("综合评分", paragraph("现将综合评分通报如下。"), composites(UPRIGHT.text_width))
    + _DUE
    + votes("现将听众满意度测评情况通报如下。")
    + kept("各单位要对照评议意见书{% if 问题数 != '0' %}和问题清单{% endif %}，认真抓好整改落实。特此通报。")
    + SIGNED
)

NOTICE = (
    DRAFT
    + paragraph("关于{{ 会议标题 }}评议情况的公告", "Title")
    + kept("", "Normal")
    + "".join(_JUDGED)
    + when("点评数", paragraph(_COMMENTED))
    + when("有结果", paragraph("现将会上公布的评议结果公告如下。"), RESULTS)
    + when("综合评分", paragraph("现将综合评分公告如下。"), composites(UPRIGHT.text_width))
    + _DUE
    + votes("现将听众满意度测评情况公告如下。")
    + paragraph("评议规则在会前封存。任何人都可以用公开的会议记录核验上述内容。")
    + paragraph("规则封存码：{{ 规则封存码 }}", "Note")
    + kept("特此公告。")
    + SIGNED
)
