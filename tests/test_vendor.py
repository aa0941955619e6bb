"""Vendored files are what their list says: names, sums, and nothing beside them."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "static" / "vendor"
ROW = re.compile(r"^\| (\S+) \| \S+ \S+ \| \S+ \| \S+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def test_every_vendored_file_is_listed_with_its_sum():
    listed = dict(ROW.findall((VENDOR / "README.md").read_text("utf-8")))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert files == listed
    assert len(files) > 0
