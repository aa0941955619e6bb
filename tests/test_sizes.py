"""Nothing is longer than can be read at once: no file, no function; most functions are a few lines."""

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "docs", "static", "templates", "tests")
KINDS = ("*.py", "*.js", "*.css", "*.html", "*.md")
FILES = [path for folder in FOLDERS for kind in KINDS for path in sorted((ROOT / folder).rglob(kind))]
OURS = [path for path in FILES if path.parent != ROOT / "static" / "vendor"]

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
LINES_OF_MOST_FUNCTIONS = 5
CONTENTS = {("app/meeting/decide.py", "decide"), ("app/meeting/evolve.py", "_after")}
"""The two tables of contents: a line or two for each command, and for each event."""


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions_in(folder: str) -> list[tuple[str, str, int]]:
    """Where, what, and how many lines it has, its signature and its docstring among them."""
    return [
        (place(path), node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.fixture(scope="module")
def functions() -> list[tuple[str, str, int]]:
    """Those of the program."""
    return functions_in("app")


def test_no_file_is_too_long() -> None:
    lengths = {place(path): path.read_bytes().count(b"\n") for path in OURS}
    assert {path: lines for path, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_too_long_but_the_two_tables_of_contents(functions: list[tuple[str, str, int]]) -> None:
    every = [*functions, *functions_in("tests")]
    assert {(path, name) for path, name, lines in every if lines > LINES_OF_A_FUNCTION} == CONTENTS


def test_most_functions_are_a_few_lines(functions: list[tuple[str, str, int]]) -> None:
    assert median(lines for *_, lines in functions) <= LINES_OF_MOST_FUNCTIONS
