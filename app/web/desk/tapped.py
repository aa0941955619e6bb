"""A comment on the console becomes a draft by one tap, while the meeting runs; the wording is put right later."""

from typing import Any
from urllib.parse import quote

from litestar import MediaType, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import catalogue, say
from app.language.words import WORDS
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.comments.state import Comment
from app.meeting.findings.state import FindingKind
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.store.keys import Role
from app.web.access import BUREAU
from app.web.page import AnyRequest, NotHere, asked_language
from app.web.pages.desk import perform
from app.web.sockets.frames import id_made_of
from app.web.visitors import Visitor


@post("/{code:str}/findings/from/{comment:str}")
async def draft_from_comment(
    request: AnyRequest,
    comment: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[Any]:
    """Once, however often the button is pressed: ``drafts`` says how many findings there were when it was painted.

    It is the finding that is known again, not its command: phones are told the id of a comment, and all but the id of
    its command could be guessed of a line that the public log withholds.
    """
    found = meeting.comments.get(comment)
    if found is None:
        raise NotHere(404, "comment.unknown")
    id = id_made_of(found.id, (await request.form()).get("drafts", "0"))
    language = asked_language(request)
    try:
        if id not in meeting.findings.by_id:
            draft = _draft(id, found, catalogue(language).gettext(WORDS[f"role.{Role.MODERATOR}"]))
            await perform(venue, meeting, visitor, BUREAU, [draft], form="")
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code)
        if now is None or id not in now.findings.by_id:  # else the same press came twice at once
            return Response(say(refused.said, language), media_type=MediaType.TEXT, status_code=409)
    if request.headers.get("hx-request"):
        return Response(b"", status_code=204)
    return Redirect(f"/{quote(meeting.plan.code)}/moderator", status_code=303)


def _draft(id: str, comment: Comment, author: str) -> c.DraftFinding:
    return c.DraftFinding(id, comment.unit, comment.text, FindingKind.IN_TERM, author, (comment.id,))


ROUTES: list[Any] = [draft_from_comment]
