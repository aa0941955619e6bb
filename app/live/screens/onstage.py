"""What every scene of the hall's display says of itself."""

import hashlib
from dataclasses import astuple

from app.live.contexts import Context
from app.meeting.displays.state import Scene


class OnStage(Context, frozen=True, kw_only=True):
    """``scene`` says which one it is. ``picture``: of another one the display fades over; within one, parts move."""

    is_held: bool
    picture: str = ""


def picture_of(scene: Scene) -> str:
    """A mark of what a scene is about, of which nothing can be read."""
    return hashlib.blake2b(repr(tuple(map(str, astuple(scene)))).encode(), digest_size=6).hexdigest()
