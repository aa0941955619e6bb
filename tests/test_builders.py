"""What tests share stands in modules that are no tests: whoever changes a story changes nobody else's."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent


def imported(file: Path) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{each.name}" for each in node.names)


def test_nothing_is_imported_from_a_test():
    modules = sorted(TESTS.rglob("*.py"))
    tests = {".".join(each.relative_to(TESTS.parent).with_suffix("").parts) for each in modules if is_test(each)}
    assert "tests.test_builders" in tests
    borrowed = {
        f"{each.relative_to(TESTS)}: {name}"
        for each in modules
        for name in imported(each)
        if name in tests or name.rpartition(".")[0] in tests
    }
    assert borrowed == set()


def is_test(module: Path) -> bool:
    return module.name.startswith("test_")
