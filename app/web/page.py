"""Pages: a frame that places the regions of a view and connects to its socket."""

import logging
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from litestar import MediaType, Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.datastructures.multi_dicts import FormMultiDict
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from markupsafe import Markup

from app.language import Language, language_of, say
from app.live.venue import Venue
from app.live.views import NOBODY, Viewer
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said
from app.network.addresses import base_url, is_in_tunnel, open_url, other_networks, qr_svg, secure_twin, with_address
from app.network.interfaces import networks
from app.web.gate import pairs
from app.web.phones.device import remember_device
from app.web.routes import ROUTES

logger = logging.getLogger("kaimen.pages")

LANGUAGE_COOKIE = "kaimen-lang"
ADDRESS_COOKIE = "kaimen-address"
A_YEAR = 365 * 24 * 3600
LONGEST_PAGE_NUMBER = 3
ORGANISER_AT_CONSOLE = "key.console_of_organiser"
AnyRequest = Request[Any, Any, Any]


class Elsewhere(Exception):
    """A page that is shown at another address only."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class FormAgain(Exception):
    """A form that did not come with its token: it is shown once more as it was filled in, with a good one."""

    def __init__(self, form: FormMultiDict) -> None:
        super().__init__("form.again")
        self.form = form


class NotHere(HTTPException):
    """A page that will not be shown, and the sentence that says why."""

    def __init__(self, status_code: int, code: str, **facts: str) -> None:
        super().__init__(detail=code, status_code=status_code)
        self.said = Said(code, facts)


def venue_of(request: AnyRequest) -> Venue:
    venue: Venue = request.app.state.venue
    return venue


def asked_language(connection: ASGIConnection[Any, Any, Any, Any]) -> Language:
    """By ``?lang=``, else by the cookie, else Chinese."""
    return language_of(connection.query_params.get("lang") or connection.cookies.get(LANGUAGE_COOKIE))


def must_be_secure(request: AnyRequest) -> None:
    """Where https is on, what opens with a key is shown there and nowhere else. Raises Elsewhere."""
    settings = request.app.state.settings
    if settings.tls and not is_secure(request):
        query = request.scope["query_string"].decode("latin-1")
        path = quote(request.scope["path"], safe="/:@!$&'()*+,;=~")
        raise Elsewhere(f"{secure_twin(settings, request.headers.get('host', ''))}{path}{f'?{query}' if query else ''}")


def is_secure(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    return connection.scope["scheme"] in ("https", "wss")


def screen(
    request: AnyRequest,
    meeting: Meeting,
    view: str,
    viewer: Viewer = NOBODY,
    language: Language | None = None,
    **context: Any,
) -> Response[str]:
    """The page of a live view: its regions as they stand, and where to connect for what comes.

    ``language`` is what a display has been told to speak, whatever was asked for.
    """
    language, venue = language or asked_language(request), venue_of(request)
    seen = venue.rooms.picture(meeting.plan.code, view, viewer)
    placed = {
        "regions": venue.painter.placed(venue.rooms.painted.regions(seen, language)),
        "socket": f"/{meeting.plan.code}/live/{view}?{urlencode(_asked_of_socket(request, viewer, language))}",
        "have": seen.fingerprint,
        "code": meeting.plan.code,
        "plan": meeting.plan,
        "now": venue.now(meeting.plan.code),
    }
    return _page_in(language, request, view, 200, {**placed, **context})


def _asked_of_socket(request: AnyRequest, viewer: Viewer, language: Language) -> dict[str, str]:
    """What a page says to its socket: in whose place it stands, and of which build it is."""
    is_miniature = "1" if "miniature" in request.query_params else ""
    said = {"seat": viewer.seat, "unit": viewer.unit, "name": viewer.display, "miniature": is_miniature}
    return {
        "lang": language,
        "build": venue_of(request).painter.build,
        **{name: value for name, value in said.items() if value},
    }


def html_page(request: AnyRequest, frame: str, status_code: int = 200, **context: Any) -> Response[str]:
    return _page_in(asked_language(request), request, frame, status_code, context)


def _page_in(
    language: Language, request: AnyRequest, frame: str, status_code: int, context: dict[str, Any]
) -> Response[str]:
    other = Language.ENGLISH if language is Language.CHINESE else Language.CHINESE
    content = venue_of(request).painter.page(
        frame,
        language,
        other_language=other,
        other_language_link=_with_language(request, other),
        csrf_token=pairs.token_for(request),
        is_rehearsal=_is_of_rehearsal(request, context.get("plan")),
        **context,
    )
    response = Response(content, media_type=MediaType.HTML, status_code=status_code)
    pairs.remember(request, response)
    if "lang" in request.query_params:
        asked = asked_language(request)
        response.set_cookie(LANGUAGE_COOKIE, str(asked), max_age=A_YEAR, httponly=True, samesite="lax")
    if chosen := "address" in request.query_params and _chosen_address(request):
        response.set_cookie(ADDRESS_COOKIE, chosen, httponly=True, samesite="lax")
    return response


def _is_of_rehearsal(request: AnyRequest, plan: Plan | None) -> bool:
    """By the plan on the page or else the code in its address: no page of a rehearsal can forget its mark."""
    if plan is not None:
        return plan.is_rehearsal
    meeting = venue_of(request).rooms.meeting(str(request.scope.get("path_params", {}).get("code", "")))
    return meeting is not None and meeting.plan.is_rehearsal


def address_for(request: AnyRequest, path: str) -> str:
    """The full address of a page for staff or panel, as other devices reach it."""
    return base_url(request.app.state.settings, _host(request), request.scope["scheme"]) + path


def open_address_for(request: AnyRequest, path: str) -> str:
    """The full address of a page for everybody."""
    return open_url(request.app.state.settings, _host(request), request.scope["scheme"]) + path


def reach(request: AnyRequest) -> dict[str, Any]:
    """By which address the links that are made here begin, and which others somebody may choose in its place."""
    settings, base = request.app.state.settings, address_for(request, "")
    others = other_networks(settings, _host(request))
    return {
        "base": base,
        "is_tunnel": is_in_tunnel(base, settings),
        "others": [{"address": each.address, "name": each.name, "kind": each.kind} for each in others],
    }


def _host(request: AnyRequest) -> str:
    """What this server is called by in links: as it was asked for, unless another address of it was chosen."""
    shown: str = request.app.state.hosts.to_show(request.headers.get("host", ""))
    chosen = _chosen_address(request)
    return with_address(shown, chosen) if chosen else shown


def _chosen_address(request: AnyRequest) -> str:
    """An address of this machine, by ``?address=`` or as this browser was told before. Any other is none."""
    said = request.query_params.get("address") or request.cookies.get(ADDRESS_COOKIE)
    return said if said and said in {each.address for each in networks()} else ""


@lru_cache(maxsize=1000)
def open_qr(address: str) -> Markup:
    """The QR code of an address for everybody, drawn once. One that holds a key is not kept: that is ``qr``."""
    return qr(address)


def qr(text: str) -> Markup:
    return Markup(qr_svg(text))  # noqa: S704  made by segno from an address of ours


def refusal_page(request: AnyRequest, error: Exception) -> Response[str]:
    """What is shown in place of a page: one sentence, and the way back."""
    if isinstance(error, Elsewhere):
        return Redirect(error.address, status_code=307)
    if isinstance(error, Refused) and error.code.startswith("record."):
        return _sentence_page(request, 503, error.said)
    if isinstance(error, FormAgain):
        return _form_again(request, error.form)
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status >= 500:
        # The template of the path, not the path: links hold tokens.
        logger.error("A page could not be shown: %s", request.scope.get("path_template"), exc_info=error)
    said = error.said if isinstance(error, NotHere) else Said(_SENTENCE_OF_STATUS.get(status, "page.failed"))
    return _sentence_page(request, status, said)


def _sentence_page(request: AnyRequest, status: int, said: Said) -> Response[str]:
    return html_page(
        request,
        "sentence",
        status,
        sentence_text=say(said, asked_language(request)),
        presides_at=request.path_params.get("code", "") if said.code == ORGANISER_AT_CONSOLE else "",
        takes_code=said.code in _HELPED_BY_A_CODE and not _is_in_the_clear(request),
    )


def _is_in_the_clear(request: AnyRequest) -> bool:
    """Where https is on, no code is typed without it."""
    return request.app.state.settings.tls and not is_secure(request)


def _form_again(request: AnyRequest, form: FormMultiDict) -> Response[str]:
    """All that was typed, and the one button that sends it; a file has to be chosen again.

    Where the audience sends it, its browser may have lost by what it is known as well.
    """
    fields = [(name, each) for name, each in form.items() if name != pairs.FIELD]
    response = html_page(
        request,
        "form-again",
        403,
        action=request.scope["path"],
        typed=[(name, each) for name, each in fields if isinstance(each, str)],
        files=sorted({name for name, each in fields if isinstance(each, UploadFile)}),
        names_of_files=[each.filename for _, each in fields if isinstance(each, UploadFile) and each.filename],
    )
    if ROUTES.get(f"{request.method} {request.scope.get('path_template')}") == "phone":
        remember_device(request, response)
    return response


_HELPED_BY_A_CODE = frozenset({"key.needed", "key.revoked", "key.unknown", "key.moderator_needed", "key.seat_needed"})
"""Sentences to somebody who has no key here, but may have a card with a short code."""

_SENTENCE_OF_STATUS = {
    400: "page.bad_request",
    403: "page.forbidden",
    404: "page.unknown",
    405: "page.unknown",
    413: "page.too_large",
}


def _with_language(request: AnyRequest, language: Language) -> str:
    query = {name: value for name, value in request.query_params.items() if name != "lang"}
    return f"{_asked_for_at(request)}?{urlencode({**query, 'lang': language})}"


def page_number(said: str) -> int:
    """Which page of a list is asked for, counted from 0: the first where that is no number."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_PAGE_NUMBER else 0


def _asked_for_at(request: AnyRequest) -> str:
    """Where the page can be asked for; in place of an address that takes forms alone, the meeting's."""
    template = request.scope.get("path_template", "")
    if request.method == "GET" or f"GET {template}" in ROUTES:
        return str(request.scope["path"])
    return f"/{quote(str(request.scope.get('path_params', {}).get('code', '')))}"
