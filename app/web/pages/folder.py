"""All papers of a meeting, to take away: the folder for the public, and for whoever may see named sheets everything.

A moderator sees no named sheet. So a moderator is given the folder for the public, and can have both written on the
server's own disk, as with a backup.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from app.language import say
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_if
from app.store.files import OWNERS_FOLDER
from app.store.keys import Role
from app.web.access import PAGES
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.pages.backups import beside
from app.web.pages.making import made_with_all, made_with_ballots
from app.web.visitors import Visitor

if TYPE_CHECKING:
    from app.papers.folder.proceedings import Proceedings

FOLDER = "kaimen-papers"
ZIP = "application/zip"


@get("/{code:str}/folder")
async def show_folder(
    request: AnyRequest, meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor]
) -> Response[str]:
    return _page(request, meeting, visitor)


@get("/{code:str}/folder/public.zip")
async def take_public(meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]) -> Response[bytes]:
    content = await made_with_ballots(venue, meeting.plan.code, _for_public)
    return _download(f"{meeting.plan.code}-public.zip", content)


@get("/{code:str}/folder/everything.zip")
async def take_everything(
    meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[bytes]:
    """Both folders. Refused while a round is open: nobody sees its sheets before it is closed.

    To an organiser only once the meeting is over: before that, whose sheet is whose is for the supervisor alone.
    """
    if not _sees_all(meeting, visitor):
        raise NotHere(409, "folder.not_over")
    try:
        content = await made_with_all(venue, meeting.plan.code, _everything)
    except Refused as refused:
        raise NotHere(409, refused.code) from refused
    return _download(f"{meeting.plan.code}-papers.zip", content)


@post("/{code:str}/folder", status_code=200)
async def keep(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """Write both folders beside the database, and say where."""
    to = beside(venue).with_name(FOLDER) / meeting.plan.code
    try:
        await made_with_all(venue, meeting.plan.code, lambda record: _written(record, to))
    except Refused as refused:
        return _page(request, meeting, visitor, problem=say(refused.said, asked_language(request)))
    except OSError as error:
        said = Said("folder.not_written", {"cause": error.strerror or str(error)})
        return _page(request, meeting, visitor, problem=say(said, asked_language(request)))
    return _page(request, meeting, visitor, kept=str(to))


def _page(request: AnyRequest, meeting: Meeting, visitor: Visitor, kept: str = "", problem: str = "") -> Response[str]:
    return html_page(
        request,
        "folder",
        409 if problem else 200,
        plan=meeting.plan,
        is_finished=meeting.is_finished,
        waits=bool(meeting.open_rounds),
        sees_all=_sees_all(meeting, visitor),
        keeps=visitor.key(PAGES["keep"]) is not None,
        reads_record=visitor.key(PAGES["record"]) is not None,
        kept=kept,
        problem=problem,
    )


def _sees_all(meeting: Meeting, visitor: Visitor) -> bool:
    roles = PAGES["everything"] if meeting.is_finished else frozenset({Role.SUPERVISOR})
    return visitor.key(roles) is not None


# What makes papers is read when papers are wanted: a start does without all of it.


def _for_public(record: "Proceedings") -> bytes:
    from app.papers.folder.contents import papers_of
    from app.papers.folder.folders import archive, folder_for_public

    return archive(record, [folder_for_public(record, papers_of(record))])


def _must_be_closed(record: "Proceedings") -> None:
    """Asked of the record itself: while its reader waited, a round may have been opened."""
    refuse_if(bool(record.meeting.open_rounds), "folder.round_open")


def _everything(record: "Proceedings") -> bytes:
    from app.papers.folder.folders import archive, folders_of

    _must_be_closed(record)
    return archive(record, list(folders_of(record)))


def _written(record: "Proceedings", to: Path) -> None:
    from app.papers.folder.folders import folders_of, write

    _must_be_closed(record)
    to.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    for folder in folders_of(record):
        write(folder, to)


def _download(name: str, content: bytes) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=ZIP, headers=headers)


ROUTES: list[Any] = [show_folder, take_public, take_everything, keep]
