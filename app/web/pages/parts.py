"""The parts of composites: typed into a table of units, or read from a file; corrected with a reason; then announced.

What is typed comes back with every answer until it is entered. What stands in the record is corrected on a page of its
own, one unit at a time.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.composites.agreed import Part, Source
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit
from app.meeting.refusals import Refused, Said
from app.meeting.scoring.full import full_of
from app.meeting.texts import LONGEST_NAME, LONGEST_NAME_OF_FILE, LONGEST_NUMBER, LONGEST_REASON
from app.papers.part_file import points_of, read_part
from app.papers.plan.mistakes import Unreadable
from app.web.access import PAGES
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.desk import perform
from app.web.pages.parts_table import cell, table_of, versions_of
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

LARGEST_FILE = 5 * 1024 * 1024
Complaints = Mapping[str, Said]
DONE = ("enter", "announce", "withdraw", "correct")


@get("/{code:str}/parts")
async def show_parts(
    request: AnyRequest, meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor]
) -> Response[str]:
    return _page(request, meeting, visitor, Typed())


@post("/{code:str}/parts", request_max_body_size=LARGEST_FILE)
async def keep_parts(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Enter what was typed; or put a file's column into the table, to be looked at; or announce, or withdraw."""
    form = await request.form()
    typed = of_form(form.items())
    action, _, which = typed.text("do").partition(":")
    if action == "ask":
        return _page(request, meeting, visitor, typed, asks=True)
    if action == "read":
        return await _read(request, meeting, visitor, typed, which, form.get(f"file.{which}"))
    commands, complaints = _asked(meeting, typed, action)
    if complaints:
        return _page(request, meeting, visitor, typed, complaints)
    done = 0
    try:
        for command in commands:
            await perform(venue, meeting, visitor, PAGES["parts"], [command], typed.text("id"))
            done += 1
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        said, left = _as_far_as(meeting, commands[:done], refused.said, typed)
        return _page(request, now, visitor, left, {action: said}, asks=bool(refused.again))
    return Redirect(f"/{quote(meeting.plan.code)}/parts?done={action}", status_code=303)


@get("/{code:str}/parts/{part:str}/{unit:str}")
async def show_part(
    request: AnyRequest, part: FromPath[str], unit: FromPath[str], meeting: NamedDependency[Meeting]
) -> Response[str]:
    return _page_of_one(request, meeting, _part(meeting, part), _unit(meeting, unit), Typed())


@post("/{code:str}/parts/{part:str}/{unit:str}")
async def correct_part(
    request: AnyRequest,
    part: FromPath[str],
    unit: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Other points, or none: what stood there before stays in the record, and so does why it does not count."""
    typed = of_form((await request.form()).items())
    of, about = _part(meeting, part), _unit(meeting, unit)
    reader = Reader(typed)
    is_struck = typed.text("do") == "strike"
    full = plain(full_of(meeting.plan, of))
    read = partial(points_of, full=full)
    points = None if is_struck else plain(reader.number("points", 0, full, parse=read))
    command = c.CorrectPart(of.id, about.id, points, typed.text("author"), typed.text("reason"))
    if reader.complaints:
        return _page_of_one(request, meeting, of, about, typed, reader.complaints)
    try:
        await perform(venue, meeting, visitor, PAGES["parts"], [command], typed.text("id"))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return _page_of_one(request, now, of, about, typed, {"": refused.said})
    return Redirect(f"/{quote(meeting.plan.code)}/parts?done=correct", status_code=303)


def _as_far_as(meeting: Meeting, done: list[c.Command], why: Said, typed: Typed) -> tuple[Said, Typed]:
    """Which parts of a form were entered before one was refused; these are no longer among what is typed."""
    entered = [each for each in done if isinstance(each, c.EnterPart)]
    if not entered:
        return why, typed
    parts = {part.id: part.name for part in meeting.plan.composite.parts}
    gone = {cell(each.part, unit): "" for each in entered for unit in each.points}
    gone |= {f"{of}.{each.part}": "" for each in entered for of in ("from", "digest")}
    names = tuple(parts[each.part] for each in entered)
    return Said("parts.entered_so_far", {"parts": names, "why": (why,)}), typed.with_texts(gone)


def _asked(meeting: Meeting, typed: Typed, action: str) -> tuple[list[c.Command], Complaints]:
    match action:
        case "enter":
            return _entered(meeting, typed)
        case "announce":
            knowingly = tuple(typed.text("without").split())
            return [c.AnnounceComposites(knowingly)], {}
        case "withdraw":
            return [c.WithdrawComposites(typed.text("reason"))], {}
    raise NotHere(400, "page.bad_request")


def _entered(meeting: Meeting, typed: Typed) -> tuple[list[c.Command], Complaints]:
    """A command for each part of which something was typed."""
    reader = Reader(typed)
    commands: list[c.Command] = []
    for part in meeting.plan.composite.parts:
        full = plain(full_of(meeting.plan, part))
        given = {unit.id: cell(part.id, unit.id) for unit in meeting.plan.units}
        read = partial(points_of, full=full)
        points = {
            unit: plain(reader.number(name, 0, full, parse=read))
            for unit, name in given.items()
            if typed.is_filled(name)
        }
        if points:
            file, digest = typed.text(f"from.{part.id}"), typed.text(f"digest.{part.id}")
            commands.append(c.EnterPart(part.id, points, typed.text("author"), file, digest))
    if not commands:
        reader.complain("enter", "parts.nothing_typed")
    reader.needed_line("author", LONGEST_NAME)
    return commands, reader.complaints


async def _read(
    request: AnyRequest, meeting: Meeting, visitor: Visitor, typed: Typed, which: str, sent: Any
) -> Response[str]:
    """The column of a file, put into the table; nothing is entered before somebody has looked at it."""
    part = _part(meeting, which)
    name = f"read.{part.id}"
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _page(request, meeting, visitor, typed, {name: Said("file.none_chosen")})
    content, file = await sent.read(), sent.filename.replace("\\", "/").rpartition("/")[2]
    try:
        found = await asyncio.to_thread(read_part, file, content, meeting.plan, part)
    except Unreadable as unreadable:
        return _page(request, meeting, visitor, typed, {name: unreadable.said})
    if found.complaints:
        return _page(request, meeting, visitor, typed, {name: Said("part_file.wrong", {"rows": found.complaints})})
    there = {unit: versions[-1].points for unit in found.points if (versions := _versions(meeting, part, unit))}
    other = tuple(meeting.unit(unit).short_name for unit in there if there[unit] != found.points[unit])
    texts = {cell(part.id, unit.id): "" for unit in meeting.plan.units}  # all that stands there is then from this file
    texts |= {cell(part.id, unit): str(found.points[unit]) for unit in found.points.keys() - there.keys()}
    texts |= {f"from.{part.id}": file[-LONGEST_NAME_OF_FILE:], f"digest.{part.id}": hashlib.sha256(content).hexdigest()}
    complaints = {name: Said("part.entered_already", {"part": part.name, "units": other})} if other else {}
    return _page(request, meeting, visitor, typed.with_texts(texts), complaints, remarks={part.id: found.remarks})


def _versions(meeting: Meeting, part: Part, unit: str) -> tuple[Any, ...]:
    return meeting.composites.versions(part.id, unit)


def _part(meeting: Meeting, id: str) -> Part:
    part = next((part for part in meeting.plan.composite.parts if part.id == id), None)
    if part is None or not part.is_entered:
        raise NotHere(404, "part.unknown")
    return part


def _unit(meeting: Meeting, id: str) -> Unit:
    unit = next((unit for unit in meeting.plan.units if unit.id == id), None)
    if unit is None:
        raise NotHere(404, "unit.unknown")
    return unit


def _page(
    request: AnyRequest,
    meeting: Meeting,
    visitor: Visitor,
    typed: Typed,
    complaints: Complaints | None = None,
    asks: bool = False,
    remarks: Mapping[str, tuple[Said, ...]] | None = None,
) -> Response[str]:
    """``asks``: whether the composites are really to be announced, and who has none; ``remarks``: on files, by part."""
    language, code = asked_language(request), meeting.plan.code
    done = request.query_params.get("done", "")
    return html_page(
        request,
        "parts",
        422 if complaints else 200,
        plan=meeting.plan,
        table=table_of(meeting),
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        is_changed=any(name.startswith("points.") and typed.is_filled(name) for name in typed.texts),
        id=new_id(),
        asks=asks,
        remarks={part: [say(said, language) for said in told] for part, told in (remarks or {}).items()},
        done=done if done in DONE and not complaints else "",
        is_opened=meeting.opened_at is not None,
        way_back=f"/setup/{code}" if visitor.key(PAGES["setup"]) is not None else f"/{code}/moderator",
        opens_files=_opens_files(meeting, typed, complaints or {}),
        longest={"author": LONGEST_NAME, "reason": LONGEST_REASON, "points": LONGEST_NUMBER},
    )


def _opens_files(meeting: Meeting, typed: Typed, complaints: Complaints) -> bool:
    """Where a part comes from a file alone, or one has just been looked at."""
    is_from_file = any(part.source is Source.IMPORTED for part in meeting.plan.composite.parts)
    return is_from_file or any(name.startswith(("from.", "read.")) for name in (*typed.texts, *complaints))


def _page_of_one(
    request: AnyRequest, meeting: Meeting, part: Part, unit: Unit, typed: Typed, complaints: Complaints | None = None
) -> Response[str]:
    language = asked_language(request)
    return html_page(
        request,
        "part",
        422 if complaints else 200,
        plan=meeting.plan,
        part=part,
        unit=unit,
        full=f"{plain(full_of(meeting.plan, part)):f}",
        versions=versions_of(meeting, part, unit),
        is_announced=meeting.composites.are_announced,
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        id=new_id(),
        longest={"author": LONGEST_NAME, "reason": LONGEST_REASON},
    )


ROUTES: list[Any] = [show_parts, keep_parts, show_part, correct_part]
