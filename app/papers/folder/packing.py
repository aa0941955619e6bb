"""Archives that come out the same whenever they are made: members by name, dated by the record."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from app.store.files import OWNER_ALONE

FIRST_YEAR = 1980
"""A zip file knows no earlier one."""
UNIX = 3
LEVEL = 6


def packed(members: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """A zip file. ``at`` stands beside every member as it is, to two seconds: the format knows no offset."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, content in sorted(members):
            archive.writestr(_member(name, at), content, zipfile.ZIP_DEFLATED, LEVEL)
    return file.getvalue()


def repacked(content: bytes, at: datetime) -> bytes:
    """What another packer put together (a workbook, a letter), with the same members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()], at)


def _member(name: str, at: datetime) -> zipfile.ZipInfo:
    date = (max(at.year, FIRST_YEAR), at.month, at.day, at.hour, at.minute, at.second)
    member = zipfile.ZipInfo(name, date)
    member.create_system = UNIX
    member.external_attr = OWNER_ALONE << 16
    return member
