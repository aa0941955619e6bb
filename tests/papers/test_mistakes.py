"""Mistakes in a workbook: each is told once, at its place, and none changes anything."""

import inspect
import re
from contextlib import closing
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.language import Language, say
from app.meeting import plan as plan_module
from app.meeting.plan import Mode
from app.meeting.refusals import SENTENCES, Refused
from app.papers.importing import preview, take
from app.papers.placing import PLACED
from app.papers.sheets import ALSO, CHOICES
from app.papers.workbook import write_workbook
from app.store.database import Database
from app.store.tables import SQLModel
from tests.meetings import shipped, small_plan
from tests.papers.books import changed, errors, overwritten, read, warnings
from tests.records import save

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
    ("评议团", {"B7": "专家"}, 7, "A 席位", "cell.missing"),
    ("评议团", {"A8": "裁判1", "B8": "裁判"}, 8, "B 类别", "cell.not_a_choice"),
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
    ("规则", {"B15": 1, "B16": 1}, 17, "B 政协委员权重", "group.without_weight"),
    ("规则", {"B20": -1}, 20, "B 群众权重", "group.no_weight"),
]
"""One mistake a line: what is written into the template, and where what must be told."""


def seeded() -> bytes:
    return overwritten({(sheet, cell): value for sheet, cells, *_ in SEEDED for cell, value in cells.items()})


def test_a_workbook_full_of_mistakes_gives_one_message_for_each_at_its_place():
    assert len(SEEDED) > 40
    assert errors(read(seeded())) == [(sheet, row, column, code) for sheet, _, row, column, code in SEEDED]


@pytest.mark.parametrize("language", Language)
def test_every_message_is_a_finished_sentence(language):
    said = [say(each.said, language) for each in read(seeded()).mistakes]
    assert [sentence for sentence in said if "{" in sentence] == []
    assert len(set(said)) > 40


def test_a_workbook_with_mistakes_changes_nothing(tmp_path):
    with closing(Database(str(tmp_path / "kaimen.db"))) as database:
        database.create()
        save(database, small_plan(code="pufa-example"))
        before = contents(database)
        shown = preview(small_plan(code="pufa-example"), read(seeded()))
        assert not shown.can_be_taken
        with database.writing() as connection, pytest.raises(Refused, match="nothing was changed"):
            take(connection, shown)
        assert contents(database) == before


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in tables}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("会议", "B5"): None}, [("会议", 5, "B 开始时间", "cell.missing")]),
        ({("会议", "A3"): "名字"}, [
            ("会议", None, "名称", "entry.missing"),
            ("会议", 3, "A 名字", "entry.unknown_near"),
        ]),
        ({("单位", "A1"): "甲", ("单位", "B1"): "乙", ("单位", "C1"): "丙", ("单位", "D1"): "丁"}, [
            ("单位", None, "", "sheet.no_headings"),
        ]),
        ({("单位", "A1"): "机构"}, [("单位", 1, "单位名称", "column.missing")]),
        ({("单位", "E1"): "简称"}, [("单位", 1, "E 简称", "column.twice")]),
        ({("会议", "B11"): "等次制"}, [("评分细则", None, "", "rubric.not_one_scale")]),
        ({("回避", "B2"): "#ghost"}, [("回避", 2, "B 单位", "recusal.unknown_unit")]),
        ({("单位", "D2"): "a b"}, [("单位", 2, "D 编号", "id.unusable")]),
        ({("会议", "B2"): "setup"}, [("会议", 2, "B 代号", "code.reserved")]),
        ({("单位", "A1200"): "最后一个"}, [("单位", 1001, "", "sheet.too_long")]),
    ],
    ids=lambda value: value[0][3] if isinstance(value, list) else "",
)  # fmt: skip
def test_one_mistake_hides_no_other_and_makes_none(cells, expected):
    assert errors(read(overwritten(cells))) == expected


def test_a_missing_sheet_is_one_mistake():
    reading = read(changed(lambda book: book.remove(book["单位"])))
    assert errors(reading) == [("单位", None, "", "sheet.missing")]


def test_a_workbook_of_something_else_is_one_sentence():
    def empty(book):
        for name in book.sheetnames[1:]:
            book.remove(book[name])

    reading = read(changed(empty))
    assert [each.said.code for each in reading.mistakes] == ["file.no_template"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("单位", "E1"): "得过奖"}, ("单位", 1, "E 得过奖", "column.unknown")),
        ({("单位", "A5"): "市水利局"}, ("单位", 5, "A 单位名称", "unit.not_on_agenda")),
        ({("单位", "B2"): "长" * 25, ("议程", "B3"): "长" * 25, ("回避", "B2"): "长" * 25},
         ("单位", 2, "B 简称", "unit.long_short_name")),
        ({("评分细则", "E3"): 1.00000012}, ("评分细则", 3, "E 权重", "cell.rounded")),
        ({("评分细则", "E3"): "1.00000044"}, ("评分细则", 3, "E 权重", "cell.rounded")),
        ({("议程", "H8"): 900}, ("议程", 8, "H 时长", "segment.very_long")),
        ({("议程", "D8"): 5}, ("议程", 8, "D 履职报告", "item.with_segments")),
        ({("议程", "H3"): 5}, ("议程", 3, "H 时长", "report.without_segments")),
    ],
    ids=lambda value: value[3] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_is_only_odd_is_a_warning(cells, expected):
    reading = read(overwritten(cells))
    assert (errors(reading), warnings(reading)) == ([], [expected])
    assert preview(None, reading).can_be_taken


def test_what_is_still_missing_may_be_completed_on_the_pages():
    def half_done(book):
        for name in ("议程", "评议团", "评分细则", "回避"):
            book[name].delete_rows(2, 100)

    reading = read(changed(half_done))
    assert errors(reading) == []
    assert [each for each in warnings(reading) if each[3] != "unit.not_on_agenda"] == [
        ("议程", None, "", "agenda.empty"),
        ("评议团", None, "", "panel.empty"),
        ("评分细则", None, "", "rubric.empty"),
    ]


def test_a_copied_line_gets_an_id_of_its_own():
    plan = shipped("demo")
    reading = read(
        overwritten({("评议团", "A11"): "专家4", ("评议团", "B11"): "专家", ("评议团", "C11"): "expert-1"}, plan)
    )
    assert warnings(reading) == [("评议团", 11, "C 编号", "id.twice")]
    assert [seat.id for seat in reading.plan.seats] == [*(seat.id for seat in plan.seats), "seat-10"]


def test_every_shortcoming_of_a_plan_has_its_place():
    code = re.compile(r'"([a-z_]+\.[a-z_]+)"')
    assert set(code.findall(inspect.getsource(plan_module))) == PLACED
    assert SENTENCES.keys() >= PLACED


def test_other_words_mean_words_there_are():
    assert set(ALSO.values()) <= {word for words in CHOICES.values() for word in words}


@pytest.mark.parametrize("mode", Mode)
def test_a_plan_that_can_open_has_no_mistakes(mode):
    assert read(write_workbook(small_plan(mode=mode))).mistakes == ()
