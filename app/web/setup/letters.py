"""The page of the forms of letters: what an office sends out, in its own look. They are for all meetings."""

import asyncio
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.screens.parts import size_text
from app.live.venue import Venue
from app.meeting.refusals import Refused, Said
from app.papers.folder.paper import LETTER, TEXT
from app.papers.incoming import name_of_file
from app.papers.letters.bounds import LARGEST_FORM
from app.store import forms
from app.web.page import AnyRequest, NotHere, asked_language, html_page

if TYPE_CHECKING:
    from app.papers.letters.forms import Form

LARGEST_UPLOAD = LARGEST_FORM + 1024 * 1024


@get("/setup/letters")
async def show_forms(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    return await _page(request, venue)


@get("/setup/letters/names.txt")
async def show_names(request: AnyRequest) -> Response[str]:
    """What a form may name, for whoever writes one."""
    from app.papers.letters.forms import names_to_use

    how = say(Said("form.names_explained"), asked_language(request))
    headers = {"content-disposition": 'attachment; filename="names.txt"'}
    return Response(names_to_use(how), media_type=TEXT, headers=headers)


@get("/setup/letters/{letter:str}")
async def download_form(letter: FromPath[str], venue: NamedDependency[Venue]) -> Response[bytes]:
    """The form in use: the office's own, or ours."""
    form = _form(letter)
    own = await venue.read(lambda connection: forms.content_of(connection, form.name))
    headers = {"content-disposition": f'attachment; filename="{form.file}"'}
    return Response(own or form.content, media_type=LETTER, headers=headers)


@post("/setup/letters/{letter:str}", request_max_body_size=LARGEST_UPLOAD)
async def take_form(request: AnyRequest, letter: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Keep a form (field ``form``) if it holds nothing but a letter and the names of its letter."""
    from app.papers.letters.checking import must_be_a_form

    form = _form(letter)
    sent = (await request.form()).get("form")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _page(request, venue, form.name, Said("file.none_chosen"))
    name, content = name_of_file(sent.filename), await sent.read(LARGEST_FORM + 1)
    try:
        await asyncio.to_thread(must_be_a_form, content, form, name)
    except Refused as refused:
        return await _page(request, venue, form.name, refused.said)
    await venue.write(lambda connection: forms.put(connection, form.name, name, content))
    return Redirect(f"/setup/letters#letter-{form.name}", status_code=303)


@post("/setup/letters/{letter:str}/remove")
async def remove_form(letter: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
    """Back to ours."""
    form = _form(letter)
    await venue.write(lambda connection: forms.remove(connection, form.name))
    return Redirect(f"/setup/letters#letter-{form.name}", status_code=303)


# Forms are read when somebody asks for them: a start does without.


def _form(letter: str) -> "Form":
    from app.papers.letters.forms import FORMS

    if letter not in FORMS:
        raise NotHere(404, "page.unknown")
    return FORMS[letter]


async def _page(request: AnyRequest, venue: Venue, at: str = "", problem: Said | None = None) -> Response[str]:
    from app.papers.letters.forms import FORMS

    own = await venue.read(forms.kept)
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "own": own[name].name if name in own else "",
            "size": size_text(own[name].size) if name in own else "",
            "problem": say(problem, asked_language(request)) if problem and name == at else "",
        }
        for name in FORMS
    ]
    megabytes = LARGEST_FORM // 1024 // 1024
    return html_page(request, "setup/letters", 422 if problem else 200, letters=rows, megabytes=megabytes)


ROUTES: list[Any] = [show_forms, show_names, download_form, take_form, remove_form]
