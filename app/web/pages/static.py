"""Static files from memory, under an address that holds a hash of them all: cached for ever, never stale."""

import gzip
import hashlib
from dataclasses import dataclass
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
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    compressed: bytes
    media_type: str


class StaticFiles:
    """Every file under ``static/`` of a known type. ``build`` changes with any of them, or with any template."""

    def __init__(self, templates: Path) -> None:
        paths = [path for path in sorted(STATIC.rglob("*")) if path.suffix in MEDIA_TYPES]
        self._files = {path.relative_to(STATIC).as_posix(): _read(path) for path in paths}
        digest = hashlib.blake2b(digest_size=6)
        for path in (*paths, *sorted(templates.rglob("*.html"))):
            digest.update(path.name.encode() + path.read_bytes())
        self.build = digest.hexdigest()
        self.addresses = {name: f"/static/{self.build}/{name}" for name in self._files}

    def file(self, name: str) -> StaticFile | None:
        return self._files.get(name)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    return StaticFile(content, gzip.compress(content, mtime=0), MEDIA_TYPES[path.suffix])


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
