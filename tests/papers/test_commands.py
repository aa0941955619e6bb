"""``run.py template`` and ``run.py import``, as somebody types them."""

from contextlib import closing

import pytest
import sqlalchemy as sa

from app.language import Language
from app.papers.plan.example import EXAMPLE
from app.papers.plan.importing import read_file
from app.store import plans
from app.store.database import Database
from app.store.tables import MeetingRow, table_of
from tests.commandline import run_here
from tests.papers.books import overwritten
from tests.papers.mistaken import SEEDED, seeded


def codes(db) -> list[str]:
    with closing(Database(str(db))) as database, database.reading() as connection:
        return list(connection.scalars(sa.select(table_of(MeetingRow).c.code)))


@pytest.mark.parametrize("kind", [".xlsx", ".toml"])
def test_a_template_can_be_imported_and_written_again(tmp_path, kind):
    db, file, again = tmp_path / "kaimen.db", tmp_path / f"empty{kind}", tmp_path / f"again{kind}"
    assert run_here("template", file).stdout == f"{file}\n"
    said = run_here("import", file, "--db", db, "--code", "spring")
    assert (said.exit_code, said.stderr, codes(db)) == (0, "", ["spring"])
    assert said.stdout.endswith(f"“{EXAMPLE.title}” is set up. Next: run.py rehearse spring\n")
    assert run_here("template", again, "--code", "spring", "--db", db).exit_code == 0
    with closing(Database(str(db))) as database, database.reading() as connection:
        assert read_file(again.name, again.read_bytes()).plan == plans.load(connection, "spring")


def test_a_template_is_never_written_over_a_file_unasked(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("mine")
    said = run_here("template", file)
    assert (said.exit_code, said.stderr) == (1, f"{file} already exists. Overwrite it with --force.\n")
    assert file.read_text() == "mine"
    assert run_here("template", file, "--force").exit_code == 0
    assert file.read_text("utf-8").startswith("# 评议会文本模板")


def test_a_template_of_another_kind(tmp_path):
    said = run_here("template", tmp_path / "meeting.docx")
    assert said.exit_code == 1
    assert said.stderr.startswith("A template ends in .xlsx or .toml")


@pytest.mark.parametrize("options", [[], ["--preview"]], ids=str)
def test_a_file_with_mistakes_prints_each_and_changes_nothing(tmp_path, options):
    file, db = tmp_path / "meeting.xlsx", tmp_path / "kaimen.db"
    file.write_bytes(seeded())
    said = run_here("import", file, "--db", db, *options, language=Language.CHINESE)
    printed = said.stdout.splitlines()
    assert said.exit_code == 1
    assert (codes(db) if db.exists() else []) == []
    for sheet, _, row, column, _ in SEEDED:
        assert len([line for line in printed if line.startswith(f"错误 {sheet} 第 {row} 行 {column}：")]) == 1
    assert printed[-1].startswith(f"错误 {len(SEEDED)} 处")


def test_a_preview_changes_nothing(tmp_path):
    file, db = tmp_path / "meeting.xlsx", tmp_path / "kaimen.db"
    file.write_bytes(overwritten({("会议", "B3"): "我们的评议会"}))
    said = run_here("import", file, "--preview", "--db", db)
    assert (said.exit_code, db.exists()) == (0, False)
    assert "+ 会议 row 3 名称 内容：我们的评议会" in said.stdout.splitlines()


def test_small_groups_are_said_in_a_preview_and_keep_nobody_from_importing(tmp_path):
    file, db = tmp_path / "meeting.xlsx", tmp_path / "kaimen.db"
    run_here("template", file)
    said = run_here("import", file, "--preview", "--db", db)
    hints = [line for line in said.stdout.splitlines() if line.startswith("Worth a look: ")]
    assert (said.exit_code, len(hints)) == (0, 1)
    assert "fewer than three seats" in hints[0]
