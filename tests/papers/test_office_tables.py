"""Tables as offices lay them out: headings of groups, cells merged down and across, strokes for nothing."""

from datetime import time

import pytest
from openpyxl import Workbook

from app.meeting.plan import Preset
from tests.papers.books import changed, errors, overwritten, read, warnings

TEMPLATE = read(overwritten({})).plan


def refilled(sheet: str, rows, *merged: str):
    """The template with other rows in one sheet, and no recusals."""

    def refill(book: Workbook) -> None:
        book[sheet].delete_rows(1, 30)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                book[sheet].cell(at, column).value = value
        for ref in merged:
            book[sheet].merge_cells(ref)
        book["回避"].delete_rows(2, 3)

    return read(changed(refill))


@pytest.mark.parametrize(
    ("sheet", "text", "across"),
    [
        ("单位", "第一组 上午", "A2:D2"),
        ("单位", "一、市直部门", "A2:C2"),
        ("议程", "上午（9:00-11:30）", "A2:J2"),
        ("评议团", "专家组", "A2:C2"),
        ("评分细则", "履职情况（60分）", "A2:G2"),
    ],
)
def test_a_text_across_the_table_is_a_heading_of_the_rows_below(sheet, text, across):
    def divide(book: Workbook) -> None:
        book[sheet].insert_rows(2)
        book[sheet]["A2"] = text
        book[sheet].merge_cells(across)

    reading = read(changed(divide))
    assert errors(reading) == []
    assert warnings(reading)[0][0::3] == (sheet, "line.is_across")
    assert [unit.name for unit in reading.plan.units] == [unit.name for unit in TEMPLATE.units]
    assert [len(reading.plan.agenda), len(reading.plan.seats), len(reading.plan.criteria)] == [7, 5, 6]


def test_a_name_across_two_of_many_columns_is_a_name():
    def merge(book: Workbook) -> None:
        book["单位"]["A5"] = "市科技局"
        book["单位"].merge_cells("A5:B5")

    assert read(changed(merge)).plan.units[-1].name == "市科技局"


def test_a_row_with_nothing_of_its_own_goes_on_from_the_one_above():
    def spread(book: Workbook) -> None:
        units = book["单位"]
        units["E1"] = "联系电话"
        units.insert_rows(3)
        units["E2"], units["E3"] = "023-1", ""
        for column in "ABCD":
            units.merge_cells(f"{column}2:{column}3")

    reading = read(changed(spread))
    assert (errors(reading), warnings(reading)) == ([], [])
    assert [unit.name for unit in reading.plan.units] == [unit.name for unit in TEMPLATE.units]


def test_minutes_merged_over_several_segments_are_told():
    def merge(book: Workbook) -> None:
        book["议程"]["D3"], book["议程"]["E3"], book["议程"]["F3"], book["议程"]["G3"] = 14, None, None, None
        book["议程"].merge_cells("D3:G3")

    reading = read(changed(merge))
    assert warnings(reading) == [("议程", 3, "D 履职报告", "cell.is_across")]
    [told] = [each for each in reading.mistakes if each.said.code == "cell.is_across"]
    assert told.said.facts["others"] == ("提问点评", "答复", "评分")


NOTHING = ["/", "——", "……", "...", "×××", "略", "（空）", "无", "以下无", "－"]


@pytest.mark.parametrize(("sheet", "row"), [("单位", 5), ("评议团", 7), ("评分细则", 8), ("议程", 9)])
def test_strokes_and_words_for_nothing_are_no_line(sheet, row):
    cells = {(sheet, f"{column}{at}"): sign for at, sign in enumerate(NOTHING, start=row) for column in "AB"}
    reading = read(overwritten(cells))
    assert (errors(reading), reading.plan) == ([], TEMPLATE)
    assert warnings(reading) == [(sheet, at, "A", "line.only_signs") for at in range(row, row + len(NOTHING))]


FOOTERS = [
    *(
        "共 3 项",
        "共3家单位",
        "（共3个部门）",
        "以上单位排名不分先后",
        "（以下为第二组）",
        "2026年3月",
        "二〇二六年三月",
    ),
    *("—— END ——", "备注 请准时", "抄送：市委办", "主题词：普法", "评委签名：", "评议员签字"),
]


@pytest.mark.parametrize(("sheet", "row"), [("单位", 5), ("评议团", 7), ("评分细则", 8)])
def test_a_footer_is_no_line(sheet, row):
    reading = read(overwritten({(sheet, f"A{at}"): text for at, text in enumerate(FOOTERS, start=row)}))
    assert (errors(reading), reading.plan) == ([], TEMPLATE)
    codes = {each[3] for each in warnings(reading)}
    assert (len(warnings(reading)) >= len(FOOTERS), codes - {"total.other_count"}) == (
        True,
        {"line.is_total", "line.is_note"},
    )


TOTALS_OF_A_SCORE_SHEET = ["总分（100分）", "得分", "合计得分", "最后得分：", "满分合计"]


@pytest.mark.parametrize("text", TOTALS_OF_A_SCORE_SHEET)
def test_a_place_for_the_total_of_a_score_sheet_is_no_criterion(text):
    assert read(overwritten({("评分细则", "A8"): text})).plan == TEMPLATE
    assert read(overwritten({("评分细则", "A8"): text, ("评分细则", "B8"): "=SUM(B2:B7)"})).plan == TEMPLATE


@pytest.mark.parametrize("text", TOTALS_OF_A_SCORE_SHEET)
def test_a_line_with_such_a_name_and_points_of_its_own_comes_in_with_a_warning(text):
    reading = read(overwritten({("评分细则", "A8"): text, ("评分细则", "B8"): 55}))
    assert len(reading.plan.criteria) == 7
    assert ("评分细则", 8, "A", "line.looks_like_total") in warnings(reading)


LISTED = ("序号", "姓名", "单位", "类别")


def test_a_group_merged_over_its_persons_counts_for_each():
    rows = [LISTED, (1, "甲", "a", "专家"), (2, "乙", "b"), (3, "丙", "c", "人大代表"), (4, "丁", "d")]
    reading = refilled("评议团", rows, "D2:D3", "D4:D5")
    assert [seat.group for seat in reading.plan.seats] == [Preset.EXPERT] * 2 + [Preset.DEPUTY] * 2


def test_a_person_without_a_group_is_asked_about_and_not_left_out():
    rows = [LISTED, (1, "甲", "a", "专家"), (2, "乙", "b", None), (3, "丙", "c", "人大代表")]
    assert errors(refilled("评议团", rows)) == [("评议团", 3, "D 类别", "cell.missing")]


UNITS = ["市教育委员会", "市民政局", "市市场监督管理局"]


@pytest.mark.parametrize(
    "numbers", [("1.", "2.", "3."), ("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), "①②③", ("1 ", "2 ", "3 ")]
)
def test_numbers_that_came_with_a_list_are_no_part_of_the_names(numbers):
    cells = {("单位", f"A{at}"): number + name for at, (number, name) in enumerate(zip(numbers, UNITS, strict=True), 2)}
    cells |= {("议程", "B3"): f"{numbers[0]}市教育委员会", ("议程", "B4"): UNITS[1]}
    reading = read(overwritten(cells))
    assert (reading.plan, errors(reading)) == (TEMPLATE, [])
    assert warnings(reading) == [("单位", None, "单位名称", "units.numbers_left_out")]


def test_a_number_that_only_some_units_have_is_asked_about():
    reading = read(overwritten({("单位", "A5"): "二、区县", ("单位", "A6"): "甲县"}))
    assert [unit.name for unit in reading.plan.units][3:] == ["二、区县", "甲县"]
    assert ("单位", 5, "A 单位名称", "line.looks_like_heading") in warnings(reading)


def test_a_name_that_was_exported_keeps_its_number():
    cells = {
        ("单位", f"{column}{row}"): text
        for row, name in enumerate(UNITS, 2)
        for column, text in (("A", f"{row}.{name}"), ("E", f"u{row}"))
    }
    assert [unit.name for unit in read(overwritten(cells)).plan.units] == [
        f"{row}.{name}" for row, name in enumerate(UNITS, 2)
    ]


@pytest.mark.parametrize(("seat", "unit"), [("日期：", "——"), ("/", "……"), ("备注 一", "合计"), ("合计", "……")])
def test_a_recusal_of_whatever_is_called_so_comes_in(seat, unit):
    cells = {("评议团", "A6"): seat, ("评议团", "C6"): "s", ("单位", "B2"): unit, ("单位", "E2"): "u"}
    cells |= {("议程", "B3"): "市教育委员会", ("回避", "A2"): seat, ("回避", "B2"): unit, ("回避", "C2"): None}
    assert read(overwritten(cells)).plan.seats[4].recusals == ("u",)


TWO_LEVELS = [
    ("组织领导（40分）", "责任清单", 20, "甲"),
    (None, "经费保障", 20, "乙"),
    ("普法宣传（60分）", "社会普法", 30, "丙"),
    (None, "系统普法", 30, "丁"),
    ("合计", None, 100),
]


@pytest.mark.parametrize(
    "headings",
    [
        ("一级指标", "二级指标"),
        ("评议项目", "评议指标"),
        ("评议指标", "评议内容"),
        ("指标", "二级指标"),
        ("评价要素", "指标"),
    ],
)
@pytest.mark.parametrize("merged", [("A2:A3", "A4:A5", "A6:B6"), ()])
def test_of_a_rubric_in_two_levels_the_finer_is_marked(headings, merged):
    reading = refilled("评分细则", [(*headings, "分值", "评分标准"), *TWO_LEVELS], *merged)
    named = [(each.name, each.maximum, each.help) for each in reading.plan.criteria]
    assert named == [("责任清单", 20, "甲"), ("经费保障", 20, "乙"), ("社会普法", 30, "丙"), ("系统普法", 30, "丁")]
    assert [each[1:] for each in warnings(reading)] == [
        (1, f"A {headings[0]}", "column.is_coarser"),
        (6, "A", "line.is_total"),
    ]


def test_three_levels_of_which_each_has_but_one_below_it():
    rows = [("一级指标", "二级指标", "三级指标", "满分"), ("甲", "乙", "丙", 60), ("丁", "戊", "己", 40)]
    assert [each.name for each in refilled("评分细则", rows).plan.criteria] == ["丙", "己"]


def test_what_a_criterion_is_about_explains_it():
    rows = [("评议指标", "评议内容", "分值"), ("组织领导", "清单、经费", 60), ("普法宣传", "社会、系统", 40)]
    reading = refilled("评分细则", rows)
    assert [(each.name, each.help) for each in reading.plan.criteria] == [
        ("组织领导", "清单、经费"),
        ("普法宣传", "社会、系统"),
    ]
    assert warnings(reading) == []


def test_a_rubric_of_contents_alone_has_them_for_criteria():
    rows = [("序号", "评议内容", "分值"), (1, "组织领导", 60), (2, "普法宣传", 40)]
    assert [each.name for each in refilled("评分细则", rows).plan.criteria] == ["组织领导", "普法宣传"]


def test_a_criterion_that_stands_in_several_rows_is_asked_about():
    rows = [("指标", "满分", "说明"), ("组织领导", 60, "清单"), (None, 40, "经费")]
    assert errors(refilled("评分细则", rows, "A2:A3")) == [("评分细则", 3, "A 指标", "criterion.over_several_rows")]


def test_an_agenda_without_kinds_has_them_from_its_titles():
    rows = [("序号", "内容", "单位", "时长"), (1, "开场", None, "5分钟"), (2, None, "市教委", 8), (3, "休息", None, 10)]
    reading = refilled("议程", [*rows, (4, "总结讲话", None, 9)])
    assert [str(item.kind) for item in reading.plan.agenda] == ["opening", "presentation", "break", "summary"]


def test_an_item_of_no_known_kind_is_asked_about_and_not_left_out():
    rows = [("内容", "单位", "时长"), ("领导致辞", None, 5), (None, "市教委", 8)]
    assert errors(refilled("议程", rows)) == [("议程", 2, "类型", "cell.missing")]


def test_a_level_of_which_criterion_is_not_said_is_asked_about_and_not_left_out():
    rows = [("等次", "分值"), ("好", 10), ("差", 5)]
    assert errors(refilled("等次", rows)) == [("等次", 2, "指标", "cell.missing"), ("等次", 3, "指标", "cell.missing")]


@pytest.mark.parametrize(
    "times", [(time(9), time(9, 14), time(9, 28)), ("9:00", "9:14", "9：28"), ("14:00", "14:14", "15:00")]
)
def test_minutes_that_are_when_reports_begin_are_asked_about(times):
    rows = [("单位", "汇报时间"), *zip(("市教委", "市民政局", "市市场监管局"), times, strict=True)]
    assert errors(refilled("议程", rows)) == [("议程", 2, "B 履职报告", "segments.are_clocks")]


@pytest.mark.parametrize("times", [("8:30", "8:30", "8:30"), ("9:00", "8:00", "8:30"), ("1:00", "2:00", "3:00")])
def test_minutes_and_seconds_are_no_times_of_day(times):
    rows = [("单位", "汇报时间"), *zip(("市教委", "市民政局", "市市场监管局"), times, strict=True)]
    assert errors(refilled("议程", rows)) == []


@pytest.mark.parametrize("stroke", ["/", "——", "－", "…"])
def test_a_stroke_where_a_number_could_stand_is_none(stroke):
    cells = {("议程", "F3"): stroke, ("评分细则", "C2"): stroke, ("类别", "B2"): stroke}
    reading = read(overwritten(cells))
    assert errors(reading) == []
    assert [each.kind for each in reading.plan.agenda[1].segments] == ["report", "comments", "scoring"]
    assert errors(read(overwritten({("评分细则", "B2"): stroke}))) == [("评分细则", 2, "B 满分", "cell.missing")]


@pytest.mark.parametrize("text", ["优秀、良好、一般", "优秀/良好", "优，良"])
def test_several_levels_in_one_cell_are_told(text):
    reading = read(overwritten({("等次线", "A2"): text}))
    assert warnings(reading) == [("等次线", 2, "A 等次", "level.looks_like_several")]


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (("会议", "B2"), "ＰＵＦＡ-example"),
        (("会议", "B11"), "打分制（百分制）"),
        (("会议", "B11"), "量化评分"),
        (("规则", "B2"), "各1个"),
        (("规则", "B6"), "保留两位小数"),
        (("规则", "B14"), "逐家亮分"),
        (("等次线", "B1"), "分数段"),
    ],
)
def test_other_words_for_the_same(cell, typed):
    reading = read(overwritten({cell: typed}))
    assert (reading.plan, errors(reading)) == (TEMPLATE, [])


@pytest.mark.parametrize(
    ("sheet", "column", "heading"), [("单位", "A", "单位名称"), ("评议团", "B", "类别"), ("评分细则", "B", "满分")]
)
def test_rows_of_nothing_but_formulas_without_values_are_told(sheet, column, heading):
    """As programs leave them that write formulas and do not reckon: below the last row with a value, too."""

    def fill(book: Workbook) -> None:
        book[sheet].delete_rows(2, 30)
        for row in (2, 3):
            for letter in {"A", column}:
                book[sheet][f"{letter}{row}"] = f"=名单!{letter}{row}"

    told = [
        (each.sheet, each.row, each.column)
        for each in read(changed(fill)).mistakes
        if each.said.code == "cell.not_computed"
    ]
    assert {(sheet, 2, f"{column} {heading}"), (sheet, 3, f"{column} {heading}")} <= set(told)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("2026年度市级部门\n履职报告评议会", "2026年度市级部门|履职报告评议会"),
        ("2026年度市级部门｜\r\n 履职报告评议会\n", "2026年度市级部门|履职报告评议会"),
        ("2026年度市级部门｜履职报告评议会", "2026年度市级部门｜履职报告评议会"),
        ("| 市级部门 |", "市级部门"),
    ],
)
def test_a_line_of_the_title_ends_where_it_ends_in_the_cell(typed, title):
    """It is what an office does to have a title on two lines; joined without a word, nobody would see why."""
    assert read(overwritten({("会议", "B3"): typed})).plan.title == title


def test_a_title_of_bars_only_is_missing():
    assert errors(read(overwritten({("会议", "B3"): "｜"}))) == [("会议", 3, "B 名称", "title.missing")]
