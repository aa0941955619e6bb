"""The parts of a .docx as one file that is the same for the same parts: in the order of their names, all of one date.

Nothing is compressed: what a compressor makes of the same bytes depends on who built it.
"""

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=_in_order):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, parts[name])
    return file.getvalue()


def _in_order(name: str) -> tuple[bool, str]:
    """The list of contents first, by which a file is known to be of an office program."""
    return (name != "[Content_Types].xml", name)
