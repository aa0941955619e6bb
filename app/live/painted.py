"""What has been painted: a region whose context is the same, for whomever and whenever, is not painted twice.

Before thirty tablets the agenda stands at the same place, and who opens a page finds what was pushed a moment ago.
"""

from collections import OrderedDict
from collections.abc import Iterable

from app.language import Language
from app.live.painter import Painter
from app.live.views import Picture

MOST_KEPT = 4_000_000
"""Characters of html, of the regions painted or placed last."""


class Painted:
    """The way to a region, for a page and for a push."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._kept: OrderedDict[tuple[str, Language, bytes], str] = OrderedDict()
        self._size = 0

    def regions(self, picture: Picture, language: Language, names: Iterable[str] | None = None) -> dict[str, str]:
        """The html of a picture's regions by name, of all or of these."""
        return {name: self._region(picture, name, language) for name in (picture.contexts if names is None else names)}

    def _region(self, picture: Picture, name: str, language: Language) -> str:
        key = (name, language, picture.marks[name])
        html = self._kept.get(key)
        if html is None:
            html = self._painter.region(name, picture.contexts[name], language)
            self._keep(key, html)
        else:
            self._kept.move_to_end(key)
        return html

    def _keep(self, key: tuple[str, Language, bytes], html: str) -> None:
        self._kept[key] = html
        self._size += len(html)
        while self._size > MOST_KEPT:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)
