"""Files of other kinds: each is named, with what to do, and none is taken for damaged."""

import io
import zipfile

import pytest

from app.papers.importing import read_file
from tests.papers.books import TEMPLATE

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
        ("会议", b"a", "file.unknown_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_another_kind_is_named(name, content, code):
    reading = read_file(name, content)
    assert (reading.plan, [each.said.code for each in reading.mistakes]) == (None, [code])
