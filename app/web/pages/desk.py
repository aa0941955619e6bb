"""Commands that are given at desks, by forms: by a key whose role may, and each once, however often a form is sent."""

from collections.abc import Iterable
from dataclasses import replace

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.store import log
from app.store.keys import Key
from app.web.access import AT_DESK, Roles
from app.web.page import NotHere
from app.web.sockets.frames import id_made_of, is_an_id, new_id
from app.web.visitors import Visitor, signature

FOUR_EYES = (c.PassOn, c.VerifyFinding)
"""Each by another person than the step before: what else the same browser holds is told to the rules."""


async def perform(
    venue: Venue, meeting: Meeting, visitor: Visitor, roles: Roles, commands: Iterable[c.Command], form: str
) -> None:
    """Carry out what a form asks for, by the visitor's key of one of these roles; ``form`` is the id of the form.

    A form sent twice is carried out once; one that somebody went back to and filled in otherwise is not taken for it.
    Raises Refused, and NotHere (403) where no key may.
    """
    for command in commands:
        key = _key_for(visitor, roles, command)
        id = id_of(form, command) or new_id()
        asked = replace(command, beside=visitor.tags_beside(key)) if isinstance(command, FOUR_EYES) else command
        await venue.perform(meeting.plan.code, asked, signature(key), id, key.tag)


async def was_performed(venue: Venue, meeting: Meeting, command: c.Command, form: str) -> bool:
    """Whether this form has asked for this before, and it was carried out."""
    code, id = meeting.plan.code, id_of(form, command)
    return bool(id) and bool(await venue.read(lambda connection: log.known(connection, code, [id])))


def id_of(form: str, command: c.Command) -> str:
    """The id under which a form asks for this, always the same; empty if the form has none to make it of."""
    return id_made_of(form, command) if is_an_id(form) else ""


def _key_for(visitor: Visitor, roles: Roles, command: c.Command) -> Key:
    for role in sorted(roles):
        if type(command) in AT_DESK.get(role, frozenset()) and (key := visitor.keys.get(role)):
            return key
    raise NotHere(403, "command.not_allowed")
