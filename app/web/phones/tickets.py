"""Tickets at the door: taken by a phone; and at the desk: printed, counted, spoiled."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy import engine

from app.language import say
from app.live.venue import Venue
from app.meeting.codes import is_an_id
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import Voice
from app.meeting.refusals import Refused, refuse_unless
from app.papers.plan.cells import count_of
from app.papers.plan.mistakes import Misread
from app.store import bursts, refusals, tickets
from app.store.bursts import Bursts
from app.web.cookies import Connection
from app.web.page import AnyRequest, asked_language, html_page, open_address_for, qr
from app.web.phones.device import device_of, keep, remember_device
from app.web.sockets.frames import id_made_of, new_id

LONGEST_TYPED = 20
LARGEST_TYPED = 999


def ticket_of(connection: Connection, code: str) -> str | None:
    """The hash of the ticket that this device has taken, by a cookie that nobody else could make."""
    device = device_of(connection)
    hash, _, mark = connection.cookies.get(_name(connection, code), "").partition(".")
    is_good = device is not None and mark.isascii() and hmac.compare_digest(mark, _mark(connection, code, hash, device))
    return hash if is_good else None


# --- at the door ------------------------------------------------------------------------------------------------------


@get("/{code:str}/ticket")
async def type_ticket(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    return _door(request, meeting, "")


@get("/{code:str}/ticket/{typed:str}")
async def scan_ticket(request: AnyRequest, typed: FromPath[str], meeting: NamedDependency[Meeting]) -> Response[str]:
    """From the code on the paper. Looking at it takes nothing: chats fetch addresses as well."""
    return _door(request, meeting, tickets.as_printed(typed))


@post("/{code:str}/ticket")
async def take_ticket(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[Any]:
    code, typed = meeting.plan.code, str((await request.form()).get("ticket", ""))[:LONGEST_TYPED]
    device = device_of(request) or ""
    try:
        refuse_unless(bool(device), "ballot.no_device")
        refuse_unless(Voice.TICKET in meeting.plan.rules.voices, "ticket.not_here")
        by, now = _known_as(code, device), venue.now(code)
        hash = await venue.write(lambda connection: tickets.take(connection, code, typed, by, now))
    except Refused as refused:
        open_poll = next((each.id for each in meeting.open_polls), "")
        venue.signs.refused(code, open_poll, Voice.TICKET, refused.code)
        return _door(request, meeting, typed, refused)
    response = Redirect(f"/{quote(code)}#phone-polls", status_code=303)
    keep(response, _name(request, code), f"{hash}.{_mark(request, code, hash, device)}")
    return response


def _door(request: AnyRequest, meeting: Meeting, typed: str, refused: Refused | None = None) -> Response[str]:
    problem = say(refused.said, asked_language(request)) if refused else ""
    status = 409 if refused else 200
    response = html_page(request, "ticket", status, plan=meeting.plan, typed=typed, problem=problem, most=LONGEST_TYPED)
    remember_device(request, response)
    return response


# --- at the desk ------------------------------------------------------------------------------------------------------


@get("/{code:str}/tickets")
async def show_tickets(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    return await _desk(request, meeting, venue)


@post("/{code:str}/tickets")
async def make_tickets(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[Any]:
    """New tickets, on sheets that are shown this once; or one, or a sheet, that is good no more."""
    form, code = await request.form(), meeting.plan.code
    typed, now = str(form.get("ticket", ""))[:LONGEST_TYPED], venue.now(meeting.plan.code)
    sheet, sheets = (_number(str(form.get(name, ""))) for name in ("sheet", "sheets"))
    try:
        match form.get("do"):
            case "spoil":
                await venue.write(lambda connection: tickets.spoil(connection, code, typed, now))
                return Redirect(f"/{quote(code)}/tickets", status_code=303)
            case "spoil_sheet":
                await venue.write(lambda connection: tickets.spoil_sheet(connection, code, sheet, now))
                return Redirect(f"/{quote(code)}/tickets?sheet={sheet}", status_code=303)
        id = str(form.get("id", ""))
        by = id if is_an_id(id) else new_id()
        made: tickets.Issued = await venue.write(lambda connection: tickets.issue(connection, code, by, sheets, now))
    except Refused as refused:
        return await _desk(request, meeting, venue, refused)
    address = open_address_for(request, f"/{code}/ticket")
    codes = {each: qr(f"{address}/{each}") for sheet in made.sheets for each in sheet.codes}
    return html_page(
        request,
        "print/tickets",
        plan=meeting.plan,
        sheets=made.sheets,
        is_again=made.is_again,
        codes=codes,
        address=address,
    )


def _number(typed: str) -> int:
    """A number as people write it; 0, of which there is no sheet, for what is none or too large."""
    try:
        number = count_of(typed)
    except Misread:
        return 0
    return number if number <= LARGEST_TYPED else 0


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What the page of tickets tells. ``of_sheet``: of the one asked for; ``most``: how many one phone has taken."""

    balance: tickets.Balance
    of_sheet: tickets.Balance
    several: int
    most: int
    refused: dict[str, int]
    bursts: Bursts


def _on_desk(connection: engine.Connection, code: str, sheet: int, going_on: Bursts) -> OnDesk:
    several, most = tickets.taken_by_phones(connection, code)
    return OnDesk(
        balance=tickets.balance(connection, code),
        of_sheet=tickets.balance(connection, code, sheet),
        several=several,
        most=most,
        refused=refusals.refused_of(connection, code),
        bursts=bursts.bursts_of(connection, code).and_then(going_on),
    )


async def _desk(request: AnyRequest, meeting: Meeting, venue: Venue, refused: Refused | None = None) -> Response[str]:
    code, sheet = meeting.plan.code, _number(request.query_params.get("sheet", ""))
    await venue.write_signs()
    going_on = venue.signs.going_on(code)
    told: OnDesk = await venue.read(lambda connection: _on_desk(connection, code, sheet, going_on))
    return html_page(
        request,
        "print/ticket-balance",
        409 if refused else 200,
        plan=meeting.plan,
        told=told,
        sheet=sheet if told.of_sheet.issued else 0,
        id=new_id(),
        on_a_sheet=tickets.ON_A_SHEET,
        takes_tickets=Voice.TICKET in meeting.plan.rules.voices,
        problem=say(refused.said, asked_language(request)) if refused else "",
        date=meeting.plan.starts_at.date().isoformat(),
        most=LONGEST_TYPED,
    )


# --- cookies ----------------------------------------------------------------------------------------------------------


def _name(connection: Connection, code: str) -> str:
    return f"kaimen-{connection.app.state.secret.mark}-ticket-{code}"


def _mark(connection: Connection, code: str, hash: str, device: str) -> str:
    secret = connection.app.state.secret.value
    return hmac.new(secret.encode(), f"ticket\n{code}\n{hash}\n{device}".encode(), hashlib.sha256).hexdigest()


def _known_as(code: str, device: str) -> str:
    """By which the row of a ticket knows the device: of this meeting alone, and by no cookie."""
    return id_made_of("ticket", code, device)


ROUTES: list[Any] = [type_ticket, scan_ticket, take_ticket, show_tickets, make_tickets]
