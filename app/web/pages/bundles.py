"""A page asks for one script and one style sheet: each is served with all that it imports in it.

They are written as a browser could load them one by one (ES modules, ``@import``), and so are they read by tools and
tests. But a browser that loads them so asks for thirty files before it connects, which on bad Wi-Fi is most of the time
until a tablet is ready.
"""

import re
from collections.abc import Mapping, Sequence

ALONE = frozenset({"settle.js"})
"""What two scripts of one page share: forms.js, which every page has, and the page's own. It stays a file of its own,
since a module that came in both would know of each press half."""

_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"\./(?P<file>[\w.-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const)\*? (?P<name>\w+))", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_SHEET = re.compile(r'^@import "(?P<file>[\w.-]+\.css)";\n', re.MULTILINE)


def pages_scripts(scripts: Mapping[str, str]) -> dict[str, list[str]]:
    """The scripts that pages ask for, which are those that no other imports; each with all that it imports, and that
    imports in turn, before whoever imports it; the script itself last.

    ``scripts``: the text of every script by its name, without lines that are comments. Raises ``ValueError`` where they
    import each other in a circle.
    """
    imported = {found["file"] for text in scripts.values() for found in _IMPORT.finditer(text)}
    return {name: _in_order(name, scripts) for name in scripts if name not in imported}


def bundled_script(order: Sequence[str], scripts: Mapping[str, str]) -> str:
    """These scripts in one, each in a function of its own, evaluated in the order in which ES modules are.

    Raises ``ValueError`` where an import or export is written in a way that no script of ours has.
    """
    return "".join(_from_outside(each) if each in ALONE else _in_a_function(each, scripts[each]) for each in order)


def _in_order(name: str, scripts: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    _follow(name, scripts, found, ())
    return found


def _follow(name: str, scripts: Mapping[str, str], found: list[str], under_way: tuple[str, ...]) -> None:
    if name in under_way:
        raise ValueError(f"{' imports '.join((*under_way, name))}: a circle")
    if name in found:
        return
    for each in _IMPORT.finditer(scripts[name]) if name not in ALONE else ():
        _follow(each["file"], scripts, found, (*under_way, name))
    found.append(name)


def _from_outside(name: str) -> str:
    return f'import * as {_called(name)} from "./{name}";\n'


def _in_a_function(name: str, script: str) -> str:
    body = _IMPORT.sub(_taken, script)
    gives = [each["name"] for each in _EXPORT.finditer(body)]
    body = _EXPORT.sub("", body)
    if unknown := _UNKNOWN.search(body):
        raise ValueError(f"{name}: {unknown[0]}")
    return f"const {_called(name)} = (() => {{\n{body}\nreturn {{ {', '.join(gives)} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    if found["names"] is None:
        return ""
    names = found["names"].replace(" as ", ": ")
    return f"const {{{names}}} = {_called(found['file'])};\n"


def _called(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_").replace(".", "_")


def bundled_sheet(name: str, sheets: Mapping[str, str]) -> str:
    """The style sheet of this name with the text of what it imports in its place."""
    return _SHEET.sub(lambda found: bundled_sheet(found["file"], sheets), sheets[name])
