"""Files that are no meeting: one clear sentence for each, whatever is in them, and never a traceback."""

import io
import random
import zipfile
from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.language import Language
from app.papers.plan.grids import LARGEST_UNPACKED, MOST_MERGED, MOST_TAGS
from app.papers.plan.importing import LARGEST_FILE, preview, read_file
from app.papers.plan.sheets import ORDER_OF_SHEETS
from app.papers.plan.telling import mistake_in_words
from tests.papers.books import TEMPLATE, changed, errors, overwritten, read


def only_code(name: str, content: bytes) -> str:
    reading = read_file(name, content)
    assert reading.plan is None
    (mistake,) = reading.mistakes
    return mistake.said.code


def repacked(**parts: bytes) -> bytes:
    """The template with other bytes in some of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
BOMB = repacked(**{"xl/worksheets/sheet99.xml": b" " * LARGEST_UNPACKED})
TAGS = repacked(**{"xl/worksheets/sheet2.xml": b"<row>" + b"<c/>" * MOST_TAGS + b"</row>"})
MERGES = repacked(**{"xl/worksheets/sheet2.xml": b"<a>" + b'<mergeCell ref="A1:B1"/>' * (MOST_MERGED + 1) + b"</a>"})
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "cccccccc">]>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("meeting.csv", b"a,b", "file.is_csv"),
        ("meeting", TEMPLATE, "file.unknown_kind"),
        ("meeting.xlsx", b"", "file.empty"),
        ("meeting.xlsx", bytes(LARGEST_FILE + 1), "file.too_large"),
        ("meeting.xlsx", OLE, "file.is_xls"),
        ("meeting.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file.has_a_password"),
        ("meeting.xlsx", b"just text", "file.no_workbook"),
        ("meeting.xlsx", TEMPLATE[: len(TEMPLATE) // 2], "file.broken"),
        ("meeting.xlsx", BOMB, "file.too_large_inside"),
        ("meeting.xlsx", TAGS, "file.too_large_inside"),
        ("meeting.xlsx", MERGES, "file.too_large_inside"),
        ("meeting.xlsx", repacked(**{"xl/workbook.xml": DOCTYPE + b"<a>&b;</a>"}), "file.broken"),
        ("meeting.xlsx", repacked(**{"xl/workbook.xml": DOCTYPE.decode().encode("utf-16")}), "file.broken"),
        ("meeting.xlsx", repacked(**{"xl/worksheets/sheet2.xml": b"<not xml"}), "file.broken"),
        ("meeting.toml", "title = \"市教委\"".encode("gbk"), "file.not_utf8"),
        ("meeting.toml", b"a = " + b"[" * 100_000, "file.broken"),
        ("meeting.toml", b"a = " + b"9" * 10_000, "file.broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_no_meeting_is_one_sentence(name, content, code):
    assert only_code(name, content) == code


def test_a_zip_of_something_else_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert only_code("letter.xlsx", file.getvalue()) == "file.is_a_document"


def test_the_name_of_a_file_may_be_written_large():
    assert errors(read_file("会议.XLSX", TEMPLATE)) == []


def test_no_damage_makes_it_stumble():
    """Bytes turned over anywhere: read, or refused in words."""
    dice = random.Random(3)
    for _ in range(40):
        damaged = bytearray(TEMPLATE)
        for _ in range(5):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        read_file("meeting.xlsx", bytes(damaged))


# --- as people leave them ---------------------------------------------------------------------------------------------


def test_columns_may_change_places_and_a_title_may_stand_above():
    def rearrange(book):
        sheet = book["单位"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "被评议单位一览表"
        sheet.merge_cells("A1:D1")
        sheet.insert_cols(1)
        sheet["A3"] = "序号"
        for row in range(4, 7):
            sheet.cell(row, 1, row - 3)

    reading = read(changed(rearrange))
    assert errors(reading) == []
    assert reading.plan == read(TEMPLATE).plan
    assert reading.rows["单位", "unit-1"] == 4


def test_empty_lines_are_passed_over():
    reading = read(changed(lambda book: (book["单位"].insert_rows(3, 4), book["评议团"].insert_rows(2))))
    assert [unit.short_name for unit in reading.plan.units] == ["市教委", "市民政局", "市市场监管局"]


def test_a_merged_cell_counts_for_every_line_it_covers():
    def merge(book):
        sheet = book["回避"]
        sheet["A2"] = "专家1"
        sheet["B3"] = "市民政局"
        sheet.merge_cells("A2:A3")

    reading = read(changed(merge))
    assert errors(reading) == []
    assert [len(seat.recusals) for seat in reading.plan.seats] == [2, 0, 0, 0, 0]


def test_sheets_may_have_spaces_in_their_names():
    def rename(book):
        book["评议团"].title = " 评议团 "

    assert read(changed(rename)).plan == read(TEMPLATE).plan


def test_units_may_be_meant_by_either_name():
    cells = {("议程", "B3"): "市 教育委员会", ("回避", "B2"): "市教委 "}
    assert read(overwritten(cells)).plan == read(TEMPLATE).plan


def test_a_report_needs_no_kind_and_an_item_no_title():
    cells = {("议程", "A3"): None, ("议程", "C5"): None}
    assert read(overwritten(cells)).plan == read(TEMPLATE).plan


def test_levels_say_the_range_of_their_criterion():
    def judge_by_level(book):
        book["会议"]["B11"] = "等次制"
        rubric = book["评分细则"]
        rubric.delete_rows(3, 20)
        for cell in ("B2", "C2", "D2", "E2"):
            rubric[cell] = None
        for row, (name, points) in enumerate([("优秀", 4), ("良好", 3), ("一般", 2), ("较差", 1)], start=2):
            book["等次"].cell(row, 2, name)
            book["等次"].cell(row, 3, points)

    reading = read(changed(judge_by_level))
    assert errors(reading) == []
    (criterion,) = reading.plan.criteria
    assert (criterion.minimum, criterion.maximum, len(criterion.levels)) == (1, 4, 4)


PLACES = st.tuples(st.sampled_from(ORDER_OF_SHEETS[1:]), st.sampled_from("ABCDEFGHIJ"), st.integers(1, 21))
VALUES = st.one_of(
    st.none(),
    st.sampled_from(["市教委", "#x", "是", "打分制", "时长5", "=1/0", "#REF!", "编号", "1e999", "-0", "８分"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 10**12),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  as Excel knows them
    st.times(),
    st.timedeltas(timedelta(), timedelta(days=100)),
)


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(st.dictionaries(PLACES, VALUES, min_size=1, max_size=30))
def test_whatever_is_typed_anywhere_is_read_or_told(typed):
    content = overwritten({(sheet, f"{column}{row}"): value for (sheet, column, row), value in typed.items()})
    reading = read(content)
    assert (reading.plan is not None) or errors(reading)
    assert preview(None, reading).can_be_taken == (errors(reading) == [])
    for language in Language:
        assert [sentence for each in reading.mistakes if "{" in (sentence := mistake_in_words(each, language))] == []
