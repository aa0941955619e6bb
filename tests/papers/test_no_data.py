"""Lines that are no data, and data out of sight: passed over or read, but never without a word."""

import pytest
from openpyxl import Workbook

from app.papers.plan.telling import mistake_in_words
from tests.papers.books import changed, errors, overwritten, read, said, warnings

RUBRIC_END, UNITS_END, AGENDA_END, PANEL_END = 8, 5, 9, 7
"""The first empty rows of the template."""


UNTOUCHED = read(overwritten({}))


# --- totals -----------------------------------------------------------------------------------------------------------


TOTALS = [
    "合计",
    "合  计",
    "总计",
    "平均",
    "平均分",
    "共计",
    "合计：",
    "合计（100分）",
    "各项合计",
    "Total",
    "总分",
    "小计",
]


def test_a_total_is_no_criterion():
    cells = {("评分细则", f"A{row}"): word for row, word in enumerate(TOTALS, start=RUBRIC_END)}
    cells |= {("评分细则", f"B{row}"): 100 for row in range(RUBRIC_END, RUBRIC_END + len(TOTALS))}
    reading = read(overwritten(cells))
    assert (errors(reading), len(reading.plan.criteria)) == ([], 6)
    assert warnings(reading) == [
        ("评分细则", row, "A", "line.is_total") for row in range(RUBRIC_END, RUBRIC_END + len(TOTALS))
    ]


def test_a_total_is_no_line_of_any_table():
    sheets = ("单位", "议程", "评议团", "回避")
    reading = read(overwritten({(sheet, "A10"): "合计" for sheet in sheets}))
    assert (errors(reading), reading.plan) == ([], UNTOUCHED.plan)
    assert warnings(reading) == [(sheet, 10, "A", "line.is_total") for sheet in sheets]


def test_a_subtotal_behind_the_class_of_its_lines_is_a_total():
    def classify(book: Workbook) -> None:
        sheet = book["单位"]
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"], sheet["B5"] = "序号", "行政机关", "小计"
        sheet.merge_cells("A2:A5")

    reading = read(changed(classify))
    assert [unit.short_name for unit in reading.plan.units] == ["市教委", "市民政局", "市市场监管局"]
    assert warnings(reading) == [("单位", 5, "B", "line.is_total")]


def test_a_total_that_does_not_agree_is_told():
    reading = read(
        overwritten(
            {("评分细则", "A8"): "合计", ("评分细则", "B8"): 100, ("评分细则", "B2"): 120, ("评分细则", "E8"): "略"}
        )
    )
    assert said(reading, "total.does_not_agree") == [
        ("评分细则", 8, {"heading": "满分", "total": "200", "written": "100"})
    ]
    assert said(reading, "look.not_a_hundred") == [("评分细则", None, {"sum": "200"})]
    sentences = [mistake_in_words(each, "zh-CN") for each in reading.mistakes]
    assert [each for each in sentences if "合计 200" in each and "不是 100 分" in each] != []
    assert reading.plan is not None


def test_subtotals_count_what_stands_between_them():
    cells = {("评分细则", f"A{row}"): name for row, name in [(8, "小计"), (9, "甲项"), (10, "小计"), (11, "合计")]}
    cells |= {("评分细则", f"B{row}"): points for row, points in [(8, 100), (9, 20), (10, 20), (11, 120)]}
    assert said(read(overwritten(cells)), "total.does_not_agree") == []
    wrong = said(read(overwritten(cells | {("评分细则", "B10"): 120})), "total.does_not_agree")
    assert wrong == [("评分细则", 10, {"heading": "满分", "total": "20", "written": "120"})]


def test_the_minutes_of_an_agenda_are_added_as_a_total_means_them():
    whole = {("议程", "A9"): "合计", ("议程", "H9"): 75}
    assert said(read(overwritten(whole)), "total.does_not_agree") == []
    assert len(said(read(overwritten(whole | {("议程", "H9"): 90})), "total.does_not_agree")) == 1


def test_a_number_of_units_that_does_not_agree_is_told():
    assert said(read(overwritten({("单位", "A5"): "合计", ("单位", "B5"): "3家"})), "total.other_count") == []
    assert said(read(overwritten({("单位", "A5"): "共计10家"})), "total.other_count") == [
        ("单位", 5, {"count": 3, "written": "10"})
    ]


def test_a_formula_without_a_value_is_passed_over_with_its_total():
    reading = read(overwritten({("评分细则", "A8"): "合计", ("评分细则", "B8"): "=SUM(B2:B7)"}))
    assert (errors(reading), len(reading.plan.criteria)) == ([], 6)


def test_a_level_may_be_called_average():
    reading = read(overwritten({("等次线", "A6"): "平均", ("等次线", "B6"): 50}))
    assert [each.name for each in reading.plan.rules.grades][-1] == "平均"


# --- notes ------------------------------------------------------------------------------------------------------------

NOTES = [
    *(
        "注：本表满分100分",
        "注:1.请于11月10日前报送",
        "备注：",
        "说明：按得分高低排序",
        "填表说明",
        "※ 请勿外传",
        "附件：名单",
        "（注：略）",
    ),
    *(
        "填表人：张三",
        "填表人： 张三　　审核人：李四",
        "填报单位（盖章）：",
        "填表日期：2023年11月10日",
        "审核人",
        "制表人",
        "负责人签字：",
    ),
    *(
        "联系电话：023-12345678",
        "（盖章）",
        "2023年11月10日",
        "第 1 页 共 2 页",
        "（以下空白）",
        "日期：",
        "Note: see below",
        "经办人：",
    ),
]


@pytest.mark.parametrize(("sheet", "row"), [("单位", UNITS_END), ("评议团", PANEL_END), ("评分细则", RUBRIC_END)])
def test_a_note_is_no_line(sheet, row):
    reading = read(overwritten({(sheet, f"A{at}"): note for at, note in enumerate(NOTES, start=row)}))
    assert (errors(reading), reading.plan) == ([], UNTOUCHED.plan)
    assert warnings(reading) == [(sheet, at, "A", "line.is_note") for at in range(row, row + len(NOTES))]


NAMES = [
    "市注册局",
    "附属医院",
    "市说明书办公室",
    "市审批局",
    "市统计局",
    "审核评估中心",
    "市总工会",
    "平均镇",
    "日照市",
    "市电话局",
    "备件公司",
]


def test_a_unit_is_no_note():
    reading = read(overwritten({("单位", f"A{at}"): name for at, name in enumerate(NAMES, start=UNITS_END)}))
    assert [unit.name for unit in reading.plan.units][3:] == NAMES
    assert {each[3] for each in warnings(reading)} == {"unit.not_on_agenda"}


def test_what_only_looks_like_a_note_comes_in_with_a_warning():
    long = "请各单位于会前将履职报告电子版报送市普法办，并于当日提前十五分钟到场签到。"
    reading = read(overwritten({("单位", "A5"): long, ("评分细则", "A8"): "说明：", ("评分细则", "B8"): 10}))
    assert [unit.name for unit in reading.plan.units][3:] == [long]
    assert [each.name for each in reading.plan.criteria][6:] == ["说明："]
    assert [each[:2] for each in warnings(reading) if each[3] == "line.looks_like_note"] == [
        ("单位", 5),
        ("评分细则", 8),
    ]


def test_a_line_with_an_id_is_data_whatever_it_says():
    reading = read(overwritten({("单位", "A5"): "合计", ("单位", "E5"): "sum"}))
    assert [unit.name for unit in reading.plan.units][3:] == ["合计"]
    assert ("单位", 5, "A", "line.looks_like_total") in warnings(reading)


def test_headings_that_stand_again_are_passed_over():
    reading = read(overwritten({("单位", "A5"): "单位名称", ("单位", "B5"): "简称", ("单位", "C5"): "职务"}))
    assert (errors(reading), len(reading.plan.units)) == ([], 3)
    assert warnings(reading) == [("单位", 5, "A", "line.is_heading_again")]


def test_a_row_that_says_something_only_where_nothing_is_read_is_told():
    reading = read(overwritten({("单位", "F1"): "备注", ("单位", "F5"): "另有两家待定"}))
    assert ("单位", 5, "F", "line.nothing_to_read") in warnings(reading)


def test_a_note_among_the_entries_is_passed_over():
    reading = read(overwritten({("会议", "A20"): "填表人", ("会议", "B20"): "张三", ("规则", "A40"): "注：试行"}))
    assert errors(reading) == []
    assert warnings(reading) == [("会议", 20, "A", "line.is_note"), ("规则", 40, "A", "line.is_note")]


# --- out of sight -----------------------------------------------------------------------------------------------------


def test_hidden_rows_columns_and_sheets_are_told():
    def hide(book: Workbook) -> None:
        book["单位"].row_dimensions[3].hidden = True
        book["评议团"].row_dimensions[4].hidden = True
        book["议程"].column_dimensions["D"].hidden = True
        book["等次线"].sheet_state = "hidden"
        book["会议"].row_dimensions[7].hidden = True

    reading = read(changed(hide))
    assert reading.plan is not None
    assert len(reading.plan.units) == 3
    assert said(reading, "rows.hidden") == [
        ("会议", 7, {"number": 1, "rows": ("7 地点",)}),
        ("单位", 3, {"number": 1, "rows": ("3 市民政局",)}),
        ("评议团", 4, {"number": 1, "rows": ("4 人大代表1",)}),
    ]
    assert said(reading, "column.hidden")[0] == ("议程", None, {"heading": "履职报告"})
    assert said(reading, "sheet.hidden") == [("等次线", None, {"sheet": "等次线"})]


def test_hidden_rows_without_data_are_not_told():
    assert (
        warnings(read(changed(lambda book: book["单位"].row_dimensions.__getitem__(50).__setattr__("hidden", True))))
        == []
    )


def test_what_stands_beyond_the_columns_that_are_read_is_told():
    reading = read(changed(lambda book: book["单位"].__setitem__("BZ3", "另附")))
    assert ("单位", None, "", "sheet.too_wide") in warnings(reading)


def test_a_column_without_a_heading_is_told():
    reading = read(overwritten({("单位", "G3"): "原市民政局"}))
    assert warnings(reading) == [("单位", 3, "G", "column.without_heading")]


def test_two_sheets_for_one_are_told():
    reading = read(changed(lambda book: book.copy_worksheet(book["单位"]).__setattr__("title", "参评单位")))
    assert said(reading, "sheet.twice") == [("参评单位", None, {"sheet": "单位", "other": "参评单位"})]


# --- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", ["报告时间", "汇报时长", "汇报时间（分钟）", "述职", "履职报告用时", "报告时长(分)", "履职汇报"]
)
def test_a_report_column_by_another_name_gives_every_unit_its_report(heading):
    reading = read(overwritten({("议程", "D1"): heading}))
    assert reading.plan == UNTOUCHED.plan
    assert warnings(reading) == []


def test_a_report_column_that_is_missing_is_said_once():
    reading = read(overwritten({("议程", "D1"): "发言"}))
    assert errors(reading) == [("议程", None, "履职报告", "column.missing")]
    assert ("议程", 1, "D 发言", "column.unknown") in warnings(reading)


def test_a_report_without_its_time_is_told():
    reading = read(overwritten({("议程", "D4"): None}))
    assert warnings(reading) == [("议程", 4, "D 履职报告", "report.without_report")]


def test_an_unknown_column_is_told_with_the_one_it_resembles():
    reading = read(overwritten({("评分细则", "E1"): "指标权重分", ("评分细则", "F1"): "评分细目"}))
    [unknown] = [each for each in said(reading, "column.unknown_near") if each[2]["near"] == "权重"]
    assert unknown[2]["heading"] == "指标权重分"


def test_a_needed_column_that_is_missing_is_said_once():
    reading = read(overwritten({("评分细则", "A1"): "乙"}))
    assert errors(reading) == [("评分细则", 1, "指标", "column.missing")]


def test_headings_in_two_lines():
    def over_two_lines(book: Workbook) -> None:
        sheet = book["议程"]
        for column in range(4, 9):
            sheet.cell(1, column).value = None
        sheet.insert_rows(2)
        sheet["D1"] = "用时（分钟）"
        sheet.merge_cells("D1:H1")
        for column, heading in enumerate(("履职报告", "提问点评", "答复", "评分", "时长"), start=4):
            sheet.cell(2, column).value = heading

    reading = read(changed(over_two_lines))
    assert reading.plan == UNTOUCHED.plan
    assert warnings(reading) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "headings"),
    [
        ("单位", "A1", ["参评单位", "*单位名称"]),
        ("评分细则", "A1", ["评价指标", "考核指标"]),
        ("评分细则", "B1", ["标准分", "满分\n（分）"]),
        ("评议团", "A1", ["席次"]),
        ("评议团", "B1", ["身份", "类型"]),
        ("议程", "B1", ["被评单位"]),
        ("会议", "A3", ["会议主题"]),
    ],
)
def test_headings_by_other_names(sheet, cell, headings):
    for heading in headings:
        reading = read(overwritten({(sheet, cell): heading}))
        assert (errors(reading), warnings(reading)) == ([], []), heading
