"""docs/importing.md against the sheets."""

import re
from pathlib import Path

from app.meeting.texts import LONGEST_DESCRIPTION, LONGEST_TITLE
from app.papers.plan import grids, importing
from app.papers.plan.sheets import ENTRIES, INSTRUCTIONS, ORDER_OF_SHEETS, TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")


def test_every_column_and_entry_is_documented_in_its_order():
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))
    rows = {
        name: re.findall(r"^\| (\S+) \| (yes)? ?\| (.+) \|$", text, re.MULTILINE) for name, text in sections.items()
    }
    known = {name: [*ENTRIES.get(name, ()), *TABLES.get(name, ())] for name in ORDER_OF_SHEETS if name != INSTRUCTIONS}
    assert {name: [(heading, bool(needed)) for heading, needed, _ in each] for name, each in rows.items()} == {
        name: [(column.heading, column.is_needed) for column in columns] for name, columns in known.items()
    }
    for name, columns in known.items():
        for column, (_, _, meaning) in zip(columns, rows[name], strict=True):
            assert "、".join(column.choices) in meaning


def test_the_bounds_are_documented():
    megabyte = 1024 * 1024
    bounds = (importing.LARGEST_FILE // megabyte, grids.LARGEST_UNPACKED // megabyte, grids.MOST_ROWS)
    lengths = (LONGEST_TITLE, LONGEST_DESCRIPTION)
    said = "{} MB, {} MB unpacked, {} rows a sheet, {} characters a name, {} a text".format(*bounds, *lengths)
    assert said in PAGE
