"""Letters as PDF: where typst is there, the same record makes the same file; where it is not, that is said."""

import sys
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from app.meeting import commands as c
from app.papers.folder.folders import folders_with
from app.papers.letters.contents import letters_of
from app.papers.letters.pdf import fonts_missing, with_pdf
from tests.commandline import run_here
from tests.records import proceedings_of_story
from tests.small import WATER
from tests.stories import closed_over

needs_typst = pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")


@needs_typst
def test_each_letter_is_printed_and_twice_the_same():
    rows = {"ann": (50, 30), "ben": (40, 30), "cat": (30, 30)}
    record = proceedings_of_story(closed_over(rows).does(c.RevealResult(WATER), c.FinishMeeting()))
    printed = with_pdf(letters_of(record))
    files = {each.name: each.content for each in printed if each.name.endswith(".pdf")}
    assert {name.removesuffix(".pdf") for name in files} == {
        each.name.removesuffix(".docx") for each in letters_of(record)
    }
    assert all(content.startswith(b"%PDF-") for content in files.values())
    assert {each.name: each.content for each in with_pdf(letters_of(record)) if each.name in files} == files
    for_public = folders_with(record, printed)[1]
    assert [each.name for each in for_public.papers if each.name.endswith(".pdf")] == ["公告.pdf"]


def test_fonts_that_are_missing_are_named(monkeypatch):
    """``typst`` sets a letter in whatever there is, and says nothing."""
    here = ["SimHei", "simsun"]
    typst = SimpleNamespace(Fonts=lambda: SimpleNamespace(families=lambda: here))
    monkeypatch.setitem(sys.modules, "typst", typst)
    assert fonts_missing() == ()
    here.remove("SimHei")
    (hei,) = fonts_missing()
    assert hei.startswith("SimHei / ")


@pytest.mark.skipif(find_spec("typst") is not None, reason="typst is installed")
def test_without_typst_nothing_is_written_and_that_is_said(tmp_path):
    said = run_here("export", "demo", "--to", tmp_path / "papers", "--pdf")
    assert said.exit_code == 1
    assert "typst, which is not installed" in said.stderr
    assert not (tmp_path / "papers").exists()
