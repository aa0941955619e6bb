"""Colours by day and by night for browsers without ``light-dark()``: all there are for Windows 7, and many in WeChat.

Style sheets say each colour once, ``--ink: light-dark(#1d1b18, #ece7dd)``, and a page whether it is light, dark, or as
its reader's system is (``color-scheme``). To a browser that knows no such colour it is none: cream on white.
What is served says the same once more, in words that every browser knows, for those that do not know the others.
"""

import re
from collections.abc import Iterable, Mapping

Colours = Mapping[str, tuple[str, str]]

_COLOUR = re.compile(r"^ +(?P<name>--[\w-]+): light-dark\((?P<light>[^(),]+), (?P<dark>[^(),]+)\);$", re.MULTILINE)
_ROOT = re.compile(r"^:root \{\n(?P<rules>[^}]*)\}\n", re.MULTILINE)
_SCHEME = re.compile(r"^ +color-scheme: (?P<scheme>light dark|light|dark);$", re.MULTILINE)


def colours_of(sheets: Iterable[str]) -> Colours:
    """What the custom properties of these style sheets are by day and by night."""
    return {each["name"]: (each["light"], each["dark"]) for sheet in sheets for each in _COLOUR.finditer(sheet)}


def for_old_browsers(sheet: str, colours: Colours) -> str:
    """This style sheet; after each ``:root`` that says whether it is light or dark, its colours in plain words."""
    return _ROOT.sub(lambda root: root[0] + _as_scheme_says(root["rules"], colours), sheet)


def _as_scheme_says(rules: str, colours: Colours) -> str:
    found = _SCHEME.search(rules)
    if found is None:
        return ""
    by_day, by_night = ("".join(f"{name}:{each[at]};" for name, each in colours.items()) for at in (0, 1))
    said = {
        "light": f":root{{{by_day}}}",
        "dark": f":root{{{by_night}}}",
        "light dark": f":root{{{by_day}}}@media screen and (prefers-color-scheme:dark){{:root{{{by_night}}}}}",
    }
    return f"@supports not (color:light-dark(red,red)){{{said[found['scheme']]}}}\n"
