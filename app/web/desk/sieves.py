"""The list of words that marks questions for whoever moderates: the office's file, or the short one we ship."""

import codecs
import unicodedata
from pathlib import Path

from app.meeting.questions.sifting import Sieve, sieve_of

SHIPPED = Path(__file__).with_name("words.txt")
LARGEST = 4_000_000
"""Bytes; more is no list of words."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OF_OFFICES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx, .docx, and the files of older office programs begin."""


class Unread(Exception):
    """Why a file is no list of words: the code of a sentence."""


class Sieves:
    """The file is read again once it has changed; an office edits it while the server runs."""

    def __init__(self, file: str) -> None:
        self._path = Path(file) if file else SHIPPED
        self._read_at: tuple[int, int] | None = None
        self._read: tuple[Sieve | None, str] = (None, "")

    def sieve(self) -> tuple[Sieve | None, str]:
        """None if the file cannot be read: then nothing is marked, and the sentence of the code says why."""
        try:
            stat = self._path.stat()
            if self._read_at != (stat.st_mtime_ns, stat.st_size):
                self._read = _read(self._path.read_bytes() if stat.st_size <= LARGEST else None)
                self._read_at = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            self._read, self._read_at = (None, "words.not_there"), None
        return self._read


def _read(content: bytes | None) -> tuple[Sieve | None, str]:
    try:
        return sieve_of(text_of(content)), ""
    except Unread as unread:
        return None, str(unread)


def text_of(content: bytes | None) -> str:
    """As offices save a text: UTF-8, the UTF-16 of “Unicode” or the GBK of “ANSI”. Raises Unread."""
    if content is None:
        raise Unread("words.too_long")
    if content.startswith(_OF_OFFICES):
        raise Unread("words.workbook")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(each) in ("Cc", "Cn", "Co") and each not in "\t\r\n\f" for each in text):
            return text
    raise Unread("words.not_a_text")


def _encodings(content: bytes) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "")
    return (marked,) if marked else ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in content else ("utf-8", "gb18030")
