"""The quick door: what a whole hall sends at once is answered before the framework, by the same rules: a ballot as the
page's script sends it, and the picture that it asks for where there is no socket.

A hall votes within seconds, and the framework's way through a request costs several times what a ballot does. Only the
plain case is taken here, in the turn in which it comes up, without a task of its own. Whatever is unusual about a
request, a token that is none among it, goes the way that all forms go, and is answered there; so does all of it, unless
the table of roles has these routes open to everybody.
"""

from typing import Any

from litestar import Litestar
from litestar.serialization import encode_json

from app.language import DEFAULT, Language
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.settings import Network
from app.store.ballots import Ballot
from app.web.access import EVERYBODY, PAGES
from app.web.gate import pairs
from app.web.gate.callers import take_scheme
from app.web.gate.guard import is_from_here
from app.web.gate.headers import NOT_MODIFIED, lines_of_data
from app.web.gate.hosts import Hosts
from app.web.gate.light import LIGHT, Answer
from app.web.page import AnyRequest
from app.web.phones.ballots import cast_by, outcome
from app.web.phones.plain import PlainRequest, Unusual, fields_in
from app.web.phones.snapshot import Snapshots
from app.web.routes import ROUTES

LARGEST = 2048
"""Bytes of a ballot: a token, a choice, the number of a press."""

_ROUTES = {method: f"{method} /{{code}}{end}" for method, end in LIGHT.items()}
_HEAD = lines_of_data({}) + b"content-length: %d\r\n"
_LANGUAGES = {b"": DEFAULT, **{f"lang={each}".encode(): each for each in Language}}
"""By what a page asks for: a picture is in no other language."""


class QuickDoor:
    """Asked by the threshold. ``proxies``: whose word on the caller counts."""

    def __init__(
        self, app: Litestar, venue: Venue, snapshots: Snapshots, hosts: Hosts, proxies: tuple[Network, ...] = ()
    ) -> None:
        self._app = app
        self._venue = venue
        self._snapshots = snapshots
        self._hosts = hosts
        self._proxies = proxies

    def takes(self, scope: Any, body: bytes, answer: Answer) -> bool:
        """Whether it is answered here, now or soon; else nothing was done with it."""
        meeting = self._venue.rooms.meeting(scope["path"][1 : -len(LIGHT[scope["method"]])])
        if meeting is None or meeting.plan.invited_only or not _is_open(scope["method"]):
            return False
        scope = {**scope}
        take_scheme(scope, self._proxies)
        try:
            request = PlainRequest(self._app, scope)
            if self._hosts.fault(request.headers.get("host", "")):
                return False
            if scope["method"] == "GET":
                self._show(meeting, request, answer)
            else:
                _take(meeting, request, body, answer)
        except Unusual:
            return False
        return True

    def _show(self, meeting: Meeting, request: AnyRequest, answer: Answer) -> None:
        said, language = request.headers, _LANGUAGES.get(request.scope["query_string"])
        if language is None or "text/html" in said.get("accept", ""):
            raise Unusual
        ready = self._snapshots.of(meeting.plan.code, language)
        if ready.have in said.get("if-none-match", ""):
            answer(NOT_MODIFIED, ready.head, b"")
        elif "gzip" in said.get("accept-encoding", ""):
            answer(200, ready.head_of_gzipped, ready.gzipped)
        else:
            answer(200, ready.head_of_content, ready.content)


def _is_open(method: str) -> bool:
    """Whether the table of roles lets everybody in at the route that is asked for so."""
    page = ROUTES.get(_ROUTES[method])
    return page in PAGES and PAGES[page] is EVERYBODY


def _take(meeting: Meeting, request: AnyRequest, body: bytes, answer: Answer) -> None:
    if not _is_plain(request, len(body)):
        raise Unusual
    form = fields_in(body)
    if not pairs.is_pair(request, form.get(pairs.FIELD, ""), (pairs.NOBODY,)):
        raise Unusual

    def came_to(ballot: Ballot | None, refused: Refused | None) -> None:
        status, said = outcome(request, ballot, refused)
        content = encode_json(said)
        answer(status, _HEAD % len(content), content)

    cast_by(request, meeting, form.get("vote", ""), form.get("press", ""), came_to)


def _is_plain(request: AnyRequest, length: int) -> bool:
    """A short form of one of our own pages, sent by a script that wants no page for an answer."""
    said = request.headers
    accepts = said.get("accept", "")
    return (
        said.get("content-type", "").partition(";")[0] == "application/x-www-form-urlencoded"
        and "application/json" in accepts
        and "text/html" not in accepts
        and pairs.HEADER not in said
        and length <= LARGEST
        and not request.scope["query_string"]
        and is_from_here(request)
    )
