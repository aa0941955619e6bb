"""A limit is said once: by the rules, or by the module whose limit it is; forms, templates and scripts are told."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import app
from app.live.painter import TEMPLATES
from app.meeting.codes import ID

APP = Path(app.__file__).parent
RULES = APP / "meeting"
PAGES = sorted(TEMPLATES.rglob("*.html"))
SCRIPTS = sorted(TEMPLATES.parent.joinpath("static").glob("*.js"))
"""Those of the verifier aside, in a folder of their own: they are to share nothing with ours."""

A_LIMIT = re.compile(r"(LONGEST|MOST|LARGEST|LEAST|FEWEST|SMALLEST|FARTHEST)_\w+")
IN_A_FIELD = re.compile(r"""<(?:input|textarea)\b[^>]*?\b((?:max|min)(?:length)?)=["']?\d""")
READS = {"line", "needed_line", "paragraph"}
"""How a form's reader takes a text: the second thing it is told is how long it may be."""


def short(path: Path) -> str:
    return path.relative_to(TEMPLATES.parent).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_no_field_of_a_template_has_a_limit_of_its_own(path):
    assert [*naked(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("told_to_templates", ["LONGEST", "DRAWING"])
def test_what_templates_are_told_of_limits_is_no_number_of_the_painters_own(told_to_templates):
    tree = ast.parse((APP / "live" / "painter.py").read_text("utf-8"))
    (limits,) = (
        line.value
        for line in tree.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == told_to_templates
    )
    assert isinstance(limits, ast.Dict)
    assert [ast.unparse(each) for each in limits.values if isinstance(each, ast.Constant)] == []


def naked(template: str) -> Iterator[str]:
    """Numbers in the attributes of a field, and those that stand for ``most`` where a macro is made or called."""
    yield from IN_A_FIELD.findall(template)
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(template)
    for macro in tree.find_all(nodes.Macro):
        optional = macro.args[len(macro.args) - len(macro.defaults) :]
        yield from (
            name.name for name, default in zip(optional, macro.defaults, strict=True) if told(name.name, default)
        )
    for call in tree.find_all(nodes.Call):
        yield from (each.key for each in call.kwargs if told(each.key, each.value))


def told(name: str, value: nodes.Expr) -> bool:
    return name == "most" and isinstance(value, nodes.Const)


@pytest.mark.parametrize(
    "template",
    [
        '<input name="a" maxlength="20">',
        "<input max=9>",
        '<textarea\n rows="2" maxlength="{{ 1 }}" minlength="3"></textarea>',
        "{% macro line(form, most=200) %}{% endmacro %}",
        '{{ line(form, "a", most=24, hint="b") }}',
    ],
)
def test_the_look_finds_a_limit(template):
    assert [*naked(template)]


@pytest.mark.parametrize(
    "template", ['<input maxlength="{{ longest.name }}">', '<meter min="0" max="100">', "{{ line(most=longest.name) }}"]
)
def test_what_is_told_and_what_is_no_field_it_passes_over(template):
    """A share is of a hundred: that is no limit."""
    assert [*naked(template)] == []


def test_no_form_reads_a_text_up_to_a_length_of_its_own():
    assert [each for file in (APP / "web").rglob("*.py") for each in own_lengths(file)] == []


def own_lengths(file: Path) -> Iterator[str]:
    for each in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in READS:
            given = [*each.args[1:], *(told.value for told in each.keywords)]
            yield from (f"{short(file)}:{each.lineno}" for one in given if is_number(one))


def is_number(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def limits(file: Path) -> dict[str, int]:
    """The limits that a module says by a number, by their names."""
    body = ast.parse(file.read_text("utf-8")).body
    assigned = {each.targets[0]: each.value for each in body if isinstance(each, ast.Assign)}
    return {
        name.id: value.value
        for name, value in assigned.items()
        if isinstance(name, ast.Name) and A_LIMIT.fullmatch(name.id) and is_number(value)
    }


def test_what_the_rules_limit_no_other_module_and_no_script_limits_once_more():
    """By the same name: where a number changes, every door follows. How long a text may be nobody else calls so at all;
    how many there may be is said of other things by the same name, and to another number."""
    ruled = {limit for file in RULES.rglob("*.py") for limit in limits(file).items()}
    assert ("LONGEST_COMMENT", 2000) in ruled
    lengths = {name for name, _ in ruled if name.startswith("LONGEST_")}
    others = [file for file in APP.rglob("*.py") if RULES not in file.parents]
    assert [
        f"{short(file)}: {name}"
        for file in others
        for name, most in limits(file).items()
        if (name, most) in ruled or name in lengths
    ] == []
    names = "|".join(sorted({name for name, _ in ruled}))
    said = re.compile(rf"^(?:export )?const ({names}) = \d", re.MULTILINE)
    assert [f"{short(file)}: {name}" for file in SCRIPTS for name in said.findall(file.read_text("utf-8"))] == []


def test_what_an_id_may_be_is_said_by_the_rules_and_by_one_script_alike():
    """A cookie that the script takes, and the server does not, would leave a tablet without an id for good."""
    of_ids = re.compile(r"\[A-Za-z0-9_-\]\{")
    sources = [*APP.rglob("*.py"), *SCRIPTS, *PAGES]
    assert {short(file) for file in sources if of_ids.search(file.read_text("utf-8"))} == {
        "app/meeting/codes.py",
        "static/device.js",
    }
    script = TEMPLATES.parent.joinpath("static", "device.js").read_text("utf-8")
    assert f"({ID.pattern})(?:;|$)" in script


def test_no_door_takes_a_limit_from_the_painter():
    """It tells templates what the rules say; where a form is read, the rules are asked."""
    takes = [file for file in APP.rglob("*.py") if re.search(r"painter import .*LONGEST", file.read_text("utf-8"))]
    assert [*map(short, takes)] == []
