"""The addresses of the set-up pages."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.web.page import AnyRequest, NotHere
from app.web.setup import agenda, files, meeting, meetings, panel, papers, rubric, rules, units
from app.web.setup.doors import answer, show
from app.web.setup.page import SetupPage
from app.web.setup.typed import Typed, of_form
from app.web.visitors import Visitor

PAGES = {each.name: each for each in (meeting.PAGE, units.PAGE, agenda.PAGE, panel.PAGE, rubric.PAGE, rules.PAGE)}


@get("/setup")
async def meetings_list(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    return await meetings.list_meetings(request, venue)


@post("/setup/new")
async def new_meeting(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    return await meetings.make_meeting(request, venue, await sent(request))


@get("/setup/upload")
async def ask_for_file(request: AnyRequest) -> Response[str]:
    return await files.ask_for_file(request)


@post("/setup/upload", request_max_body_size=files.LARGEST_UPLOAD)
async def take_file(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    return await files.take_file(request, venue)


@get("/setup/upload/template/{ending:str}")
async def template(ending: FromPath[str]) -> Response[bytes]:
    return await files.template(ending)


@get("/setup/{code:str}/download/{ending:str}")
async def download(code: FromPath[str], ending: FromPath[str], venue: NamedDependency[Venue]) -> Response[bytes]:
    return await files.download(venue, code, ending)


@get("/setup/{code:str}")
async def overview(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await meetings.overview(request, venue, code)


@get("/setup/{code:str}/delete")
async def ask_to_delete(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await meetings.ask_to_delete(request, venue, code)


@post("/setup/{code:str}/delete")
async def delete(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await meetings.delete(request, venue, code, await sent(request))


@post("/setup/{code:str}/rehearse")
async def rehearse(
    request: AnyRequest, code: FromPath[str], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[str]:
    return await meetings.rehearse(request, venue, visitor, code)


@get("/setup/{code:str}/papers")
async def show_papers(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await papers.show_papers(request, venue, code)


@post("/setup/{code:str}/papers", request_max_body_size=papers.LARGEST_UPLOAD)
async def hand_out_papers(request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    return await papers.hand_out_papers(request, venue, code)


@post("/setup/{code:str}/papers/{unit:str}", request_max_body_size=papers.LARGEST_UPLOAD)
async def add_papers(
    request: AnyRequest, code: FromPath[str], unit: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    return await papers.add_papers(request, venue, code, unit)


@post("/setup/{code:str}/papers/{unit:str}/{paper:str}/remove")
async def remove_paper(
    request: AnyRequest,
    code: FromPath[str],
    unit: FromPath[str],
    paper: FromPath[str],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return await papers.remove_paper(request, venue, code, unit, paper)


@get("/{code:str}/papers/{paper:str}")
async def read_paper(
    paper: FromPath[str], meeting: NamedDependency[Meeting], venue: NamedDependency[Venue]
) -> Response[bytes]:
    return await papers.read_paper(venue, meeting, paper)


@get("/setup/{code:str}/{page:str}")
async def show_page(
    request: AnyRequest, code: FromPath[str], page: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    return await show(request, venue, _known(page), code)


@post("/setup/{code:str}/{page:str}")
async def take_page(
    request: AnyRequest, code: FromPath[str], page: FromPath[str], venue: NamedDependency[Venue]
) -> Response[str]:
    return await answer(request, venue, _known(page), code, await sent(request))


async def sent(request: AnyRequest) -> Typed:
    """The form of a request."""
    form = await request.form()
    return of_form(form.items())  # in their order, which multi_items() loses


def _known(page: str) -> SetupPage:
    if page not in PAGES:
        raise NotHere(404, "page.unknown")
    return PAGES[page]


ROUTES: list[Any] = [
    meetings_list,
    new_meeting,
    ask_for_file,
    take_file,
    template,
    download,
    overview,
    ask_to_delete,
    delete,
    rehearse,
    show_papers,
    hand_out_papers,
    add_papers,
    remove_paper,
    read_paper,
    show_page,
    take_page,
]
