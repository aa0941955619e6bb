"""The points of a part out of somebody else's file: found where they stand, or said why not; never guessed."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from app.language.sentences import sentence_of
from app.meeting.composites.agreed import Part
from app.meeting.plan import Plan
from app.meeting.refusals import Said
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


def read(content: bytes | str, name: str = "daily.xlsx", plan: Plan = PLAN, part: Part = DAILY) -> PartRead:
    return read_part(name, content.encode() if isinstance(content, str) else content, plan, part)


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
    assert refused.value.said.facts == {"part": "日常考核", "columns": ("得分", "总分")}
    with pytest.raises(Unreadable) as refused:
        read(book(("单位", "得分"), ("Water", 1), again=(("单位", "得分"), ("Water", 2))))
    assert refused.value.said.code == "part_file.several_tables"


def test_everything_that_cannot_be_taken_is_said_with_its_row():
    rows = [("Water", 21), ("Moon", 3), ("Court", "good"), ("Schools", 1), ("School", 2), ("Schools", 3)]
    found = read(book(("单位", "得分"), *rows))
    assert said(found) == [
        "row 2: 21 is not between 0 and 20",
        "row 3: “Moon” is not a unit of this meeting",
        "row 4: “good” is not a number",
        "row 6: “School” is not a unit of this meeting",
        "row 7: “Schools” is listed more than once",
    ]


def test_who_was_not_there_is_missing_and_the_others_are_taken():
    rows = [("Water", "缺考"), ("Schools", "16"), ("Court", "—"), ("Moon", "未参加")]
    found = read(book(("单位", "得分"), *rows))
    assert said(found) == ["row 5: “Moon” is not a unit of this meeting"]
    found = read(book(("单位", "得分"), *rows[:3]))
    assert (found.points, found.complaints) == ({"school": Decimal(16)}, ())
    (remark,) = map(sentence_of, found.remarks)
    assert remark.startswith("The file has no points for: Water (“缺考”), Court. Nothing was entered")
    assert read(book(("单位", "得分"), ("Water", "18.5"), ("Court", 17), ("Schools", 16))).remarks == ()


def test_what_nobody_sees_is_read_and_said():
    made = openpyxl.load_workbook(io.BytesIO(book(("单位", "得分"), ("Water", 18.5), ("Court", 17), ("Schools", 16))))
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["B"].hidden = True
    file = io.BytesIO()
    made.save(file)
    found = read(file.getvalue())
    assert (found.points, found.complaints) == (ALL, ())
    assert [sentence_of(each) for each in found.remarks] == [
        sentence_of(Said("rows.hidden", {"number": 1, "rows": ("3 Court",)})),
        "The column “得分” is hidden in the workbook; it was read all the same.",
    ]


def in_per_cent(share: float) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(("被考核单位", "满意度（%）"))
    made.active.append(("Water", share))
    made.active["B2"].number_format = "0.0%"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_per_cent_are_points_out_of_a_hundred_and_of_another_full_score_they_are_asked_about():
    """The most usual part of all: 0.965 in a cell that shows 96.5% is not one point of a hundred."""
    of_100 = replace(DAILY, full=Decimal(100))
    for content in (in_per_cent(0.965), book(("单位", "满意度"), ("Water", "96.5％"))):
        assert read(content, part=of_100).points == {"water": Decimal("96.5")}
        assert said(read(content))[0].startswith("row 2: 96.5")
    assert said(read(in_per_cent(1.02), part=of_100)) == ["row 2: 102% is not between 0 and 100"]


def test_a_unit_may_be_called_as_totals_and_notes_begin():
    court, water, *others = PLAN.units
    units = (
        replace(court, name="最高人民法院", short_name="最高法"),
        replace(water, name="注册会计师协会", short_name="注协"),
    )
    plan = replace(PLAN, units=(*units, *others))
    rows = [("最高人民法院", 18), ("注协", 17), ("最高检", 3), ("最高分", 18), ("平均", 17.5), ("注：含加分", 1)]
    found = read(book(("单位", "得分"), *rows), plan=plan)
    assert list(found.points) == [court.id, water.id]
    assert said(found) == ["row 4: “最高检” is not a unit of this meeting"]


def test_endless_decimals_of_a_formula_are_taken_as_all_numbers_of_a_file_are():
    """In the table they could not be shortened any more: what was read from a file is not typed over."""
    assert read(book(("单位", "得分"), ("Water", 55 / 3))).points == {"water": Decimal("18.333333")}


def test_of_headings_in_two_lines_the_lower_says_which_column_it_is():
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (("群众测评", None, None), ("单位", "得分", None), (None, "票数", "满意率"), ("Water", 11, "90%")):
        sheet.append(row)
    for merged in ("A1:C1", "A2:A3", "B2:C2"):
        sheet.merge_cells(merged)
    file = io.BytesIO()
    made.save(file)
    assert read(file.getvalue(), part=replace(DAILY, full=Decimal(100))).points == {"water": Decimal(90)}


def test_a_number_before_a_unit_is_none_of_its_name():
    assert read(book(("单位", "得分"), ("1.Water", 18.5), ("（二）Court", 17), ("三、Schools", 16))) == PartRead(ALL)


def test_headings_that_stand_again_on_another_page_are_no_unit():
    rows = [("单位", "得分"), ("Water", 18.5), ("单位", "得分"), ("Court", 17), ("Schools", 16)]
    assert read(book(*rows)) == PartRead(ALL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_may_have_a_title_above_its_table(encoding):
    """Unicode text is what Excel calls UTF-16 with tabs."""
    text = "2026年日常考核结果\n单位\t得分\nWater\t18.5\nCourt\t17\nSchools\t16\n"
    assert read(text.replace("\t", "," if encoding == "utf-8" else "\t").encode(encoding), "daily.txt") == PartRead(ALL)


def test_a_formula_without_a_value_is_no_empty_cell():
    assert said(read(book(("单位", "得分"), ("Water", "=9+9"), ("Court", 1))))[0].startswith("row 2: ")


@pytest.mark.parametrize("nothing", [None, "", " ", "/", "——", "无"])
def test_a_unit_without_points_is_left_out_and_a_file_without_any_is_none(nothing):
    rows = [("单位", "得分"), ("Water", 18.5), ("Court", nothing), (nothing, 17)]
    lacking = (Said("part_file.missing", {"units": ("Court", "Schools")}),)
    assert read(book(*rows)) == PartRead({"water": Decimal("18.5")}, remarks=lacking)
    assert said(read(book(("单位", "得分"), ("Water", None)))) == ["no unit has points there"]


OF_OTHER_KINDS = [("a.pdf", "file.is_a_document"), ("~$daily.xlsx", "file.is_beside"), ("a.xls", "file.is_xls")]


@pytest.mark.parametrize(("name", "code"), OF_OTHER_KINDS)
def test_a_file_of_another_kind_is_named(name, code):
    with pytest.raises(Unreadable) as refused:
        read(b"something", name)
    assert refused.value.said.code == code
