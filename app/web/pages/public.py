"""What society sees, live: the pages of ``app.papers.site`` at addresses of this server, for everybody, without a key.

They set no cookie and ask for none, their language stands in the address: any proxy may keep them for a while. Each is
made once of a record as it stands, whoever asks for it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.language import Language, language_of
from app.live.screens.parts import is_shown_by_browsers
from app.live.venue import Venue
from app.meeting.findings.asking import today
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment
from app.papers.incoming import media_type_of
from app.papers.site.data import findings_csv, public_json
from app.papers.site.feed import feed_of
from app.papers.site.links import DATA, FEED, FINDINGS, FileBeside
from app.papers.site.pages import agenda_page, first_page, other_than, page_of_unit
from app.papers.site.picture import picture_of
from app.papers.site.shown import FindingShown, MeetingShown, ProofShown, UnitShown
from app.store import contents
from app.store.ballots import to_be_told
from app.store.heads import Head
from app.web.kept import KeptOnce
from app.web.page import AnyRequest, NotHere, venue_of
from app.web.pages.static import StaticFiles

SECONDS_TO_KEEP = 30
MOST_KEPT = 60
ATOM = "application/atom+xml"
NOTHING_RUNS = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class AtThisServer:
    """The addresses of the public pages of a meeting, in a language. Chinese is what they are in without asking.

    ``is_over``: then the log and the results can be had, to be checked (``checkable``), and the ballots, if there are
    any that everybody may count.
    """

    code: str
    language: Language
    static: StaticFiles
    is_over: bool = False
    has_ballots: bool = False

    @property
    def home(self) -> str:
        return self._page("")

    @property
    def agenda(self) -> str:
        return self._page("/agenda")

    @property
    def styles(self) -> list[str]:
        return [self.static.addresses[name] for name in ("base.css", "public.css", "votes.css")]

    @property
    def feed(self) -> str:
        return self._page(f"/{FEED}")

    @property
    def files(self) -> list[FileBeside]:
        checked = [
            FileBeside("public.log", f"{self._at}/public.log.jsonl"),
            FileBeside("paper.results_data", f"{self._at}/results.json"),
            *([FileBeside("paper.ballots_data", f"{self._at}/ballots.json")] if self.has_ballots else []),
        ]
        return [
            FileBeside("public.verify", "/trust/verify.html"),
            *(checked if self.is_over else [FileBeside("public.log_later", "")]),
            FileBeside("public.data", f"{self._at}/{DATA}"),
            FileBeside("public.findings", f"{self._at}/{FINDINGS}"),
            FileBeside("public.feed", self.feed),
        ]

    def unit(self, unit: UnitShown) -> str:
        return self._page(f"/unit/{quote(unit.unit.id)}")

    def proof(self, proof: ProofShown) -> str:
        return f"{self._at}/files/{proof.sha256}"

    def report(self, report: Attachment) -> str:
        return f"{self._at}/files/{report.sha256}"

    def objection(self, unit: UnitShown, finding: FindingShown) -> str:
        return self._page(f"/unit/{quote(unit.unit.id)}/{finding.number}/objection")

    @property
    def _at(self) -> str:
        return f"/{quote(self.code)}/public"

    def _page(self, path: str) -> str:
        asks = "" if self.language is Language.CHINESE else f"?lang={self.language}"
        return f"{self._at}{path}{asks}"


class Published:
    """The pictures of meetings and the pages made of them, as long as the record stands where it stood. One process's.

    ``look`` and ``made`` are called in the event loop; what takes long is done beside it.
    """

    def __init__(self, venue: Venue, static: StaticFiles) -> None:
        self._venue = venue
        self.static = static
        at_work = asyncio.Lock()
        self._pictures: KeptOnce[str, MeetingShown] = KeptOnce(MOST_KEPT, at_work)
        self._pages: KeptOnce[tuple[str | int, ...], bytes] = KeptOnce(MOST_KEPT, at_work)

    async def look(self, meeting: Meeting) -> MeetingShown:
        """As the record stands, on the day it is in the hall."""
        code = meeting.plan.code
        return await self._pictures.of(code, lambda: self._looked(code), self._still_stands)

    async def made(self, shown: MeetingShown, what: str, make: Callable[[], bytes]) -> bytes:
        key = (shown.code, shown.edition, shown.seal, shown.as_of.isoformat(), what)
        return await self._pages.of(key, lambda: asyncio.to_thread(make))

    async def _looked(self, code: str) -> MeetingShown:
        head = self._head(code)
        return await asyncio.to_thread(
            picture_of, head.meeting, head.seq, head.tail.seal, self._day(head), head.edition
        )

    def _still_stands(self, shown: MeetingShown) -> bool:
        head = self._head(shown.code)
        return (shown.edition, shown.seal, shown.as_of) == (head.edition, head.tail.seal, self._day(head))

    def _head(self, code: str) -> Head:
        """Raises NotHere."""
        head = self._venue.heads.newest(code)
        if head is None:
            raise NotHere(404, "meeting.unknown")
        return head

    def _day(self, head: Head) -> date:
        return today(head.meeting, self._venue.now(head.meeting.plan.code))


# --- doors ------------------------------------------------------------------------------------------------------------

Doors = NamedDependency[Published]
Entered = NamedDependency[Meeting]


@get("/{code:str}/public")
async def show_meeting(request: AnyRequest, meeting: Entered, published: Doors) -> Response[bytes]:
    return await _page(request, meeting, published, "", first_page, lambda at: at.home)


@get("/{code:str}/public/agenda")
async def show_agenda(request: AnyRequest, meeting: Entered, published: Doors) -> Response[bytes]:
    return await _page(request, meeting, published, "agenda", agenda_page, lambda at: at.agenda)


@get("/{code:str}/public/unit/{unit:str}")
async def show_unit(request: AnyRequest, unit: FromPath[str], meeting: Entered, published: Doors) -> Response[bytes]:
    found = unit_shown(await published.look(meeting), unit)

    def page(shown: MeetingShown, language: Language, at: AtThisServer, other_page: str) -> str:
        return page_of_unit(shown, found, language, at, other_page)

    return await _page(request, meeting, published, f"unit {unit}", page, lambda at: at.unit(found))


@get("/{code:str}/public/feed.xml")
async def give_feed(request: AnyRequest, meeting: Entered, published: Doors) -> Response[bytes]:
    shown, language = await published.look(meeting), asked_language(request)
    at = AtThisServer(shown.code, language, published.static)
    content = await published.made(shown, f"feed {language}", lambda: feed_of(shown, language, at))
    return _answer(request, meeting, shown, content, ATOM)


@get("/{code:str}/public/public.json")
async def give_data(request: AnyRequest, meeting: Entered, published: Doors) -> Response[bytes]:
    shown = await published.look(meeting)
    content = await published.made(shown, DATA, lambda: public_json(shown))
    return _answer(request, meeting, shown, content, MediaType.JSON)


@get("/{code:str}/public/findings.csv")
async def give_table(request: AnyRequest, meeting: Entered, published: Doors) -> Response[bytes]:
    shown = await published.look(meeting)
    content = await published.made(shown, FINDINGS, lambda: findings_csv(shown))
    return _answer(request, meeting, shown, content, "text/csv")


@get("/{code:str}/public/files/{sha256:str}")
async def give_file(
    sha256: FromPath[str], meeting: Entered, published: Doors, venue: NamedDependency[Venue]
) -> Response[bytes]:
    """A proof that was ticked, or a report that was opened: asked of what is shown now, and of nothing else."""
    shown = await published.look(meeting)
    name = shown.files.get(sha256)
    content = await venue.read(lambda connection: contents.load(connection, sha256)) if name else None
    if name is None or content is None:
        raise NotHere(404, "attachments.unknown")
    if not await asyncio.to_thread(contents.is_whole, content, sha256):
        raise NotHere(409, "attachments.altered")
    how = "inline" if is_shown_by_browsers(name) else "attachment"
    headers = {
        "content-disposition": f"{how}; filename*=UTF-8''{quote(name)}",
        "content-security-policy": NOTHING_RUNS,
    }
    return Response(content, media_type=media_type_of(name), headers=headers)


def asked_language(request: AnyRequest) -> Language:
    """By the address alone: what a proxy keeps is the same for everybody."""
    return language_of(request.query_params.get("lang"))


def unit_shown(shown: MeetingShown, id: str) -> UnitShown:
    unit = shown.unit(id)
    if unit is None:
        raise NotHere(404, "unit.unknown")
    return unit


_Render = Callable[[MeetingShown, Language, AtThisServer, str], str]


async def _page(
    request: AnyRequest,
    meeting: Meeting,
    published: Published,
    what: str,
    render: _Render,
    address: Callable[[AtThisServer], str],
) -> Response[bytes]:
    shown, language = await published.look(meeting), asked_language(request)
    is_over, has_ballots = shown.status == "finished", bool(to_be_told(meeting))
    at, other = (
        AtThisServer(shown.code, each, published.static, is_over, has_ballots)
        for each in (language, other_than(language))
    )
    what = f"page {what} {language}"
    content = await published.made(shown, what, lambda: render(shown, language, at, address(other)).encode())
    return _answer(request, meeting, shown, content, MediaType.HTML)


def _answer(
    request: AnyRequest, meeting: Meeting, shown: MeetingShown, content: bytes, media_type: str
) -> Response[bytes]:
    """With a tag that changes with plan, record, day and program. What only the invited may see no proxy keeps."""
    stands = f"{shown.edition}-{shown.seal[:24]}-{shown.as_of.isoformat()}"
    tag = f'W/"{stands}-{venue_of(request).painter.build}"'
    keeps = f"public, max-age={SECONDS_TO_KEEP}" if not meeting.plan.invited_only else "private, no-cache"
    headers = {"cache-control": keeps, "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


ROUTES: list[Any] = [show_meeting, show_agenda, show_unit, give_feed, give_data, give_table, give_file]
