"""Files of other kinds, each named with what to do: people hand in what their program happened to save."""

from pathlib import PurePath

from app.papers.plan.mistakes import Unreadable

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""With this begins an old .xls, and also any office file with a password."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_BY_ENDING = {
    ".xls": "file.is_xls",
    ".xlt": "file.is_xls",
    ".et": "file.is_et",
    ".ett": "file.is_et",
    ".xlsm": "file.is_xlsm",
    ".xltm": "file.is_xlsm",
    ".xltx": "file.is_xltx",
    ".xlsb": "file.is_xlsb",
    ".ods": "file.is_ods",
    ".numbers": "file.is_ods",
    ".csv": "file.is_csv",
    ".tsv": "file.is_csv",
    ".txt": "file.is_csv",
    ".wps": "file.is_a_document",
    ".wpt": "file.is_a_document",
    ".doc": "file.is_a_document",
    ".docx": "file.is_a_document",
    ".rtf": "file.is_a_document",
    ".ofd": "file.is_a_document",
    ".pdf": "file.is_a_document",
    ".png": "file.is_a_document",
    ".jpg": "file.is_a_document",
    ".jpeg": "file.is_a_document",
    ".zip": "file.is_packed",
    ".rar": "file.is_packed",
    ".7z": "file.is_packed",
}


def must_be_the_file_itself(name: str) -> None:
    """Refuse what programs put beside a file: the mark of one that is open, and what a Mac adds to a copy."""
    for mark in ("~$", ".~lock.", "._"):
        if name.startswith(mark):
            raise Unreadable("file.is_beside", name=name.removeprefix(mark).rstrip("#"))


def ending_of(name: str) -> str:
    """How a name ends; .txt behind .toml comes from an editor, and spaces behind it mean nothing."""
    path = PurePath(name.strip().lower())
    return ".toml" if path.suffixes[-2:] == [".toml", ".txt"] else path.suffix


def must_be_a_text(content: bytes) -> None:
    """Refuse a workbook that is called a text."""
    if content.startswith((b"PK\x03\x04", _OLE)):
        raise Unreadable("file.is_no_text")


def other_kind(ending: str, content: bytes) -> Unreadable:
    """What to say of a file whose name ends otherwise than a workbook's or a text's."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        return Unreadable("file.has_a_password")
    return Unreadable(_BY_ENDING.get(ending, "file.unknown_kind"))


def must_be_a_package(content: bytes) -> None:
    """Refuse what is no .xlsx though it is called one."""
    if content.startswith(_OLE):
        raise Unreadable("file.has_a_password" if _ENCRYPTED in content else "file.is_xls")
    if content.startswith(b"%PDF"):
        raise Unreadable("file.is_a_document")
    if (
        content.lstrip(b"\xef\xbb\xbf \r\n\t")[:200]
        .lower()
        .startswith((b"<html", b"<!doctype html", b"<table", b"<?xml"))
    ):
        raise Unreadable("file.is_a_web_page")
    if not content.startswith(b"PK"):
        raise Unreadable("file.no_workbook")


def must_have_a_book(parts: list[str]) -> None:
    """Refuse packages that are none of a workbook."""
    if "xl/workbook.bin" in parts:
        raise Unreadable("file.is_xlsb")
    if "content.xml" in parts:
        raise Unreadable("file.is_ods")
    if "word/document.xml" in parts:
        raise Unreadable("file.is_a_document")
    if "xl/workbook.xml" not in parts:
        raise Unreadable("file.no_workbook")


def must_not_be_strict(book: bytes) -> None:
    """Refuse a workbook in the strict form of Open XML, which the library reads as one without sheets."""
    if _STRICT in book:
        raise Unreadable("file.is_strict")
