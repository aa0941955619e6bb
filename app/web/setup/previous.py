"""The page of the meeting before: which one it was, and what its units promised there.

The promises are taken over as they stand on the day, and are part of this plan from then on. Units are known again by
their names; where a name has changed, somebody says which unit it was.
"""

import asyncio
import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app import clock
from app.language import say
from app.live.venue import Venue
from app.meeting.findings.asking import today
from app.meeting.findings.promised import as_before, promised, with_promises, without_promises
from app.meeting.plan import Plan
from app.meeting.promises.agreed import MeetingBefore, count_of
from app.meeting.refusals import Refused, Said, refuse_unless
from app.papers.plan.mistakes import Unreadable
from app.papers.plan.names import key
from app.papers.public_file import LARGEST, read_public
from app.store import plans
from app.store.heads import load_head
from app.web.page import AnyRequest, asked_language
from app.web.setup.doors import Desk, desk, must_be_preparing, setup_page
from app.web.setup.typed import Typed, of_form

LARGEST_UPLOAD = 2 * LARGEST
"""Bytes of a form: the file comes back once more, as text in the form that takes it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A meeting that may have been the one before: how many findings it handed to its units."""

    code: str
    title: str
    date: str
    findings: int


@get("/setup/{code:str}/previous")
async def show_previous(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await _page(request, venue, await desk(venue, code))


@post("/setup/{code:str}/previous", request_max_body_size=LARGEST_UPLOAD)
async def take_over(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Take the promises over as they stand, or (``do`` = drop) have no meeting before.

    ``do`` = read: those of a file are shown first, with who is taken for whom; the page then holds the file.
    """
    at, form = await desk(venue, code), await request.form()
    must_be_preparing(at)
    typed = of_form(form.items())
    try:
        file = await _file(form.get("file"), typed)
        if typed.text("do") == "read" and file is not None:
            return await _page(request, venue, at, file=file)
        await venue.write(lambda connection: _take(connection, at.plan.code, typed, file))
    except (Refused, Unreadable) as declined:
        return await _page(request, venue, at, declined.said)
    await venue.replanned(code)
    return Redirect(f"/setup/{quote(code)}/previous?saved", status_code=303)


def _take(connection: Connection, code: str, typed: Typed, file: "File | None") -> None:
    if typed.text("do") == "drop":
        plans.change(connection, code, without_promises)
        return
    if typed.text("do") == "read":
        raise Refused("file.none_chosen")
    before = file.meeting if file else _meeting_before(connection, code, typed.text("previous"))
    plans.change(connection, code, lambda plan: taken_over(plan, before, typed, is_shown=file is not None))


def taken_over(plan: Plan, before: MeetingBefore, typed: Typed, is_shown: bool = False) -> Plan:
    """``unit.…`` says who was who, if the form was made for that meeting; else the names do."""
    is_said = (is_shown or plan.previous.code == before.code) and any(name.startswith("unit.") for name in typed.texts)
    return with_promises(plan, before, _as_said(plan, before, typed) if is_said else known_again(plan, before))


def known_again(plan: Plan, before: MeetingBefore) -> dict[str, str]:
    """By the id of a unit, that of the one that was called so: by its whole name, or else by its short one."""
    names = {key(unit.name): unit.id for unit in before.units}
    short = {key(unit.short_name): unit.id for unit in before.units}
    found = {unit.id: names.get(key(unit.name)) or short.get(key(unit.short_name)) for unit in plan.units}
    return {unit: id for unit, id in found.items() if id}


def _as_said(plan: Plan, before: MeetingBefore, typed: Typed) -> dict[str, str]:
    known = {unit.id for unit in before.units}
    said = {unit.id: typed.text(f"unit.{unit.id}") for unit in plan.units}
    return {unit: id for unit, id in said.items() if id in known}


def _meeting_before(connection: Connection, code: str, previous: str) -> MeetingBefore:
    head = load_head(connection, previous)
    if head is None or previous == code:
        raise Refused("previous.unknown")
    refuse_unless(bool(head.meeting.findings.issued), "previous.nothing_promised", title=head.meeting.plan.name)
    return as_before(head.meeting, today(head.meeting, clock.now()))


@dataclass(frozen=True, slots=True)
class File:
    """The public file of a meeting on another laptop, and its bytes as text, for the page that asks once more."""

    meeting: MeetingBefore
    content: str


async def _file(sent: Any, typed: Typed) -> File | None:
    """The one that was chosen, or that the page holds. Raises Unreadable."""
    if isinstance(sent, UploadFile) and sent.filename:
        content = await sent.read(LARGEST + 1)
    else:
        try:
            content = urlsafe_b64decode(typed.text("content").encode("ascii", "replace"))
        except (binascii.Error, ValueError):
            content = b""
    if not content:
        return None
    meeting = await asyncio.to_thread(read_public, content)
    return File(meeting, urlsafe_b64encode(content).decode())


# --- the page ---------------------------------------------------------------------------------------------------------


async def _page(
    request: AnyRequest, venue: Venue, at: Desk, problem: Said | None = None, file: File | None = None
) -> Response[str]:
    earlier, here = await venue.read(lambda connection: _found(connection, at.plan))
    plan, language = at.plan, asked_language(request)
    before = file.meeting if file else here
    was = known_again(plan, before) if file else plan.previous.units
    return setup_page(
        request,
        at,
        "previous",
        422 if problem else 200,
        problem=say(problem, language) if problem else "",
        is_saved="saved" in request.query_params,
        earlier=earlier,
        before=before,
        file=file,
        left=_left(was, before) if before else [],
        units=[
            {"id": unit.id, "name": unit.name, "was": was.get(unit.id, ""), "promises": unit.promises}
            for unit in plan.units
        ],
        promised=promised(plan),
        in_file=count_of(each for unit in file.meeting.units for each in unit.promises) if file else None,
    )


def _found(connection: Connection, plan: Plan) -> tuple[list[Earlier], MeetingBefore | None]:
    """Meetings of this database that may have been the one before, and the one that is named as such."""
    found: list[Earlier] = []
    before: MeetingBefore | None = None
    for code in plans.codes(connection):
        head = load_head(connection, code)
        if head is None or code == plan.code:
            continue
        other = head.meeting
        if code == plan.previous.code:
            before = as_before(other, today(other, clock.now()))
        if number := len(other.findings.issued):
            found.append(Earlier(code, other.plan.name, other.plan.starts_at.date().isoformat(), number))
    return found, before


def _left(was: Mapping[str, str], before: MeetingBefore) -> list[str]:
    """Units that promised something there and are none of this meeting's."""
    taken = set(was.values())
    return [unit.short_name for unit in before.units if unit.promises and unit.id not in taken]


ROUTES: list[Any] = [show_previous, take_over]
