"""What we write, opened by LibreOffice where it is installed: it comes to our results, and repairs nothing."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.papers.results.joined import TITLE as JOINED
from app.papers.results.overview import TITLE
from app.papers.results.workbook import results_workbook
from tests.meetings import shipped, whole_meeting
from tests.papers.spreadsheet import cells_of, values_in
from tests.records import proceedings_of_story

OFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"), pytest.mark.timeout(120)]


def reckoned_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """The same workbook with the values that it finds; those that we wrote are taken out before."""
    file = folder / "given.xlsx"
    load_workbook(io.BytesIO(content)).save(file)
    command = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([str(OFFICE), *command, "--outdir", folder / "back", file], check=True, capture_output=True)
    return (folder / "back" / "given.xlsx").read_bytes()


def test_libreoffice_comes_to_our_results(tmp_path):
    content = results_workbook(proceedings_of_story(whole_meeting(shipped("demo"))))
    formulas = {key for key, value in cells_of(content).items() if not isinstance(value, str | int | float)}
    ours, theirs = values_in(content), values_in(reckoned_by_libreoffice(content, tmp_path))
    assert len(formulas) > 500
    assert {sheet for sheet, *_ in formulas} >= {TITLE, JOINED}
    assert {key: theirs.get(key) for key in formulas} == {key: ours.get(key) for key in formulas}
