"""The keys page: who holds which keys; making, replacing and revoking them, in the middle of a meeting if need be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.codes import is_name_of_display
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store import keys
from app.store.codes import Cut
from app.store.keys import Hand, Issued, KeptKey, Key, Role
from app.web.access import Roles
from app.web.doorkeeper import Doorkeeper
from app.web.links import MAIN_DISPLAY, full_set, link_of, of_units
from app.web.locksmith import Locksmith
from app.web.page import AnyRequest, address_for, asked_language, html_page, open_address_for, qr, reach
from app.web.pages.entrance import screen_of
from app.web.visitors import Visitor

LONGEST_LABEL = 60
LABEL_OF_STAFF = "staff"
LABEL_OF_UNITS = "units"
KNOWN_LABELS = ("terminal", "links", "cards", "rehearsal", "demonstration", "organiser", LABEL_OF_STAFF, LABEL_OF_UNITS)
MOST_DISPLAYS_AT_ONCE = 8
IN_CHARGE = frozenset({Role.ORGANISER, Role.MODERATOR})
"""Who sees every key there is, also those of which somebody else is the giver."""

STAFF = (Role.MODERATOR, Role.OPERATOR, Role.SUPERVISOR, Role.QUESTIONS, Role.GUEST)


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one meeting, before somebody who may hand some of them out."""

    request: AnyRequest
    meeting: NamedDependency[Meeting]
    visitor: NamedDependency[Visitor]
    venue: NamedDependency[Venue]
    doorkeeper: NamedDependency[Doorkeeper]
    locksmith: NamedDependency[Locksmith]

    @property
    def plan(self) -> Plan:
        return self.meeting.plan

    @property
    def may(self) -> Roles:
        """Whose keys this visitor may make and revoke."""
        return self.visitor.hands_out

    async def records(self) -> list[KeptKey]:
        records: list[KeptKey] = await self.venue.read(lambda connection: keys.listed(connection, self.plan.code))
        return records


@get("/{code:str}/keys")
async def show_keys(ring: NamedDependency[Ring]) -> Response[str]:
    return await _keys_page(ring)


@post("/{code:str}/keys")
async def make_key(ring: NamedDependency[Ring]) -> Response[str]:
    typed = await _typed(ring.request)
    try:
        key, label = _wanted(ring.plan, typed), typed.get("label", "").strip()
        refuse_if(len(label) > LONGEST_LABEL, "text.too_long", most=LONGEST_LABEL, length=len(label))
        refuse_unless(key.role in ring.may, "key.not_yours")
        [cut] = await ring.locksmith.cut(1)
        by = ring.visitor.hand(key.role)
        issued = await ring.venue.write(lambda connection: keys.issue(connection, key, label, cut, by))
    except Refused as refused:
        return await _keys_page(ring, refused, typed)
    return _new_key_page(ring, key, issued)


@post("/{code:str}/keys/staff")
async def make_keys_of_staff(ring: NamedDependency[Ring]) -> Response[str]:
    """As far as they are the visitor's to give, on one page that is shown this once."""
    code = ring.plan.code
    wanted = [
        *(
            key
            for key in full_set(ring.plan)
            if key.role in STAFF and key.role in ring.may and key.role is not Role.GUEST
        ),
        *(Key(code, Role.DISPLAY, name) for name in _names_of_displays(await ring.records())),
    ]
    return await _made_at_once(ring, wanted, LABEL_OF_STAFF)


@post("/{code:str}/keys/units")
async def make_keys_of_units(ring: NamedDependency[Ring]) -> Response[str]:
    """One for each unit that has none, to be handed over with its findings."""
    try:
        refuse_unless(Role.UNIT in ring.may, "key.not_yours")
        have_one = {each.key for each in await ring.records() if each.revoked_at is None}
        wanted = [key for key in of_units(ring.plan) if key not in have_one]
        refuse_unless(bool(wanted), "key.every_unit_has_one")
    except Refused as refused:
        return await _keys_page(ring, refused)
    return await _made_at_once(ring, wanted, LABEL_OF_UNITS)


async def _made_at_once(ring: Ring, wanted: list[Key], label: str) -> Response[str]:
    cuts = await ring.locksmith.cut(len(wanted))
    made = await ring.venue.write(
        lambda connection: [
            keys.issue(connection, key, label, cut, ring.visitor.hand(key.role))
            for key, cut in zip(wanted, cuts, strict=True)
        ]
    )
    request = ring.request
    ways = [_way_in(request, ring.plan, key, issued) for key, issued in zip(wanted, made, strict=True)]
    join = address_for(request, "/join")
    return html_page(request, "print/staff", plan=ring.plan, of=label, ways=ways, join=join, reach=reach(request))


def _names_of_displays(records: Iterable[KeptKey]) -> list[str]:
    """The one that every meeting has, and those that somebody has given a key."""
    good = {each.key.of for each in records if each.key.role is Role.DISPLAY and each.revoked_at is None}
    return [MAIN_DISPLAY, *sorted(good - {MAIN_DISPLAY})][:MOST_DISPLAYS_AT_ONCE]


def _way_in(request: AnyRequest, plan: Plan, key: Key, issued: Issued) -> dict[str, Any]:
    link = (open_address_for if key.role is Role.GUEST else address_for)(request, link_of(key, issued.token))
    return {"holder": _holder(plan, key), "link": link, "qr": qr(link), "short_code": issued.code}


@post("/{code:str}/keys/reissue")
async def reissue_key(ring: NamedDependency[Ring]) -> Response[str]:
    """A new key like an older one, which opens nothing from here on."""
    try:
        old = await _chosen(ring)
        [cut] = await ring.locksmith.cut(1)
        by = ring.visitor.hand(old.key.role)
        issued = await ring.venue.write(lambda connection: _replaced(connection, old, cut, by))
    except Refused as refused:
        return await _keys_page(ring, refused)
    ring.doorkeeper.show_out({old.key.id})
    return _new_key_page(ring, old.key, issued)


@post("/{code:str}/keys/revoke")
async def revoke_key(ring: NamedDependency[Ring]) -> Response[str]:
    code = ring.plan.code
    try:
        old = await _chosen(ring)
        by = ring.visitor.hand(old.key.role)
        revoked = await ring.venue.write(lambda connection: keys.revoke_one(connection, code, old.key.id, by))
    except Refused as refused:
        return await _keys_page(ring, refused)
    ring.doorkeeper.show_out(revoked)
    return Redirect(f"/{code}/keys", status_code=303)


def _replaced(connection: Connection, old: KeptKey, cut: Cut, by: Hand) -> Issued:
    keys.revoke_one(connection, str(old.key.meeting), old.key.id, by)
    return keys.issue(connection, old.key, old.label, cut, by)


async def _typed(request: AnyRequest) -> dict[str, str]:
    form = await request.form()
    return {name: str(value) for name, value in form.items()}


async def _chosen(ring: Ring) -> KeptKey:
    """The good key that a button stands beside. Raises Refused: it is good no more, or not the visitor's to give."""
    id = (await _typed(ring.request)).get("key", "")
    records = await ring.records()
    record = next((each for each in records if each.key.id == id and each.revoked_at is None), None)
    if record is None:
        raise Refused("key.gone")
    refuse_unless(record.key.role in ring.may, "key.not_yours")
    return record


def _wanted(plan: Plan, typed: dict[str, str]) -> Key:
    """The key that is to be made: ``who`` is a role, ``seat:`` and a seat, ``unit:`` and a unit. Raises Refused."""
    role, _, of = typed.get("who", "").partition(":")
    if role == Role.SEAT and any(each.id == of for each in plan.seats):
        return Key(plan.code, Role.SEAT, of)
    if role == Role.UNIT and any(each.id == of for each in plan.units):
        return Key(plan.code, Role.UNIT, of)
    if role == Role.DISPLAY:
        name = typed.get("name", "").strip()
        refuse_unless(is_name_of_display(name), "display.no_name")
        return Key(plan.code, Role.DISPLAY, name)
    refuse_unless(role in STAFF, "key.for_nobody")
    return Key(plan.code, Role(role))


async def _keys_page(ring: Ring, refused: Refused | None = None, typed: dict[str, str] | None = None) -> Response[str]:
    records = await ring.records()
    is_in_charge = ring.visitor.key(IN_CHARGE) is not None
    holders = [key for key in _holders(ring.plan, records) if key.role in ring.may or is_in_charge]
    return html_page(
        ring.request,
        "keys",
        409 if refused else 200,
        plan=ring.plan,
        holders=[_keys_of(ring, key, records) for key in holders],
        staff=[role for role in STAFF if role in ring.may],
        units=ring.plan.units if Role.UNIT in ring.may else (),
        may_print=is_in_charge,
        problem=say(refused.said, asked_language(ring.request)) if refused else "",
        typed={"who": "", "label": "", "name": "", **(typed or {})},
        longest_label=LONGEST_LABEL,
        reach=reach(ring.request),
        way_back=_way_back(ring.plan, ring.visitor),
    )


def _keys_of(ring: Ring, holder: Key, records: Iterable[KeptKey]) -> dict[str, Any]:
    """Those that somebody has, and those they had."""
    own = [each for each in records if each.key == holder]
    return {
        **_holder(ring.plan, holder),
        "is_yours": holder.role in ring.may,
        "good": [_row(ring, each) for each in own if not each.revoked_at],
        "revoked": [_row(ring, each) for each in own if each.revoked_at],
    }


def _way_back(plan: Plan, visitor: Visitor) -> str:
    """To where this page is opened from; empty for the operator, whose board leads here in a window of its own."""
    if visitor.key(frozenset({Role.ORGANISER})):
        return f"/setup/{plan.code}"
    return f"/{plan.code}/moderator" if visitor.key(IN_CHARGE) else ""


def _holders(plan: Plan, records: Iterable[KeptKey]) -> list[Key]:
    """Everybody who may hold a key of a meeting, with or without one now: each once, staff first, seats as they sit."""
    known = list(full_set(plan))
    others = sorted({each.key for each in records} - set(known), key=lambda key: key.of)
    displays = [key for key in others if key.role is Role.DISPLAY]
    as_they_report = {key: at for at, key in enumerate(of_units(plan))}
    others.sort(key=lambda key: as_they_report.get(key, len(as_they_report)))
    at = known.index(Key(plan.code, Role.DISPLAY, MAIN_DISPLAY)) + 1
    return [*known[:at], *displays, *known[at:], *(key for key in others if key not in displays)]


def _holder(plan: Plan, key: Key) -> dict[str, Any]:
    called: dict[str, str] = {}
    if key.role is Role.SEAT:
        called = {seat.id: seat.label for seat in plan.seats}
    elif key.role is Role.UNIT:
        called = {unit.id: unit.short_name or unit.name for unit in plan.units}
    return {
        "role": key.role,
        "name": called.get(key.of, key.of),
        "screen": screen_of(key),
    }


def _row(ring: Ring, record: KeptKey) -> dict[str, Any]:
    return {
        "id": record.key.id,
        "tag": record.key.tag,
        "label": record.label,
        "label_is_known": record.label in KNOWN_LABELS,
        "made_at": _in_the_hall(record.made_at, ring.plan),
        "used_at": _in_the_hall(record.used_at, ring.plan),
        "revoked_at": _in_the_hall(record.revoked_at, ring.plan),
        "has_code": record.has_code,
        "is_own": any(key.id == record.key.id for key in ring.visitor.keys.values()),
        "connected": ring.doorkeeper.number_inside(record.key.id),
    }


def _in_the_hall(at: datetime | None, plan: Plan) -> str:
    return plan.in_the_hall(at).strftime("%m-%d %H:%M") if at else ""


def _new_key_page(ring: Ring, key: Key, issued: Issued) -> Response[str]:
    """The only time that a key's link and code are shown."""
    request = ring.request
    way_in = _way_in(request, ring.plan, key, issued)
    join = address_for(request, "/join")
    return html_page(request, "new-key", plan=ring.plan, **way_in, join=join, reach=reach(request))


ROUTES: list[Any] = [
    Router(
        "/",
        route_handlers=[show_keys, make_key, make_keys_of_staff, make_keys_of_units, reissue_key, revoke_key],
        dependencies={"ring": Provide(Ring, sync_to_thread=False)},
    )
]
