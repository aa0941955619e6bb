"""The points of a part out of somebody else's file: found where they stand, or said why not; never guessed."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from app.language.sentences import sentence_of
from app.meeting.composites.agreed import Part
from app.meeting.plan import Plan
from app.papers.part_file import PartRead, read_part
from app.papers.plan.mistakes import Unreadable
from tests.meetings import small_plan

DAILY = Part("daily", "日常考核", Decimal(10), full=Decimal(20))
PLAN: Plan = small_plan()
ALL = {"water": Decimal("18.5"), "court": Decimal(17), "school": Decimal(16)}


def book(*rows: tuple[Any, ...], **more: tuple[tuple[Any, ...], ...]) -> bytes:
    made = openpyxl.Workbook()
    for sheet, lines in ((made.active, rows), *((made.create_sheet(name), lines) for name, lines in more.items())):
        assert sheet is not None
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(content: bytes | str, name: str = "daily.xlsx") -> PartRead:
    return read_part(name, content.encode() if isinstance(content, str) else content, PLAN, DAILY)


def said(found: PartRead) -> list[str]:
    return [sentence_of(each) for each in found.complaints]


def test_a_table_is_found_below_its_title_with_columns_of_others_around_it():
    found = read(
        book(
            ("2026年日常考核结果",),
            (),
            ("序号", "单位", "扣分", "日常考核", "备注"),
            (1, "Water", 1.5, "18.5分", ""),
            (2, "The High Court of the City", 3, 17, "full name"),
            (3, "Schools", 4, "１６", ""),
            (None, "合计", None, 51.5, None),
        )
    )
    assert found == PartRead(ALL)


@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_as_text_is_read_as_spreadsheets_save_it(sign, encoding):
    rows = [("单位名称", "得分"), ("Water", "18.5"), ("Court", "17"), ("Schools", "16"), ("平均", "17.2")]
    text = "\r\n".join(sign.join(row) for row in rows)
    assert read(text.encode(encoding), "daily.csv") == PartRead(ALL)


def test_a_column_that_is_called_like_the_part_goes_before_others():
    found = read(book(("单位", "得分", "日常考核"), ("Water", 1, 18.5), ("Court", 2, 17), ("Schools", 3, 16)))
    assert found.points == ALL


def test_between_two_columns_nothing_is_chosen():
    with pytest.raises(Unreadable) as refused:
        read(book(("单位", "得分", "总分"), ("Water", 1, 18.5)))
    assert refused.value.said.code == "part_file.no_table"
    with pytest.raises(Unreadable) as refused:
        read(book(("单位", "得分"), ("Water", 1), again=(("单位", "得分"), ("Water", 2))))
    assert refused.value.said.code == "part_file.several_tables"


def test_everything_that_cannot_be_taken_is_said_with_its_row():
    rows = [("Water", 21), ("Moon", 3), ("Court", "good"), ("Schools", 1), ("School", 2), ("Schools", 3)]
    found = read(book(("单位", "得分"), *rows))
    assert said(found) == [
        "row 2: 21 is not between 0 and 20",
        "row 3: “Moon” is no unit of this meeting",
        "row 4: “good” is not a number",
        "row 6: “School” is no unit of this meeting",
        "row 7: “Schools” stands there for the second time",
    ]


def test_a_formula_without_a_value_is_no_empty_cell():
    assert said(read(book(("单位", "得分"), ("Water", "=9+9"), ("Court", 1))))[0].startswith("row 2: ")


def test_a_unit_without_points_is_left_out_and_a_file_without_any_is_none():
    assert read(book(("单位", "得分"), ("Water", 18.5), ("Court", None))).points == {"water": Decimal("18.5")}
    assert said(read(book(("单位", "得分"), ("Water", None)))) == ["no unit has points there"]


OF_OTHER_KINDS = [("a.pdf", "file.is_a_document"), ("~$daily.xlsx", "file.is_beside"), ("a.xls", "file.is_xls")]


@pytest.mark.parametrize(("name", "code"), OF_OTHER_KINDS)
def test_a_file_of_another_kind_is_named(name, code):
    with pytest.raises(Unreadable) as refused:
        read(b"something", name)
    assert refused.value.said.code == code
