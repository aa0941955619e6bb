"""A paper of a folder, and what its file may be called."""

import re
from dataclasses import dataclass

LOG = "application/jsonl"
JSON = "application/json"
CSV = "text/csv"
HTML = "text/html"
TEXT = "text/plain"
PDF = "application/pdf"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

LONGEST_NAME_OF_PAPER = 60
"""Of a file, in characters: an archive that is unpacked somewhere deep must not run into a system's limit."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')

_OF_DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Windows writes to a device what is called so, with whatever ending."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the folder for the file and, if it is ``for_public``, of that for the public as well.

    ``name`` may have folders in it (``评议意见书/市教委.docx``). ``says`` is the code of a sentence about what it is.
    ``form``: of a letter in one of our own forms, which.
    """

    name: str
    media_type: str
    content: bytes
    for_public: bool = False
    says: str = ""
    form: str = ""


def file_name(text: str) -> str:
    """A text as part of a file's name on any system."""
    name = _NOT_IN_NAMES.sub("-", text).strip(" .-")[:LONGEST_NAME_OF_PAPER].strip(" .-") or "-"
    return f"_{name}" if _OF_DEVICES.match(name) else name
