"""Regions painted anew, whatever has been painted before: what a push and a page are held against."""

from app.language import Language
from app.live.painter import Painter
from app.live.views import Look, Picture, View, picture


def paint(painter: Painter, view: View, look: Look, language: Language) -> dict[str, str]:
    """The html of every region of a view, by name."""
    return painted(painter, picture(view, look), language)


def painted(painter: Painter, seen: Picture, language: Language) -> dict[str, str]:
    """The html of every region of a picture, by name."""
    return {name: painter.region(name, context, language) for name, context in seen.contexts.items()}
