"""A screen that is not there: it keeps what its room sends, as a browser would."""

import json
import re
from functools import lru_cache
from typing import Any

from app.live.framed import Format
from app.live.room import Watching
from app.live.wire import Frame
from tests.live.leaping import now

MESSAGE = re.compile(
    r'<!--([0-9a-f]{18})-->((?:<hx-partial id="[a-z-]+" hx-swap="outerMorph">.*?</hx-partial>)*)', re.DOTALL
)
PARTIAL = re.compile(r'<hx-partial id="([a-z-]+)" hx-swap="outerMorph">(.*?)</hx-partial>', re.DOTALL)


@lru_cache(maxsize=256)
def read_html(text: str) -> tuple[str, dict[str, str]]:
    """A message for htmx, taken apart once for all it goes to: the picture's fingerprint, and each region's html."""
    message = MESSAGE.fullmatch(text)
    assert message, text[:200]
    have, partials = message.groups()
    return have, dict(PARTIAL.findall(partials))


@lru_cache(maxsize=256)
def read_json(text: str) -> tuple[str, dict[str, Any]]:
    message = json.loads(text)
    assert set(message) == {"have", "regions"}
    return message["have"], message["regions"]


class Screen:
    """A client of a room. ``pushes`` are the messages as they came: when, and the names of the regions in them."""

    def __init__(self, watching: Watching, have: str = "") -> None:
        self.watching = watching
        self.have = have
        self.regions: dict[str, Any] = {}
        self.pushes: list[tuple[float, list[str]]] = []
        self.is_stuck = False
        self.offered = 0
        self.on_writable = lambda: None

    def deliver(self, frame: Frame) -> bool:
        self.offered += 1
        if self.is_stuck:
            return False
        read = read_json if self.watching.format is Format.JSON else read_html
        self.have, regions = read(frame.text)
        self.regions |= regions
        self.pushes.append((now(), list(regions)))
        return True

    def comes_unstuck(self) -> None:
        self.is_stuck = False
        self.on_writable()

    @property
    def times(self) -> list[float]:
        return [at for at, _ in self.pushes]
