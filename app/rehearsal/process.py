"""A Kaimen server as a process of its own, for rehearsals, demonstrations, benches and tests."""

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from app.meeting.refusals import Said

RUN = Path(__file__).parents[2] / "run.py"
SECONDS_TO_BE_READY = 30.0
_LINK = re.compile(r"https?://[^/\s]+(/(?:setup/enter|[^/\s]+/moderator)/[\w-]+)")


Trust = ssl.SSLContext | None
"""Whose certificates are good, for https; None: whose the system trusts."""


def program(
    arguments: list[str], environment: dict[str, str], said: IO[str], errors: IO[str]
) -> "subprocess.Popen[str]":
    """``run.py`` as a process of its own; what it says goes into these files, and its input ends with this process."""
    command = [sys.executable, str(RUN), *arguments]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=said, stderr=errors, text=True)


class NotReady(Exception):
    """The server did not come up; the message is what it last said."""

    said = Said("trouble.not_ready")


@dataclass
class ServerProcess:
    """``run.py serve`` on a free port (of this machine only). Use as a context manager, or ``start`` and ``stop``."""

    db: str
    port: int = 0
    host: str = "127.0.0.1"
    environment: dict[str, str] = field(default_factory=dict)
    days: Path | None = None
    """The file by which the days of a rehearsal pass (``rehearsal.days``)."""
    process: subprocess.Popen[str] | None = None
    _said: IO[str] = field(init=False, repr=False)
    _errors: IO[str] = field(init=False, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "ServerProcess":
        """Start and wait until the record can be written. A port once chosen is kept for later starts."""
        self.port = self.port or free_port()
        # Not pipes: one that nobody empties stops the server some day.
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115  they are closed when the server ends
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115
        arguments = ["serve", "--ends-with-parent", "--db", self.db, "--host", self.host, "--port", str(self.port)]
        arguments += ["--days", str(self.days)] if self.days else []
        environment = {**os.environ, "LANG": "en_US.UTF-8", **self.environment}
        self.process = program(arguments, environment, self._said, self._errors)
        self._wait_until_ready()
        return self

    def stop(self) -> str:
        """End as Ctrl+C would; returns what the server said on stderr."""
        return self._end(signal.SIGINT)

    def kill(self) -> str:
        """End as a power cut would."""
        return self._end(signal.SIGKILL)

    def links(self, code: str) -> dict[str, Any]:
        """A full set of new links: ``{"moderator": url, "seats": {seat: url}}``."""
        command = [sys.executable, str(RUN), "links", code, "--db", self.db, "--url", self.url, "--json"]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        made: dict[str, Any] = json.loads(said.stdout)
        return made

    def links_shown(self) -> list[str]:
        """The links, as paths, that its terminal shows: the organiser's, and that of the next meeting's moderator."""
        self._said.seek(0)
        return _LINK.findall(self._said.read())

    def __enter__(self) -> "ServerProcess":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _end(self, number: signal.Signals) -> str:
        process, self.process = self.process, None
        if process is None:
            return ""
        process.send_signal(number)
        process.wait(timeout=SECONDS_TO_BE_READY)
        if process.stdin:
            process.stdin.close()
        with self._said, self._errors as errors:
            errors.seek(0)
            return errors.read()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + SECONDS_TO_BE_READY
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                raise NotReady(self._end(signal.SIGKILL))
            if is_ready(self.url):
                return
            time.sleep(0.02)
        raise NotReady(self.kill())


def is_ready(url: str, trust: Trust = None) -> bool:
    try:
        with directly(trust).open(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def directly(trust: Trust = None) -> urllib.request.OpenerDirector:
    """Loopback and the hall need no proxy, whatever the environment says."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
