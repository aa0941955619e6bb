"""A workbook full of mistakes, one of each kind."""

from datetime import date
from typing import Any

from tests.papers.books import overwritten

SEEDED: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("会议", {"B2": "普法 2023"}, 2, "B 代号", "code.malformed"),
    ("会议", {"B3": "  "}, 3, "B 名称", "cell.missing"),
    ("会议", {"B4": "2026年2月30日"}, 4, "B 日期", "cell.no_such_day"),
    ("会议", {"B5": "25点"}, 5, "B 开始时间", "cell.not_a_time"),
    ("会议", {"B6": "火星时间"}, 6, "B 时区", "cell.not_an_offset"),
    ("会议", {"B7": "楼" * 201}, 7, "B 地点", "text.too_long"),
    ("会议", {"B9": date(2026, 3, 1)}, 9, "B 主办单位", "cell.became_a_date"),
    ("会议", {"B11": "打星"}, 11, "B 评议方式", "cell.not_a_choice"),
    ("会议", {"A14": "会议室温度", "B14": 22}, 14, "A 会议室温度", "entry.unknown"),
    ("会议", {"A15": "地点", "B15": "另一处"}, 15, "A 地点", "entry.twice"),
    ("单位", {"B5": "市水利局"}, 5, "A 单位名称", "cell.missing"),
    ("单位", {"A6": "市教育 委员会", "B6": "市教育局"}, 6, "A 单位名称", "name.twice"),
    ("单位", {"A7": "市水务局", "B7": "水务", "A8": "市水务集团", "B8": "水务"}, 8, "B 简称", "name.twice"),
    ("单位", {"A9": "市体育局", "C9": "#REF!"}, 9, "C 报告人职务", "cell.is_an_error"),
    ("单位", {"A10": "市林业局", "C10": "=A1&A2"}, 10, "C 报告人职务", "cell.not_computed"),
    ("议程", {"A9": "唱歌", "H9": 5}, 9, "A 类型", "cell.not_a_choice"),
    ("议程", {"A10": "履职报告", "B10": "市卫健委", "D10": 8}, 10, "B 单位", "reference.unknown"),
    ("议程", {"C11": "致辞", "H11": 5}, 11, "A 类型", "cell.missing"),
    ("议程", {"A12": "休息", "H12": "十来分钟"}, 12, "H 时长", "cell.not_minutes"),
    ("议程", {"A13": "休息", "C13": "再休息"}, 13, "H 时长", "item.without_segments"),
    ("议程", {"A14": "休息", "C14": "还休息", "H14": 0}, 14, "H 时长", "segment.without_time"),
    ("议程", {"A15": "休息", "B15": "市林业局", "H15": 5}, 15, "B 单位", "item.needless_unit"),
    ("议程", {"A16": "履职报告", "B16": "市教委", "D16": 8}, 16, "B 单位", "unit.reports_twice"),
    ("议程", {"A17": "履职报告", "C17": "又一份报告", "D17": 8}, 17, "B 单位", "item.unknown_unit"),
    ("议程", {"A18": "讨论", "H18": 5, "I18": "时长5"}, 18, "I 其他环节安排", "segments.twice"),
    ("议程", {"A19": "讨论", "I19": "喝茶10"}, 19, "I 其他环节安排", "cell.no_segments"),
    ("类别", {"B2": 1, "B3": 1, "B5": 1}, 4, "B 权重", "group.without_weight"),
    ("类别", {"B7": -1}, 7, "B 权重", "group.no_weight"),
    ("类别", {"A8": "媒 体"}, 8, "A 类别", "name.twice"),
    ("类别", {"A9": "企" * 25}, 9, "A 类别", "group.long_name"),
    ("评议团", {"B7": "专家"}, 7, "A 席位", "cell.missing"),
    ("评议团", {"A8": "裁判1", "B8": "裁" * 25}, 8, "B 类别", "text.too_long"),
    ("评议团", {"A9": "专家１", "B9": "专家"}, 9, "A 席位", "name.twice"),
    ("回避", {"A3": "专家9", "B3": "市教委"}, 3, "A 席位", "reference.unknown"),
    ("回避", {"A4": "人大代表2", "B4": "水务"}, 4, "B 单位", "reference.ambiguous"),
    ("回避", {"A5": "政协委员1", "B5": "市教委"}, 5, "B 单位", "recusal.twice"),
    ("评分细则", {"A8": "甲项", "B8": "二十分左右"}, 8, "B 满分", "cell.not_a_number"),
    ("评分细则", {"A9": "乙项"}, 9, "B 满分", "cell.missing"),
    ("评分细则", {"A10": "丙项", "B10": 10, "D10": 3}, 10, "D 最小计分单位", "criterion.step_does_not_fit"),
    ("评分细则", {"A11": "丁项", "B11": 10, "E11": 0}, 11, "E 权重", "criterion.no_weight"),
    ("评分细则", {"A12": "戊项", "B12": 5, "C12": 5}, 12, "B 满分", "criterion.no_range"),
    ("等次", {"A2": "总评", "B2": "优", "C2": 4}, 2, "A 指标", "reference.unknown"),
    ("等次", {"A3": "现场报告", "B3": "优", "C3": 99}, 3, "C 分值", "level.out_of_range"),
    ("等次线", {"A6": "优秀", "B6": 95}, 6, "A 等次", "grade.twice"),
    ("规则", {"B2": 1.5}, 2, "B 去掉最高分", "cell.not_a_count"),
    ("规则", {"B4": 1}, 4, "B 满多少份才去", "trim.leaves_nothing"),
    ("规则", {"B6": 9}, 6, "B 小数位数", "rounding.places"),
    ("规则", {"B8": 1.5}, 8, "B 法定份数比例", "quorum.not_a_share"),
    ("规则", {"B11": "抓阄"}, 11, "B 并列时依次看", "cell.not_a_choice"),
    ("规则", {"A18": "律师权重", "B18": 2}, 18, "B 律师权重", "group.weighed_twice"),
]
"""One mistake a line: what is written into the template, and where what must be told."""


def seeded() -> bytes:
    return overwritten({(sheet, cell): value for sheet, cells, *_ in SEEDED for cell, value in cells.items()})
