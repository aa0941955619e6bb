"""No test waits for a fixed time: it asks again and again whether something holds, or its loop leaps over the time."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
BY_HAND = {"old_browser.py"}
"""Programs beside the tests, which speak with what cannot tell when it is ready."""
WHAT_IS_TRIED = {"gap", "seconds", "REPEATS_AFTER"}
"""Names of a time that is itself what is tried: between two presses of a hand, at a disk that is slow."""


def waits(tree: ast.AST, is_asking: bool = False) -> Iterator[ast.Call]:
    """Every call that waits for a time, but for those in a loop that asks whether it has come."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call) and not is_asking and _waits_for_a_time(child):
            yield child
        yield from waits(child, is_asking or isinstance(child, ast.While))


def _waits_for_a_time(call: ast.Call) -> bool:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if named not in ("sleep", "wait_for_timeout") or not call.args:
        return False
    time = call.args[0]
    is_a_turn = isinstance(time, ast.Constant) and time.value == 0
    return not is_a_turn and not (isinstance(time, ast.Name) and time.id in WHAT_IS_TRIED)


def _leaps(text: str) -> bool:
    return "import leaping" in text


def test_no_test_waits_for_a_fixed_time():
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name in BY_HAND or _leaps(text):
            continue
        found += [f"{path.relative_to(TESTS)}:{call.lineno}: {ast.unparse(call)}" for call in waits(ast.parse(text))]
    assert found == []


def bare_expressions(tree: ast.Module) -> Iterator[ast.Call]:
    """What a page is asked again and again, and is no function: at the first look it is allowed, later the page's
    Content-Security-Policy forbids it, so that it fails wherever it does not hold at once."""
    constants = {
        target.id: line.value
        for line in tree.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "wait_for_function"
        ):
            said = call.args[0]
            said = constants.get(said.id, said) if isinstance(said, ast.Name) else said
            if not isinstance(said, ast.Name) and "=>" not in ast.unparse(said):
                yield call


def test_what_a_page_is_waited_for_is_a_function():
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        found += [
            f"{path.relative_to(TESTS)}:{call.lineno}" for call in bare_expressions(ast.parse(path.read_text("utf-8")))
        ]
    assert found == []
    assert len(list(bare_expressions(ast.parse("page.wait_for_function('window.ready')")))) == 1
