"""Who sits where: the names of people, entered before the meeting or at check-in, and erased when they have served.

They stand on this page and on paper. No screen is made of them, and nothing here is a matter of the log but a check-in.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.screens.parts import time_of_day
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.findings.asking import LONGEST_OFFICE
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME
from app.store import erasing, persons
from app.store.keys import Role
from app.store.persons import Kind, Person, Persons, Station, stations_of
from app.web.access import PAGES
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import giver, must_be_allowed, perform
from app.web.setup.forms import Complained, Form
from app.web.setup.typed import LONGEST_LIST, Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

FIELDS = ("name", "office")
LONGEST_CHECKPOINT = 5.0


@get("/{code:str}/people")
async def show_people(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    known = await _known(venue, meeting.plan.code)
    return _page(request, meeting, visitor, _typed(meeting.plan, known), is_saved="saved" in request.query_params)


@post("/{code:str}/people")
async def keep_people(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Save what was typed, and check a seat in if so asked; or only put a pasted list into the fields."""
    code = meeting.plan.code
    typed = of_form((await request.form()).items())
    action, _, seat = typed.text("do").partition(":")
    if action == "fill":
        return _page(request, meeting, visitor, _filled(meeting.plan, typed), is_changed=True)
    arrived = [c.CheckIn(seat)] if action == "check_in" else []
    must_be_allowed(visitor, PAGES["people"], *arrived)
    try:
        await venue.write(lambda connection: _keep(connection, meeting.plan, typed))
        await perform(venue, meeting, visitor, PAGES["people"], arrived, new_id())
    except Complained as complained:
        known = await _known(venue, code)
        newest = typed.with_texts(_as_known(meeting.plan, known))
        return _page(request, meeting, visitor, newest, complained.complaints, is_changed=True)
    except Refused as refused:
        return _page(request, meeting, visitor, typed, {"": refused.said}, is_changed=True)
    at = f"#{_field(Station(Kind.SEAT, seat))}" if action == "check_in" else ""
    return Redirect(f"/{quote(code)}/people?saved{at}", status_code=303)


@get("/{code:str}/people/erase")
async def ask_to_erase(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    there = await venue.read(lambda connection: erasing.kept(connection, meeting.plan.code))
    is_on = meeting.opened_at is not None and not meeting.is_finished
    return html_page(request, "people-erase", plan=meeting.plan, there=there, is_on=is_on)


@post("/{code:str}/people/erase")
async def erase_people(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """Gone from the database at once, and from its files with the checkpoint that follows."""
    erased = await venue.write(lambda connection: erasing.erase(connection, meeting.plan.code))
    is_out = await _is_out_of_the_files(venue)
    return html_page(request, "people-erase", plan=meeting.plan, there=None, erased=erased, is_out=is_out)


async def _is_out_of_the_files(venue: Venue) -> bool:
    try:
        return bool(await venue.reading(venue.database.checkpoint, LONGEST_CHECKPOINT))
    except Refused:  # it took too long: the erasing itself is done
        return False


async def _known(venue: Venue, code: str) -> Persons:
    known: Persons = await venue.read(lambda connection: persons.persons_of(connection, code))
    return known


def _field(station: Station) -> str:
    return f"{station.kind}.{station.of}"


def _typed(plan: Plan, known: Persons) -> Typed:
    """The form as the rows fill it. It carries what it was filled with, so that only what was changed is written."""
    texts = {f"{_field(each)}.{name}": getattr(known.at(each), name) for each in stations_of(plan) for name in FIELDS}
    return Typed(texts | _as_known(plan, known))


def _as_known(plan: Plan, known: Persons) -> dict[str, str]:
    return {
        f"was.{_field(each)}.{name}": getattr(known.at(each), name) for each in stations_of(plan) for name in FIELDS
    }


def _keep(connection: Connection, plan: Plan, typed: Typed) -> None:
    """Two people at two desks do not get in each other's way. Raises Complained if they wrote in the same place."""
    known = persons.persons_of(connection, plan.code)
    reader = Reader(typed)
    changed = {each: person for each in stations_of(plan) if (person := _changed(each, reader, known)) is not None}
    if reader.complaints:
        raise Complained(reader.complaints)
    persons.put(connection, plan.code, changed)


def _changed(station: Station, reader: Reader, known: Persons) -> Person | None:
    """Who was typed at a station; None if nobody typed there."""
    field, there = _field(station), known.at(station)
    if f"{field}.name" not in reader.typed.texts:
        return None
    typed = Person(reader.line(f"{field}.name", LONGEST_NAME), reader.line(f"{field}.office", LONGEST_OFFICE))
    was = Person(*(reader.typed.text(f"was.{field}.{name}") for name in FIELDS))
    if typed in (was, there):
        return None
    if there != was:
        reader.complain(f"{field}.name", "people.moved", name=there.name or "—", office=there.office or "—")
    return typed


def _filled(plan: Plan, typed: Typed) -> Typed:
    """The form with a pasted list in its fields; what could not be placed stays in the box."""
    from app.papers.people import listed_people  # few paste a list, and no start needs to read how it is read

    free = [Station(Kind.SEAT, seat.id) for seat in plan.seats if not typed.is_filled(f"seat.{seat.id}.name")]
    listed = listed_people(typed.text("list"), plan, free)
    found = {
        f"{_field(station)}.{name}": getattr(person, name)
        for station, person in listed.people.items()
        for name in FIELDS
    }
    return typed.with_texts({**found, "list": "\n".join(listed.left), "placed": str(len(listed.people))})


def _page(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    typed: Typed,
    complaints: Mapping[str, Said] | None = None,
    is_saved: bool = False,
    is_changed: bool = False,
) -> Response[str]:
    language = asked_language(request)
    is_organiser = visitor.key(frozenset({Role.ORGANISER})) is not None
    return html_page(
        request,
        "people",
        422 if complaints else 200,
        plan=meeting.plan,
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        tasks=tuple(persons.Task),
        arrived={seat: time_of_day(meeting, at) for seat, at in meeting.panel.arrivals.items()},
        may_check_in=giver(visitor, PAGES["people"], c.CheckIn) is not None and not meeting.is_finished,
        may_erase=is_organiser,
        way_back=f"/setup/{meeting.plan.code}" if is_organiser else f"/{meeting.plan.code}/moderator",
        longest_list=LONGEST_LIST,
        longest_person=(LONGEST_NAME, LONGEST_OFFICE),
        is_saved=is_saved,
        is_changed=is_changed,
    )


ROUTES: list[Any] = [show_people, keep_people, ask_to_erase, erase_people]
