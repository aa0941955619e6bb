"""Commands that come by forms: there is no way into the record from a door but those that ask the table of roles."""

import ast
from pathlib import Path

import app.web

ROOM = Path(app.web.__file__).parent


def test_from_a_door_the_record_is_reached_by_two_ways_alone_and_both_ask_the_table():
    """By frames over the socket's line, after ``visit`` has asked; by forms over ``pages.desk``, which asks itself."""
    reaching = {
        file.relative_to(ROOM).as_posix() for file in ROOM.rglob("*.py") if attributes(file) & {"perform", "_scribe"}
    }
    assert reaching == {"pages/desk.py", "sockets/line.py"}


def attributes(file: Path) -> set[str]:
    return {each.attr for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Attribute)}
