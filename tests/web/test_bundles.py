"""One script and one style sheet for a page: what is served is what was written, in the order of ES modules."""

import re

import pytest

from app.main import TEMPLATES
from app.web.pages.bundles import ALONE, bundled_script, bundled_sheet, pages_scripts
from app.web.pages.static import STATIC, StaticFiles

SCRIPTS = {
    "page.js": 'import "./first.js";\nimport { one, two as second } from "./second.js";\ntell(one, second);\n',
    "first.js": 'import { rest } from "./settle.js";\nrest();\n',
    "second.js": 'import "./first.js";\nexport const one = 1;\nexport async function two() {}\n',
    "settle.js": "export function rest() {}\n",
    "alone.js": "export class Alone {}\n",
}


def test_what_a_page_asks_for_is_what_no_script_imports():
    assert pages_scripts(SCRIPTS) == {
        "page.js": ["settle.js", "first.js", "second.js", "page.js"],
        "alone.js": ["alone.js"],
    }


def test_each_script_is_evaluated_once_before_those_that_import_it_and_gives_what_it_exported():
    text = bundled_script(pages_scripts(SCRIPTS)["page.js"], SCRIPTS)
    assert re.findall(r"^(?:const|import \* as) (\$\w+)", text, re.MULTILINE) == [
        "$settle",
        "$first",
        "$second",
        "$page",
    ]
    assert "const { rest } = $settle;" in text
    assert "const { one, two: second } = $second;" in text
    assert "return { one, two };" in text
    assert not re.search(r"^export", text, re.MULTILINE)


@pytest.mark.parametrize(
    "line", ["export default 1;", 'import all from "./second.js";', 'export * from "./second.js";', "export { one };"]
)
def test_an_import_that_no_script_of_ours_has_is_refused(line):
    scripts = {"second.js": "", "page.js": f"{line}\n"}
    with pytest.raises(ValueError, match=r"page\.js"):
        bundled_script(["page.js"], scripts)


def test_scripts_that_import_each_other_in_a_circle_are_refused():
    scripts = {"page.js": 'import "./a.js";\n', "a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'}
    with pytest.raises(ValueError, match="circle"):
        pages_scripts(scripts)


def test_a_style_sheet_holds_what_it_imports_in_its_place():
    sheets = {
        "page.css": '/* . */\n@import "a.css";\n@import "b.css";\nc\n',
        "a.css": '@import "b.css";\na\n',
        "b.css": "b\n",
    }
    assert bundled_sheet("page.css", sheets) == "/* . */\nb\na\nb\nc\n"


def test_no_import_is_left_but_of_what_two_scripts_of_a_page_share():
    files = StaticFiles(TEMPLATES)
    for name in files.modules:
        text = files.file(name).content.decode()
        assert set(re.findall(r'^import .*"\./([\w.-]+)"', text, re.MULTILINE)) <= ALONE
    for path in STATIC.glob("*.css"):
        assert b"@import" not in files.file(path.name).content


BUT_FUNCTIONS = re.compile(r"^(?!import |(?:export )?(?:async )?function |//|[ }]|$).", re.MULTILINE)


def test_no_module_that_holds_or_hears_anything_comes_twice_to_a_page():
    """A module keeps what it knows to itself: of two copies on one page each would hear and hold half."""
    scripts = {path.name: path.read_text() for path in STATIC.glob("*.js")}
    orders = pages_scripts(scripts)
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text()
        named = {"forms.js", *re.findall(r"""(?:static|module|scripts)\(['"]([\w-]+\.js)['"]\)""", text)}
        if "{{ super() }}" in text:  # of a set-up page
            named.add("setup.js")
        held = [
            each for name in named for each in orders[name] if each not in ALONE and BUT_FUNCTIONS.search(scripts[each])
        ]
        assert len(held) == len(set(held)), template
