"""What the JSON feed sends of a picture, for tests that look into its contexts."""

import json
from typing import Any

import msgspec

from app.live.contexts import Context
from app.live.screens import VIEWS
from app.live.views import Look, Picture, picture


def sent(view: str, look: Look) -> dict[str, Any]:
    """The contexts of a view, by region."""
    return feed(picture(VIEWS[view], look))


def region_of(view: str, look: Look, name: str) -> Any:
    """One of them, without the work for the others."""
    [region] = [each for each in VIEWS[view].regions if each.name == name]
    return plainly(region.context(look))


def feed(seen: Picture) -> dict[str, Any]:
    return {name: plainly(context) for name, context in seen.contexts.items()}


def plainly(context: Context) -> Any:
    return json.loads(msgspec.json.encode(context))
