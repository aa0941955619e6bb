"""No test waits for a fixed time: it asks again and again whether something holds, or its loop leaps over the time."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
BY_HAND = {"old_browser.py"}
"""Programs beside the tests, which speak with what cannot tell when it is ready."""
WHAT_IS_TRIED = {"gap", "seconds", "REPEATS_AFTER"}
"""Names of a time that is itself what is tried: between two presses of a hand, at a disk that is slow."""


IN_A_PAGE = re.compile(r"setTimeout\(.*?, *\d+\)", re.DOTALL)
"""A script that has the page wait for so many milliseconds."""


def waits(tree: ast.AST, is_asking: bool = False) -> Iterator[ast.expr]:
    """All that waits for a time, but for what stands in a loop that asks whether it has come."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call) and not is_asking and _waits_for_a_time(child):
            yield child
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and IN_A_PAGE.search(child.value):
            yield child
        yield from waits(child, is_asking or isinstance(child, ast.While))


def _waits_for_a_time(call: ast.Call) -> bool:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if ast.unparse(call.func) == "asyncio.wait":
        return any(each.arg == "timeout" and isinstance(each.value, ast.Constant) for each in call.keywords)
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
        found += [f"{path.relative_to(TESTS)}:{each.lineno}: {ast.unparse(each)}" for each in waits(ast.parse(text))]
    assert found == []


@pytest.mark.parametrize(
    "waiting",
    [
        "time.sleep(1)",
        "page.wait_for_timeout(300)",
        "asyncio.wait({task}, timeout=0.2)",
        "page.evaluate('new Promise((done) => LATER(() => done(), 300))')".replace("LATER", "setTimeout"),
        "await asyncio.sleep(LONG)",
    ],
)
def test_whatever_waits_for_a_fixed_time_is_found(waiting):
    assert len(list(waits(ast.parse(waiting)))) == 1


@pytest.mark.parametrize(
    "asking",
    ["while not ready:\n  time.sleep(0.01)", "await asyncio.sleep(0)", "asyncio.wait({task}, timeout=PATIENCE)"],
)
def test_what_asks_whether_the_time_has_come_is_not(asking):
    assert list(waits(ast.parse(asking))) == []


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
