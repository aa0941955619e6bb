"""A unit signs for what it was given by finger as well, where the rules ask for drawings: on a tablet in the hall, or
wherever it opens its page. The drawing is kept beside the names, as those of sheets are (``app.store.signatures``)."""

from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy.engine import Connection

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.plan import Signing
from app.meeting.refusals import Refused
from app.meeting.sheets.signing import Drawing
from app.papers.prints.signed_for import signed_of
from app.store import signatures
from app.web.access import UNIT
from app.web.pages.desk import perform
from app.web.pages.signing import drawing_in
from app.web.setup.typed import Typed
from app.web.visitors import Visitor


def is_drawn(meeting: Meeting) -> bool:
    return meeting.plan.rules.signing is Signing.DRAWN


async def sign(venue: Venue, meeting: Meeting, visitor: Visitor, command: c.SignFor, typed: Typed) -> None:
    """Sign for findings, with the drawing that came in the form. Raises Refused, and nothing is done then."""
    drawing = drawing_in(typed.text("strokes"), typed.text("paper") == "on") if is_drawn(meeting) else None
    await perform(venue, meeting, visitor, UNIT, [command], typed.text("id"))
    if drawing is not None:
        await venue.write(lambda connection: _keep(connection, meeting, command.findings, drawing))


def _keep(connection: Connection, meeting: Meeting, findings: Iterable[str], drawing: Drawing) -> None:
    with suppress(Refused):  # those of this meeting were erased: the name in the record stands by itself
        for id in findings:
            signatures.keep(connection, meeting.plan.code, signed_of(meeting.findings.by_id[id]), drawing)
