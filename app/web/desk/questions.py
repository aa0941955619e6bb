"""The desk of whoever moderates questions of the audience: a page of its own, on no screen of the hall.

Nobody sees a question before it is approved here; nothing here approves one by itself. Without scripts; what was typed
comes back with every refusal.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from app.language import catalogue, say
from app.language.words import WORDS
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import LONGEST_ID
from app.meeting.meeting import Meeting
from app.meeting.questions.agreed import Questions
from app.meeting.questions.deciding import LONGEST_ANSWER, LONGEST_QUESTION
from app.meeting.questions.state import Reason, Standing
from app.meeting.refusals import Refused, Said, refuse_if, refuse_unless
from app.meeting.texts import LONGEST_REASON, the_text
from app.store import questions
from app.store.heads import caught_up
from app.store.keys import Role
from app.store.questions import Wanted
from app.web.access import PAGES
from app.web.desk.moderated import on_desk
from app.web.desk.sieves import Sieves
from app.web.page import AnyRequest, NotHere, asked_language, html_page, page_number
from app.web.pages.desk import perform
from app.web.setup.typed import Typed, of_form
from app.web.sockets.frames import id_made_of, new_id
from app.web.visitors import Visitor

ON_A_PAGE = 20
LONGEST_SEARCH = 64
LONGEST = {
    "question": LONGEST_QUESTION,
    "answer": LONGEST_ANSWER,
    "reason": LONGEST_REASON,
    "search": LONGEST_SEARCH,
}
TABS = (Standing.WAITING, Standing.APPROVED, Standing.ANSWERED, Standing.ARCHIVED, Standing.MERGED)
IN_LOG = ("choose", "answer", "hand_over", "withdraw")
Move = Callable[[Connection], None]


@get("/{code:str}/questions")
async def show_desk(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    venue: NamedDependency[Venue],
    sieves: NamedDependency[Sieves],
) -> Response[str]:
    return await _page(request, meeting, venue, sieves, Typed())


@post("/{code:str}/questions")
async def moderate(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
    sieves: NamedDependency[Sieves],
) -> Response[Any]:
    """One press: ``do`` says which, and of which question."""
    form = await request.form()
    typed = of_form((name, value) for name, value in form.items() if name != "tick")
    action, _, id = typed.text("do").partition(":")
    ticked = [str(each)[:LONGEST_ID] for each in form.getall("tick", [])]
    try:
        if action in IN_LOG:
            roles = PAGES["questions"] or frozenset()
            command = _command(meeting, visitor, typed, action, id, asked_language(request))
            await perform(venue, meeting, visitor, roles, [command], typed.text("id"))
        else:
            await venue.write(_move(meeting, visitor, typed, action, id, ticked, venue))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return await _page(request, now, venue, sieves, typed, refused.said, frozenset(ticked))
    request.app.state.listings.forget(meeting.plan.code)
    return Redirect(f"/{quote(meeting.plan.code)}/questions?{urlencode(_asked(request))}", status_code=303)


def _command(meeting: Meeting, visitor: Visitor, typed: Typed, action: str, id: str, language: Any) -> c.Command:
    match action:
        case "choose":
            return c.ChooseQuestion(id)
        case "answer":
            return c.AnswerQuestion(id, typed.text(f"answer.{id}"))
        case "withdraw":
            return c.WithdrawQuestion(id, typed.text(f"why.{id}"))
    known = meeting.questions.get(id)
    before = len(known.findings) if known else 0
    finding = id_made_of("finding", id, before)
    role = Role.QUESTIONS if visitor.keys.get(Role.QUESTIONS) else Role.MODERATOR
    author = catalogue(language).gettext(WORDS[f"role.{role}"])
    return c.HandOverQuestion(id, finding, author, typed.text(f"unit.{id}"))


def _move(
    meeting: Meeting, visitor: Visitor, typed: Typed, action: str, id: str, ticked: list[str], venue: Venue
) -> Move:
    """What changes rows alone. What the log has told is changed by the log."""
    key = visitor.key(PAGES["questions"])
    by: dict[str, Any] = {
        "meeting": meeting.plan.code,
        "now": venue.now(meeting.plan.code),
        "key": key.tag if key else "",
    }
    ids = ticked if action.endswith("_all") else [id]
    match action:
        case "approve" | "approve_all":
            return partial(_each, ids, partial(questions.approve, **by))
        case "archive" | "archive_all":
            reason = typed.text(f"reason.{id or 'all'}")
            refuse_unless(reason in [*Reason], "question.no_reason")
            archive = partial(_each, ids, partial(questions.archive, reason=Reason(reason), **by))
            return _unless(_is_told, ids, archive, meeting.plan.code, venue)
        case "restore":
            return partial(questions.restore, id=id, **by)
        case "merge":
            merge = partial(questions.merge, into=id, ids=ticked, **by)
            return _unless(_is_in_log, [each for each in ticked if each != id], merge, meeting.plan.code, venue)
        case "mend":
            text = the_text(" ".join(typed.text(f"text.{id}").split()), LONGEST_QUESTION)
            mend = partial(questions.mend, id=id, text=text, **by)
            return _unless(_is_told, [id], mend, meeting.plan.code, venue)
    raise NotHere(400, "page.bad_request")


def _is_told(meeting: Meeting, id: str) -> bool:
    return id in meeting.questions and meeting.questions[id].is_shown


def _is_in_log(meeting: Meeting, id: str) -> bool:
    return id in meeting.questions


def _unless(told: Callable[[Meeting, str], bool], ids: list[str], move: Move, code: str, venue: Venue) -> Move:
    """What the log has told stays. It is locked and read to its end: what somebody tells at this moment, in another
    process, is known here, or finds the question moved."""

    def moves(connection: Connection) -> None:
        head = caught_up(connection, code, venue.heads.newest(code))
        if head is None:
            raise Refused("meeting.unknown")
        refuse_if(any(told(head.meeting, each) for each in ids), "question.told")
        move(connection)

    return moves


def _each(ids: list[str], move: Callable[..., None], connection: Connection) -> None:
    refuse_unless(bool(ids), "question.none_ticked")
    for id in ids:
        move(connection, id=id)


def _asked(request: AnyRequest) -> dict[str, str]:
    """What the desk is asked to show, as the address says it."""
    query = request.query_params
    standing = query.get("standing", "")
    asked = {"standing": standing if standing in [*TABS] else Standing.WAITING.value}
    asked |= {name: query.get(name, "")[:LONGEST_SEARCH] for name in ("text", "unit", "sort") if query.get(name)}
    page = page_number(query.get("page", ""))
    return asked | ({"page": str(page)} if page else {})


async def _page(
    request: AnyRequest,
    meeting: Meeting,
    venue: Venue,
    sieves: Sieves,
    typed: Typed,
    problem: Said | None = None,
    ticked: frozenset[str] = frozenset(),
) -> Response[str]:
    asked = _asked(request)
    found, number, numbers = await venue.read(partial(_find, code=meeting.plan.code, asked=asked))
    sieve, unread = sieves.sieve()
    return html_page(
        request,
        "desk/questions",
        409 if problem else 200,
        plan=meeting.plan,
        rows=[on_desk(meeting, each, sieve) for each in found],
        tabs=[(each, numbers.get(each, 0)) for each in TABS],
        unread=unread,
        are_asked=meeting.plan.rules.questions is not Questions.NEVER,
        is_moderated=meeting.plan.rules.questions is Questions.MODERATED,
        is_open=meeting.is_open,
        typed=typed,
        ticked=ticked,
        problem=say(problem, asked_language(request)) if problem else "",
        reasons=[*Reason],
        id=new_id(),
        longest=LONGEST,
        **_turned_to(asked, number),
    )


def _page_of(asked: Mapping[str, str]) -> int:
    return int(asked.get("page", "0"))


def _find(connection: Connection, code: str, asked: Mapping[str, str]) -> Any:
    by_upvotes = asked.get("sort") == "votes"
    wanted = Wanted([Standing(asked["standing"])], asked.get("text", ""), asked.get("unit", ""), by_upvotes)
    found = questions.moderated(connection, code, wanted, _page_of(asked) * ON_A_PAGE, ON_A_PAGE)
    return found, questions.number_of(connection, code, wanted), questions.numbers(connection, code)


def _turned_to(asked: Mapping[str, str], number: int) -> dict[str, Any]:
    """What was asked for, how many there are of it, and the way to the pages beside this one."""
    page = _page_of(asked)
    return {
        "number": number,
        "asked": {"text": "", "unit": "", "sort": "", **asked},
        "query": urlencode({name: value for name, value in asked.items() if name != "page"}),
        "here": urlencode(asked),
        "page_before": page - 1 if page else None,
        "page_after": page + 1 if (page + 1) * ON_A_PAGE < number else None,
    }


ROUTES: list[Any] = [show_desk, moderate]
