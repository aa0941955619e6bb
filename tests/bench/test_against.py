"""Two commits side by side: by turns, the median of each, and only what both of them say."""

import subprocess

import pytest

from app.bench import against
from app.bench.rows import Row
from app.bench.troubles import BenchFailed


def figures(**values: float):
    return {(case, 3): Row(case, 3, value, "ms", 0, "a writer") for case, value in values.items()}


def measure(said):
    """One that says these, one after another, and notes where it was asked."""
    asked, left = [], iter(said)

    def measured(folder, called):
        asked.append((folder, called[0], (folder / "run.py").exists()))
        return next(left)

    return measured, asked


def test_both_are_measured_by_turns_and_the_medians_compared():
    measured, asked = measure(
        [figures(tap=10), figures(tap=6, new=1), figures(tap=30), figures(tap=50), figures(tap=20), figures(tap=5)]
    )
    [[row]] = against.run([["tap", "--clients", "3"]], "HEAD", measured)
    assert (row.case, row.value, row.baseline, row.ratio, row.against) == ("tap", 6, 20, 0.3, "HEAD")
    there = asked[0][0]
    assert asked == [(there, "tap", True), (against.HERE, "tap", True)] * 3
    trees = subprocess.check_output(["git", "worktree", "list"], text=True, cwd=against.HERE)
    assert (there.exists(), str(there) in trees) == (False, False)


def test_what_the_other_commit_does_not_have_is_measured_once_and_has_no_baseline():
    measured, asked = measure([{}, figures(tap=6), figures(step=4), figures(step=2)] + [figures(step=4)] * 4)
    assert [[row.case for row in rows] for rows in against.run([["tap"], ["step"]], "HEAD", measured)] == [[], ["step"]]
    assert [each[1] for each in asked] == ["tap"] * 2 + ["step"] * 6


def test_what_there_is_not_is_said():
    with pytest.raises(BenchFailed, match="no-such-commit"):
        list(against.run([["tap", "--clients", "3"]], "no-such-commit", measure([])[0]))
    with pytest.raises(BenchFailed, match="tap --clients 3"):
        list(against.run([["tap", "--clients", "3"]], "HEAD", measure([figures(tap=1), {}])[0]))
