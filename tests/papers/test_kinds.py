"""Files of other kinds: each is named, with what to do, and none is taken for damaged."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from app.papers.plan.importing import read_file
from app.papers.plan.template import WRITERS
from tests.papers.books import TEMPLATE, changed, errors, read

TEXT = WRITERS[".toml"](None)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PASSWORD = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def strict() -> bytes:
    file = io.BytesIO()
    ordinary, purl = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(ordinary, purl))
    return file.getvalue()


def rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with other bytes in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(file, "w") as other:
        for name in package.namelist():
            assert name != part or old in package.read(name)
            other.writestr(name, package.read(name).replace(old, new) if name == part else package.read(name))
    return file.getvalue()


def package(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, b"<a/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("会议.xls", OLE + b"\0" * 600, "file.is_xls"),
        ("会议.XLS", TEMPLATE, "file.is_xls"),
        ("会议.xlsx", OLE + b"\0" * 600, "file.is_xls"),
        ("会议.et", OLE + b"\0" * 600, "file.is_et"),
        ("会议.et", PASSWORD, "file.has_a_password"),
        ("会议.xls", PASSWORD, "file.has_a_password"),
        ("会议.xlsx", PASSWORD, "file.has_a_password"),
        ("会议.csv", "序号,单位\n1,市教委".encode("gb18030"), "file.is_csv"),
        ("会议.csv", b"", "file.is_csv"),
        ("会议.txt", b"a", "file.is_csv"),
        ("会议.wps", OLE, "file.is_a_document"),
        ("会议.docx", package("word/document.xml"), "file.is_a_document"),
        ("会议.pdf", b"%PDF-1.7", "file.is_a_document"),
        ("会议.xlsx", b"%PDF-1.7", "file.is_a_document"),
        ("会议.xlsx", package("word/document.xml"), "file.is_a_document"),
        ("会议.xlsm", TEMPLATE, "file.is_xlsm"),
        ("会议.xlsb", package("xl/workbook.bin"), "file.is_xlsb"),
        ("会议.xlsx", package("xl/workbook.bin"), "file.is_xlsb"),
        ("会议.ods", package("content.xml"), "file.is_ods"),
        ("会议.xlsx", package("content.xml"), "file.is_ods"),
        ("会议.zip", package("a.xlsx"), "file.is_packed"),
        ("会议.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "file.is_a_web_page"),
        ("会议.xlsx", b"\xef\xbb\xbf\r\n<TABLE>", "file.is_a_web_page"),
        ("会议.xlsx", b"<?xml version='1.0'?><Workbook/>", "file.is_a_web_page"),
        ("会议.xlsx", strict(), "file.is_strict"),
        ("会议.xlsx", b"a,b", "file.no_workbook"),
        ("会议.bin", b"a", "file.unknown_kind"),
        ("~$会议.xlsx", b"\x05" + b"\0" * 164, "file.is_beside"),
        (".~lock.会议.xlsx#", b",x,y", "file.is_beside"),
        ("._会议.xlsx", b"\0\5\x16\7", "file.is_beside"),
        ("会议.toml", TEMPLATE, "file.is_no_text"),
        ("会议.toml", OLE + b"\0" * 600, "file.is_no_text"),
        ("会议", b"a", "file.unknown_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_another_kind_is_named(name, content, code):
    reading = read_file(name, content)
    assert (reading.plan, [each.said.code for each in reading.mistakes]) == (None, [code])


@pytest.mark.parametrize(
    ("name", "content"),
    [("会议.xlsx ", TEMPLATE), ("会议（终稿）.XLSX", TEMPLATE), ("会议.xlsx.xlsx", TEMPLATE), ("会议.toml.txt", TEXT)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_that_an_editor_or_a_hand_has_changed_is_known(name, content):
    assert read_file(name, content).plan is not None


def test_parts_in_utf16_that_are_beside_the_sheets_are_no_harm():
    def with_part(content: bytes) -> list[str]:
        file = io.BytesIO(TEMPLATE)
        with zipfile.ZipFile(file, "a") as book:
            book.writestr("customXml/item1.xml", content)
        return [each.said.code for each in read_file("m.xlsx", file.getvalue()).mistakes if not each.is_warning]

    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup>AAA</DataMashup>'
    assert with_part(query.encode("utf-16")) == []
    assert with_part(query.replace("<Data", "<!DOCTYPE a><Data", 1).encode("utf-16")) == ["file.broken"]
    assert with_part(query.encode("utf-16-le")) == ["file.broken"]


@pytest.mark.parametrize("far", [" ", "\u3000", "\u200b", '=""'])
def test_nothing_far_below_is_no_row(far):
    def dirty(book: Workbook) -> None:
        book["单位"]["A4000"] = far
        book["单位"]["C1048576"].number_format = "@"

    content = changed(dirty)
    if far.startswith("="):  # Excel writes a formula whose value is an empty text as one of text
        content = rewritten(content, "xl/worksheets/sheet3.xml", b'<c r="A4000"', b'<c r="A4000" t="str"')
    assert read(content).plan == read(TEMPLATE).plan
    assert errors(read(changed(lambda book: book["单位"].__setitem__("A4000", "市科技局")))) == [
        ("单位", 1001, "", "sheet.too_long")
    ]
