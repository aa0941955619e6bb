"""Who stands at the door, and what may be done from there: one table of roles and commands."""

from dataclasses import dataclass
from typing import Any

from litestar.connection import ASGIConnection

from app.live.venue import Venue
from app.meeting import commands as c
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

WATCHES: dict[str, Role | None] = {
    "moderator": Role.MODERATOR,
    "panel": Role.SEAT,
    "hall": None,
    "timer": None,
    "phone": None,
    "results": None,
}
"""Which role a view takes; None is open to everybody."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a door of one meeting, with the keys shown there (a device may hold a moderator's and a seat's)."""

    moderator: Key | None = None
    seat: Key | None = None

    def key(self, role: Role) -> Key | None:
        return self.moderator if role is Role.MODERATOR else self.seat

    @property
    def is_staff(self) -> bool:
        return self.moderator is not None


def signature(key: Key | None) -> str:
    """Who a command is from, as the log says it: ``moderator``, ``seat:expert-1``."""
    if key is None:
        return "nobody"
    return f"seat:{key.seat}" if key.role is Role.SEAT else str(key.role)


def cookie_name(role: Role, code: str) -> str:
    return f"kaimen-{role}-{code}"


async def visitor_of(connection: Connection, venue: Venue, code: str) -> Visitor:
    """The visitor by the cookies, or for programs by ``Authorization: Bearer``; a wrong or revoked key is nothing."""
    found = [await _key(venue, code, token) for token in _tokens(connection, code)]
    by_role = {key.role: key for key in found if key}
    return Visitor(by_role.get(Role.MODERATOR), by_role.get(Role.SEAT))


def _tokens(connection: Connection, code: str) -> list[str]:
    cookies = [connection.cookies.get(cookie_name(role, code), "") for role in Role]
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    bearer = [token.strip()] if scheme.lower() == "bearer" else []
    return [token for token in (*bearer, *cookies) if token]


async def _key(venue: Venue, code: str, token: str) -> Key | None:
    key: Key | None = await venue.read(lambda connection: keys.find(connection, token))
    return key if key and key.meeting == code else None
