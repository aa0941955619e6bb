"""What a visit asks for, one step after the other: to answer, to perform, to look something up.

A visit itself does none of it. Whoever carries its steps out (``line``) sends back what came of each, or throws what
was raised.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.live.room import Watching
from app.meeting import commands as c
from app.meeting.sheets.signing import Drawing
from app.store.drafts import Draft
from app.store.signatures import Signed
from app.web.sockets.frames import OpenPrepared, ReportDevice


@dataclass(frozen=True, slots=True)
class Reply:
    """Say this to whoever visits."""

    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pong:
    """Say that somebody is there."""


@dataclass(frozen=True, slots=True)
class Perform:
    """Carry a command out, in whose name, and tell what became of it (``Performed``); after ``until`` no more."""

    what: c.Command | OpenPrepared
    by: str
    tag: str
    id: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteHealth:
    """Note what a device says of itself."""

    report: ReportDevice


@dataclass(frozen=True, slots=True)
class Identify:
    """Have the displays of a name show it."""

    display: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Watch this from now on."""

    to: Watching


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep what is being typed."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class KeepSignature:
    """Keep by which drawing somebody signed."""

    signed: Signed
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class FindDraft:
    """Tell what was last typed at a seat for a unit: a ``Draft``, or None."""

    seat: str
    unit: str


@dataclass(frozen=True, slots=True)
class Close:
    """Close the line for good."""

    code: int
    why: str


Step = Reply | Pong | Perform | NoteHealth | Identify | Turn | KeepDraft | KeepSignature | FindDraft | Close
Steps = Generator[Step, Any, None]
"""What to do, one after the other."""

Asking = Generator[Step, Any, dict[str, Any]]
"""The same, and in the end the answer."""
