"""The documents speak of files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PATH = re.compile(r"`((?:app|docs|static|templates|tests)/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_to_is_there(document):
    text = document.read_text("utf-8")
    wanted = [ROOT / path for path in PATH.findall(text)] + [document.parent / link for link in LINK.findall(text)]
    assert [str(path.relative_to(ROOT)) for path in wanted if not path.exists()] == []
