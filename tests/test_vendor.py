"""Vendored files are what their list says: names, sums, and nothing beside them."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[1] / "static" / "vendor"
ROW = re.compile(r"^\| (\S+) \| \S+ \S+ \| \S+ \| \S+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def test_every_vendored_file_is_listed_with_its_sum():
    listed = dict(ROW.findall((VENDOR / "README.md").read_text("utf-8")))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert files == listed
    assert len(files) > 0


@pytest.mark.skipif(not shutil.which("git") or not (VENDOR.parents[1] / ".git").exists(), reason="no clone")
@pytest.mark.parametrize("folder", ["static/vendor", "tests/golden"])
def test_a_clone_on_windows_leaves_alone_what_is_compared_byte_for_byte(folder):
    root = VENDOR.parents[1]
    files = [str(path.relative_to(root)) for path in (root / folder).rglob("*.*") if path.suffix != ".pyc"]
    command = ["git", "check-attr", "text", "--", *files]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(said) > 1
    assert [line for line in said if not line.endswith("text: unset")] == []
