"""A start reads and makes ready what it needs: what is seldom wanted waits until it is."""

import subprocess
import sys
from pathlib import Path

LATER = (
    "openpyxl",
    "xlsxwriter",
    "docxtpl",
    "lxml",
    "segno",
    "psycopg",
    "alembic",
    "cryptography",
    "pydantic.v1",
    "app.papers.plan.reading_workbook",
    "app.papers.plan.textfile",
    "app.papers.plan.example",
    "app.papers.plan.pasted",
    "app.papers.results",
    "app.papers.letters.forms",
    "app.papers.folder.contents",
    "app.papers.people",
)


ROOT = Path(__file__).parents[1]


def said_by(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_files_pictures_certificates_and_other_databases_are_read_when_they_are_wanted(tmp_path):
    settings = f"app.settings.Settings(db={str(tmp_path / 'k.db')!r})"
    read = f"import run, app.server, sys; app.server.create_app({settings})"
    assert said_by(f"{read}; print([name for name in {LATER} if name in sys.modules])") == "[]\n"


def test_the_command_line_alone_reads_neither_the_store_nor_the_doors():
    heavy = ("sqlmodel", "litestar", "jinja2", "uvicorn", "app.store.tables")
    assert said_by(f"import run, sys; print([name for name in {heavy} if name in sys.modules])") == "[]\n"


def test_tables_are_made_without_what_nobody_asks_of_them(tmp_path):
    """No row is an object of ours: neither pydantic's validators are built, nor the mappers of the ORM."""
    made = f"""
from app.server import prepare
from app.store.database import Database
from app.store.tables import MeetingRow

database = Database({str(tmp_path / "k.db")!r})
prepare(database)
database.close()
print(MeetingRow.__pydantic_complete__, MeetingRow.__mapper__.configured)
"""
    assert said_by(made) == "False False\n"
