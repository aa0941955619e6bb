"""A meeting played back from its log, for training and disputes: any view, at any entry, at any speed.

Everything here is read, and nothing is asked of a meeting: there is no socket, no command and no form that is sent. A
picture of a replay is a document of its own that may send nothing anywhere, and says in words that it is not live.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.language import Language, say
from app.language.happenings import say_event
from app.live.devices import DISPLAYS
from app.live.replay import REPLAYED, next_change, previous_change, replayed, view_then
from app.live.venue import Venue
from app.live.views import NOBODY, Viewer
from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.papers.plan.mistakes import Misread
from app.papers.plan.times import holds_a_day, is_midnight, time_of
from app.papers.record.public_log import SEEN_BY_ALL
from app.store.keys import Role
from app.store.log import Broken
from app.store.reels import Reel, Reels
from app.web.access import REPLAYS
from app.web.gate.headers import content_security_policy, host_of
from app.web.page import AnyRequest, NotHere, asked_language, html_page, open_address_for, open_qr
from app.web.pages.record import LAST_NUMBER_THERE_CAN_BE, by_whom, in_the_hall
from app.web.visitors import Visitor

SPEEDS = (1, 10, 60)
"""How many times as fast as it was."""

LAST_INSTANT = 4_102_444_800_000
"""Milliseconds; the year 2100."""


@dataclass(frozen=True, slots=True)
class Position:
    """What is looked at: a view, as whom, behind which entry, and at which instant after it."""

    view: str
    viewer: Viewer
    seq: int
    at: datetime


@get("/{code:str}/replay")
async def player(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    reels: NamedDependency[Reels],
    view: FromQuery[str] = "hall",
) -> Response[str]:
    """The page at which a replay is led; without scripts it goes from entry to entry by its links."""
    reel = await _reel(venue, reels, meeting)
    position, is_at_the_end = await _position(request, reel, meeting, visitor, view)
    language = asked_language(request)
    return html_page(
        request,
        "replay",
        plan=meeting.plan,
        position=position,
        before=max(position.seq - 1, 0),
        after=min(position.seq + 1, reel.length),
        of=reel.length,
        at=in_the_hall(position.at, meeting),
        time_of_day=_clock_time(position.at, meeting),
        asked=_asked(position),
        query=urlencode(_asked(position)),
        views=[each for each in REPLAYED if _may_see(visitor, each, meeting)],
        tablets_come_later=_is_supervisor(visitor) and not _may_see(visitor, "panel", meeting),
        seats=meeting.plan.seats,
        units=meeting.plan.units,
        displays=sorted(reel.last.displays.directions),
        speeds=SPEEDS,
        chapters=_chapters(reel, position),
        is_at_the_end=is_at_the_end,
        **_told(reel, position, visitor, language),
    )


@get("/{code:str}/replay/{view:str}")
async def replayed_picture(
    request: AnyRequest,
    view: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    reels: NamedDependency[Reels],
) -> Response[str]:
    """A view as it stood, marked: a document that may send nothing and open nothing."""
    reel = await _reel(venue, reels, meeting)
    position, _ = await _position(request, reel, meeting, visitor, view)
    then = reel.at(position.seq)
    seen = replayed(position.view, then, position.viewer)
    language = asked_language(request)
    address = open_address_for(request, f"/{meeting.plan.code}")
    response = html_page(
        request,
        "replayed",
        plan=then.plan,
        code=then.plan.code,
        view=position.view,
        regions=venue.painter.placed(venue.rooms.painted.regions(seen, language)),
        have=seen.fingerprint,
        unit=None,
        address=address,
        address_of_results=f"{address}/results",
        qr=open_qr(address),
        qr_of_results=open_qr(f"{address}/results"),
        now=position.at,
        entry=position.seq,
        of=reel.length,
        at=in_the_hall(position.at, meeting),
    )
    response.headers["content-security-policy"] = _sends_nothing(host_of(request.scope))
    return response


@get("/{code:str}/replay/{view:str}/regions")
async def replayed_regions(
    request: AnyRequest,
    view: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    reels: NamedDependency[Reels],
    have: FromQuery[str] = "",
) -> dict[str, Any]:
    """What is seen next, for the player's script. No regions if the picture is the one it has."""
    reel = await _reel(venue, reels, meeting)
    position, is_at_the_end = await _position(request, reel, meeting, visitor, view)
    seen = replayed(position.view, reel.at(position.seq), position.viewer)
    language = asked_language(request)
    is_last = position.seq == reel.length
    return {
        "view": position.view,
        "entry": position.seq,
        "of": reel.length,
        "at": _milliseconds(position.at),
        "next_at": None if is_last else _milliseconds(reel.time_of(position.seq + 1)),
        "time": in_the_hall(position.at, meeting),
        "is_at_the_end": is_at_the_end,
        "have": seen.fingerprint,
        "regions": {} if have == seen.fingerprint else venue.rooms.painted.regions(seen, language),
        **_told(reel, position, visitor, language),
    }


async def _reel(venue: Venue, reels: Reels, meeting: Meeting) -> Reel:
    try:
        reel: Reel = await venue.read(lambda connection: reels.reel(connection, meeting.plan.code))
    except Broken as broken:
        raise NotHere(409, "replay.broken", entry=str(broken.said.facts["seq"])) from broken
    return reel


# --- where one is -----------------------------------------------------------------------------------------------------


async def _position(
    request: AnyRequest, reel: Reel, meeting: Meeting, visitor: Visitor, view: str
) -> tuple[Position, bool]:
    """By the query: ``entry``, or else ``at`` (milliseconds) or ``time`` (of the day), then perhaps one ``change`` on.

    And whether there was no such change. Raises NotHere.
    """
    if view not in REPLAYED:
        raise NotHere(404, "display.unknown")
    if not _may_see(visitor, view, meeting):
        raise NotHere(403, "replay.tablets_later" if view == "panel" and _is_supervisor(visitor) else "page.forbidden")
    asked = request.query_params
    viewer = _viewer(view, asked.get("seat", ""), asked.get("unit", ""), asked.get("display", ""), reel.last)
    seq, at = _entry(reel, asked.get("entry", ""), asked.get("at", ""), asked.get("time", ""))
    if view in DISPLAYS:
        view = view_then(view, reel.at(seq), viewer.display)
    if not (change := asked.get("change", "")):
        return Position(view, viewer, seq, at), False
    found = await _changed(reel, view, viewer, seq, change)
    seq = seq if found is None else found
    return Position(view, viewer, seq, reel.time_of(seq)), found is None


async def _changed(reel: Reel, view: str, viewer: Viewer, seq: int, change: str) -> int | None:
    if change == "next":
        return await next_change(reel, view, viewer, seq)
    if change == "previous":
        return previous_change(reel, view, viewer, seq)
    raise NotHere(400, "page.bad_request")


def _viewer(view: str, seat: str, unit: str, display: str, meeting: Meeting) -> Viewer:
    """As whom a view is looked at; a seat or a name that there is not is another one's mistake, not a page."""
    if view == "panel":
        seats, units = {each.id for each in meeting.plan.seats}, {each.id for each in meeting.plan.units}
        if seat not in seats and seat:
            raise NotHere(400, "page.bad_request")
        return Viewer(seat=seat or meeting.plan.seats[0].id, unit=unit if unit in units else None)
    return Viewer(display=display) if view in DISPLAYS and display in meeting.displays.directions else NOBODY


def _entry(reel: Reel, entry: str, at: str, time_of_day: str) -> tuple[int, datetime]:
    """By default where the meeting was opened. What lies behind the end is the end."""
    if time_of_day:
        instant = _instant(reel, time_of_day)
        return reel.seq_at(instant), instant
    if at:
        instant = datetime.fromtimestamp(_number(at, LAST_INSTANT) / 1000, UTC)
        return reel.seq_at(instant), instant
    seq = min(_number(entry, LAST_NUMBER_THERE_CAN_BE), reel.length) if entry else _opening(reel)
    return seq, reel.time_of(seq)


def _number(text: str, most: int) -> int:
    if not (text.isdecimal() and len(text) <= len(str(most))):  # wide digits as well
        raise NotHere(400, "replay.no_place")
    return min(int(text), most)


def _instant(reel: Reel, text: str) -> datetime:
    """A time of the day on which the meeting was opened, or is to begin; 24:00 is the end of that day."""
    if holds_a_day(text):
        raise NotHere(400, "replay.no_place")
    try:
        typed = time_of(text)
    except Misread:
        raise NotHere(400, "replay.no_place") from None
    zone = reel.last.plan.starts_at.tzinfo
    day = reel.time_of(_opening(reel)).astimezone(zone).date()
    return datetime.combine(day + timedelta(days=is_midnight(text)), typed, zone)


def _opening(reel: Reel) -> int:
    return next((each.seq for each in reel.entries if isinstance(each.event, e.MeetingOpened)), 0)


# --- who sees what ----------------------------------------------------------------------------------------------------


def _may_see(visitor: Visitor, view: str, meeting: Meeting) -> bool:
    """Tablets only once nothing is being marked any more: a supervisor sees no sheet before its round is closed."""
    is_over = meeting.is_finished and not meeting.open_rounds
    return visitor.key(REPLAYS[view]) is not None and (view != "panel" or is_over)


def _is_supervisor(visitor: Visitor) -> bool:
    return visitor.key(frozenset({Role.SUPERVISOR})) is not None


def _told(reel: Reel, position: Position, visitor: Visitor, language: Language) -> dict[str, Any]:
    """What the entry says, in the words of the record: all of it to the supervisor, to others what the hall saw."""
    if not position.seq:
        return {"said": say(Said("replay.before_all"), language), "by": ""}
    entry = reel.entries[position.seq - 1]
    is_supervisor = _is_supervisor(visitor)
    if not is_supervisor and not isinstance(entry.event, SEEN_BY_ALL):
        return {"said": say(Said("replay.not_told"), language), "by": ""}
    by = by_whom(reel.last, entry.by, language) if is_supervisor else ""
    return {"said": say_event(entry.event, reel.last, language), "by": by}


# --- what the page says -----------------------------------------------------------------------------------------------


def _asked(position: Position) -> list[tuple[str, str]]:
    """As whom one looks, for addresses and forms. There is nothing secret in it."""
    viewer = position.viewer
    said = {"seat": viewer.seat, "unit": viewer.unit, "display": viewer.display}
    return [(name, value) for name, value in said.items() if value]


def _chapters(reel: Reel, position: Position) -> list[dict[str, Any]]:
    """Where the meeting was opened, each item was begun for the first time, and the meeting was closed."""
    plan, seen = reel.last.plan, set[str]()
    found: list[dict[str, Any]] = []
    for entry in reel.entries:
        match entry.event:
            case e.MeetingOpened() | e.MeetingFinished():
                found.append({"kind": type(entry.event).__name__, "title": "", "seq": entry.seq})
            case e.SegmentEntered(item=item) if item not in seen:
                seen.add(item)
                title = next((each.title for each in plan.agenda if each.id == item), item)
                found.append({"kind": "", "title": title, "seq": entry.seq})
    here = max((each["seq"] for each in found if each["seq"] <= position.seq), default=0)
    times = [_clock_time(reel.time_of(each["seq"]), reel.last) for each in found]
    return [{**each, "time": at, "is_here": each["seq"] == here} for each, at in zip(found, times, strict=True)]


def _clock_time(at: datetime, meeting: Meeting) -> str:
    return meeting.plan.in_the_hall(at).strftime("%H:%M:%S")


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _sends_nothing(host: str) -> str:
    """A picture is shown and moves; it can reach no server, send no form and open no other page."""
    policy = content_security_policy(host).split("; ")
    kept = [each for each in policy if not each.startswith(("connect-src", "form-action", "frame-src"))]
    return "; ".join([*kept, "form-action 'none'", "sandbox allow-scripts allow-same-origin"])


ROUTES: list[Any] = [player, replayed_picture, replayed_regions]
