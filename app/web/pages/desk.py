"""The one way of commands that come by forms: by a key whose role may, each once, however often a form is sent."""

from collections.abc import Sequence
from dataclasses import replace

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import is_an_id
from app.meeting.meeting import Meeting
from app.store import log
from app.store.keys import Key
from app.store.roles import Role
from app.web.access import EVERYBODY, Roles, may_by_form
from app.web.page import NotHere
from app.web.sockets.frames import id_made_of, new_id
from app.web.visitors import Visitor, signature

FOUR_EYES = (c.PassOn, c.VerifyFinding)
"""Each by another person than the step before: what else the same browser holds is told to the rules."""


async def perform(
    venue: Venue, meeting: Meeting, visitor: Visitor, roles: Roles | None, commands: Sequence[c.Command], form: str
) -> None:
    """Carry out what a form asks for, by the visitor's key of one of these roles; ``form`` is the id of the form.
    At a door that is open to everybody it is given by nobody's key.

    A form sent twice is carried out once; one that somebody went back to and filled in otherwise is not taken for it.
    Raises Refused, and NotHere (403) where no key may: before the first of the commands.
    """
    must_be_allowed(visitor, roles, *commands)
    for command in commands:
        key = giver(visitor, roles, type(command))
        id = id_of(form, command) or new_id()
        if key and isinstance(command, FOUR_EYES):
            command = replace(command, beside=visitor.tags_beside(key))
        await venue.perform(meeting.plan.code, command, signature(key), id, key.tag if key else "")


def must_be_allowed(visitor: Visitor, roles: Roles | None, *commands: c.Command) -> None:
    """For doors that keep something else before they perform. Raises NotHere (403) if no key may give one of them."""
    for command in commands:
        is_open = roles is EVERYBODY and may_by_form(Role.GUEST, type(command))
        if not is_open and giver(visitor, roles, type(command)) is None:
            raise NotHere(403, "command.not_allowed")


def giver(visitor: Visitor, roles: Roles | None, command: type[c.Command]) -> Key | None:
    """The key by which a visitor may give such a command at a door to these roles; at one open to all nobody's."""
    may = (role for role in sorted(roles or ()) if may_by_form(role, command))
    return next((visitor.keys[role] for role in may if role in visitor.keys), None)


async def was_performed(venue: Venue, meeting: Meeting, command: c.Command, form: str) -> bool:
    """Whether this form has asked for this before, and it was carried out."""
    code, id = meeting.plan.code, id_of(form, command)
    return bool(id) and bool(await venue.read(lambda connection: log.known(connection, code, [id])))


def id_of(form: str, command: c.Command) -> str:
    """The id under which a form asks for this, always the same; empty if the form has none to make it of."""
    return id_made_of(form, command) if is_an_id(form) else ""
