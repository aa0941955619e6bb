"""The rules stand on the standard library alone: whatever else is installed, no file of theirs asks for it."""

import ast
import sys
from pathlib import Path

import app.meeting

RULES = Path(app.meeting.__file__).parent


def asked_for(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    found: set[str] = set()
    for node in tree:
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
    return found


def test_the_rules_know_the_standard_library_only() -> None:
    files = sorted(RULES.rglob("*.py"))
    assert len(files) > 100
    others = {
        f"{path.relative_to(RULES)}: {name}"
        for path in files
        for name in asked_for(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("app.meeting.")
    }
    assert others == set()
