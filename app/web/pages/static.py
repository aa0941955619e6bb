"""Static files from memory, under an address that holds a hash of them all: cached for ever, never stale."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

STATIC = Path(__file__).parents[3] / "static"
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
COMMENT = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
"""A line that is one: a quarter of what a tablet's scripts weigh. No text of ours runs over several lines."""
IMPORTED = re.compile(r'^(?:import|export)\b[^;"]*"\./([\w.-]+\.js)"', re.MULTILINE)
IMPORTS = re.compile(r'^import\b[^;"]*"[^"]*";\n', re.MULTILINE)
IN_ONE = ("follow.js",)
"""Scripts that come with what they import in them: a phone asks for one file less."""
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)


class StaticFiles:
    """Every file under ``static/`` of a known type. ``build`` changes with any of them, or with any template.

    ``modules`` says for each script the addresses of all that it imports, and what that imports in turn. A page names
    them in its head: a browser that has to find them one after the other asks for them one after the other.
    """

    def __init__(self, templates: Path) -> None:
        paths = [path for path in sorted(STATIC.rglob("*")) if path.suffix in MEDIA_TYPES]
        self._files = {path.relative_to(STATIC).as_posix(): _read(path) for path in paths}
        digest = hashlib.blake2b(digest_size=6)
        for path, file in zip(paths, self._files.values(), strict=True):
            digest.update(path.name.encode() + file.content)
        for path in sorted(templates.rglob("*.html")):
            digest.update(path.name.encode() + path.read_bytes())
        self.build = digest.hexdigest()
        self.addresses = {name: f"/static/{self.build}/{name}" for name in self._files}
        scripts = {name: file.content.decode() for name, file in self._files.items() if name.endswith(".js")}
        self.modules = {name: [self.addresses[each] for each in _imported(name, scripts)] for name in scripts}

    def file(self, name: str) -> StaticFile | None:
        return self._files.get(name)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    if path.suffix == ".js" and path.parent == STATIC:
        content = COMMENT.sub(b"", content)
    if path.name in IN_ONE:
        content = _with_its_imports(content.decode()).encode()
    return StaticFile(content, MEDIA_TYPES[path.suffix])


def _with_its_imports(script: str) -> str:
    """A script after what it imports, which must import nothing and be taken under its own names."""
    texts = [COMMENT.sub(b"", (STATIC / name).read_bytes()).decode() for name in IMPORTED.findall(script)]
    return "".join(re.sub("^export ", "", text, flags=re.MULTILINE) for text in texts) + IMPORTS.sub("", script)


def _imported(name: str, scripts: dict[str, str]) -> list[str]:
    """All that a script imports, in the order in which it is found."""
    found, looked_at = [name], 0
    while looked_at < len(found):
        imported = IMPORTED.findall(scripts[found[looked_at]])
        found += [each for each in dict.fromkeys(imported) if each not in found]
        looked_at += 1
    return found[1:]


@get("/static/{build:str}/{name:path}")
async def static_file(
    request: Request[Any, Any, Any], build: FromPath[str], name: FromPath[str], static: NamedDependency[StaticFiles]
) -> Response[bytes]:
    file = static.file(name.lstrip("/"))
    if file is None:
        raise NotFoundException
    headers = {"cache-control": FOR_EVER if build == static.build else "no-cache", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", "") and len(file.compressed) < len(file.content):
        return Response(file.compressed, media_type=file.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(file.content, media_type=file.media_type, headers=headers)
