"""Sheets by other names than the template's, in another order, among others."""

import pytest
from openpyxl import Workbook

from app.papers.plan.importing import read_file
from tests.papers.books import changed, errors, overwritten, read, warnings, written

TEMPLATE = read(overwritten({})).plan


def renamed(names: dict[str, str]):
    def rename(book: Workbook) -> None:
        for name, other in names.items():
            book[name].title = other

    return read(changed(rename))


@pytest.mark.parametrize(
    "names",
    [
        {"单位": "参评单位", "评议团": "评委名单", "评分细则": "评分指标", "会议": "会议基本信息"},
        {"单位": "附件2 参评单位一览表", "评议团": "3、评议团名册", "议程": "会议流程（2）", "规则": "表4 评分规则"},
        {"单位": "单位(最终版)", "评分细则": "评分细则表", "议程": "1.议程 v2"},
    ],
)
def test_a_sheet_by_another_name_is_known(names):
    reading = renamed(names)
    assert (reading.plan, errors(reading), warnings(reading)) == (TEMPLATE, [], [])


def test_a_sheet_whose_name_says_nothing_is_known_by_what_stands_in_it_and_that_is_told():
    own = ("会议", "单位", "议程", "评议团", "回避", "评分细则", "等次线")
    names = {name: f"Sheet{at}" for at, name in enumerate(own, start=1)}
    names["评分细则"] = "评分表"

    def scramble(book: Workbook) -> None:
        for name, other in names.items():
            book[name].title = other
        book.move_sheet("评分表", -5)
        book.move_sheet("Sheet1", 6)
        junk = book.create_sheet("得分汇总", 0)
        junk.append(["单位名称", "得分", "名次"])
        junk.append(["市教委", 91, 1])

    reading = read(changed(scramble))
    assert (reading.plan, errors(reading)) == (TEMPLATE, [])
    assert sorted(warnings(reading)) == sorted(
        [(each, None, "", "sheet.taken_as") for each in names.values()] + [("得分汇总", None, "", "sheet.unknown")]
    )


def test_the_words_to_say_are_known_by_their_moments():
    def write(book: Workbook) -> None:
        book["主持词"].title = "Sheet9"
        book["Sheet9"]["B2"] = "请各位就座。"

    reading = read(changed(write))
    assert ("Sheet9", None, "", "sheet.taken_as") in warnings(reading)
    assert [each.text for each in reading.plan.words] == ["请各位就座。"]


def test_nothing_is_guessed_where_two_could_be_meant():
    def twice(book: Workbook) -> None:
        book["评分细则"].title = "评分表"
        book.copy_worksheet(book["评分表"]).title = "评分表样张"

    assert read(changed(twice)).plan.criteria == ()
    unknown = [each[0] for each in warnings(read(changed(twice))) if each[3] == "sheet.unknown"]
    assert unknown == ["评分表", "评分表样张"]


def test_a_mistake_names_the_sheet_as_the_file_calls_it():
    def rename(book: Workbook) -> None:
        book["单位"].title, book["议程"].title = "参评单位", "日程"
        book["日程"]["B3"] = "市科技局"

    [mistake] = [each for each in read(changed(rename)).mistakes if not each.is_warning]
    assert (mistake.sheet, mistake.row, mistake.said.facts["sheet"]) == ("日程", 3, "参评单位")


def test_a_workbook_of_something_else_is_none_of_a_meeting():
    book = Workbook()
    book.active.append(["单位名称", "得分", "名次"])
    assert [each.said.code for each in read_file("m.xlsx", written(book)).mistakes] == ["file.no_template"]
