"""What a terminal can write, and what is said there of files.

A file, a pipe or the console of an office PC may have a code page (GBK, 1252) that lacks a character: nothing may end
for that, neither a server nor the check of a record.
"""

import errno
import io
import os
import sys
from typing import Any

from app.language import Language, say
from app.meeting.refusals import Said

CHINESE_TEXT = "开门评议会"
BLOCKS = "▀▄█ "
"""What a QR code is drawn with."""


def can_write(text: str, stream: Any) -> bool:
    """Whether this stream has all these characters; one that does not say how it writes is asked nothing."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def language_of_terminal() -> Language:
    """English if the environment says so or Chinese would come out as question marks, else Chinese."""
    says_english = os.environ.get("LANG", "").startswith("en")
    return Language.ENGLISH if says_english or not can_write(CHINESE_TEXT, sys.stdout) else Language.CHINESE


def write_what_can_be_written() -> None:
    """From here on a character that the terminal lacks is a question mark, in names as well, and no error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # none at all under pythonw
            stream.reconfigure(errors="replace")


def qr_code(text: str) -> str:
    """To be printed; empty where it would be a heap of question marks."""
    if not can_write(BLOCKS, sys.stdout):
        return ""
    drawn = io.StringIO()
    import segno  # only once the server listens

    segno.make(text, error="l").terminal(drawn, compact=True)
    return drawn.getvalue()


def in_words(error: OSError, language: Language) -> str:
    """What the system says of a file, which it says in its own language and by number."""
    code = _OF_FILES.get(error.errno or 0)
    return say(Said(code, {"file": str(error.filename)}), language) if code and error.filename else str(error)


_OF_FILES = {
    errno.ENOENT: "system.not_there",
    errno.ENOTDIR: "system.not_there",
    errno.EACCES: "system.denied",
    errno.EPERM: "system.denied",
    errno.EROFS: "system.denied",
    errno.ENOSPC: "system.full",
    errno.EISDIR: "system.is_a_folder",
}
