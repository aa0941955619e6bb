"""Asking a question, and wanting to know the same: plain forms, without a socket, so that what is typed stays typed.

What everybody may read, and what this device has asked itself: of others' questions that wait, nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import say
from app.live.screens.questions import are_taken
from app.live.venue import Venue
from app.meeting.codes import LONGEST_ID, is_an_id
from app.meeting.meeting import Meeting
from app.meeting.questions.agreed import Questions
from app.meeting.questions.deciding import LONGEST_QUESTION
from app.meeting.questions.state import Standing
from app.meeting.refusals import Refused, Said, refuse_if, refuse_unless
from app.meeting.texts import the_text
from app.store import questions
from app.store.questions import AskedQuestion, NewQuestion
from app.web.gate.callers import caller_of
from app.web.gate.restraint import Restraint
from app.web.page import AnyRequest, NotHere, asked_language, html_page, page_number
from app.web.phones.asked import told
from app.web.phones.device import device_of, remember_device
from app.web.phones.listed import NOTHING, ON_A_PAGE, Listed, Listings
from app.web.sockets.frames import id_made_of, new_id

TOO_OFTEN = frozenset({"question.too_often", "question.wait", "question.enough", "questions.too_many"})
Entered = NamedDependency[Meeting]


class Restraints:
    """How often a device, and a network behind which a whole hall may be, asks and wants to know."""

    def __init__(self) -> None:
        self.of_asking = Restraint(of_browser=(3, 30.0), of_network=(300, 0.5))
        self.of_wanting = Restraint(of_browser=(60, 1.0), of_network=(2000, 0.05))


@dataclass(frozen=True, slots=True)
class Own:
    """What is this device's own. ``into``: the public questions that own ones have become part of, by id."""

    own: list[AskedQuestion]
    wanted: set[str]
    into: dict[str, AskedQuestion]


NOTHING_OWN = Own([], set(), {})
"""Of a device that has not been here before."""


@dataclass(frozen=True, slots=True)
class PlaceInQuestions:
    """Where somebody is in the questions that everybody may read."""

    sort: str = "votes"
    page: int = 0

    def address(self, code: str) -> str:
        said = {"sort": self.sort} if self.sort == "time" else {}
        asked = urlencode(said | ({"page": str(self.page)} if self.page else {}))
        return f"/{quote(code)}/ask{f'?{asked}' if asked else ''}"


@dataclass(frozen=True, slots=True)
class FormToAsk:
    """As it stands on a phone's page: to whom, for the moment, and what makes sending it twice the same."""

    id: str
    unit: str
    most: int = LONGEST_QUESTION


def asking_on_phone(meeting: Meeting) -> FormToAsk | None:
    """None where the audience never asks."""
    unit = meeting.current_unit
    never = meeting.plan.rules.questions is Questions.NEVER
    return None if never else FormToAsk(new_id(), unit.id if unit else "")


def place_in(said: Mapping[str, Any]) -> PlaceInQuestions:
    """As an address or a form says it."""
    sort = "time" if said.get("sort") == "time" else "votes"
    return PlaceInQuestions(sort, page_number(str(said.get("page", ""))))


def listings_of(request: AnyRequest) -> Listings:
    listings: Listings = request.app.state.listings
    return listings


@get("/{code:str}/ask")
async def show_questions(request: AnyRequest, meeting: Entered, venue: NamedDependency[Venue]) -> Response[str]:
    return await _page(request, meeting, venue)


@post("/{code:str}/ask")
async def take_question(
    request: AnyRequest,
    meeting: Entered,
    venue: NamedDependency[Venue],
    restraints: NamedDependency[Restraints],
) -> Response[Any]:
    """Received once, however often it is sent; a refusal keeps what was typed."""
    form = await request.form()
    typed = {name: str(form.get(name, "")) for name in ("text", "unit", "id")}
    try:
        question = _question(request, meeting, typed)
        _not_too_often(request, restraints.of_asking)
        now = venue.now(meeting.plan.code)
        await venue.write(lambda connection: questions.ask(connection, question, now))
    except Refused as refused:
        return await _page(request, meeting, venue, refused.said, typed)
    if question.standing is Standing.APPROVED:
        listings_of(request).forget(meeting.plan.code)
    return Redirect(f"/{quote(meeting.plan.code)}/ask?asked=1", status_code=303)


@post("/{code:str}/ask/wanted")
async def want_to_know(
    request: AnyRequest,
    meeting: Entered,
    venue: NamedDependency[Venue],
    restraints: NamedDependency[Restraints],
) -> Response[Any]:
    """Once for each device; pressed again it stays so."""
    form, code = await request.form(), meeting.plan.code
    question, place = str(form.get("question", ""))[:LONGEST_ID], place_in(form)
    try:
        refuse_unless(are_taken(meeting), "questions.not_now")
        voter = _device(request, code)
        _not_too_often(request, restraints.of_wanting)
        await venue.write(lambda connection: questions.upvote(connection, code, question, voter))
    except Refused as refused:
        return await _page(request, meeting, venue, refused.said, place=place)
    return Redirect(f"{place.address(code)}#question-{quote(question)}", status_code=303)


def _question(request: AnyRequest, meeting: Meeting, typed: dict[str, str]) -> NewQuestion:
    refuse_unless(are_taken(meeting), "questions.not_now")
    text = the_text(" ".join(typed["text"].split()), LONGEST_QUESTION)
    unit = typed["unit"]
    refuse_unless(not unit or any(each.id == unit for each in meeting.plan.units), "unit.unknown")
    device, code = _device(request, meeting.plan.code), meeting.plan.code
    form = typed["id"] if is_an_id(typed["id"]) else new_id()
    id = id_made_of("question", device, form, unit, text)
    is_moderated = meeting.plan.rules.questions is not Questions.AT_ONCE
    return NewQuestion(code, id, unit, text, device, Standing.WAITING if is_moderated else Standing.APPROVED)


def _device(request: AnyRequest, code: str) -> str:
    """This device, in one meeting. Of two meetings nobody can tell that it was the same."""
    device = device_of(request)
    if device is None:
        raise Refused("question.no_device")
    return id_made_of("asks", code, device)


def _not_too_often(request: AnyRequest, restraint: Restraint) -> None:
    wait = restraint.wait(device_of(request) or "", caller_of(request))
    refuse_if(wait > 0, "question.too_often", seconds=wait)


def _own(connection: Connection, code: str, device: str, listed: Sequence[str]) -> Own:
    own = questions.of_device(connection, code, device)
    return Own(
        own=own,
        wanted=questions.wanted_by(connection, code, device, listed),
        into=questions.public_ones(connection, code, [each.merged_into for each in own if each.merged_into]),
    )


async def _read(request: AnyRequest, venue: Venue, code: str, place: PlaceInQuestions) -> tuple[Listed, Own]:
    listed, number = await listings_of(request).page(code, place.sort == "votes", place.page)
    if device_of(request) is None:
        return (listed, number), NOTHING_OWN
    device, ids = _device(request, code), [each.id for each in listed]
    return (listed, number), await venue.read(partial(_own, code=code, device=device, listed=ids))


async def _page(
    request: AnyRequest,
    meeting: Meeting,
    venue: Venue,
    problem: Said | None = None,
    typed: dict[str, str] | None = None,
    place: PlaceInQuestions | None = None,
) -> Response[str]:
    if meeting.plan.rules.questions is Questions.NEVER:
        raise NotHere(404, "questions.none")
    code, typed, place = meeting.plan.code, typed or {}, place or place_in(request.query_params)
    try:
        (listed, number), found = await _read(request, venue, code, place)
    except Refused:
        if problem is None:
            raise
        (listed, number), found = NOTHING, NOTHING_OWN  # what was typed comes back, whatever else can be read
    response = html_page(
        request,
        "ask",
        _status(problem),
        plan=meeting.plan,
        own=[told(meeting, each, found.into) for each in found.own],
        questions=[told(meeting, _with_own(each, found)) for each in listed],
        wanted=found.wanted,
        are_taken=are_taken(meeting),
        is_moderated=meeting.plan.rules.questions is Questions.MODERATED,
        has_asked="asked" in request.query_params and problem is None,
        problem=say(problem, asked_language(request)) if problem else "",
        **_turned_to(place, number),
        **_to_fill_in(meeting, typed),
    )
    remember_device(request, response)
    return response


def _turned_to(place: PlaceInQuestions, number: int) -> dict[str, Any]:
    """Where a page is among all of them, and where the pages beside it are."""
    return {
        "number": number,
        "place": place,
        "before": replace(place, page=place.page - 1) if place.page else None,
        "after": replace(place, page=place.page + 1) if (place.page + 1) * ON_A_PAGE < number else None,
    }


def _to_fill_in(meeting: Meeting, typed: Mapping[str, str]) -> dict[str, Any]:
    """The form: as it was typed, or empty and to the unit that is on."""
    unit = meeting.current_unit
    return {
        "text": typed.get("text", ""),
        "unit": typed.get("unit", unit.id if unit else ""),
        "id": typed.get("id") or new_id(),
        "most": LONGEST_QUESTION,
    }


def _with_own(row: AskedQuestion, found: Own) -> AskedQuestion:
    """The list may have been counted before this device pressed."""
    return replace(row, upvotes=max(row.upvotes, 1)) if row.id in found.wanted else row


def _status(problem: Said | None) -> int:
    if problem is None:
        return 200
    return 503 if problem.code.startswith("record.") else 429 if problem.code in TOO_OFTEN else 422


ROUTES: list[Any] = [show_questions, take_question, want_to_know]
