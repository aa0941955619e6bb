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

from app.doctor.check import Check, Translate, ok, problem, warning
from app.server import allow_many_sockets, files_allowed
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


def versions(_: Translate) -> Iterator[Check]:
    said = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield problem("python", _("Python {version}").format(version=said), _("Install Python 3.11 or newer."))
    else:
        yield ok("python", _("Python {version}").format(version=said))
    others = list(_other_versions())
    if others:
        text = _("Libraries differ from those Kaimen was tested with: {names}").format(names=", ".join(others))
        yield warning(
            "libraries",
            text,
            _("Run “make run” once while connected to the internet; it installs what the lock file lists."),
        )
    else:
        known = ", ".join(f"{name} {_installed(name)}" for name in SHOWN if _installed(name))
        yield ok("libraries", _("Libraries match the lock file: {names}").format(names=known))


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


def files(settings: Settings, _: Translate) -> Iterator[Check]:
    if sys.platform == "win32":
        return
    allow_many_sockets()  # as a start does: what the system says and what it gives are not the same everywhere
    limit = files_allowed()
    if limit is None:
        yield ok("files", _("Open files: no limit"))
        return
    sockets = max(limit - files_beside_sockets(limit), 0)
    text = _("Open files: {limit}, enough for {sockets} screens and phones").format(limit=limit, sockets=sockets)
    if sockets < settings.most_sockets:
        yield warning("files", text, _("If more are expected, raise the limit with ulimit -n before the start."))
    else:
        yield ok("files", text)


# --- the disk ---------------------------------------------------------------------------------------------------------


def disk(folder: Path, _: Translate) -> Iterator[Check]:
    if not folder.is_dir():
        text = _("The folder {folder} does not exist").format(folder=folder)
        yield problem("disk", text, _("Make it, or name another database with --db."))
        return
    yield _space(folder, _)
    yield _speed(folder, _)


def _space(folder: Path, _: Translate) -> Check:
    free = shutil.disk_usage(folder).free // 1_000_000
    text = _("Disk: {free} MB free in {folder}").format(free=free, folder=folder)
    if free < TOO_LITTLE_SPACE:
        return problem("disk.space", text, _("Free some space: when the disk is full, no score can be saved."))
    if free < LITTLE_SPACE:
        return warning("disk.space", text, _("Free some space before the meeting."))
    return ok("disk.space", text)


def _speed(folder: Path, _: Translate) -> Check:
    try:
        seconds = write_speed(folder)
    except OSError as error:
        text = _("Disk: cannot write in {folder}: {cause}").format(folder=folder, cause=error.strerror or error)
        return problem("disk.speed", text, _("Give this user permission to write there, or choose another folder."))
    text = _("Disk: a durable write takes {milliseconds} ms").format(milliseconds=round(seconds * 1000, 1))
    if seconds > TOO_SLOW_WRITE:
        return problem(
            "disk.speed", text, _("Put the database on a disk of this machine, not on a USB stick or a network drive.")
        )
    if seconds > SLOW_WRITE:
        return warning("disk.speed", text, _("Put the database on a quicker disk if there is one."))
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


def clock_jump(_: Translate) -> Iterator[Check]:
    """Somebody who sets the clock while we look, or a virtual machine whose time runs away."""
    before = wall_over_steady()
    time.sleep(SECONDS_WATCHED)
    jump = wall_over_steady() - before
    now = time.strftime("%Y-%m-%d %H:%M %z")
    if abs(jump) > JUMP:
        text = _("Clock: {now}, but it jumped by {seconds} s while being checked").format(
            now=now, seconds=round(jump, 2)
        )
        yield warning("clock", text, _("Set it before the meeting, and leave it alone during the meeting."))
    else:
        yield ok("clock", _("Clock: {now}; it runs steadily").format(now=now))


def wall_over_steady() -> float:
    """Seconds by which the wall clock is ahead of the steady one. It changes only when somebody sets the clock."""
    return time.time() - time.monotonic()
