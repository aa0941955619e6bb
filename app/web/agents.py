"""What a browser is, by what it says of itself (``User-Agent``): the one table of names, engines and least versions.

The least versions are where the youngest of what the pages need came in: the menus of the console, ``popover``, in
Chrome and Edge 114, Safari 17.0 and Firefox 125. What is younger has something older behind it: light-dark()
(app/colours.py), subgrid. Phones and tablets need :has() only, of Chrome 105, Safari 15.4 and Firefox 121.
"""

import re
from dataclasses import dataclass

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """``named`` finds a browser by its own name.

    One that is an engine, of which others are made as well, has ``engine`` to find that by, and the ``least`` version
    that will do.
    """

    name: str
    named: str
    engine: str = ""
    least: Version = (0, 0)


KINDS = (
    KnownBrowser("WeChat", r"MicroMessenger/(\d+)"),
    KnownBrowser("HUAWEI Browser", r"HuaweiBrowser/(\d+)"),
    KnownBrowser("Mi Browser", r"MiuiBrowser/(\d+)"),
    KnownBrowser("QQ Browser", r"M?QQBrowser/(\d+)"),
    KnownBrowser("UC Browser", r"UCBrowser/(\d+)"),
    KnownBrowser("Samsung Internet", r"SamsungBrowser/(\d+)"),
    KnownBrowser("Opera", r"OPR/(\d+)"),
    KnownBrowser("Edge", r"Edg[A-Z]*/(\d+)", r"Edg[AW]?/(\d+)\.(\d+)", (114, 0)),
    KnownBrowser("Firefox", r"(?:Firefox|FxiOS)/(\d+)", r"Firefox/(\d+)\.(\d+)", (125, 0)),
    KnownBrowser("OBS", r"OBS/(\d+)"),
    KnownBrowser("Chrome", r"(?:Chrome|Chromium|CriOS)/(\d+)", r"Chrom(?:e|ium)/(\d+)\.(\d+)", (114, 0)),
    KnownBrowser("Safari", r"Version/(\d+)[\d.]* (?:Mobile/\S+ )?Safari/", r"Version/(\d+)\.(\d+).*Safari/", (17, 0)),
)
"""Most of them name others as well: the first that is found is it."""

LEAST = {each.name: each.least for each in KINDS if each.engine}
LONGEST = 300
"""Characters that are looked at: the longest that are told of are half as long."""

_INSIDE_IOS = re.compile(r"(?:iPhone|iPad|iPod).*? OS (\d+)_(\d+)")
"""Every browser there is Safari inside, of the system's version."""


def name_of(user_agent: str) -> str:
    """``Edge 120``; of a program what it calls itself first, shortened; empty if it says nothing."""
    user_agent = user_agent[:LONGEST]
    for kind in KINDS:
        if found := re.search(kind.named, user_agent):
            return f"{kind.name} {found[1][:4]}"
    return re.sub(r"[^\w./ -]", "", user_agent.partition(" ")[0])[:30]


def engine_of(user_agent: str) -> tuple[str, Version] | None:
    """What it can do: name and version of its engine; None for one that is not known."""
    user_agent = user_agent[:LONGEST]
    if found := _INSIDE_IOS.search(user_agent):
        return "Safari", _version(found)
    for kind in KINDS:
        if kind.engine and (found := re.search(kind.engine, user_agent)):
            return kind.name, _version(found)
    return None


def _version(found: re.Match[str]) -> Version:
    return int(found[1]), int(found[2])
