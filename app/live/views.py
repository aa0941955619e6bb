"""What a screen is: a view is a list of regions, a region is a context and a template of the same name.

A ``picture`` is made once for a change, and painted (``painted.py``) by one function, for a page and for a push alike.
The present moment is not an argument: a picture does not change while time passes. Secrecy is made in the context, so a
template cannot leak.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import msgspec

from app.live.contexts import Context
from app.live.there import There
from app.live.voting import Voting
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, as far as the picture depends on it.

    Before a tablet the seat, the unit whose sheet is out, the device and the tag of the key it came in by; before a
    display its name; whether staff.
    """

    seat: str | None = None
    unit: str | None = None
    is_staff: bool = False
    device: str | None = None
    display: str = ""
    key: str = ""


NOBODY = Viewer()


@dataclass(frozen=True, slots=True)
class Presence(There):
    """How things are at the moment, wherever people are connected. It is live only, never recorded."""

    voting: Voting = field(default_factory=Voting)
    warnings: tuple[Said, ...] = ()
    """What whoever runs the meeting must know at once of the server itself."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that a picture is made of."""

    meeting: Meeting
    viewer: Viewer = NOBODY
    presence: Presence = field(default_factory=Presence)


@dataclass(frozen=True, slots=True)
class Region:
    """A replaceable piece of a screen: element id, template file and context go by one name."""

    name: str
    context: Callable[[Look], Context]


@dataclass(frozen=True, slots=True)
class View:
    """A screen's definition. ``pause`` is the least time in seconds between two pushes to the same room."""

    name: str
    regions: tuple[Region, ...]
    pause: float
    shows_presence: bool = False
    """Whether it shows who is there, so that it can change while the meeting does not."""
    shows_turnout: bool = False
    """Whether it shows how many have voted. Phones do not: that would reach each of them every second."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A view at one moment: the contexts, a mark of each, and the fingerprint by which a screen says which one it has.

    Contexts of one mark are the same.
    """

    contexts: dict[str, Context]
    marks: dict[str, bytes]
    fingerprint: str

    def changed_since(self, before: "Picture") -> list[str]:
        """The names of the regions that are not as before."""
        return [name for name, mark in self.marks.items() if before.marks.get(name) != mark]


def picture(view: View, look: Look) -> Picture:
    contexts = {region.name: region.context(look) for region in view.regions}
    return _framed(contexts, _marks(contexts))


def looked_at_again(before: Picture, view: View, look: Look, names: Collection[str]) -> Picture:
    """The picture after a change that can have touched these regions only; the one before if they are as they were."""
    contexts = {region.name: region.context(look) for region in view.regions if region.name in names}
    marks = _marks(contexts)
    if all(before.marks[name] == mark for name, mark in marks.items()):
        return before
    return _framed(before.contexts | contexts, before.marks | marks)


def _framed(contexts: dict[str, Context], marks: dict[str, bytes]) -> Picture:
    fingerprint = hashlib.blake2b(digest_size=9)
    for name, mark in marks.items():
        fingerprint.update(name.encode() + mark)
    return Picture(contexts, marks, fingerprint.hexdigest())


def _marks(contexts: dict[str, Context]) -> dict[str, bytes]:
    return {
        name: hashlib.blake2b(msgspec.json.encode(context), digest_size=16).digest()
        for name, context in contexts.items()
    }
