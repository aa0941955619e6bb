"""The two folders of a record: put together, written to a disk, packed into one archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.papers.folder.contents import papers_of
from app.papers.folder.digests import content_digest_of, digest_of, listed
from app.papers.folder.index import INDEX, index_page
from app.papers.folder.packing import packed
from app.papers.folder.paper import HTML, TEXT, Paper
from app.papers.folder.proceedings import Proceedings
from app.store.files import OWNERS_FOLDER, write_private

FOR_FILE, FOR_PUBLIC = "归档-file", "公开-public"
"""What the folders are called, in both languages: a name is typed as well as read."""

DIGESTS, CONTENT_DIGESTS = "SHA256SUMS", "CONTENT-SHA256"


@dataclass(frozen=True, slots=True)
class Folder:
    """Papers under one cover, index and digests among them."""

    name: str
    papers: tuple[Paper, ...]


def folders_of(record: Proceedings) -> tuple[Folder, Folder]:
    """For the file, with everything; for the public, with what everybody may be told."""
    return folders_with(record, papers_of(record))


def folders_with(record: Proceedings, papers: list[Paper]) -> tuple[Folder, Folder]:
    return folder_for_file(record, papers), folder_for_public(record, papers)


def folder_for_file(record: Proceedings, papers: list[Paper]) -> Folder:
    return _bound(FOR_FILE, record, papers, is_public=False)


def folder_for_public(record: Proceedings, papers: list[Paper]) -> Folder:
    return _bound(FOR_PUBLIC, record, [each for each in papers if each.for_public], is_public=True)


def _bound(name: str, record: Proceedings, papers: list[Paper], is_public: bool) -> Folder:
    index = Paper(INDEX, HTML, index_page(record, papers, is_public))
    bound = (index, *papers)
    digests = Paper(DIGESTS, TEXT, listed((each.name, digest_of(each.content)) for each in bound))
    contents = Paper(CONTENT_DIGESTS, TEXT, listed((each.name, content_digest_of(each)) for each in bound))
    return Folder(name, (*bound, digests, contents))


def write(folder: Folder, to: Path) -> Path:
    """The folder below ``to``, for its owner alone. What an earlier export left there and this one has not is gone."""
    root = to / folder.name
    root.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    for each in set(_exported_before(root)) - {paper.name for paper in folder.papers}:
        (root / each).unlink(missing_ok=True)
    for paper in folder.papers:
        file = root / paper.name
        file.parent.mkdir(mode=OWNERS_FOLDER, exist_ok=True)
        write_private(file, paper.content)
    return root


def _exported_before(root: Path) -> Iterator[str]:
    """The names in an earlier list of digests, as far as they lie in the folder: anybody may have written in it."""
    try:
        lines = (root / DIGESTS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return
    for name in (line.partition("  ")[2] for line in lines):
        if name and (root / name).resolve().is_relative_to(root.resolve()) and (root / name).is_file():
            yield name


def archive(record: Proceedings, folders: list[Folder]) -> bytes:
    """Folders as one .zip file."""
    return packed(
        [(f"{folder.name}/{each.name}", each.content) for folder in folders for each in folder.papers], record.at
    )
