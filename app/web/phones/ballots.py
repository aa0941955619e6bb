"""Casting a ballot: a form with one field, with scripts or without; answered once the ballot is durable."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Response, post

from app.language import say
from app.language.choices import choice_name
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import Voice, Voters
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store.ballots import Ballot, receipt_of, was_taken
from app.web.gate.callers import caller_of
from app.web.gate.guard import meeting_entered
from app.web.page import AnyRequest, asked_language, html_page, venue_of
from app.web.phones.device import device_of, remember_device, voice_of, voter_of
from app.web.phones.inflow import Inflow
from app.web.phones.tickets import ticket_of

LARGEST_PRESS = 2**53
TOO_LATE, UNAVAILABLE = 409, 503


@post("/{code:str}/ballots", status_code=200)
async def cast(request: AnyRequest) -> Response[Any]:
    """What was chosen counts in place of what the same voter chose before. The answer says that it is counted."""
    meeting = meeting_entered(request)  # asked for by name, each would cost as much as all the rest
    form = await request.form()
    told: asyncio.Future[tuple[Ballot | None, Refused | None]] = asyncio.get_running_loop().create_future()

    def came_to(*what: Any) -> None:
        if not told.done():
            told.set_result(what)

    cast_by(request, meeting, str(form.get("vote", "")), str(form.get("press", "")), came_to)
    return _answer(request, meeting, *await told)


CameTo = Callable[[Ballot | None, Refused | None], None]
"""What became of a ballot: it will be counted, or why not."""


def cast_by(request: AnyRequest, meeting: Meeting, vote: str, press: str, told: CameTo) -> None:
    """Cast what these fields of a form say, by whichever door they came. ``told`` hears of it once, and it is noted."""
    _Cast(request, meeting, vote, told).goes(press)


class _Cast:
    """One ballot on its way. Thousands are at once: no task waits for each of them."""

    __slots__ = ("_ballot", "_looking", "_meeting", "_request", "_told", "_vote")

    def __init__(self, request: AnyRequest, meeting: Meeting, vote: str, told: CameTo) -> None:
        self._request = request
        self._meeting = meeting
        self._vote = vote
        self._told = told
        self._ballot: Ballot | None = None
        self._looking: asyncio.Task[None] | None = None

    def goes(self, press: str) -> None:
        try:
            self._ballot = _ballot_in(self._request, self._meeting, self._vote, press)
            refuse_unless(self._meeting.polls[self._ballot.poll].is_open, "ballot.too_late")
            _must_have_room(self._request, self._ballot)
            venue_of(self._request).cast(self._ballot, self._answered)
        except Refused as refused:
            self._answered(refused)

    def _answered(self, refused: Refused | None) -> None:
        if refused is not None and refused.code == "ballot.too_late" and self._ballot:
            self._looking = asyncio.get_running_loop().create_task(self._looks_again(self._ballot, refused))
        else:
            self._ends(refused)

    async def _looks_again(self, ballot: Ballot, refused: Refused) -> None:
        """One that had come before the end, and whose answer was lost, is answered once more: it counts."""
        try:
            is_taken = await venue_of(self._request).read(partial(was_taken, ballot=ballot))
        except Refused as no_answer:
            self._ends(no_answer)
        else:
            self._ends(None if is_taken else refused)

    def _ends(self, refused: Refused | None) -> None:
        if refused is None:
            browser = self._request.headers.get("user-agent", "")
            venue_of(self._request).signs.voted(self._meeting.plan.code, browser)
            self._told(self._ballot, None)
        else:
            _note_refusal(self._request, self._meeting, self._vote, refused)
            self._told(None, refused)


def _must_have_room(request: AnyRequest, ballot: Ballot) -> None:
    """Nobody fills a poll with browsers that are made up."""
    inflow: Inflow = request.app.state.inflow
    there = venue_of(request).rooms.turnout(ballot.meeting, ballot.poll, ballot.voice)
    inflow.must_have_room(ballot, caller_of(request), there)


def _note_refusal(request: AnyRequest, meeting: Meeting, vote: str, refused: Refused) -> None:
    poll, _, _ = vote.rpartition(":")
    code = meeting.plan.code
    has_ticket = Voice.TICKET in meeting.plan.rules.voices and ticket_of(request, code) is not None
    voice = Voice.TICKET if has_ticket else voice_of(request)
    venue_of(request).signs.refused(code, poll if poll in meeting.polls else "", voice, refused.code)


def _ballot_in(request: AnyRequest, meeting: Meeting, vote: str, press: str) -> Ballot:
    id, _, choice = vote.rpartition(":")
    poll = meeting.polls.get(id)
    if poll is None:
        raise Refused("ballot.no_poll")
    refuse_unless(choice in meeting.plan.rules.choices, "ballot.no_choice")
    device = device_of(request)
    if device is None:
        raise Refused("ballot.no_device")
    voice, voter, ticket = _voice_and_voter(request, meeting, poll.id, device)
    number = int(press) if press.isascii() and press.isdecimal() and len(press) <= 16 else 0
    code = meeting.plan.code
    return Ballot(code, poll.id, voter, voice, choice, min(number, LARGEST_PRESS), ticket)


def _voice_and_voter(request: AnyRequest, meeting: Meeting, poll: str, device: str) -> tuple[Voice, str, str]:
    """Who has taken a ticket votes with it, whose hash comes third; whoever has none, as the device."""
    code, voices = meeting.plan.code, meeting.plan.rules.voices
    ticket = ticket_of(request, code) if Voice.TICKET in voices else None
    if ticket:
        return Voice.TICKET, voter_of(code, poll, f"ticket {ticket}"), ticket
    voice = voice_of(request)
    _must_be_asked(meeting, voice)
    return voice, voter_of(code, poll, device), ""


def _must_be_asked(meeting: Meeting, voice: Voice) -> None:
    refuse_if(meeting.plan.rules.voters is Voters.TICKETS, "ballot.needs_ticket")
    refuse_unless(voice in meeting.plan.rules.voices, "ballot.not_in_hall")


def outcome(
    request: AnyRequest, ballot: Ballot | None = None, refused: Refused | None = None
) -> tuple[int, dict[str, str]]:
    """The status, and what a script is told: the receipt, or why the ballot is not counted."""
    if ballot:
        return 200, {"receipt": receipt_of(ballot.meeting, ballot.poll, ballot.voter)}
    code = refused.code if refused else ""
    status = UNAVAILABLE if code in _TRY_AGAIN else TOO_LATE
    return status, {"refused": code, "sentence": say(refused.said, asked_language(request)) if refused else ""}


def _answer(
    request: AnyRequest, meeting: Meeting, ballot: Ballot | None = None, refused: Refused | None = None
) -> Response[Any]:
    """For a script as JSON, for whoever has none as a page. What was chosen stands on no page that others fetch."""
    status, said = outcome(request, ballot, refused)
    if "application/json" in request.headers.get("accept", ""):
        return Response(said, status_code=status)
    poll = meeting.polls.get(ballot.poll) if ballot else None
    response: Response[Any] = html_page(
        request,
        "voted",
        status,
        plan=meeting.plan,
        unit=meeting.unit(poll.unit).short_name if poll else "",
        choice=choice_name(meeting.plan.rules, ballot.choice, asked_language(request)) if ballot else "",
        receipt=said.get("receipt", ""),
        refusal=said.get("sentence", ""),
    )
    remember_device(request, response)
    return response


_TRY_AGAIN = frozenset({"record.unavailable", "ballot.unsure", "ballot.wait"})
"""What was not refused for good: the same may be sent again, and counts once."""


ROUTES: list[Any] = [cast]
