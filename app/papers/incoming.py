"""Which files may come in, of units and their clerks, and what each is: by what is in it, whatever it is called.

An office file is never unpacked. An archive names its members in the clear, and the old formats their streams: that
says whose they are.
"""

from dataclasses import dataclass
from pathlib import PurePath

from app.meeting.refusals import Refused
from app.meeting.texts import LONGEST_NAME_OF_FILE

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE

_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = "application/vnd.openxmlformats-officedocument"


_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What an office program with a password makes of any of its files."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``endings``: the first is given where a name has none of them. ``holds``: one of these is somewhere in it."""

    media_type: str
    endings: tuple[str, ...]
    begins: bytes
    holds: tuple[bytes, ...] = (b"",)

    def is_of(self, content: bytes) -> bool:
        return content.startswith(self.begins) and any(each in content for each in self.holds)


def _streams(*names: str) -> tuple[bytes, ...]:
    return tuple(name.encode("utf-16-le") for name in names)


KINDS = (
    Kind("application/pdf", (".pdf",), b"%PDF-"),
    Kind("image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff"),
    Kind("image/png", (".png",), b"\x89PNG\r\n\x1a\n"),
    Kind(f"{_OPEN}.wordprocessingml.document", (".docx",), _ARCHIVE, (b"word/",)),
    Kind(f"{_OPEN}.spreadsheetml.sheet", (".xlsx",), _ARCHIVE, (b"xl/",)),
    Kind(f"{_OPEN}.presentationml.presentation", (".pptx",), _ARCHIVE, (b"ppt/",)),
    Kind("application/ofd", (".ofd",), _ARCHIVE, (b"OFD.xml",)),
    Kind("application/msword", (".doc", ".wps"), _OLD_OFFICE, _streams("WordDocument")),
    Kind("application/vnd.ms-excel", (".xls", ".et"), _OLD_OFFICE, _streams("Workbook", "Book")),
    Kind("application/vnd.ms-powerpoint", (".ppt", ".dps"), _OLD_OFFICE, _streams("PowerPoint Document")),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that may come in, under a name that does no harm."""

    name: str
    content: bytes
    media_type: str


def taken(filename: str, content: bytes) -> Incoming:
    """Raises Refused: too large, or nothing that is taken here."""
    name = name_of_file(filename)
    if not content:
        raise Refused("attachments.empty", name=name)
    if len(content) > LARGEST_FILE:
        raise Refused("attachments.too_large", name=name, megabytes=LARGEST_FILE // MEGABYTE)
    kind = next((kind for kind in KINDS if kind.is_of(content)), None)
    if kind is not None:
        return Incoming(_named_as(name, kind), content, kind.media_type)
    if content.startswith(_OLD_OFFICE) and _LOCKED in content:
        raise Refused("attachments.locked", name=name)
    if PurePath(name).suffix.lower() in ENDINGS:
        raise Refused("attachments.not_what_it_says", name=name)
    raise Refused("attachments.unknown_kind", name=name, kinds=tuple(each.removeprefix(".") for each in ENDINGS))


def media_type_of(name: str) -> str:
    """Of a file that was taken: its name ends as its content says."""
    ending = PurePath(name).suffix.lower()
    return next((kind.media_type for kind in KINDS if ending in kind.endings), "application/octet-stream")


def name_of_file(filename: str) -> str:
    """Without folders, of whatever system, without what cannot be seen or turns the direction, and not hidden."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in last if each.isprintable()).strip(" .")
    path = PurePath(seen or "-")
    return path.stem[: max(1, LONGEST_NAME_OF_FILE - len(path.suffix))] + path.suffix[: LONGEST_NAME_OF_FILE - 1]


def _named_as(name: str, kind: Kind) -> str:
    """With an ending that opens it in the program that it is for, and in no other."""
    path = PurePath(name)
    ending = path.suffix.lower()
    if ending in kind.endings:
        return name
    stem = path.stem if ending in ENDINGS else name
    return stem[: LONGEST_NAME_OF_FILE - len(kind.endings[0])] + kind.endings[0]
