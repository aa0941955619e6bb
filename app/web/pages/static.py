"""Static files from memory, under an address that holds a hash of them all: cached for ever, never stale."""

import base64
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

from app.colours import colours_of, for_old_browsers
from app.older_words import in_older_words
from app.web.pages.bundles import ALONE, bundled_script, bundled_sheet, pages_scripts

STATIC = Path(__file__).parents[3] / "static"
VERIFIER = STATIC / "verify"
"""What ``verify.html`` is made of (``papers/record/verifier.py``): no page asks for it."""
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
INDENT = re.compile(rb"^[ \t]+|^\n", re.MULTILINE)
"""What stands before a line, and empty ones: a twentieth of what is left, compressed."""
WITHIN_A_SHEET = re.compile(r"(?<=[{};,])\s+|^\s+", re.MULTILINE)
"""What stands between the lines of one that comes within a page: no text of ours runs over several lines."""
COMMENT_OF_SHEET = re.compile(rb"^[ \t]*/\*.*?\*/\n", re.MULTILINE | re.DOTALL)
"""Lines that are one: a seventh of the sheet that comes within a phone's page."""
FOR_EVER = "public, max-age=31536000, immutable"


INSIDE = ("phone-page.css", "icon.svg")
"""What is written into its page. The page's policy names a sheet by its digest (gate/headers.py)."""


@dataclass(frozen=True)
class StaticFile:
    content: bytes
    media_type: str

    @cached_property
    def digest(self) -> str:
        """As a content security policy names what it allows."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.content).digest()).decode()

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)


class StaticFiles:
    """Every file under ``static/`` of a known type. ``build`` changes with any of them, or with any template.

    A script or style sheet comes with what it imports in it (bundles.py), a sheet in words for old browsers.
    ``modules`` says for each script of a page the addresses of what it imports all the same. The page names them in its
    head: a browser that has to find them one after the other asks for them one after the other.
    """

    def __init__(self, templates: Path) -> None:
        paths = [path for path in sorted(STATIC.rglob("*")) if path.suffix in MEDIA_TYPES and path.parent != VERIFIER]
        self._files = {path.relative_to(STATIC).as_posix(): _read(path) for path in paths}
        digest = hashlib.blake2b(digest_size=6)
        for path, file in zip(paths, self._files.values(), strict=True):
            digest.update(path.name.encode() + file.content)
        for path in sorted(templates.rglob("*.html")):
            digest.update(path.name.encode() + path.read_bytes())
        self.build = digest.hexdigest()
        self.addresses = {name: f"/static/{self.build}/{name}" for name in self._files}
        self.modules: dict[str, list[str]] = {}
        self._bundle()
        self.inside = {name: self._files[name].content.decode() for name in INSIDE if name in self._files}

    def _bundle(self) -> None:
        sheets, scripts = (
            {n: f.content.decode() for n, f in self._files.items() if n.endswith(kind)} for kind in (".css", ".js")
        )
        colours = colours_of(sheets.values())
        for name in sheets:
            sheet = in_older_words(for_old_browsers(bundled_sheet(name, sheets), colours))
            sheet = WITHIN_A_SHEET.sub("", sheet) if name in INSIDE else sheet
            self._files[name] = StaticFile(sheet.encode(), MEDIA_TYPES[".css"])
        for name, order in pages_scripts(scripts).items():
            self.modules[name] = [self.addresses[each] for each in order[:-1] if each in ALONE]
            if order[1:]:
                self._files[name] = StaticFile(bundled_script(order, scripts).encode(), MEDIA_TYPES[".js"])

    def digest(self, name: str) -> str:
        return self._files[name].digest

    def file(self, name: str) -> StaticFile | None:
        return self._files.get(name)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    if path.suffix == ".js" and path.parent == STATIC:
        content = INDENT.sub(b"", COMMENT.sub(b"", content))
    if path.suffix == ".css":
        content = COMMENT_OF_SHEET.sub(b"", content)
    return StaticFile(content, MEDIA_TYPES[path.suffix])


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
