"""Taking a meeting away that never took place: what was set up, its keys and drafts. A record is never deleted."""

from sqlalchemy.engine import Connection

from app.meeting.refusals import Refused, refuse_if
from app.store import log, rehearsals
from app.store.heads import load_head


def discard(connection: Connection, code: str) -> list[str]:
    """Delete all there is of a meeting and of its rehearsals; returns the codes of all of them.

    Raises Refused once it has been opened, or if there is none.
    """
    log.locked_tail(connection, code)  # whoever opens it at this moment comes first
    head = load_head(connection, code)
    if head is None:
        raise Refused("meeting.unknown")
    refuse_if(head.meeting.opened_at is not None, "setup.opened_once")
    gone = [*rehearsals.codes_of(connection, code), code]
    for each in gone:
        rehearsals.erase(connection, each)
    return gone
