"""nginx in front of the server, as ``docs/nginx.conf`` has it: a process of its own, with all its files in one folder.

The file that operators are given is what is measured: only where it listens, whom it asks and where it keeps things are
others. Besides, nginx notes each request that it passes on, and serves one plain file on a port of its own.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bench.troubles import BenchFailed
from app.rehearsal.process import RUN, free_port

ADVISED = RUN.parent / "docs" / "nginx.conf"
PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin")
"""Where it is found, too: the path of somebody who is no administrator often lacks them."""
SECONDS_TO_COME_UP = 5.0
FILE = "file.json"
_ASKED = "asked.log"

_MAIN = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 100000000;
    map $upstream_status $was_asked {{ "" 0; default 1; }}
    log_format one "$upstream_status";
    log_subrequest on;
    access_log {folder}/{asked} one if=$was_asked;
    include {folder}/site.conf;
    server {{ listen 127.0.0.1:{plain}; root {folder}; access_log off; open_file_cache max=9; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Nginx:
    """``port``: the cache; ``plain_port``: the file alone."""

    folder: Path
    port: int
    plain_port: int

    @property
    def asked(self) -> int:
        """How many requests were passed on to the server."""
        return (self.folder / _ASKED).read_bytes().count(b"\n")

    def keep(self, content: bytes) -> None:
        """The file that is served as it is."""
        (self.folder / FILE).write_bytes(content)


def program() -> str | None:
    """Where nginx is, if there is one and the file for operators is at hand."""
    found = shutil.which("nginx") or next((f"{each}/nginx" for each in PLACES if Path(each, "nginx").exists()), None)
    return found if found and ADVISED.is_file() else None


def site(advised: str, listen: int, server: int, folder: Path) -> str:
    """What operators are given, on these ports and with its cache in this folder."""
    for ours, theirs in (
        ("listen 80;", f"listen 127.0.0.1:{listen};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{server};"),
        ("/var/cache/nginx/kaimen", f"{folder}/cache"),
    ):
        if advised.count(ours) != 1:
            raise BenchFailed(f"{ADVISED.name}: {ours}")
        advised = advised.replace(ours, theirs)
    return advised


@asynccontextmanager
async def nginx(where: str, server: int) -> AsyncIterator[Nginx]:
    """``where``: its program; ``server``: the port of ours."""
    with tempfile.TemporaryDirectory(prefix="kaimen-nginx-") as name:
        here = Nginx(Path(name), free_port(), free_port())
        _write(here, server)
        command = (where, "-p", name, "-e", f"{name}/error.log", "-c", f"{name}/main.conf")
        process = await asyncio.create_subprocess_exec(*command)
        try:
            await _comes_up(here, process)
            yield here
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _write(here: Nginx, server: int) -> None:
    main = _MAIN.format(folder=here.folder, asked=_ASKED, plain=here.plain_port)
    (here.folder / "main.conf").write_text(main)
    (here.folder / "site.conf").write_text(site(ADVISED.read_text(), here.port, server, here.folder))


async def _comes_up(here: Nginx, process: asyncio.subprocess.Process) -> None:
    until = asyncio.get_running_loop().time() + SECONDS_TO_COME_UP
    while process.returncode is None and asyncio.get_running_loop().time() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", here.port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise BenchFailed((here.folder / "error.log").read_text() or "nginx did not come up")
