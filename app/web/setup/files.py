"""A meeting out of a file and into one: upload, look at what would change, take all of it or nothing; download."""

import asyncio
import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said, refuse_unless
from app.papers.plan import importing
from app.papers.plan.importing import LARGEST_FILE, Preview
from app.papers.plan.template import WRITERS
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.setup.doors import desk
from app.web.setup.typed import Typed, of_form

LARGEST_UPLOAD = 2 * LARGEST_FILE
"""Bytes of a form: the file comes back once more, as text in the form that takes it."""

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".toml": "application/toml; charset=utf-8",
}


@get("/setup/upload")
async def ask_for_file(request: AnyRequest) -> Response[str]:
    return _page(request, Typed({"code": request.query_params.get("code", "")}))


@post("/setup/upload", request_max_body_size=LARGEST_UPLOAD)
async def take_file(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    """First the file, answered by its preview; then the file once more out of that page, to be taken.

    Nothing of the first time is relied on but the seal of the plan that the preview compared with.
    """
    form = await request.form()
    typed = of_form(form.items())
    name, content = await _file(form.get("file"), typed)
    if content is None:
        return _page(request, typed, Said("file.none_chosen"))
    reading = await asyncio.to_thread(importing.read_file, name, content)
    code = typed.text("code").strip() or None
    preview = await venue.read(lambda connection: importing.preview_of(connection, reading, code))
    kept = typed.with_texts(
        {"name": name, "content": urlsafe_b64encode(content).decode(), "seen": _seal(preview.before)}
    )
    # Pages, too, of whatever length a file makes them, are made beside the event loop: a meeting may be running.
    if typed.text("do") != "take":
        return await asyncio.to_thread(_page, request, kept, None, preview)
    try:
        refuse_unless(_seal(preview.before) == typed.text("seen"), "import.changed_meanwhile")
        plan: Plan = await venue.write(lambda connection: importing.take(connection, preview))
    except Refused as refused:
        return await asyncio.to_thread(_page, request, kept, refused.said, preview)
    await venue.replanned(plan.code)
    return Redirect(f"/setup/{quote(plan.code)}?taken", status_code=303)


@get("/setup/{code:str}/download/{ending:str}")
async def download(code: FromPath[str], ending: FromPath[str], venue: NamedDependency[Venue]) -> Response[bytes]:
    at = await desk(venue, code)
    return await _written(f".{ending}", at.plan, code)


@get("/setup/upload/template/{ending:str}")
async def template(ending: FromPath[str]) -> Response[bytes]:
    return await _written(f".{ending}", None, "kaimen")


async def _written(ending: str, plan: Plan | None, name: str) -> Response[bytes]:
    if ending not in WRITERS:
        raise NotHere(404, "page.unknown")
    content = await asyncio.to_thread(WRITERS[ending], plan)
    headers = {"content-disposition": f'attachment; filename="{name}{ending}"'}
    return Response(content, media_type=MEDIA_TYPES[ending], headers=headers)


async def _file(sent: Any, typed: Typed) -> tuple[str, bytes | None]:
    """The file that was chosen, or the one that the preview's page holds."""
    if isinstance(sent, UploadFile) and sent.filename:
        return sent.filename, await sent.read(LARGEST_FILE + 1)
    try:
        return typed.text("name"), urlsafe_b64decode(typed.text("content").encode("ascii", "replace")) or None
    except (binascii.Error, ValueError):
        return "", None


def _seal(plan: Plan | None) -> str:
    return hashlib.blake2b(msgspec.json.encode(plan), digest_size=9).hexdigest()


def _page(
    request: AnyRequest, typed: Typed, problem: Said | None = None, preview: Preview | None = None
) -> Response[str]:
    language = asked_language(request)
    return html_page(
        request,
        "setup/upload",
        422 if problem else 200,
        problem=say(problem, language) if problem else "",
        typed=typed.texts,
        code=typed.text("code"),
        preview=_shown(preview, request) if preview else None,
        accepts=",".join(WRITERS),
    )


def _shown(preview: Preview, request: AnyRequest) -> dict[str, Any]:
    language = asked_language(request)
    changes = [each for each in preview.changes if each.kind != "same"]
    return {
        "title": preview.plan.name if preview.plan else "",
        "code": preview.plan.code if preview.plan else "",
        "is_new": preview.before is None,
        "can_be_taken": preview.can_be_taken,
        "mistakes": [
            {
                "is_warning": each.is_warning,
                "sheet": each.sheet,
                "row": each.row,
                "column": each.column,
                "sentence": say(each.said, language),
            }
            for each in preview.mistakes
        ],
        "errors": sum(not each.is_warning for each in preview.mistakes),
        "warnings": sum(each.is_warning for each in preview.mistakes),
        "hint": say(preview.hint, language) if preview.hint else "",
        "changes": changes if preview.can_be_taken else [],
        "counts": [(kind, sum(each.kind == kind for each in preview.changes)) for kind in ("new", "changed", "gone")],
    }


ROUTES: list[Any] = [ask_for_file, take_file, template, download]
