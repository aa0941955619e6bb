"""Who stands at a door: whoever shows these keys. They are looked up here, and nowhere else."""

from dataclasses import dataclass, field

from app.live.venue import Venue
from app.meeting.plan import Plan
from app.store import keys
from app.store.keys import NOBODY_SAID, Hand, Key, Role, Way
from app.web.access import EVERYBODY, HANDS_OUT, IDENTIFIES, STAFF, Roles
from app.web.cookies import Connection, cookies_of

ASKED_BY_HEAD = "kaimen.head"
"""In the scope of a request that was made with HEAD: it uses nothing up."""


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

    def tags_beside(self, key: Key) -> tuple[str, ...]:
        """The tags of what other keys the same browser holds."""
        return tuple(each.tag for each in self.keys.values() if each is not key)

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


async def visitor_of(connection: Connection, venue: Venue, code: str | None) -> Visitor:
    """The visitor by the cookies, or for programs by ``Authorization: Bearer``; a wrong or revoked key is nothing.

    ``code`` None: at a door of no meeting, where only an organiser's key counts. Here a key is used, and nowhere else:
    that a link was looked at by something is not yet that somebody came in. A handler is given the ``visitor``.
    """
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
