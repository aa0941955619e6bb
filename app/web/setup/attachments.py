"""The page of the attachments: what units hand in beforehand, for the panel to read on its tablets."""

import asyncio
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.screens.parts import is_shown_by_browsers, size_text
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment, Plan, Unit
from app.meeting.refusals import Refused, Said, refuse_unless
from app.papers.incoming import ENDINGS, LARGEST_FILE, MEGABYTE, Incoming, media_type_of
from app.store import contents, plans
from app.web.page import AnyRequest, NotHere, asked_language
from app.web.setup.doors import Desk, desk, must_be_preparing, setup_page
from app.web.setup.page import new_id
from app.web.uploads import files_of, names_of, read_all

LARGEST_UPLOAD = 64 * MEGABYTE
MOST_ATTACHMENTS = 10


@get("/setup/{code:str}/attachments")
async def show_attachments(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return _page(request, await desk(venue, code))


@post("/setup/{code:str}/attachments/{unit:str}", request_max_body_size=LARGEST_UPLOAD)
async def add_attachments(
    request: AnyRequest, code: FromPath[str], unit: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    """Take the files of a form (field ``attachments``) for a unit; what cannot be taken is named."""
    at = await desk(venue, code)
    must_be_preparing(at)
    files = await files_of(request, "attachments")
    if not files:
        return _page(request, at, [(unit, Said("file.none_chosen"))])
    handed_in, declined = await read_all(files)
    refused = await _take(venue, code, unit, handed_in) if handed_in else []
    said = declined + refused
    if declined and handed_in and not refused:
        said.append(Said("attachments.others_taken", {"names": names_of(handed_in)}))
    if said:
        return _page(request, await desk(venue, code), [(unit, each) for each in said])
    return Redirect(f"/setup/{quote(code)}/attachments#unit-{quote(unit)}", status_code=303)


@post("/setup/{code:str}/attachments", request_max_body_size=LARGEST_UPLOAD)
async def hand_out(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Attachments of several units at once: each to the unit whose name stands in the name of its file."""
    at = await desk(venue, code)
    must_be_preparing(at)
    files = await files_of(request, "attachments")
    if not files:
        return _page(request, at, [("", Said("file.none_chosen"))])
    handed_in, declined = await read_all(files)
    found: dict[str, list[Incoming]] = {}
    for each in handed_in:
        found.setdefault(unit_of(each.name, at.plan.units), []).append(each)
    nobodys = found.pop("", [])
    problems = [("", each) for each in declined]
    if nobodys:
        problems.append(("", Said("attachments.of_no_unit", {"names": names_of(nobodys)})))
    for unit, of_unit in found.items():
        problems += [(unit, each) for each in await _take(venue, code, unit, of_unit)]
    if problems:
        return _page(request, await desk(venue, code), problems)
    return Redirect(f"/setup/{quote(code)}/attachments", status_code=303)


async def _take(venue: Venue, code: str, unit: str, handed_in: list[Incoming]) -> list[Said]:
    """Give attachments to a unit, or say why none of them can be its."""
    try:
        await _change(venue, code, unit, _with(handed_in))
    except Refused as refused:
        return [refused.said]
    return []


def unit_of(filename: str, units: Iterable[Unit]) -> str:
    """The unit whose name or short name stands in the name of a file; empty if that is none, or several.

    ``市教委履职报告.pdf`` is of 市教委. Of two names of which one is a part of the other, the longer one counts.
    """
    said = _as_compared(PurePath(filename).stem)
    found = {(word, unit.id) for unit in units for word in _names_of(unit) if word and word in said}
    whole = {id for word, id in found if not any(word != other and word in other for other, _ in found)}
    return whole.pop() if len(whole) == 1 else ""


def _names_of(unit: Unit) -> tuple[str, str]:
    return _as_compared(unit.name), _as_compared(unit.short_name)


def _as_compared(text: str) -> str:
    """Without blanks, dashes and the like, whatever the width and case."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


@post("/setup/{code:str}/attachments/{unit:str}/{attachment:str}/remove")
async def remove_attachment(
    request: AnyRequest,
    code: FromPath[str],
    unit: FromPath[str],
    attachment: FromPath[str],
    venue: NamedDependency[Venue],
) -> Response[str]:
    at = await desk(venue, code)
    must_be_preparing(at)
    try:
        await _change(venue, code, unit, _without(attachment))
    except Refused as refused:
        return _page(request, at, [(unit, refused.said)])
    return Redirect(f"/setup/{quote(code)}/attachments#unit-{quote(unit)}", status_code=303)


@get("/{code:str}/attachments/{attachment:str}")
async def read_attachment(
    attachment: FromPath[str], meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[bytes]:
    """The bytes of an attachment, for those who hold a key that may read it."""
    handed_in = (each for unit in meeting.plan.units for each in unit.attachments)
    kept = next((each for each in handed_in if each.id == attachment), None)
    content = await venue.read(lambda connection: contents.load(connection, kept.sha256)) if kept else None
    if kept is None or content is None:
        raise NotHere(404, "attachments.unknown")
    if not await asyncio.to_thread(contents.is_whole, content, kept.sha256):
        raise NotHere(409, "attachments.altered")
    how = "inline" if is_shown_by_browsers(kept.name) else "attachment"
    headers = {
        "content-disposition": f"{how}; filename*=UTF-8''{quote(kept.name)}",
        "content-security-policy": "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
        "frame-ancestors 'self'",
    }
    return Response(content, media_type=media_type_of(kept.name), headers=headers)


async def _change(venue: Venue, code: str, unit: str, change: Callable[[Connection, Plan, Unit], Unit]) -> None:
    """Change one unit of a meeting in preparation. Raises Refused."""

    def write(connection: Connection) -> None:
        plans.change(
            connection, code, lambda plan: _with_unit(plan, unit, lambda known: change(connection, plan, known))
        )

    await venue.write(write)
    await venue.replanned(code)


def _with_unit(plan: Plan, unit: str, changed: Callable[[Unit], Unit]) -> Plan:
    refuse_unless(any(each.id == unit for each in plan.units), "unit.unknown")
    return replace(plan, units=tuple(changed(each) if each.id == unit else each for each in plan.units))


def _with(handed_in: Iterable[Incoming]) -> Callable[[Connection, Plan, Unit], Unit]:
    def change(connection: Connection, plan: Plan, unit: Unit) -> Unit:
        taken = {each.id for one in plan.units for each in one.attachments}
        attachments = list(unit.attachments)
        for sent in handed_in:
            sha256 = contents.keep(connection, sent.content)
            if any((each.name, each.sha256) == (sent.name, sha256) for each in attachments):
                continue  # the form has been sent once more
            id = new_id("attachment", taken)
            taken.add(id)
            attachments.append(Attachment(id, sent.name, len(sent.content), sha256))
        if len(attachments) > MOST_ATTACHMENTS:
            raise Refused("attachments.too_many", most=MOST_ATTACHMENTS, number=len(attachments))
        return replace(unit, attachments=tuple(attachments))

    return change


def _without(id: str) -> Callable[[Connection, Plan, Unit], Unit]:
    def change(_connection: Connection, _plan: Plan, unit: Unit) -> Unit:
        return replace(unit, attachments=tuple(each for each in unit.attachments if each.id != id))

    return change


def _page(request: AnyRequest, at: Desk, problems: Sequence[tuple[str, Said]] = ()) -> Response[str]:
    """``problems``: what is said at which unit; at the top what is of none."""
    language = asked_language(request)

    def said_at(unit: str) -> list[str]:
        return [say(each, language) for where, each in problems if where == unit]

    units: list[dict[str, Any]] = [
        {
            "id": each.id,
            "name": each.short_name,
            "attachments": [{"id": one.id, "name": one.name, "size": size_text(one.size)} for one in each.attachments],
            "problems": said_at(each.id),
        }
        for each in at.plan.units
    ]
    ids = {each.id for each in at.plan.units}
    return setup_page(
        request,
        at,
        "attachments",
        422 if problems else 200,
        units=units,
        problems=[say(each, language) for where, each in problems if where not in ids],
        accepts=",".join(ENDINGS),
        megabytes=LARGEST_FILE // MEGABYTE,
    )


ROUTES: list[Any] = [show_attachments, hand_out, add_attachments, remove_attachment, read_attachment]
