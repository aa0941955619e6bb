"""The machine: Python and libraries, open files, the disk, a clock that jumps."""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from app.doctor.check import Check, ok, problem, warning
from app.meeting.refusals import Said
from app.network.open_files import allow_many_sockets, files_allowed
from app.settings import Settings
from app.web.gate.threshold import files_beside_sockets

LOCK = Path(__file__).parents[2] / "requirements.lock"
OLDEST_PYTHON = (3, 11)
SHOWN = ("litestar", "uvicorn", "websockets", "sqlmodel", "cryptography")

LITTLE_SPACE, TOO_LITTLE_SPACE = 1_000, 200
"""Megabytes. A meeting's record takes a few; logs, papers and the system want some, too."""
SLOW_WRITE, TOO_SLOW_WRITE = 0.030, 0.250
"""Seconds for a durable write, half of them. Every score waits for one (shared by all that wait)."""
WRITES = 15
SECONDS_WATCHED = 0.3
JUMP = 0.05


def versions() -> Iterator[Check]:
    python = Said("doctor.python", {"version": ".".join(map(str, sys.version_info[:3]))})
    if sys.version_info < OLDEST_PYTHON:
        yield problem("python", python, Said("advice.newer_python"))
    else:
        yield ok("python", python)
    if others := tuple(_other_versions()):
        yield warning("libraries", Said("doctor.other_libraries", {"names": others}), Said("advice.run_make"))
    else:
        known = tuple(f"{name} {_installed(name)}" for name in SHOWN if _installed(name))
        yield ok("libraries", Said("doctor.libraries", {"names": known}))


def _other_versions() -> Iterator[str]:
    """``name 1.0 (2.0)`` for what is installed in another version than the lock's."""
    text = LOCK.read_text("utf-8") if LOCK.exists() else ""
    for name, wanted in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found = _installed(name)
        if found and found != wanted:
            yield f"{name} {found} ({wanted})"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def files(settings: Settings) -> Iterator[Check]:
    if sys.platform == "win32":
        return
    allow_many_sockets()  # as a start does: what the system says and what it gives are not the same everywhere
    limit = files_allowed()
    if limit is None:
        yield ok("files", Said("doctor.files_without_limit"))
        return
    sockets = max(limit - files_beside_sockets(limit), 0)
    text = Said("doctor.files", {"limit": limit, "sockets": sockets})
    if sockets < settings.most_sockets:
        yield warning("files", text, Said("advice.more_files"))
    else:
        yield ok("files", text)


# --- the disk ---------------------------------------------------------------------------------------------------------


def disk(folder: Path) -> Iterator[Check]:
    if not folder.is_dir():
        yield problem("disk", Said("doctor.no_folder", {"folder": str(folder)}), Said("advice.make_folder"))
        return
    yield _space(folder)
    yield _speed(folder)


def _space(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free // 1_000_000
    text = Said("doctor.space", {"free": free, "folder": str(folder)})
    if free < TOO_LITTLE_SPACE:
        return problem("disk.space", text, Said("advice.free_space_now"))
    if free < LITTLE_SPACE:
        return warning("disk.space", text, Said("advice.free_space"))
    return ok("disk.space", text)


def _speed(folder: Path) -> Check:
    try:
        seconds = write_speed(folder)
    except OSError as error:
        text = Said("doctor.no_writing", {"folder": str(folder), "cause": error.strerror or str(error)})
        return problem("disk.speed", text, Said("advice.permit_writing"))
    text = Said("doctor.speed", {"milliseconds": str(round(seconds * 1000, 1))})
    if seconds > TOO_SLOW_WRITE:
        return problem("disk.speed", text, Said("advice.own_disk"))
    if seconds > SLOW_WRITE:
        return warning("disk.speed", text, Said("advice.quicker_disk"))
    return ok("disk.speed", text)


def write_speed(folder: Path) -> float:
    """Seconds until 4 KB are durable in a folder, the median of some tries. Raises OSError."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _turn in range(WRITES):
            began = time.perf_counter()
            file.write(os.urandom(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return median(times)


# --- the clock --------------------------------------------------------------------------------------------------------


def clock_jump() -> Iterator[Check]:
    """Somebody who sets the clock while we look, or a virtual machine whose time runs away."""
    before = wall_over_steady()
    time.sleep(SECONDS_WATCHED)
    jump = wall_over_steady() - before
    now = time.strftime("%Y-%m-%d %H:%M %z")
    if abs(jump) > JUMP:
        text = Said("doctor.clock_jumped", {"now": now, "seconds": str(round(jump, 2))})
        yield warning("clock", text, Said("advice.leave_clock_alone"))
    else:
        yield ok("clock", Said("doctor.clock", {"now": now}))


def wall_over_steady() -> float:
    """Seconds by which the wall clock is ahead of the steady one. It changes only when somebody sets the clock."""
    return time.time() - time.monotonic()
