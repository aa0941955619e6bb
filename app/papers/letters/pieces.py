"""What several forms have in common."""

from dataclasses import replace

from app.papers.letters.building import Column, kept, lines, paragraph, table
from app.papers.letters.measures import UPRIGHT


def when(condition: str, *parts: str) -> str:
    return paragraph(f"{{%p if {condition} %}}") + "".join(parts) + paragraph("{%p endif %}")


def each(turn: str, *parts: str) -> str:
    return paragraph(f"{{%p for {turn} %}}") + "".join(parts) + paragraph("{%p endfor %}")


DRAFT = paragraph("草稿{% if 是彩排 %}（彩排）{% endif %}", "Draft") + lines(3)
"""A letter is a draft until somebody signs it: no red head and no seal, but the room for them."""

REHEARSED = when("是彩排", paragraph("（彩排）", "Draft"))

SOURCE = "（依据会议日志第{{ 末条序号 }}条，封码{{ 末条封码 }}。）"
SIGNED = (
    lines(2)
    + kept("{{ 主办单位 }}", "Signature")
    + kept("{{ 成文日期 }}", "Signature")
    + kept("", "Normal")
    + paragraph(SOURCE, "Note")
)
SIGN_HERE = (
    kept("", "Note")
    + kept("主持人（签名）：　　　　　　　监督员（签名）：　　　　　　　计票人（签名）：", "Normal")
    + kept("年　　月　　日", "Signature")
    + paragraph(SOURCE, "Note")
)

NUMBER = Column("序号", "{{ 行.序号 }}", 700)
UNIT = Column("被评议单位", "{{ 行.单位 }}", 2900, "Cell")
TURNOUT = (Column("应评", "{{ 行.应评 }}", 750), Column("计入", "{{ 行.计入 }}", 750))
OUTCOME = (
    Column("各等次票数", "{{ 行.各等次 }}", 2600, when="if 有各等次"),
    Column("优良率", "{{ 行.优良率 }}", 1300, when="if 有各等次"),
    Column("得分", "{{ 行.得分 }}", 1050, when="if 有得分"),
    Column("等次", "{{ 行.等次 }}", 1000, when="if 有等次"),
    Column("名次", "{{ 行.名次 }}", 750, when="if 有名次"),
    Column("说明", "{{ 行.说明 }}", 1500, when="if 有说明"),
)


def composites(width: int) -> str:
    """There where composites are told."""
    columns = [
        NUMBER,
        UNIT,
        Column("分类", "{{ 行.分类 }}", 1300, when="if 综合有分类"),
        Column("{{ 项 }}", "{{ 分 }}", 1300, when="for 项 in 构成", in_rows="for 分 in 行.各项"),
        Column("综合得分", "{{ 行.综合得分 }}", 1300, when="if 综合有得分"),
        Column("等次", "{{ 行.等次 }}", 1000, when="if 综合有等次"),
        Column("名次", "{{ 行.名次 }}", 750, when="if 综合有名次"),
    ]
    return table(columns, "for 行 in 综合评分", width, "Small")


RESULTS = table([NUMBER, UNIT, *TURNOUT, *OUTCOME], "for 行 in 结果", UPRIGHT.text_width)

_VOTES = table(
    [
        replace(UNIT, width=1900),
        Column("来源", "{{ 行.来源 }}", 1050),
        Column("应投", "{{ 行.应投 }}", 700, when="if 测评有应投"),
        Column("实投", "{{ 行.票数 }}", 750),
        Column("得票", "{{ 行.得票 }}", 3900, "Cell", when="if 测评有结果"),
        Column("未计入", "{{ 行.未计入 }}", 800, when="if 测评有未计入"),
        Column("说明", "{{ 行.说明 }}", 1250, "Cell", when="if 测评有说明"),
    ],
    "for 行 in 测评",
    UPRIGHT.text_width,
    "Small",
)
APART = "各来源分别计票，不相加，也不改变评议团的评议结果。"


def votes(told: str) -> str:
    """There where the audience has voted, after a sentence that says so; below it what each source proves."""
    return when("测评", paragraph(told + APART), _VOTES, each("条 in 测评来源", paragraph("{{ 条 }}", "Note")))
