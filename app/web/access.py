"""Who stands at the door, and what may be done from there: one table of roles, by command, feed, page and route.

What has no row here answers nobody: ``gate.guard`` stands before every route, ``sockets`` asks for feeds and commands.
A test walks every command, every feed and every route of the program against it, for every role.
"""

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from litestar.connection import ASGIConnection

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.plan import Plan
from app.store import keys
from app.store.keys import NOBODY_SAID, Hand, Key, Role, Way
from app.web.links import DOORS

Connection = ASGIConnection[Any, Any, Any, Any]

ASKED_BY_HEAD = "kaimen.head"
"""In the scope of a request that was made with HEAD: it uses nothing up."""

VISITORS = "kaimen.visitors"
"""In the scope: who was found to be asking, by the code of the meeting."""

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
"""Who may have a display show its name, which is no command and in no log, and who may look at it in miniature."""

MOST_DISPLAYS = 8
"""Displays of a name that one browser may be: a laptop drives two projectors, not twenty."""

PAGES: dict[str, Roles | None] = {
    **WATCHES,
    "rehearsals": frozenset({Role.MODERATOR}),
    "preside": frozenset({Role.ORGANISER, Role.MODERATOR}),
    "record": frozenset({Role.SUPERVISOR}),
    "backup": frozenset({Role.MODERATOR}),
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
    "GET /{code}/backup": "backup",
    "POST /{code}/backup": "backup",
    "GET /{code}/keys": "keys",
    "POST /{code}/keys": "keys",
    "POST /{code}/keys/staff": "keys",
    "POST /{code}/keys/reissue": "keys",
    "POST /{code}/keys/revoke": "keys",
    "POST /{code}/preside": "preside",
    "POST /{code}/rehearsals": "rehearsals",
    "POST /{code}/rehearsals/{rehearsal}": "rehearsals",
    "POST /{code}/bots": "rehearsals",
    "POST /{code}/bots/stop": "rehearsals",
    "POST /{code}/throw-away": "rehearsals",
    "GET /{code}/papers/{paper}": "papers",
    "GET /setup": "setup",
    "POST /setup/new": "setup",
    "GET /setup/upload": "setup",
    "POST /setup/upload": "setup",
    "GET /setup/upload/template/{ending}": "setup",
    "POST /setup/backup": "setup",
    "GET /setup/{code}": "setup",
    "GET /setup/{code}/download/{ending}": "setup",
    "GET /setup/{code}/delete": "setup",
    "POST /setup/{code}/delete": "setup",
    "POST /setup/{code}/rehearse": "setup",
    "GET /setup/{code}/papers": "setup",
    "POST /setup/{code}/papers": "setup",
    "POST /setup/{code}/papers/{unit}": "setup",
    "POST /setup/{code}/papers/{unit}/{paper}/remove": "setup",
    "GET /setup/{code}/{page}": "setup",
    "POST /setup/{code}/{page}": "setup",
}
"""Which page is behind a route. None: it asks for no key, or the address holds it. A route without a row is shut."""

FEED = "/{code}/live/{view}"
"""The one address of sockets, whose rows are in ``WATCHES``."""

HOLDS_A_KEY = frozenset({"GET /join", "POST /join"})
"""Routes that ask for no key but are told one: where https is on, by https alone."""

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
    by_header: Key | None = None
    """The one of them that a program shows as ``Authorization: Bearer``."""
    displays: dict[str, Key] = field(default_factory=dict)
    """The keys of displays, by their names: one laptop may drive two projectors."""

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

    def hand(self, role: Role) -> Hand:
        """Who this is, as giver of keys of a role."""
        giver = next((key for key in self.keys.values() if role in HANDS_OUT.get(key.role, frozenset())), None)
        return Hand(signature(giver), giver.tag) if giver else NOBODY_SAID

    def invitation(self, plan: Plan) -> Key | None:
        """The key by which one passes where all may pass who are invited; None where all may pass anyway."""
        return next((key for key in self.keys.values() if plan.invited_only and key.meeting == plan.code), None)

    def is_program_with(self, roles: Roles) -> bool:
        return self.by_header is not None and self.by_header.role in roles

    def display(self, name: str, is_miniature: bool) -> Key | None:
        """The key by which a screen may bear the name of a display; staff may look at one in miniature."""
        return self.displays.get(name) or (self.key(IDENTIFIES) if name and is_miniature else None)

    @property
    def is_staff(self) -> bool:
        return self.key(STAFF) is not None


def signature(key: Key | None) -> str:
    """Who a command is from, as the log says it: ``moderator``, ``seat:expert-1``, ``display:left``."""
    if key is None:
        return "nobody"
    return f"{key.role}:{key.of}" if key.of else str(key.role)


def cookie_name(role: Role, code: str | None, mark: str, name: str = "") -> str:
    """``mark`` tells the database: all servers of a host have their cookies in common, whatever the port.

    That of a display has its ``name`` in it, in letters that a cookie may have.
    """
    named = hashlib.sha256(name.encode()).hexdigest()[:12] if name else ""
    return "-".join(filter(None, ("kaimen", mark, role, code, named)))


def names_of_cookie(connection: Connection, role: Role, code: str | None, name: str = "") -> tuple[str, str]:
    """As cookies are called now, and as they were before they told the database, which still open."""
    of_role = _code_of(role, code)
    return cookie_name(role, of_role, connection.app.state.secret.mark, name), cookie_name(role, of_role, "", name)


def cookies_of(connection: Connection, role: Role, code: str | None) -> list[str]:
    """The names of the cookies in which a browser shows keys of a role, the older first: what comes later goes before.

    A display's has its name in it: one browser may be several.
    """
    shown, names = connection.cookies, names_of_cookie(connection, role, code)
    found = [name for name in reversed(names) if name in shown]
    if role is Role.DISPLAY and code:
        begins = tuple(f"{name}-" for name in names)
        found += islice((each for each in shown if each.startswith(begins)), MOST_DISPLAYS)
    return found


def listing_cookie_name(connection: Connection, code: str) -> str:
    """Of the cookie by which the lobby knows that a browser holds a key of a meeting; it opens nothing."""
    return f"kaimen-{connection.app.state.secret.mark}-lobby-{code}"


def known_cookie_name(connection: Connection) -> str:
    """Of the cookie by which a device that has shown a key counts by itself at the door for those who type."""
    return f"kaimen-{connection.app.state.secret.mark}-known"


async def visitor_of(connection: Connection, venue: Venue, code: str | None) -> Visitor:
    """The visitor by the cookies, or for programs by ``Authorization: Bearer``; a wrong or revoked key is nothing.

    ``code`` None: at a door of no meeting, where only an organiser's key counts. Here a key is used, and nowhere else:
    that a link was looked at by something is not yet that somebody came in. Who it is is found out once in a request.
    """
    known: dict[str | None, Visitor] = connection.scope.setdefault(VISITORS, {})  # type: ignore[misc]
    if code not in known:
        known[code] = await _looked_up(connection, venue, code)
    return known[code]


async def _looked_up(connection: Connection, venue: Venue, code: str | None) -> Visitor:
    shown = _shown(connection, code)
    if not shown:
        return Visitor({})
    found = await venue.read(lambda each: [keys.find(each, token) for token in shown])
    good = {
        token: key
        for key, token in zip(found, shown, strict=True)
        if key and key.meeting in (code, None) and _may_be_shown(connection, key)
    }
    if ASKED_BY_HEAD not in connection.scope:
        await connection.app.state.uses.notice({token: shown[token] for token in good})
    displays = {key.of: key for key in good.values() if key.role is Role.DISPLAY}
    return Visitor({key.role: key for key in good.values()}, good.get(bearer_of(connection)), displays)


def _shown(connection: Connection, code: str | None) -> dict[str, Way]:
    """What may be a key's token, each with how it was shown."""
    names = [name for role in Role for name in cookies_of(connection, role, code)]
    shown = {connection.cookies[name]: Way.BROWSER for name in names}
    shown.setdefault(bearer_of(connection), Way.PROGRAM)
    return {token: way for token, way in shown.items() if token}


def _may_be_shown(connection: Connection, key: Key) -> bool:
    """Where https is on a key that was shown without it is none; but a guest's, who sees nothing that others do not."""
    is_in_the_clear = connection.scope["scheme"] in ("http", "ws")
    return key.role is Role.GUEST or not (connection.app.state.settings.tls and is_in_the_clear)


def shows_dead_key(connection: Connection, visitor: Visitor, roles: Roles | None, code: str | None) -> bool:
    """Whether a browser shows a key that would have opened a door to these roles, had it not been revoked."""
    return any(role not in visitor.keys and cookies_of(connection, role, code) for role in (roles or Role))


def bearer_of(connection: Connection) -> str:
    """The token a program shows; empty if it shows none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _code_of(role: Role, code: str | None) -> str | None:
    return None if role is Role.ORGANISER else code
