"""This commit beside another one, in one run: the same bench by turns, so that both have the same machine.

The other commit lies in a work tree of its own for as long as it takes; libraries and Python are these. Of each figure
the median counts. A bench that the other commit does not have, or a figure, has no baseline and is left out.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from app.bench.rows import Row, rounded
from app.bench.troubles import BenchFailed

HERE = Path(__file__).parents[2]
TURNS = 3

Figures = dict[tuple[str, int], Row]
Measure = Callable[[Path, Sequence[str]], Figures]
"""What a bench, called with these arguments, says of the program in a folder."""


def run(
    benches: Sequence[Sequence[str]], commit: str, measure: Measure | None = None, turns: int = TURNS
) -> Iterator[list[Row]]:
    """The rows of each of these calls, the other commit's figure as the baseline. Raises BenchFailed.

    That is: if there is no such commit, or a bench of this one says nothing.
    """
    measure = measure or _measured
    with _tree(commit) as there:
        for called in benches:
            ours, theirs = list[Figures](), list[Figures]()
            for _ in range(turns):
                theirs.append(measure(there, called))
                ours.append(measure(HERE, called))
                if not ours[-1]:
                    raise BenchFailed(" ".join(called))
                if not theirs[-1]:
                    break
            yield list(_compared(ours, theirs, commit))


def _compared(ours: Sequence[Figures], theirs: Sequence[Figures], commit: str) -> Iterator[Row]:
    for key, row in ours[-1].items():
        if all(key in each for each in (*ours, *theirs)):
            value, baseline = (median(each[key].value for each in figures) for figures in (ours, theirs))
            yield Row(row.case, row.clients, rounded(value), row.unit, rounded(baseline), commit)


@contextmanager
def _tree(commit: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "there"
        _git("worktree", "add", "--detach", "--quiet", str(there), commit)
        try:
            yield there
        finally:
            _git("worktree", "remove", "--force", str(there))


def _git(*arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S607
    if done.returncode:
        raise BenchFailed(done.stderr.strip())


def _measured(folder: Path, called: Sequence[str]) -> Figures:
    command = [sys.executable, str(folder / "run.py"), "bench", *called, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}
    told = [{name: each[name] for name in Row.__slots__} for each in json.loads(done.stdout)]
    return {(each["case"], each["clients"]): Row(**each) for each in told}
