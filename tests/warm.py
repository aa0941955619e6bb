"""Servers out of a warm process: it has read every module of a server once, and each server is a fork of it.

Nine tenths of a start are spent on reading modules, the same ones every time. From the fork on everything is as it is
in a process that begins cold: arguments, environment, the program by its path, how it ends. Whoever wants the whole
way from an empty process says so by ``python run.py`` (``tests.commandline.kaimen``).
"""

import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NoReturn

from app.rehearsal import process

ROOT = Path(__file__).parents[1]
ENGLISH = "en_US.UTF-8"
LONGEST_ORDER = 1 << 20
IS_POSSIBLE = hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")


class WarmProcess:
    """One fork, as far as a ``subprocess.Popen`` is needed."""

    def __init__(self, stove: "Stove", pid: int, stdin: IO[bytes]) -> None:
        self._stove, self.pid, self.stdin = stove, pid, stdin
        self._end = os.pidfd_open(pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._ended_within(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._ended_within(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._end, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended_within(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], seconds)[0]:
            self.returncode = self._stove.code_of(self.pid)
            os.close(self._end)
        return self.returncode


class Stove:
    """The warm process, begun when the first server is asked for, and the line to it: an order for each fork."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Stove":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._line.close()
            self._process.wait()

    def runs(
        self, program: Path, arguments: list[str], environment: dict[str, str], said: IO[str], errors: IO[str]
    ) -> WarmProcess:
        order = {"argv": [str(program), *arguments], "environ": environment, "cwd": str(Path.cwd())}
        theirs, ours = os.pipe()
        try:
            return WarmProcess(self, self._asks(order, theirs, said.fileno(), errors.fileno()), os.fdopen(ours, "wb"))
        finally:
            os.close(theirs)

    def code_of(self, pid: int) -> int:
        """How a fork that has ended did so, as ``subprocess`` says it."""
        return os.waitstatus_to_exitcode(self._asks({"ended": pid}))

    def _asks(self, order: dict[str, Any], *files: int) -> int:
        with self._turn:
            if self._process is None:
                self._warms_up()
            socket.send_fds(self._line, [json.dumps(order).encode()], list(files))
            return int(self._line.recv(64))

    def _warms_up(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", str(theirs.fileno())],
                cwd=ROOT,
                env={**os.environ, "LANG": ENGLISH},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )


def by(stove: Stove) -> Any:
    """``app.rehearsal.process.program`` with forks of a warm process, where nothing is asked that they cannot be."""
    cold = process.program

    def program(arguments: list[str], environment: dict[str, str], said: IO[str], errors: IO[str]) -> Any:
        changed = {name for name, value in environment.items() if os.environ.get(name) != value}
        if environment.get("LANG") != ENGLISH or any(not name.startswith("KAIMEN_") for name in changed - {"LANG"}):
            return cold(arguments, environment, said, errors)
        return stove.runs(process.RUN, arguments, environment, said, errors)

    return program


def _is_warm() -> None:
    """Read what a server reads before it listens, and what the first requests bring in."""
    import app.commandline.main
    import app.papers.plan.textfile
    import app.server
    import app.store.lock
    import app.web.terminal  # noqa: F401

    gc.freeze()


def _waits(line: socket.socket) -> dict[str, Any]:
    """Do what is asked until there is nobody to ask; what to run, in each fork."""
    while True:
        text, files, _, _ = socket.recv_fds(line, LONGEST_ORDER, 3)
        if not text:
            os._exit(0)
        order: dict[str, Any] = json.loads(text)
        if "ended" in order:
            line.send(b"%d" % os.waitpid(order["ended"], 0)[1])
            continue
        pid = os.fork()
        if pid == 0:
            for number, file in enumerate(files):
                os.dup2(file, number)
            order["files"] = files
            return order
        line.send(b"%d" % pid)
        for file in files:
            os.close(file)


def _main(number: int) -> NoReturn:
    _is_warm()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=number) as line:
        order = _waits(line)
    for file in order["files"]:
        os.close(file)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(order["environ"])
    os.chdir(order["cwd"])
    sys.argv = order["argv"]
    runpy.run_path(sys.argv[0], run_name="__main__")
    sys.exit()


if __name__ == "__main__":
    _main(int(sys.argv[1]))
