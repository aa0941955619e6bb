"""Proofs: handed in against standards, several at once, and given out to those who may see them, never executed.

A file is acknowledged once its content and then its entry are durable, in this order: whatever happens in between, no
entry is without its content.
"""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.state import Finding, Proof
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.papers.incoming import MEGABYTE, Incoming
from app.store import contents, proofs
from app.web.access import PAGES, UNIT
from app.web.page import AnyRequest, NotHere
from app.web.pages.desk import must_be_allowed, perform
from app.web.setup.typed import Reader, of_form
from app.web.sockets.frames import id_made_of
from app.web.unit.moves import author, day
from app.web.unit.pages import LARGEST_UPLOAD, page_of_finding, the_finding, unit_of
from app.web.uploads import files_of, names_of, read_all
from app.web.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Handed:
    """What a form says of all the files that come with it."""

    finding: Finding
    standards: tuple[str, ...]
    dated: date
    author: str
    form: str


@post("/{code:str}/unit/findings/{finding:str}/proofs", request_max_body_size=LARGEST_UPLOAD + MEGABYTE)
async def hand_in(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Files of a form (field ``files``), each for all standards that were ticked; what cannot be taken is named."""
    of, code = the_finding(meeting, visitor, finding), meeting.plan.code
    form = await request.form()
    typed = of_form(form.items())
    reader = Reader(typed)
    standards = tuple(str(each) for each in form.getall("standard", []))
    handed = Handed(of, standards, day(reader, "proofs.dated"), author(reader, "proofs"), typed.text("id"))
    files = await files_of(request, "files")
    if not files:
        reader.complain("proofs", "file.none_chosen")
    declined: list[Said] = []
    if not reader.complaints:
        read, declined = await read_all(files)
        taken, refused = await _add(venue, code, visitor, handed, read)
        declined += refused
        if not declined:
            return Redirect(f"/{quote(code)}/unit/findings/{quote(of.id)}?done=proofs", status_code=303)
        if taken:
            declined.append(Said("proofs.others_taken", {"names": names_of(taken)}))
    now = await venue.meeting(code) or meeting
    finding_now = the_finding(now, visitor, of.id)
    return await page_of_finding(request, now, venue, finding_now, typed, reader.complaints, declined, standards)


async def _add(
    venue: Venue, code: str, visitor: Visitor, handed: Handed, files: Iterable[Incoming]
) -> tuple[list[Incoming], list[Said]]:
    """Those that were taken, and why the others were not."""
    taken: list[Incoming] = []
    declined: list[Said] = []
    for file in files:
        try:
            await _add_one(venue, code, visitor, handed, file)
            taken.append(file)
        except Refused as refused:
            if refused.said not in declined:
                declined.append(refused.said)
    return taken, declined


async def _add_one(venue: Venue, code: str, visitor: Visitor, handed: Handed, file: Incoming) -> None:
    """Content first, and only if the rules will take it. Raises Refused."""
    meeting = await venue.meeting(code)
    if meeting is None:
        raise Refused("meeting.unknown")
    finding = the_finding(meeting, visitor, handed.finding.id)
    sha256 = (await asyncio.to_thread(hashlib.sha256, file.content)).hexdigest()
    there = [each for each in finding.standing_proofs if each.sha256 == sha256]
    if any(set(handed.standards) <= set(each.standards) for each in there) and handed.standards:
        return  # the form has been sent once more
    id = id_made_of(handed.form, sha256)
    command = c.AddProof(
        unit_of(visitor),
        finding.id,
        id,
        handed.standards,
        file.name,
        sha256,
        len(file.content),
        file.media_type,
        handed.dated,
        handed.author,
    )
    must_be_allowed(visitor, UNIT, command)
    decide(meeting, command, venue.now(code))
    await venue.write(lambda connection: proofs.keep(connection, code, file.content))
    await perform(venue, meeting, visitor, UNIT, [command], handed.form)


@get("/{code:str}/findings/{finding:str}/proofs/{proof:str}")
async def give_out(
    finding: FromPath[str],
    proof: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[bytes]:
    """To a unit its own; to bureau and supervisor all."""
    found = _proof(meeting, visitor, finding, proof)
    content = await venue.read(lambda connection: contents.load(connection, found.sha256))
    if content is None or not await asyncio.to_thread(contents.is_whole, content, found.sha256):
        raise NotHere(409, "proof.altered")
    return download(content, found)


def download(content: bytes, proof: Proof) -> Response[bytes]:
    """A file to be kept, not shown: whatever a browser makes of it, it may do nothing."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(proof.name, safe='')}",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=proof.media_type, headers=headers)


def _proof(meeting: Meeting, visitor: Visitor, finding: str, proof: str) -> Proof:
    """Raises NotHere (404)."""
    sees_all = visitor.key(PAGES["proofs"] - UNIT if PAGES["proofs"] else None) is not None
    of = meeting.findings.by_id.get(finding) if sees_all else the_finding(meeting, visitor, finding)
    found = next((each for each in of.proofs if each.id == proof), None) if of else None
    if found is None:
        raise NotHere(404, "proof.unknown")
    return found


ROUTES: list[Any] = [hand_in, give_out]
