"""The forms that are signed by hand: the summary of the scores, and the sheets of each seat."""

from dataclasses import replace

from app.papers.letters.building import Column, kept, paragraph, table
from app.papers.letters.measures import SIDEWAYS
from app.papers.letters.pieces import (
    NUMBER,
    OUTCOME,
    REHEARSED,
    SIGN_HERE,
    SOURCE,
    TURNOUT,
    UNIT,
    composites,
    each,
    when,
)

_WHERE = "时间：{{ 日期 }}{{ 开始 }}—{{ 结束 }}{% if 地点 %}　　地点：{{ 地点 }}{% endif %}　　主办单位：{{ 主办单位 }}"
_SEATS = Column("{{ 名 }}", "{{ 分 }}", 850, when="for 名 in 席位", in_rows="for 分 in 行.各席")

SUMMARY = (
    REHEARSED
    + paragraph("{{ 会议标题 }}评分汇总表", "Title")
    + paragraph(_WHERE, "Note")
    + table(
        [NUMBER, replace(UNIT, width=2400), _SEATS, *TURNOUT, *OUTCOME], "for 行 in 结果", SIDEWAYS.text_width, "Small"
    )
    + when("有去掉", paragraph("注：带“↑”的按最高分去掉，带“↓”的按最低分去掉。", "Note"))
    + when("综合评分", paragraph("综合评分", "TableTitle"), composites(SIDEWAYS.text_width))
    + kept("计分办法：{% for 条 in 计分办法 %}{{ 条 }}{% endfor %}", "Note")
    + SIGN_HERE
)

_MARKS = table(
    [
        Column("被评议单位", "{{ 行.单位 }}", 2700, "Cell"),
        Column("{{ 项 }}", "{{ 分 }}", 1100, when="for 项 in 指标", in_rows="for 分 in 行.各项"),
        Column("总分", "{{ 行.总分 }}", 900, when="if 有总分"),
        Column("回执", "{{ 行.回执 }}", 1750),
        Column("说明", "{{ 行.说明 }}", 2000, "Cell", when="if 席.有说明"),
    ],
    "for 行 in 席.评分",
    SIDEWAYS.text_width,
    "Small",
)
_COMMENTS = table(
    [
        Column("被评议单位", "{{ 行.单位 }}", 3000, "Cell"),
        Column("类型", "{{ 行.类型 }}", 1000),
        Column("点评内容", "{{ 行.内容 }}", 8700, "Cell"),
    ],
    "for 行 in 席.点评",
    SIDEWAYS.text_width,
    "Small",
)

_TITLE = "{{ 会议标题 }}{% if 指标 %}评分表{% else %}点评表{% endif %}{% if 是彩排 %}（彩排）{% endif %}"
_WHO = (
    "席位：{{ 席.席位 }}　类别：{{ 席.类别 }}{% if 席.姓名 %}　姓名：{{ 席.姓名 }}{% endif %}"
    "{% if 席.职务 %}　职务：{{ 席.职务 }}{% endif %}　签到：{{ 席.签到 }}　日期：{{ 日期 }}"
)

SHEETS = each(
    "席 in 席位",
    when("loop.first", paragraph(_TITLE, "Title")),
    when("not loop.first", paragraph(_TITLE, "Title", "<w:pageBreakBefore/>")),
    paragraph(_WHO, "Note"),
    when("席.评分", _MARKS),
    when("席.点评", paragraph("点评", "TableTitle"), _COMMENTS),
    when("not 席.评分 and not 席.点评", paragraph("本席位没有评分，也没有点评。", "Note")),
    paragraph("评议员（签名）：　　　　　　　　　　年　　月　　日", "Signature"),
    paragraph(SOURCE, "Note"),
)
