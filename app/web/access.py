"""Who stands at the door, and what may be done from there: one table of roles, by command, feed, page and route.

A test walks every command, every feed and every route of the program against it, for every role.
"""

from dataclasses import dataclass
from typing import Any

from litestar.connection import ASGIConnection

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.plan import Plan
from app.store import keys
from app.store.keys import Key, Role
from app.web.links import DOORS

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
            c.PrepareDraw,
            c.DrawNext,
            c.DrawAll,
            c.CallOffDraw,
            c.TypeOrder,
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
            c.DirectDisplay,
            c.CheckIn,
            c.CheckOut,
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
            c.CheckIn,
            c.TakeSeat,
        }
    ),
    Role.OPERATOR: frozenset({c.FollowAgenda, c.HoldScene, c.CueScene, c.TellSpeaker, c.DirectDisplay}),
    Role.ORGANISER: frozenset(),
    Role.SUPERVISOR: frozenset(),
    Role.DISPLAY: frozenset(),
    Role.GUEST: frozenset(),
}

Roles = frozenset[Role]
EVERYBODY: Roles | None = None
"""Open to all; in a meeting for invited guests only, to all who hold one of its keys."""

WATCHES: dict[str, Roles | None] = {
    "moderator": frozenset({Role.MODERATOR}),
    "panel": frozenset({Role.SEAT}),
    "hall": EVERYBODY,
    "timer": EVERYBODY,
    "lower": EVERYBODY,
    "phone": EVERYBODY,
    "results": EVERYBODY,
    "devices": frozenset({Role.OPERATOR, Role.MODERATOR}),
}
"""Which roles a live view takes."""

IDENTIFIES = frozenset({Role.OPERATOR, Role.MODERATOR})
"""Who may have a display show its name, which is no command and in no log."""

PAGES: dict[str, Roles | None] = {
    **WATCHES,
    "rehearsals": frozenset({Role.MODERATOR}),
    "record": frozenset({Role.SUPERVISOR}),
    "keys": frozenset({Role.ORGANISER, Role.MODERATOR, Role.OPERATOR}),
    "cards": frozenset({Role.ORGANISER, Role.MODERATOR, Role.OPERATOR}),
    "prints": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "setup": frozenset({Role.ORGANISER}),
    "papers": frozenset({Role.SEAT, Role.MODERATOR, Role.SUPERVISOR, Role.ORGANISER}),
}
"""Which roles a page takes, by name; a live view's page goes by the view's name."""

ROUTES: dict[str, str | None] = {
    "GET /": None,
    "GET /healthz": None,
    "GET /trust": None,
    "GET /trust/kaimen.crt": None,
    "GET /trust/kaimen.mobileconfig": None,
    "GET /join": None,
    "POST /join": None,
    "GET /static/{build}/{name}": None,
    "GET /setup/enter/{token}": None,
    "POST /setup/leave": None,
    **{f"GET /{{code}}/{door}/{{token}}": None for door in DOORS.values()},
    "POST /{code}/leave/{role}": None,
    "GET /{code}": "phone",
    "GET /{code}/display": "hall",
    "GET /{code}/results": "results",
    "GET /{code}/panel": "panel",
    "GET /{code}/moderator": "moderator",
    "GET /{code}/devices": "devices",
    "GET /{code}/print/cards": "cards",
    "POST /{code}/print/cards": "cards",
    "GET /{code}/print/sheets": "prints",
    "GET /{code}/print/attendance": "prints",
    "GET /{code}/record": "record",
    "GET /{code}/record/unit/{unit}": "record",
    "GET /{code}/record/log": "record",
    "GET /{code}/keys": "keys",
    "POST /{code}/keys": "keys",
    "POST /{code}/keys/reissue": "keys",
    "POST /{code}/keys/revoke": "keys",
    "POST /{code}/rehearsals": "rehearsals",
    "POST /{code}/rehearsals/{rehearsal}": "rehearsals",
    "POST /{code}/bots": "rehearsals",
    "POST /{code}/bots/stop": "rehearsals",
    "POST /{code}/throw-away": "rehearsals",
    "GET /{code}/papers/{paper}": "papers",
    "* /setup": "setup",
}
"""Which page is behind a route. None: it asks for no key, or the address holds it. ``*``: whatever begins so."""

HANDS_OUT: dict[Role, Roles] = {
    Role.ORGANISER: frozenset(Role) - {Role.ORGANISER},
    Role.MODERATOR: frozenset(Role) - {Role.ORGANISER, Role.SUPERVISOR},
    Role.OPERATOR: frozenset({Role.SEAT, Role.DISPLAY}),
}
"""Whose keys one may make and revoke. A moderator who could make a supervisor's would see the named record."""

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
    def hands_out(self) -> Roles:
        """The roles whose keys this visitor may make, replace and revoke."""
        return frozenset[Role]().union(*(HANDS_OUT.get(role, frozenset()) for role in self.keys))

    def invitation(self, plan: Plan) -> Key | None:
        """The key by which one passes where all may pass who are invited; None where all may pass anyway."""
        return next((key for key in self.keys.values() if plan.invited_only and key.meeting == plan.code), None)

    @property
    def is_staff(self) -> bool:
        return self.key(STAFF) is not None


def page_of(method: str, path: str) -> str | None:
    """The page behind a route of the program, by its template. Raises KeyError for a route that nobody thought of."""
    route = f"{method} {path}"
    if route in ROUTES:
        return ROUTES[route]
    for begins, page in ROUTES.items():
        if begins.startswith("* ") and f"{path}/".startswith(f"{begins[2:]}/"):
            return page
    raise KeyError(route)


def signature(key: Key | None) -> str:
    """Who a command is from, as the log says it: ``moderator``, ``seat:expert-1``, ``display:left``."""
    if key is None:
        return "nobody"
    which = key.seat or key.name
    return f"{key.role}:{which}" if which else str(key.role)


def cookie_name(role: Role, code: str | None) -> str:
    return f"kaimen-{role}-{code}" if code else f"kaimen-{role}"


def listing_cookie_name(code: str) -> str:
    """Of the cookie by which the lobby knows that a browser holds a key of a meeting; it opens nothing."""
    return f"kaimen-lobby-{code}"


async def visitor_of(connection: Connection, venue: Venue, code: str | None) -> Visitor:
    """The visitor by the cookies, or for programs by ``Authorization: Bearer``; a wrong or revoked key is nothing.

    ``code`` None: at a door of no meeting, where only an organiser's key counts.
    """
    tokens = _tokens(connection, code)
    found = await venue.read(lambda each: [keys.find(each, token) for token in tokens]) if tokens else []
    return Visitor({key.role: key for key in found if key and key.meeting in (code, None)})


def shows_dead_key(connection: Connection, visitor: Visitor, roles: Roles | None, code: str | None) -> bool:
    """Whether a browser shows a key that would have opened a door to these roles, had it not been revoked."""
    return any(
        cookie_name(role, _code_of(role, code)) in connection.cookies and role not in visitor.keys
        for role in (roles or Role)
    )


def _tokens(connection: Connection, code: str | None) -> list[str]:
    cookies = [connection.cookies.get(cookie_name(role, _code_of(role, code)), "") for role in Role]
    return [token for token in (*cookies, bearer_of(connection)) if token]


def bearer_of(connection: Connection) -> str:
    """The token a program shows; empty if it shows none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _code_of(role: Role, code: str | None) -> str | None:
    return None if role is Role.ORGANISER else code
