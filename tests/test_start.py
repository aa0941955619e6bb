"""A start reads what it needs: what is seldom wanted is read when it is."""

import subprocess
import sys
from pathlib import Path

LATER = (
    "openpyxl",
    "xlsxwriter",
    "segno",
    "psycopg",
    "alembic",
    "app.papers.plan.reading_workbook",
    "app.papers.plan.textfile",
    "app.papers.plan.example",
)


def test_files_pictures_and_other_databases_are_read_when_they_are_wanted():
    read = f"import run, app.server, sys; print([name for name in {LATER} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", read], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert said.stdout == "[]\n"
