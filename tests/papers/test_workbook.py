"""The workbook as a person meets it: sheets, headings that stay, choices, and what each column says about itself."""

from dataclasses import replace

import pytest

from app.meeting.plan import Preset
from app.papers.plan.choices import CHOICES
from app.papers.plan.example import EXAMPLE
from app.papers.plan.importing import preview
from app.papers.plan.sheets import ENTRIES, INSTRUCTIONS, ORDER_OF_SHEETS, TABLES
from app.papers.plan.workbook import A4, POINTS_OF_A_LINE, write_workbook
from tests.meetings import shipped, small_plan
from tests.papers.books import TEMPLATE, errors, read, template


def test_the_template_is_a_small_meeting_that_could_be_held():
    reading = read(TEMPLATE)
    assert errors(reading) == []
    assert [each.said.code for each in reading.mistakes] == ["title.of_the_example"]
    assert preview(EXAMPLE, reading).plan == EXAMPLE


def test_its_sheets_stand_in_order_with_instructions_first():
    assert template().sheetnames == list(ORDER_OF_SHEETS)
    assert template().active.title == "会议"


@pytest.mark.parametrize("name", [*TABLES, *ENTRIES])
def test_headings_stay_in_sight(name):
    assert template()[name].freeze_panes == "A2"


@pytest.mark.parametrize("name", TABLES)
def test_a_column_is_wide_enough_and_says_what_may_stand_in_it(name):
    sheet = template()[name]
    for at, column in enumerate(TABLES[name]):
        heading = sheet.cell(1, at + 1)
        assert heading.value == column.title
        assert column.hint in heading.comment.text
        assert width_of(sheet, at + 1) == pytest.approx(column.width, abs=1)


def width_of(sheet, at: int) -> float:
    return next(each.width for each in sheet.column_dimensions.values() if each.min <= at <= each.max)


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_has_its_hint_beside_it(name):
    hints = {row[0]: row[2] for row in template()[name].iter_rows(min_row=2, values_only=True)}
    assert hints.items() <= {column.title: column.hint for column in ENTRIES[name]}.items()


def test_the_instructions_name_every_column_and_choice():
    text = "\n".join(
        str(value) for row in template()[INSTRUCTIONS].iter_rows(values_only=True) for value in row if value
    )
    columns = [each for sheet in (*TABLES.values(), *ENTRIES.values()) for each in sheet if not each.is_outdated]
    assert [column.title for column in columns if column.title not in text or column.hint not in text] == []
    chosen = {kind: words for kind, words in CHOICES.items() if kind is not Preset}
    assert [word for words in chosen.values() for word in words if word not in text] == []


def test_a_row_is_as_high_as_its_longest_text_asks_for():
    sheet = template()[INSTRUCTIONS]
    heights = {
        row[0].row: (
            sheet.row_dimensions[row[0].row].height,
            max((row[3].value, row[4].value), key=lambda each: len(each or "")),
        )
        for row in sheet.iter_rows()
    }
    assert [height for height, hint in heights.values() if hint and len(hint) > 60 and not height] == []
    assert [height for height, hint in heights.values() if hint and len(hint) < 20 and height] == []
    plan = replace(small_plan(), title="一二三四五六七八九十" * 6)
    meeting = template(plan)["会议"]
    [title] = [row for row in meeting.iter_rows() if row[0].value == "名称"]
    assert meeting.row_dimensions[title[0].row].height == pytest.approx(3 * POINTS_OF_A_LINE)


@pytest.mark.parametrize("name", ORDER_OF_SHEETS)
def test_a_sheet_prints_as_wide_as_a_page(name):
    sheet = template()[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", A4)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_choices_are_offered_in_a_list():
    offered = {
        (name, str(each.sqref)): each.formula1 for name in ORDER_OF_SHEETS for each in lists_of(template()[name])
    }
    assert offered["会议", "B11"] == '"打分制,等次制,只点评"'
    assert offered["议程", "A2:A201"] == '"开场,履职报告,休息,讨论,宣布结果,总结讲话"'
    assert offered["议程", "B2:B201"] == "'单位'!$B$2:$B$201"
    assert offered["评议团", "B2:B201"] == "'类别'!$A$2:$A$201"
    assert offered["回避", "A2:A201"] == "'评议团'!$A$2:$A$201"


def lists_of(sheet):
    return sheet.data_validations.dataValidation


def test_the_template_has_no_ids_and_a_meeting_has_them():
    assert {row[4] for row in template()["单位"].iter_rows(min_row=2, values_only=True)} == {None}
    demo = shipped("demo")
    ids = [row[4] for row in template(demo)["单位"].iter_rows(min_row=2, values_only=True)]
    assert ids == [unit.id for unit in demo.units]


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text():
    plan = small_plan(title="=1+1", place="http://hall")
    assert read(write_workbook(plan)).plan == plan
    assert template(plan)["会议"]["B7"].hyperlink is None
