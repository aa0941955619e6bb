"""The supervisor's pages: the sealed named record, and the log. Nobody else sees them.

A sheet is shown here once its round is closed, and not while it is open, also not when it is open again: a supervisor
in the hall knows no more than the hall how a unit is being scored.
"""

from dataclasses import asdict
from datetime import datetime
from itertools import islice
from string import Formatter
from typing import Any, get_args

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from sqlalchemy.engine import Connection

from app.language import Language, catalogue, say
from app.language.happenings import OF_A_SHEET, say_event
from app.language.sentences import SENTENCES
from app.language.words import WORDS
from app.live.screens.analysis import MOST_SEATS
from app.live.venue import Venue
from app.meeting import events as e
from app.meeting.comments.state import Comment
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat, Unit
from app.meeting.refusals import Said
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.script.steps import waits_for_check
from app.meeting.sheets.state import Sheet, SheetVersion
from app.store import keys, log, refused
from app.store.keys import Hand, KeptKey, Use
from app.store.refused import RefusedCorrection, Told
from app.store.verify import verify
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages import due, weighing
from app.web.pages.keyring import KNOWN_LABELS
from app.web.pages.parts_table import joined_record, parts_record, waits_for_composites
from app.web.sockets.frames import new_id
from app.web.visitors import signature

ENTRIES_ON_A_PAGE = 100
MOST_KEYS = 1000
LAST_NUMBER_THERE_CAN_BE = 2**31 - 1
"""Of an entry, by the column that keeps it on PostgreSQL."""

ABOUT: dict[str, tuple[type, ...]] = {
    "agenda": (
        e.MeetingOpened,
        e.SegmentEntered,
        e.ItemSkipped,
        e.ItemRestored,
        e.ItemMoved,
        e.TimeAdded,
        e.ClockPaused,
        e.ClockResumed,
        e.MeetingFinished,
        e.MeetingContinued,
        e.StepPassed,
        e.StepUndone,
    ),
    "order": (e.DrawPrepared, e.DrawBegun, e.UnitDrawn, e.DrawEnded, e.DrawCalledOff, e.OrderTyped),
    "sheets": (
        e.RoundOpened,
        e.RoundClosed,
        e.RoundReopened,
        e.RoundTakenBack,
        *OF_A_SHEET,
        e.SeatAbstained,
        e.SeatRecused,
        e.SeatReturned,
        e.SheetVoided,
        e.PromiseJudged,
        e.JudgementErased,
    ),
    "results": (
        e.ResultChecked,
        e.ResultStepShown,
        e.ResultRevealed,
        e.PromisesTold,
        e.ResultsAnnounced,
        e.ResultHidden,
        e.RevealWithdrawn,
        e.TieRuled,
        e.PartEntered,
        e.PartCorrected,
        e.CompositesChecked,
        e.CompositesAnnounced,
        e.CompositesWithdrawn,
    ),
    "comments": (
        e.CommentSent,
        e.CommentRevised,
        e.CommentTakenBack,
        e.CommentEdited,
        e.CommentReleased,
        e.CommentWithdrawn,
        e.CommentPutBack,
        e.CommentQuoted,
        e.SummedUp,
    ),
    "polls": (e.PollOpened, e.PollClosed, e.PollShown, e.PollHidden, e.PollWithdrawn),
    "displays": (e.CueGiven, e.DisplayDirected, e.SpeakerTold),
    "seats": (e.SeatCheckedIn, e.SeatCheckedOut, e.SeatTakenOver),
    "findings": get_args(e.AtDesk),
}
"""The log by subjects."""


@get("/{code:str}/record")
async def show_record(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    return await record_page(request, meeting, venue)


async def record_page(request: AnyRequest, meeting: Meeting, venue: Venue, problem: str = "") -> Response[str]:
    """Whether the record holds, and what became of it; ``problem``: why the composites were not checked."""
    code = meeting.plan.code
    verdict = await venue.read(lambda connection: verify(connection, code))
    records = await venue.read(lambda connection: keys.listed(connection, code))
    declined = await venue.read(lambda connection: refused.listed(connection, code))
    language = asked_language(request)
    return html_page(
        request,
        "record",
        409 if problem else 200,
        plan=meeting.plan,
        verdict=verdict,
        rule_seal=meeting.seal,
        units=[_overview(meeting, unit) for unit in _units(meeting)],
        rulings=[
            {"units": [_short_name(meeting, round) for round in each.rounds], **asdict(each)}
            for each in meeting.rulings
        ],
        parts=parts_record(meeting),
        joined=joined_record(meeting),
        problem=problem,
        refused=[_refused(meeting, each, language) for each in declined],
        keys=_keys(meeting, records, language),
        earlier_keys=max(len(records) - MOST_KEYS, 0),
        about=tuple(ABOUT),
        weighed=weighing.of_meeting(meeting),
        checks=meeting.plan.rules.checked and (meeting.plan.has_composites or not meeting.is_finished),
        due=due.due_of(meeting, venue.now(code)),
        waiting=units_waiting(meeting),
        composites_wait=waits_for_composites(meeting),
    )


def units_waiting(meeting: Meeting) -> list[Unit]:
    """The units whose results wait for the supervisor's check."""
    return [meeting.unit(each.unit) for each in meeting.rounds.values() if waits_for_check(meeting, each)]


@get("/{code:str}/record/unit/{unit:str}")
async def show_unit(request: AnyRequest, unit: FromPath[str], meeting: NamedDependency[Meeting]) -> Response[str]:
    """Every sheet of a unit's closed round with all its versions, and every comment, by seat."""
    return unit_page(request, meeting, unit)


def unit_page(request: AnyRequest, meeting: Meeting, unit: str, problem: str = "") -> Response[str]:
    """``problem``: why the result was not checked."""
    if unit not in _units(meeting):
        raise NotHere(404, "unit.unknown")
    round = meeting.round_of(unit)
    is_closed = round is not None and not round.is_open
    return html_page(
        request,
        "record-unit",
        409 if problem else 200,
        plan=meeting.plan,
        unit=meeting.unit(unit),
        problem=problem,
        result=_result(meeting, round) if round and is_closed else None,
        without=weighing.without_seats(meeting, round) if round and is_closed else None,
        most_left_out=MOST_SEATS,
        deviations=weighing.deviations(meeting, round) if round and is_closed else {},
        state=_state(round),
        reopenings=round.reopenings if round else (),
        criteria=[criterion.name for criterion in meeting.plan.criteria],
        sheets=[_sheet(meeting, round, seat) for seat in meeting.plan.seats] if round and is_closed else [],
        comments=[_comment(meeting, comment) for comment in meeting.comments_on(unit)],
    )


@get("/{code:str}/record/log")
async def show_log(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    venue: NamedDependency[Venue],
    first: FromQuery[int] = 1,
    about: FromQuery[str] = "",
) -> Response[str]:
    """The log from one entry on, a page at a time, whole or about one subject."""
    if about and about not in ABOUT:
        raise NotHere(404, "page.unknown")
    if first > LAST_NUMBER_THERE_CAN_BE:
        raise NotHere(400, "page.bad_request")
    entries = await venue.read(lambda connection: _entries(connection, meeting.plan.code, max(first, 1), about))
    language = asked_language(request)
    shown = entries[:ENTRIES_ON_A_PAGE]
    return html_page(
        request,
        "record-log",
        plan=meeting.plan,
        about=about,
        subjects=tuple(ABOUT),
        entries=[_entry(meeting, each, language) for each in shown],
        following=entries[ENTRIES_ON_A_PAGE].seq if len(entries) > ENTRIES_ON_A_PAGE else None,
        is_first=first <= 1,
    )


def _entries(connection: Connection, code: str, first: int, about: str) -> list[log.Entry]:
    """A page of entries, and the one after it if there is one."""
    wanted = ABOUT.get(about)
    entries = (
        each for each in log.load(connection, code, after=first - 1) if not wanted or isinstance(each.event, wanted)
    )
    return list(islice(entries, ENTRIES_ON_A_PAGE + 1))


def _entry(meeting: Meeting, entry: log.Entry, language: Language) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": in_the_hall(entry.event.at, meeting),
        "by": by_whom(meeting, entry.by, language),
        "key": entry.key,
        "sentence": say_event(entry.event, meeting, language),
        "seal": entry.seal,
    }


def by_whom(meeting: Meeting, by: str, language: Language) -> str:
    """``seat:expert-1`` as the seat's label, ``moderator`` and ``import`` as those words."""
    role, _, which = by.partition(":")
    seat = next((each.label for each in meeting.plan.seats if role == "seat" and each.id == which), "")
    word = WORDS.get(f"role.{role}") or WORDS.get(f"hand.{role}")
    return seat or " ".join(filter(None, [catalogue(language).gettext(word) if word else role, which]))


def _units(meeting: Meeting) -> list[str]:
    """In the order of their reports; after them those that are not on the agenda."""
    reporting = [item.unit for item in meeting.presentations if item.unit]
    return [*reporting, *(each.id for each in meeting.plan.units if each.id not in reporting)]


def _short_name(meeting: Meeting, round: str) -> str:
    return meeting.unit(meeting.rounds[round].unit).short_name


def _state(round: Round | None) -> str:
    if round is None:
        return "none"
    return "open" if round.is_open else "revealed" if round.is_revealed else "closed"


def _overview(meeting: Meeting, unit: str) -> dict[str, Any]:
    round = meeting.round_of(unit)
    sheets = list(round.sheets.values()) if round and not round.is_open else []
    return {
        "id": unit,
        "name": meeting.unit(unit).name,
        "state": _state(round),
        "sheets": sum(sheet.is_submitted for sheet in sheets),
        "corrections": sum(bool(version.correction) for sheet in sheets for version in sheet.versions),
        "late": sum(sheet.late is not None for sheet in sheets),
        "reopenings": len(round.reopenings) if round else 0,
        "comments": len(meeting.comments_on(unit)),
        "checked_at": in_the_hall(round.checked_at if round else None, meeting),
    }


def _result(meeting: Meeting, round: Round) -> dict[str, Any]:
    """What the sheets come to, and whether that has been checked; ``seen`` is what a press confirms, by its ``id``."""
    result = result_of(meeting, round)
    return {
        "outcome": result.outcome,
        "score": "" if result.score is None else str(result.score),
        "grade": result.grade,
        "working": result.working,
        "checked_at": in_the_hall(round.checked_at, meeting),
        "waits": waits_for_check(meeting, round),
        "seen": digest_of_round(round),
        "id": new_id(),
    }


def _sheet(meeting: Meeting, round: Round, seat: Seat) -> dict[str, Any]:
    """A seat's part in a closed round. A draft left at closing is an absence; its marks were never submitted."""
    sheet = round.sheet(seat.id)
    is_recused_by_plan = round.unit in seat.recusals
    return {
        "id": seat.id,
        "seat": seat.label,
        "group": seat.group,
        "standing": "recused" if is_recused_by_plan else str(sheet.standing),
        "reason": seat.reasons.get(round.unit, "") if is_recused_by_plan else sheet.reason,
        "versions": [_version(meeting, each) for each in sheet.versions],
        "late": _version(meeting, sheet.late) if sheet.late else None,
        "counts": _number_that_counts(sheet),
    }


def _number_that_counts(sheet: Sheet) -> int:
    return sheet.current.number if sheet.current else 0


def _version(meeting: Meeting, version: SheetVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": in_the_hall(version.at, meeting),
        "marks": [_mark(meeting, each.id, version) for each in meeting.plan.criteria],
        "total": str(total_of(meeting.plan, version.marks)),
        "receipt": version.receipt,
        "author": version.correction.author if version.correction else "",
        "reason": version.correction.reason if version.correction else "",
    }


def _mark(meeting: Meeting, criterion: str, version: SheetVersion) -> str:
    """The points, or the name of the level."""
    points = version.marks.get(criterion)
    return meeting.criterion(criterion).level_name(points) or ("" if points is None else str(points))


def _comment(meeting: Meeting, comment: Comment) -> dict[str, Any]:
    return {
        "seat": meeting.seat(comment.seat).label,
        "kind": comment.kind,
        "standing": comment.standing,
        "text": comment.text,
        "original": comment.original if comment.is_edited else "",
        "sent_at": in_the_hall(comment.sent_at, meeting),
    }


def _refused(meeting: Meeting, told: Told, language: Language) -> dict[str, Any]:
    """A correction that was declined: for whose sheet and why, never with which marks."""
    correction = told.refused
    labels = {seat.id: seat.label for seat in meeting.plan.seats}
    item = meeting.item(correction.round) if correction.round in meeting.agenda.runs else None
    unit = meeting.unit(item.unit).short_name if item and item.unit else ""
    return {
        "command": correction.command,
        "unit": unit,
        "seat": labels.get(correction.seat, ""),
        "by": by_whom(meeting, correction.by, language),
        "why": _why(correction, labels.get(correction.seat, ""), unit, language),
        "first_at": in_the_hall(correction.at, meeting),
        "last_at": in_the_hall(told.last_at, meeting) if told.times > 1 else "",
        "times": told.times,
    }


def _why(correction: RefusedCorrection, seat: str, unit: str, language: Language) -> str:
    """The sentence of a refusal as far as it speaks of seat and unit: the numbers in it could be marks."""
    known = {"seat": seat, "unit": unit}
    gaps = [name for _, name, _, _ in Formatter().parse(SENTENCES[correction.code]) if name]
    return say(Said(correction.code, {name: known.get(name) or "…" for name in gaps}), language)


def _keys(meeting: Meeting, records: list[KeptKey], language: Language) -> list[dict[str, Any]]:
    """Keys are no part of the log: who made, used and revoked which is told here, of all there ever were."""
    return [
        {
            "who": by_whom(meeting, signature(each.key), language),
            "tag": each.key.tag,
            "label": each.label,
            "label_is_known": each.label in KNOWN_LABELS,
            "made_at": in_the_hall(each.made_at, meeting),
            "made_by": _hand(meeting, each.made_by, language),
            "used_at": in_the_hall(each.used_at, meeting),
            "uses": [_use(meeting, use) for use in each.uses],
            "revoked_at": in_the_hall(each.revoked_at, meeting),
            "revoked_by": _hand(meeting, each.revoked_by, language),
        }
        for each in records[-MOST_KEYS:]
    ]


def _hand(meeting: Meeting, hand: Hand, language: Language) -> dict[str, str]:
    return {"who": by_whom(meeting, hand.by, language) if hand.by else "", "tag": hand.tag}


def _use(meeting: Meeting, use: Use) -> dict[str, str]:
    first, last = (in_the_hall(at, meeting) for at in (use.first_at, use.last_at))
    return {"way": use.way, "first": first, "last": last if last != first else ""}


def in_the_hall(at: datetime | None, meeting: Meeting) -> str:
    return meeting.plan.in_the_hall(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""


ROUTES: list[Any] = [show_record, show_unit, show_log]
