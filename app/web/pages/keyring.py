"""The keys page: who holds which keys; making, replacing and revoking them, in the middle of a meeting if need be."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.codes import is_name_of_display
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store import keys
from app.store.codes import Cut
from app.store.keys import Hand, Issued, Key, Record, Role
from app.web.access import Visitor
from app.web.doorkeeper import Doorkeeper
from app.web.links import MAIN_DISPLAY, link_of
from app.web.locksmith import Locksmith
from app.web.page import AnyRequest, address_for, admit, asked_language, html_page, open_address_for, qr, reach
from app.web.pages.entrance import screen_of

LONGEST_LABEL = 60
LABEL_OF_STAFF = "staff"
KNOWN_LABELS = ("terminal", "links", "cards", "rehearsal", "demonstration", "organiser", LABEL_OF_STAFF)
MOST_DISPLAYS_AT_ONCE = 8
IN_CHARGE = frozenset({Role.ORGANISER, Role.MODERATOR})
"""Who sees every key there is, also those of which somebody else is the giver."""

STAFF = (Role.MODERATOR, Role.OPERATOR, Role.SUPERVISOR, Role.GUEST)


@get("/{code:str}/keys")
async def show_keys(
    request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue], doorkeeper: NamedDependency[Doorkeeper]
) -> Response[str]:
    meeting, visitor = await admit(request, venue, code, "keys")
    return await _keys_page(request, venue, doorkeeper, meeting.plan, visitor)


@post("/{code:str}/keys")
async def make_key(
    request: AnyRequest,
    code: FromPath[str],
    venue: NamedDependency[Venue],
    doorkeeper: NamedDependency[Doorkeeper],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    meeting, visitor = await admit(request, venue, code, "keys")
    typed = await _typed(request)
    try:
        key, label = _wanted(meeting.plan, typed), typed.get("label", "").strip()
        refuse_if(len(label) > LONGEST_LABEL, "text.too_long", most=LONGEST_LABEL, length=len(label))
        refuse_unless(key.role in visitor.hands_out, "key.not_yours")
        [cut] = await locksmith.cut(1)
        issued = await venue.write(lambda connection: keys.issue(connection, key, label, cut, visitor.hand(key.role)))
    except Refused as refused:
        return await _keys_page(request, venue, doorkeeper, meeting.plan, visitor, refused, typed)
    return _new_key_page(request, venue, meeting.plan, key, issued)


@post("/{code:str}/keys/staff")
async def make_keys_of_staff(
    request: AnyRequest,
    code: FromPath[str],
    venue: NamedDependency[Venue],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    """Everybody's but the seats', as far as they are the visitor's to give, on one page that is shown this once."""
    meeting, visitor = await admit(request, venue, code, "keys")
    displays = await venue.read(lambda connection: _names_of_displays(connection, code))
    wanted = [
        *(Key(code, role) for role in STAFF if role in visitor.hands_out and role is not Role.GUEST),
        *(Key(code, Role.DISPLAY, name) for name in displays),
    ]
    cuts = await locksmith.cut(len(wanted))
    made = await venue.write(
        lambda connection: [
            keys.issue(connection, key, LABEL_OF_STAFF, cut, visitor.hand(key.role))
            for key, cut in zip(wanted, cuts, strict=True)
        ]
    )
    ways = [_way_in(request, meeting.plan, key, issued) for key, issued in zip(wanted, made, strict=True)]
    join = address_for(request, "/join")
    return html_page(request, venue, "print/staff", plan=meeting.plan, ways=ways, join=join, reach=reach(request))


def _names_of_displays(connection: Connection, code: str) -> list[str]:
    """The one that every meeting has, and those that somebody has given a key."""
    listed = [each for each in keys.listed(connection, code) if each.key.role is Role.DISPLAY]
    good = {each.key.of for each in listed if each.revoked_at is None}
    return [MAIN_DISPLAY, *sorted(good - {MAIN_DISPLAY})][:MOST_DISPLAYS_AT_ONCE]


def _way_in(request: AnyRequest, plan: Plan, key: Key, issued: Issued) -> dict[str, Any]:
    link = (open_address_for if key.role is Role.GUEST else address_for)(request, link_of(key, issued.token))
    return {"holder": _holder(plan, key), "link": link, "qr": qr(link), "short_code": issued.code}


@post("/{code:str}/keys/reissue")
async def reissue_key(
    request: AnyRequest,
    code: FromPath[str],
    venue: NamedDependency[Venue],
    doorkeeper: NamedDependency[Doorkeeper],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    """A new key like an older one, which opens nothing from here on."""
    meeting, visitor = await admit(request, venue, code, "keys")
    try:
        old = await _chosen(request, venue, code, visitor)
        [cut] = await locksmith.cut(1)
        issued = await venue.write(lambda connection: _replaced(connection, old, cut, visitor.hand(old.key.role)))
    except Refused as refused:
        return await _keys_page(request, venue, doorkeeper, meeting.plan, visitor, refused)
    doorkeeper.show_out({old.key.id})
    return _new_key_page(request, venue, meeting.plan, old.key, issued)


@post("/{code:str}/keys/revoke")
async def revoke_key(
    request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue], doorkeeper: NamedDependency[Doorkeeper]
) -> Response[str]:
    meeting, visitor = await admit(request, venue, code, "keys")
    try:
        old = await _chosen(request, venue, code, visitor)
        by = visitor.hand(old.key.role)
        revoked = await venue.write(lambda connection: keys.revoke_one(connection, code, old.key.id, by))
    except Refused as refused:
        return await _keys_page(request, venue, doorkeeper, meeting.plan, visitor, refused)
    doorkeeper.show_out(revoked)
    return Redirect(f"/{code}/keys", status_code=303)


def _replaced(connection: Any, old: Record, cut: Cut, by: Hand) -> Issued:
    keys.revoke_one(connection, str(old.key.meeting), old.key.id, by)
    return keys.issue(connection, old.key, old.label, cut, by)


async def _typed(request: AnyRequest) -> dict[str, str]:
    form = await request.form()
    return {name: str(value) for name, value in form.items()}


async def _chosen(request: AnyRequest, venue: Venue, code: str, visitor: Visitor) -> Record:
    """The good key that a button stands beside. Raises Refused: it is good no more, or not the visitor's to give."""
    id = (await _typed(request)).get("key", "")
    records: list[Record] = await venue.read(lambda connection: keys.listed(connection, code))
    record = next((each for each in records if each.key.id == id and each.revoked_at is None), None)
    if record is None:
        raise Refused("key.gone")
    refuse_unless(record.key.role in visitor.hands_out, "key.not_yours")
    return record


def _wanted(plan: Plan, typed: dict[str, str]) -> Key:
    """The key that is to be made: ``who`` is a role, or ``seat:`` and a seat. Raises Refused."""
    role, _, seat = typed.get("who", "").partition(":")
    if role == Role.SEAT and any(each.id == seat for each in plan.seats):
        return Key(plan.code, Role.SEAT, seat)
    if role == Role.DISPLAY:
        name = typed.get("name", "").strip()
        refuse_unless(is_name_of_display(name), "display.no_name")
        return Key(plan.code, Role.DISPLAY, name)
    refuse_unless(role in STAFF, "key.for_nobody")
    return Key(plan.code, Role(role))


async def _keys_page(
    request: AnyRequest,
    venue: Venue,
    doorkeeper: Doorkeeper,
    plan: Plan,
    visitor: Visitor,
    refused: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Response[str]:
    records = await venue.read(lambda connection: keys.listed(connection, plan.code))
    own = {key.id for key in visitor.keys.values()}
    may = visitor.hands_out
    return html_page(
        request,
        venue,
        "keys",
        409 if refused else 200,
        plan=plan,
        holders=[
            {
                **_holder(plan, key),
                "is_yours": key.role in may,
                "good": [
                    _row(each, plan, own, doorkeeper) for each in records if each.key == key and not each.revoked_at
                ],
                "revoked": [
                    _row(each, plan, own, doorkeeper) for each in records if each.key == key and each.revoked_at
                ],
            }
            for key in _holders(plan, records)
            if key.role in may or visitor.key(IN_CHARGE)
        ],
        staff=[role for role in STAFF if role in may],
        may_print=visitor.key(IN_CHARGE) is not None,
        problem=say(refused.said, asked_language(request)) if refused else "",
        typed={"who": "", "label": "", "name": "", **(typed or {})},
        longest_label=LONGEST_LABEL,
        reach=reach(request),
        way_back=_way_back(plan, visitor),
    )


def _way_back(plan: Plan, visitor: Visitor) -> str:
    """To where this page is opened from; empty for the operator, whose board leads here in a window of its own."""
    if visitor.key(frozenset({Role.ORGANISER})):
        return f"/setup/{plan.code}"
    return f"/{plan.code}/moderator" if visitor.key(IN_CHARGE) else ""


def _holders(plan: Plan, records: Iterable[Record]) -> list[Key]:
    """Everybody who may hold a key of a meeting, with or without one now: each once, staff first, seats as they sit."""
    known = [
        *(Key(plan.code, role) for role in STAFF),
        Key(plan.code, Role.DISPLAY, MAIN_DISPLAY),
        *(Key(plan.code, Role.SEAT, seat.id) for seat in plan.seats),
    ]
    others = sorted({each.key for each in records} - set(known), key=lambda key: key.of)
    displays = [key for key in others if key.role is Role.DISPLAY]
    at = len(STAFF) + 1
    return [*known[:at], *displays, *known[at:], *(key for key in others if key not in displays)]


def _holder(plan: Plan, key: Key) -> dict[str, Any]:
    seats = {seat.id: seat for seat in plan.seats}
    seat = seats.get(key.of) if key.role is Role.SEAT else None
    return {
        "role": key.role,
        "name": seat.label if seat else key.of,
        "group": seat.group if seat else "",
        "screen": screen_of(key),
    }


def _row(record: Record, plan: Plan, own: set[str], doorkeeper: Doorkeeper) -> dict[str, Any]:
    return {
        "id": record.key.id,
        "tag": record.key.tag,
        "label": record.label,
        "label_is_known": record.label in KNOWN_LABELS,
        "made_at": _in_the_hall(record.made_at, plan),
        "used_at": _in_the_hall(record.used_at, plan),
        "revoked_at": _in_the_hall(record.revoked_at, plan),
        "has_code": record.has_code,
        "is_own": record.key.id in own,
        "connected": doorkeeper.number_inside(record.key.id),
    }


def _in_the_hall(at: datetime | None, plan: Plan) -> str:
    return at.astimezone(plan.starts_at.tzinfo).strftime("%m-%d %H:%M") if at else ""


def _new_key_page(request: AnyRequest, venue: Venue, plan: Plan, key: Key, issued: Issued) -> Response[str]:
    """The only time that a key's link and code are shown."""
    return html_page(
        request,
        venue,
        "new-key",
        plan=plan,
        **_way_in(request, plan, key, issued),
        join=address_for(request, "/join"),
        reach=reach(request),
    )


ROUTES: list[Any] = [show_keys, make_key, make_keys_of_staff, reissue_key, revoke_key]
