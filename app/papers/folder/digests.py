"""SHA-256 of files, and of what is in them.

A workbook or a letter is an archive, whose bytes depend on the program that packed it. Its *content digest* does not:
it is the SHA-256 of one line for each member, ``<SHA-256 of the member>  <its name>``, in the order of the names. Of
any other file the content digest is the SHA-256 of its bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable

from app.papers.folder.paper import LETTER, WORKBOOK, Paper

ARCHIVES = frozenset({WORKBOOK, LETTER})


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_digest_of(paper: Paper) -> str:
    if paper.media_type not in ARCHIVES:
        return digest_of(paper.content)
    with zipfile.ZipFile(io.BytesIO(paper.content)) as archive:
        members = [(name, digest_of(archive.read(name))) for name in archive.namelist()]
    return digest_of(listed(members))


def listed(digests: Iterable[tuple[str, str]]) -> bytes:
    """Names and digests as ``sha256sum -c`` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests)).encode()
