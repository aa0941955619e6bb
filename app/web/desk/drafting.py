"""A finding written by hand, or made of the comments on a unit that are ticked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.memory import findings_made
from app.live.screens.parts import instant_text
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.codes import is_an_id
from app.meeting.comments.state import CommentKind, CommentStanding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.meeting.texts import LONGEST_NAME
from app.web.access import BUREAU
from app.web.desk.shown import name_of
from app.web.desk.written import standards_in, wording_in, written_choices
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import perform, was_performed
from app.web.setup.forms import Form
from app.web.setup.typed import Reader, Typed, of_form
from app.web.sockets.frames import id_made_of, new_id
from app.web.visitors import Visitor


@get("/{code:str}/findings/new")
async def write_finding(request: AnyRequest, meeting: NamedDependency[Meeting]) -> Response[str]:
    unit = request.query_params.get("unit", "")
    return _page(request, meeting, Typed({"unit": unit, "kind": "in_term"}), ())


@post("/{code:str}/findings/new")
async def keep_finding(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    form = await request.form()
    typed, sources = of_form(form.items()), tuple(dict.fromkeys(form.getall("source", [])))
    command, complaints = _asked(meeting, typed, sources)
    if complaints:
        return _page(request, meeting, typed, sources, complaints)
    id = typed.text("id")
    try:
        if not await was_performed(venue, meeting, command, id):
            await perform(venue, meeting, visitor, BUREAU, [command], id)
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return _page(request, now, typed, sources, {"": refused.said})
    return Redirect(f"/{quote(meeting.plan.code)}/findings?unit={quote(command.unit)}&done=draft", status_code=303)


def _asked(meeting: Meeting, typed: Typed, sources: tuple[str, ...]) -> tuple[c.DraftFinding, Mapping[str, Said]]:
    """Where no wording was typed, it is that of the comments."""
    said = "\n".join(meeting.comments[each].text for each in sources if each in meeting.comments)
    reader = Reader(typed if typed.is_filled("text") else typed.with_texts({"text": said}))
    text, kind, criterion = wording_in(reader)
    standards, author = standards_in(reader), reader.needed_line("author", LONGEST_NAME)
    own = typed.text("id") if is_an_id(typed.text("id")) else new_id()
    id = id_made_of("finding", own)
    unit = typed.text("unit")
    return c.DraftFinding(id, unit, text, kind, author, sources, criterion, standards), reader.complaints


def _page(
    request: AnyRequest,
    meeting: Meeting,
    typed: Typed,
    sources: tuple[str, ...],
    complaints: Mapping[str, Said] | None = None,
) -> Response[str]:
    language, plan = asked_language(request), meeting.plan
    unit = next((each for each in plan.units if each.id == typed.text("unit")), None)
    typed_id = typed.text("id")
    return html_page(
        request,
        "desk/new",
        422 if complaints else 200,
        plan=plan,
        unit=unit,
        units=[(each.id, name_of(each)) for each in plan.units],
        comments=_comments(meeting, unit.id) if unit else [],
        sources=sources,
        written=written_choices(meeting),
        form=Form(typed, {name: say(said, language) for name, said in (complaints or {}).items()}),
        is_opened=meeting.opened_at is not None,
        id=typed_id if is_an_id(typed_id) else new_id(),
        longest={"author": LONGEST_NAME},
    )


def _comments(meeting: Meeting, unit: str) -> list[dict[str, Any]]:
    """What was said of the unit: problems first, and those that are no finding yet before the others."""
    made, order = findings_made(meeting), (CommentKind.PROBLEM, CommentKind.SUGGESTION, CommentKind.HIGHLIGHT)
    said = [each for each in meeting.comments_on(unit) if each.standing is not CommentStanding.TAKEN_BACK]
    said.sort(key=lambda each: (made.of_comments[each.id] > 0, order.index(each.kind), each.sent_at, each.id))
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "text": each.text,
            "group": meeting.seat(each.seat).group,
            "at": instant_text(meeting, each.sent_at),
            "findings": made.of_comments[each.id],
        }
        for each in said
    ]


ROUTES: list[Any] = [write_finding, keep_finding]
