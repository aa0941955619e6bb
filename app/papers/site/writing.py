"""A site on a disk: each file appears whole under its name or not at all, and only what this wrote is ever taken away.

``kaimen-site.json`` lists what was written, of which meeting. A folder that has anything else in it is not begun with,
and a file of that name that somebody else put there is not touched.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.meeting.refusals import Said
from app.papers.site.site import Site
from app.store.contents import is_whole

LIST = "kaimen-site.json"
UNFINISHED = ".kaimen-unfinished"
READ_BY_ALL = 0o644
Load = Callable[[str], bytes | None]
"""The content of a file by its SHA-256."""


class NotOurs(Exception):
    """The folder, or a file in it, is somebody else's."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.said = Said(code, facts)


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were new or other than before, how many are gone, and how many that were handed in are lost."""

    changed: int = 0
    removed: int = 0
    missing: int = 0


def write_site(code: str, site: Site, to: Path, load: Load) -> Written:
    """Raises NotOurs, OSError."""
    before = _listed(code, to)
    digests = {**site.kept, **{name: hashlib.sha256(content).hexdigest() for name, content in site.made.items()}}
    _must_be_ours(to, before, digests)
    changed = [name for name in digests if not _is_there(to / name, site, name, before.get(name) == digests[name])]
    gone = sorted(before.keys() - digests.keys())
    if not changed and not gone:
        return Written()
    _list(code, {**before, **digests}, to)
    missing = {name for name in changed if not _put(to / name, _content(site, name, load))}
    for name in gone:
        (to / name).unlink(missing_ok=True)
    _list(code, {name: digest for name, digest in digests.items() if name not in missing}, to)
    return Written(len(changed) - len(missing), len(gone), len(missing))


def _content(site: Site, name: str, load: Load) -> bytes | None:
    """None of a file whose content is not there any more, or not what was handed in."""
    if name in site.made:
        return site.made[name]
    content = load(site.kept[name])
    return content if content is not None and is_whole(content, site.kept[name]) else None


def _listed(code: str, to: Path) -> dict[str, str]:
    """Digests by name, of what was written here before."""
    if not (to / LIST).exists():
        return {}
    try:
        said = json.loads((to / LIST).read_text("utf-8"))
        files = {str(name): str(digest) for name, digest in said["files"].items()}
        whose = said["meeting"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotOurs("site.list_unreadable", file=str(to / LIST)) from None
    if whose != code:
        raise NotOurs("site.of_another", folder=str(to), meeting=str(whose))
    return {name: digest for name, digest in files.items() if _stays_inside(name)}


def _stays_inside(name: str) -> bool:
    """The list lies open: what it says is not believed of files elsewhere."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and 0 < len(path.parts) <= len(("files", "name"))


def _must_be_ours(to: Path, before: Mapping[str, str], names: Iterable[str]) -> None:
    if not before and not (to / LIST).exists() and to.exists() and any(to.iterdir()):
        raise NotOurs("site.folder_not_empty", folder=str(to))
    for folder in {(to / name).parent for name in (*before, *names)} - {to}:
        if folder.is_symlink():
            raise NotOurs("site.file_of_others", file=str(folder))
    for name in names:
        path = to / name
        if name not in before and (path.exists() or path.is_symlink()):
            raise NotOurs("site.file_of_others", file=str(path))


def _is_there(path: Path, site: Site, name: str, is_listed: bool) -> bool:
    """Of what was made here its length is asked as well: somebody may have cut it off."""
    if not is_listed or path.is_symlink() or not path.is_file():
        return False
    return name in site.kept or path.stat().st_size == len(site.made[name])


def _list(code: str, files: Mapping[str, str], to: Path) -> None:
    said = {"meeting": code, "files": dict(sorted(files.items()))}
    _put(to / LIST, f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode())


def _put(path: Path, content: bytes | None) -> bool:
    if content is None:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(unfinished, flags, READ_BY_ALL), "wb") as file:
        file.write(content)
    unfinished.replace(path)
    return True
