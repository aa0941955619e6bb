"""Style sheets in older words: what browsers of 2017 to 2021 do not know, as they know it. Telephones hold them.

A declaration that a browser cannot read is left out: without ``inset`` a frame is nowhere, without ``gap`` two words
are one. Where the older words mean the same they take the place of the newer ones; else they come before them.
"""

import re

_DECLARATION = re.compile(r"^(?P<before> +)(?P<name>[\w-]+): (?P<value>[^;{}]+);$", re.MULTILINE)
_WORD = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
"""Of a value: with all that stands in its brackets, which may hold others."""
_CLAMP = re.compile(r"clamp\((?P<least>[^(),]+),[^()]*\)")

_SIDES = {
    "inset": ("top", "right", "bottom", "left"),
    **{f"{each}-block": (f"{each}-top", f"{each}-bottom") for each in ("margin", "padding")},
    **{f"{each}-inline": (f"{each}-left", f"{each}-right") for each in ("margin", "padding")},
}
"""Chromium 87, Safari 14.1. All that is written in these words here runs from left to right and from top to bottom."""


def in_older_words(sheet: str) -> str:
    """This style sheet, for old browsers as well."""
    return _DECLARATION.sub(lambda found: found["before"] + _said(found["name"], found["value"]), sheet)


def _said(name: str, value: str) -> str:
    if name == "gap":
        return f"grid-gap: {value};"  # Chromium 66, Safari 12; its first name, and for grids alone
    if name in _SIDES:
        return " ".join(f"{side}: {of};" for side, of in zip(_SIDES[name], _of_sides(name, value), strict=True))
    older = _older(name, value)
    return f"{name}: {older}; {name}: {value};" if older != value else f"{name}: {value};"


def _of_sides(name: str, value: str) -> list[str]:
    said = _WORD.findall(value)
    whole = [said[0], said[1 % len(said)]]
    if len(_SIDES[name]) == len(whole):
        return whole
    return [*whole, said[2] if len(said) > 2 else whole[0], said[3] if len(said) > 3 else whole[1]]


def _older(name: str, value: str) -> str:
    if name == "overflow-wrap" and value == "anywhere":
        return "break-word"  # Chromium 80, Safari 15.4
    return _CLAMP.sub(r"\g<least>", value).replace("dvh", "vh")  # Chromium 79 and 108, Safari 13.1 and 15.4
