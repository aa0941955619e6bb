"""Where in the text file a plan is short of something, or worth a look."""

from app.meeting.hints import Hint
from app.meeting.shortcomings import Shortcoming

_PATHS = {
    "meeting": "",
    "rules": "rules",
    "grades": "rules.grades",
    "parts": "composite.parts",
    "composite_grades": "composite.grades",
    "levels": "criteria[{}].levels",
    "recusals": "seats[{}].recusals",
}
"""Where the parts of a plan stand whose path is not their name; of the inner ones, which outer one."""


def path_of(found: Shortcoming | Hint) -> str:
    """The path in the text to where a plan is short of something, or worth a look: ``criteria[2].step``."""
    *outer, at = found.at if isinstance(found.at, tuple) else (found.at,)
    path = _PATHS.get(found.part, found.part).format(*outer) + ("" if at is None else f"[{at}]")
    field = "" if found.part == "recusals" else found.field  # a recusal is nothing but its unit
    return ".".join(filter(None, (path, field)))
