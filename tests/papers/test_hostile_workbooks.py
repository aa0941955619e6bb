"""Workbooks that are made to do harm: signs piled up in cells, as long and as often as a file can hold them."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from app.papers.plan.grids import LONGEST_CELL
from tests.papers.books import template, written
from tests.papers.piles import PILES, piled

NOTES = "说明"
MARK = "@@@"


def everywhere(text: str, rows: int) -> bytes:
    """The template with a text wherever a value may stand: in each of so many rows, and beside each entry."""
    book = template()
    for sheet in book:
        if sheet.title == NOTES:
            continue
        for row in range(2, max(rows, sheet.max_row) + 2):
            for column in range(1, sheet.max_column + 1):
                is_entry = isinstance(sheet.cell(row, 1).value, str) and sheet.cell(row, 1).value != MARK
                if row < rows + 2 if not is_entry else column == 2:
                    sheet.cell(row, column).value = MARK
    return with_text(written(book), text)


def with_text(content: bytes, text: str) -> bytes:
    """The library that writes workbooks shortens texts, so the mark is replaced in the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, before.read(part).replace(MARK.encode(), escape(text).encode()))
    return made.getvalue()


def in_one_cell(text: str, times: int = 1) -> bytes:
    book = template()
    for row in range(2, times + 2):
        book["单位"].cell(row, 1).value = MARK
    return with_text(written(book), text)


@pytest.mark.parametrize("length", [150, LONGEST_CELL])
@pytest.mark.parametrize("pile", PILES.values(), ids=list(PILES))
def test_a_workbook_of_piled_up_signs_is_refused_in_words_and_costs_little(reader, pile, length):
    rows = 100 if length == 150 else 2
    assert reader.reads("meeting.xlsx", everywhere(piled(pile, length), rows))["codes"]


@pytest.mark.parametrize("length", [LONGEST_CELL + 1, 32_767, 6_000_000])
def test_a_cell_that_is_longer_than_anything_is_named(reader, length):
    assert reader.reads("meeting.xlsx", in_one_cell(piled("一", length)))["codes"] == ["file.cell_too_long"]


def test_texts_that_are_too_long_together_are_refused(reader):
    content = in_one_cell(piled("一", LONGEST_CELL), times=300)
    assert reader.reads("meeting.xlsx", content)["codes"] == ["file.too_large_inside"]


def test_a_cell_as_long_as_any_may_be_is_read(reader):
    assert "file.cell_too_long" not in reader.reads("meeting.xlsx", in_one_cell(piled("一", LONGEST_CELL)))["codes"]
