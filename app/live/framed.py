"""Pictures as they go over the wire. A whole one is framed and compressed once for all who join while it is the newest.

After a restart two thousand phones ask for the same one within seconds.
"""

import json
from collections import OrderedDict
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from app.language import Language
from app.live.painted import Painted
from app.live.views import Picture
from app.live.wire import Frame

MOST_KEPT = 1_000_000
"""Characters of whole pictures, of those asked for last; with what is made of them about six bytes each."""


class Format(StrEnum):
    """What a socket speaks: html for htmx, or the contexts as JSON (subprotocol ``kaimen.json``)."""

    HTML = "html"
    JSON = "json"


class Framed:
    """The way from a picture to a frame."""

    def __init__(self, painted: Painted) -> None:
        self._painted = painted
        self._wholes: OrderedDict[tuple[str, Language, Format], Frame] = OrderedDict()
        self._size = 0

    def whole(self, seen: Picture, language: Language, format: Format) -> Frame:
        """A picture for one who has none. Pictures of one fingerprint are the same, so a kept one is never stale."""
        key = (seen.fingerprint, language, format)
        frame = self._wholes.get(key)
        if frame is None:
            frame = self.some(seen, language, format, seen.contexts)
            self._keep(key, frame)
        else:
            self._wholes.move_to_end(key)
        return frame

    def some(self, seen: Picture, language: Language, format: Format, names: Iterable[str]) -> Frame:
        """These regions of a picture, for those who have the others."""
        if format is Format.JSON:
            regions = {name: seen.contexts[name] for name in names}
            message = {"have": seen.fingerprint, "regions": regions}
            return Frame(json.dumps(message, ensure_ascii=False, default=msgspec.to_builtins))
        return Frame(html_message(seen.fingerprint, self._painted.regions(seen, language, names)))

    def _keep(self, key: tuple[str, Language, Format], frame: Frame) -> None:
        self._wholes[key] = frame
        self._size += len(frame.text)
        while self._size > MOST_KEPT:
            _, oldest = self._wholes.popitem(last=False)
            self._size -= len(oldest.text)


def html_message(have: str, regions: dict[str, str]) -> str:
    """Regions for htmx, each morphed into the element of its id; the comment in front is the picture's fingerprint."""
    partials = (f'<hx-partial id="{name}" hx-swap="outerMorph">{html}</hx-partial>' for name, html in regions.items())
    return f"<!--{have}-->{''.join(partials)}"
