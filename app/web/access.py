"""Who stands at the door, and what may be done from there: one table of roles and commands."""

from dataclasses import dataclass
from typing import Any

from litestar.connection import ASGIConnection

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.plan import Plan
from app.store import keys
from app.store.keys import Key, Role

Connection = ASGIConnection[Any, Any, Any, Any]

MAY: dict[Role, frozenset[type[c.Command]]] = {
    Role.MODERATOR: frozenset(
        {
            c.OpenMeeting,
            c.Advance,
            c.GoBack,
            c.JumpTo,
            c.SkipItem,
            c.RestoreItem,
            c.MoveItem,
            c.AddTime,
            c.Pause,
            c.Resume,
            c.FinishMeeting,
            c.ContinueMeeting,
            c.OpenRound,
            c.CloseRound,
            c.CloseAllRounds,
            c.ReopenRound,
            c.ShowResultStep,
            c.RevealResult,
            c.WithdrawReveal,
            c.RuleOnTie,
            c.CorrectSheet,
            c.VoidSheet,
            c.AcceptLateSheet,
            c.Recuse,
            c.ReturnToSheet,
            c.EditComment,
            c.ReleaseComment,
            c.WithdrawComment,
            c.FollowAgenda,
            c.HoldScene,
            c.CueScene,
            c.TellSpeaker,
        }
    ),
    Role.SEAT: frozenset(
        {
            c.GiveScore,
            c.EraseScore,
            c.SubmitSheet,
            c.Abstain,
            c.Recuse,
            c.ReturnToSheet,
            c.SendComment,
            c.ReviseComment,
            c.TakeBackComment,
        }
    ),
}

Roles = frozenset[Role]
EVERYBODY: Roles | None = None
"""Open to all; in a meeting for invited guests only, to all who hold one of its keys."""

WATCHES: dict[str, Roles | None] = {
    "moderator": frozenset({Role.MODERATOR}),
    "panel": frozenset({Role.SEAT}),
    "hall": EVERYBODY,
    "timer": EVERYBODY,
    "phone": EVERYBODY,
    "results": EVERYBODY,
}
"""Which roles a live view takes."""

PAGES: dict[str, Roles | None] = {
    **WATCHES,
    "setup": frozenset({Role.ORGANISER}),
}
"""Which roles a page takes, by name; a live view's page goes by the view's name."""

STAFF = frozenset({Role.MODERATOR, Role.SUPERVISOR})
"""Who sees the results of closed rounds before they are revealed."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a door, with the keys shown there: a device may hold a moderator's and a seat's."""

    keys: dict[Role, Key]

    def key(self, roles: Roles | None) -> Key | None:
        """The key that opens a door to these roles; None at a door that is open to everybody."""
        return next((key for role, key in self.keys.items() if role in roles), None) if roles else None

    def may_pass(self, roles: Roles | None, plan: Plan) -> bool:
        if roles is EVERYBODY:
            return not plan.invited_only or any(key.meeting == plan.code for key in self.keys.values())
        return self.key(roles) is not None

    @property
    def is_staff(self) -> bool:
        return self.key(STAFF) is not None


def signature(key: Key | None) -> str:
    """Who a command is from, as the log says it: ``moderator``, ``seat:expert-1``, ``display:left``."""
    if key is None:
        return "nobody"
    which = key.seat or key.name
    return f"{key.role}:{which}" if which else str(key.role)


def cookie_name(role: Role, code: str | None) -> str:
    return f"kaimen-{role}-{code}" if code else f"kaimen-{role}"


async def visitor_of(connection: Connection, venue: Venue, code: str | None) -> Visitor:
    """The visitor by the cookies, or for programs by ``Authorization: Bearer``; a wrong or revoked key is nothing.

    ``code`` None: at a door of no meeting, where only an organiser's key counts.
    """
    tokens = _tokens(connection, code)
    found = await venue.read(lambda each: [keys.find(each, token) for token in tokens]) if tokens else []
    return Visitor({key.role: key for key in found if key and key.meeting in (code, None)})


def _tokens(connection: Connection, code: str | None) -> list[str]:
    cookies = [connection.cookies.get(cookie_name(role, _code_of(role, code)), "") for role in Role]
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    bearer = [token.strip()] if scheme.lower() == "bearer" else []
    return [token for token in (*cookies, *bearer) if token]


def _code_of(role: Role, code: str | None) -> str | None:
    return None if role is Role.ORGANISER else code
