"""A reader of files that is not let grow or run on (``hostile.py``), asked by tests."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class BoundedReader:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def reads(self, name: str, content: bytes) -> dict[str, Any]:
        """The codes of what is wrong with a file, and how many characters are said of it, within the bounds."""
        assert self._process.stdin
        assert self._process.stdout
        packed = base64.b64encode(content).decode("ascii")
        print(json.dumps({"name": name, "packed": packed}), file=self._process.stdin, flush=True)
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "ended" not in said
        return said


@contextmanager
def bounded_reader() -> Iterator[BoundedReader]:
    command = [sys.executable, "-m", "tests.papers.hostile"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield BoundedReader(process)
        assert process.stdin
        process.stdin.close()
