"""Pages to print on A4: seat cards, paper score sheets, attendance. The sheets are the fallback, and the archive."""

from decimal import Decimal
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.engine import Connection

from app.language import say
from app.live.venue import Venue
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, Plan, Seat, Unit
from app.meeting.refusals import Refused, refuse_unless
from app.meeting.rubric import Criterion
from app.meeting.titles import lines_of
from app.papers.prints.sheet_pages import pages_of_sheet
from app.store import keys
from app.store.codes import Cut
from app.store.keys import Hand, Issued, Key, Role
from app.store.persons import Task, persons_of
from app.web.doorkeeper import Doorkeeper
from app.web.links import link_of
from app.web.locksmith import Locksmith
from app.web.page import AnyRequest, address_for, asked_language, html_page, qr, reach
from app.web.visitors import Visitor

LABEL_OF_CARDS = "cards"
REVOKES = "revoke"
MOST_SHEETS = 2000
SPARE_LINES = 5


@get("/{code:str}/print/cards")
async def ask_about_cards(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    """Printing makes keys: it is asked for, not stumbled into."""
    return _ask_page(request, meeting.plan, {seat.id for seat in meeting.plan.seats}, revokes=False)


@post("/{code:str}/print/cards")
async def print_cards(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    doorkeeper: NamedDependency[Doorkeeper],
    locksmith: NamedDependency[Locksmith],
) -> Response[str]:
    """New keys for the seats that were ticked, on cards that are shown this once."""
    code = meeting.plan.code
    form = await request.form()
    ticked = set(form.getall("seat", []))
    seats = [seat for seat in meeting.plan.seats if seat.id in ticked]
    revokes = form.get("earlier") == REVOKES
    try:
        refuse_unless(bool(seats), "cards.none")
        cuts = await locksmith.cut(len(seats))
        by = visitor.hand(Role.SEAT)
        made, revoked = await venue.write(
            lambda connection: _keys_for_cards(connection, code, seats, cuts, revokes, by)
        )
        people = await venue.read(lambda connection: persons_of(connection, code))
    except Refused as refused:
        return _ask_page(request, meeting.plan, ticked, revokes, refused)
    doorkeeper.show_out(revoked)
    base = address_for(request, "")
    cards = [
        {**_card(base, code, seat, issued), "person": people.at_seat(seat.id)}
        for seat, issued in zip(seats, made, strict=True)
    ]
    return html_page(request, "print/cards", plan=meeting.plan, cards=cards, join=f"{base}/join")


def _ask_page(
    request: AnyRequest,
    plan: Plan,
    ticked: set[str],
    revokes: bool,
    refused: Refused | None = None,
) -> Response[str]:
    return html_page(
        request,
        "print/ask",
        409 if refused else 200,
        plan=plan,
        ticked=ticked,
        revokes=revokes,
        problem=say(refused.said, asked_language(request)) if refused else "",
        reach=reach(request),
    )


def _keys_for_cards(
    connection: Connection, code: str, seats: list[Seat], cuts: list[Cut], revokes: bool, by: Hand
) -> tuple[list[Issued], set[str]]:
    revoked = [keys.revoke(connection, code, Role.SEAT, seat.id, by) for seat in seats] if revokes else []
    made = [
        keys.issue(connection, Key(code, Role.SEAT, seat.id), LABEL_OF_CARDS, cut, by)
        for seat, cut in zip(seats, cuts, strict=True)
    ]
    return made, set().union(*revoked)


def _card(base: str, code: str, seat: Seat, issued: Issued) -> dict[str, Any]:
    link = base + link_of(Key(code, Role.SEAT, seat.id), issued.token)
    return {"label": seat.label, "group": seat.group, "qr": qr(link), "short_code": issued.code}


@get("/{code:str}/print/sheets")
async def print_sheets(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    unit: FromQuery[str] = "",
    seat: FromQuery[str] = "",
    by: FromQuery[str] = "seat",
) -> Response[str]:
    """A sheet for each seat and unit, of one unit or seat if so asked; sorted into bundles by seat or by unit."""
    is_settled = meeting.plan.order is Order.FIXED
    sheets = [
        _sheet(each, of, number if is_settled else None)
        for number, of in enumerate(_units_in_order(meeting), start=1)
        for each in meeting.plan.seats
        if unit in ("", of.id) and seat in ("", each.id) and of.id not in each.recusals
    ]
    rubric = _rubric(meeting.plan)
    if by == "seat":
        at = {each.id: number for number, each in enumerate(meeting.plan.seats)}
        sheets.sort(key=lambda sheet: at[sheet["seat_id"]])
    return html_page(
        request,
        "print/sheets",
        plan=meeting.plan,
        seal=meeting.seal,
        sheets=[_on_pages(meeting.plan, rubric, each) for each in sheets[:MOST_SHEETS]],
        rubric=rubric,
        chosen={"unit": unit, "seat": seat, "by": by},
        date=meeting.day.isoformat(),
    )


def _units_in_order(meeting: Meeting) -> list[Unit]:
    """As they report; before a draw, as the agenda has them."""
    return [meeting.unit(item.unit) for item in meeting.presentations if item.unit]


def _sheet(seat: Seat, unit: Unit, number: int | None) -> dict[str, Any]:
    return {"seat_id": seat.id, "seat": seat.label, "group": seat.group, "unit": unit.name, "number": number}


def _on_pages(plan: Plan, rubric: dict[str, Any], sheet: dict[str, Any]) -> dict[str, Any]:
    pages = pages_of_sheet(rubric, "\n".join(lines_of(plan.title)), sheet["unit"], sheet["seat"])
    return {**sheet, "pages": [{**page, "number": at, "count": len(pages)} for at, page in enumerate(pages, start=1)]}


def _rubric(plan: Plan) -> dict[str, Any]:
    """What stands on every sheet alike."""
    weighted = any(each.weight != 1 for each in plan.criteria)
    return {
        "mode": plan.mode,
        "is_weighted": weighted,
        "full": _plain(plan.full_score),
        "criteria": [{"number": at, **_criterion(each)} for at, each in enumerate(plan.criteria, start=1)],
        "room": _lines_for_comments(plan),
    }


def _lines_for_comments(plan: Plan) -> int:
    """For each kind of comment, as the rubric leaves room."""
    match plan.mode:
        case Mode.COMMENTS:
            return 6
        case Mode.LEVELS:
            return 5
        case Mode.POINTS:
            return 2 if len(plan.criteria) < 7 else 1


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "name": criterion.name,
        "help": criterion.help,
        "range": _range(criterion),
        "step": _plain(criterion.step),
        "weight": _plain(criterion.weight),
        "levels": [level.name for level in criterion.levels],
    }


def _range(criterion: Criterion) -> str:
    between = " … " if criterion.minimum < 0 else "–"
    return f"{_plain(criterion.minimum)}{between}{_plain(criterion.maximum)}"


def _plain(number: Decimal) -> str:
    return f"{plain(number):f}"


@get("/{code:str}/print/attendance")
async def print_attendance(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """With the names that are known; the others are written by hand."""
    return html_page(
        request,
        "print/attendance",
        plan=meeting.plan,
        units=_units_in_order(meeting),
        people=await venue.read(lambda connection: persons_of(connection, meeting.plan.code)),
        tasks=tuple(Task),
        spare=range(len(Task) + 1, len(Task) + 1 + SPARE_LINES),
        date=meeting.day.isoformat(),
    )


@get("/{code:str}/print/plates")
async def print_plates(
    request: AnyRequest, meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[str]:
    """To fold and stand on the tables: the panel by name, or by seat as long as nobody is known; units; known staff."""
    plan = meeting.plan
    people = await venue.read(lambda connection: persons_of(connection, plan.code))
    plates = [
        *({"says": people.at_seat(seat.id).name or seat.label, "where": seat.label} for seat in plan.seats),
        *({"says": unit.short_name or unit.name, "where": ""} for unit in _units_in_order(meeting)),
        *({"says": name, "where": ""} for task in Task if (name := people.with_task(task).name)),
    ]
    return html_page(request, "print/plates", plan=plan, plates=plates)


ROUTES: list[Any] = [ask_about_cards, print_cards, print_sheets, print_attendance, print_plates]
