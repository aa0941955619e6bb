"""Templates place finished words and numbers: whatever can go wrong in reckoning belongs into a context."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from app.language import Language
from app.live.painter import TEMPLATES
from app.meeting.displays.state import SceneKind

RECKONS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
RECKONING_FILTERS = {"float", "int", "round", "sum", "abs", "min", "max", "divisibleby", "selectattr", "rejectattr"}
PAGES = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_template_reckons(path: Path) -> None:
    assert [*reckoning(path.read_text("utf-8"))] == []


def reckoning(text: str):
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(text)
    for each in tree.find_all(RECKONS):
        yield f"line {each.lineno}: {type(each).__name__}"
    for each in tree.find_all(nodes.Neg):
        if not isinstance(each.node, nodes.Const):
            yield f"line {each.lineno}: Neg"
    for each in tree.find_all(nodes.Filter):
        if each.name in RECKONING_FILTERS:
            yield f"line {each.lineno}: | {each.name}"


@pytest.mark.parametrize("text", ["{{ a / b }}", "{{ a | round }}", "{% if -a %}{% endif %}", "{{ f(a + 1) }}"])
def test_the_look_finds_it(text: str) -> None:
    assert [*reckoning(text)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_groups_are_called_as_the_organiser_says(path: Path) -> None:
    """``called`` and ``group_name`` know both names and words; a word alone is only there for a preset."""
    assert 'word("group.' not in path.read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_field_of_a_browser_stands_between_a_hand_and_a_day_a_time_or_a_number(path: Path) -> None:
    """They give what is half typed away as nothing, turn under a wheel, and take no 2026年11月27日 and no 下午2:30."""
    assert re.findall(r'type="(?:date|time|datetime-local|month|week|number|range)"', path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_where_a_day_is_asked_for_the_calendar_is_there(path: Path) -> None:
    text = "".join(each.read_text("utf-8") for each in with_all_it_takes_in(path))
    is_whole, asks = "{% extends" in path.read_text("utf-8"), re.search(r"\{\{ (?:f\.)?day\(", text)
    assert not (is_whole and asks) or "static('calendar.js')" in text


def with_all_it_takes_in(path: Path) -> set[Path]:
    """A page, what it extends and includes, and so on; but not the macros that it imports."""
    found, to_read = {path}, [path]
    while to_read:
        named = re.findall(r'{%-? *(?:extends|include) "([^"]+\.html)"', to_read.pop().read_text("utf-8"))
        to_read += (new := {TEMPLATES / name for name in named} - found)
        found |= new
    return found


def test_no_filter_of_ours_is_given_what_is_constant(painter) -> None:
    """What comes of it would be kept with what is compiled (``live/compiled.py``), also when the filter changes."""
    environment = painter._environments[Language.ENGLISH]
    ours = set(environment.filters) - set(Environment().filters)
    for path in PAGES:
        for each in environment.parse(path.read_text("utf-8")).find_all(nodes.Filter):
            assert each.name not in ours or not is_constant(each.node), f"{path}: {each.name}"


def is_constant(node: nodes.Expr) -> bool:
    try:
        node.as_const()
    except nodes.Impossible:
        return False
    return True


ENUMERATES = re.compile(r"""join\(["'][、，,]""")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_an_enumeration_has_the_comma_of_its_language(path: Path) -> None:
    assert ENUMERATES.findall(path.read_text("utf-8")) == []


SCENES = TEMPLATES / "scenes"
WIDTH = 160
TOKEN = "_csrf_token"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_is_no_wider_than_a_screen_and_says_no_token_of_its_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line for line in text.splitlines() if len(line) > WIDTH] == []
    assert TOKEN not in text or path == TEMPLATES / "parts" / "forms.html"


def test_every_scene_has_a_template() -> None:
    assert {path.stem.replace("-", "_") for path in SCENES.glob("*.html")} == {str(kind) for kind in SceneKind}


NATIVE_NUMBER = re.compile(r"""type\s*=\s*["']?(number|range)\b|\.type\s*=\s*["'](number|range)""")
SCRIPTS = sorted(path for path in (TEMPLATES.parent / "static").rglob("*.js") if "vendor" not in path.parts)


@pytest.mark.parametrize("path", [*PAGES, *SCRIPTS], ids=lambda path: path.relative_to(TEMPLATES.parent).as_posix())
def test_no_native_number_field_stands_between_a_hand_and_the_record(path: Path) -> None:
    """They drop what they cannot read (8。5 is 85), step by the wheel, and give empty for wrong."""
    assert NATIVE_NUMBER.search(path.read_text("utf-8")) is None


@pytest.mark.parametrize("text", ['<input type="number">', "<input type=number>", "field.type = 'number'"])
def test_the_look_finds_a_native_number_field(text: str) -> None:
    assert NATIVE_NUMBER.search(text)


PRESSED = re.compile(r"<(button|form|select)\b")
ON_A_PAGE = re.compile(r"""\{% (?:include|import|from|extends) "([^"]+\.html)|regions\["([^"]+)""")


def with_its_parts(path: Path) -> str:
    """A page's template and all that stands in it."""
    text = path.read_text("utf-8")
    named = [TEMPLATES / (part or f"regions/{region}.html") for part, region in ON_A_PAGE.findall(text)]
    scenes = SCENES.rglob("*.html") if '"scenes/"' in text else ()
    return text + "".join(map(with_its_parts, [*named, *scenes]))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_whoever_leaves_out_the_script_for_hands_has_nothing_to_press(path: Path) -> None:
    """``forms.js``, and with it ``settle.js``: a form goes once, and what has just appeared takes nothing."""
    own = path.read_text("utf-8")
    assert "{% set hands = false %}" not in own or not PRESSED.search(own + with_its_parts(path))
    assert "block hands" not in own


def test_the_script_for_hands_is_on_every_page_by_default() -> None:
    assert "forms.js" in (TEMPLATES / "base.html").read_text("utf-8")
