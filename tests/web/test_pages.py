"""Pages: what every one of them is made of, how it is served, and what is shown in its place when it cannot be."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import connect

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.polls.agreed import PollsOpen
from app.meeting.questions.agreed import Questions
from app.meeting.refusals import Said
from app.web.page import open_qr, qr
from app.web.pages.static import FOR_EVER
from tests.live.served import Caller, Served, Sitting, bearer
from tests.meetings import ANN, BEN, WATER, at_water, comment, sheet, small_plan
from tests.web import protocol
from tests.web.elements import elements_of

LIGHT, TO_READ = 20_000, 14_000
"""Bytes of all that a phone asks for at first, compressed; and of what it can be read with."""
FILES = 5

PAGES: dict[str, tuple[str, str]] = {
    "lobby": ("/", ""),
    "moderator": ("/{code}/moderator", "moderator"),
    "moderator with all comments": ("/{code}/moderator?comments=1", "moderator"),
    "panel": ("/{code}/panel", "seat"),
    "panel of a unit": ("/{code}/panel?unit=water", "seat"),
    "hall": ("/{code}/display", ""),
    "timer": ("/{code}/display?view=timer", ""),
    "lower": ("/{code}/display?view=lower", ""),
    "prompt": ("/{code}/display?view=prompt", ""),
    "hall of a name": ("/{code}/display?name=left", ""),
    "devices": ("/{code}/devices", "moderator"),
    "phone": ("/{code}", ""),
    "results": ("/{code}/results", ""),
    "results of a unit": ("/{code}/results/water", ""),
    "results with all comments": ("/{code}/results?comments=7", ""),
    "results of the staff": ("/{code}/results", "moderator"),
    "join": ("/join", ""),
    "keys": ("/{code}/keys", "moderator"),
    "cards": ("/{code}/print/cards", "moderator"),
    "sheets": ("/{code}/print/sheets", "moderator"),
    "attendance": ("/{code}/print/attendance", "moderator"),
    "people": ("/{code}/people", "moderator"),
    "forbidden": ("/{code}/moderator", ""),
    "unknown": ("/nothing/here", ""),
    "no meeting": ("/nothing", ""),
    "no unit": ("/{code}/results/nowhere", ""),
    "no display": ("/{code}/display?view=nothing", ""),
}
LIVE = [name for name in PAGES if name.split()[0] in protocol.VIEWS]
SCRIPTS: dict[str, str] = {}
"""What was served at an address, which says what is there."""
STATUS = {"forbidden": 403, "unknown": 404, "no meeting": 404, "no unit": 404, "no display": 404}


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    """A server of these tests alone, whose lobby is not crowded by the meetings of others."""
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def running(served) -> Sitting:
    """A meeting with all there can be on a page: rounds, a result, comments, a message, a vote, questions. Only looked
    at."""
    story = at_water()
    rules = replace(small_plan().rules, polls=PollsOpen.BY_HAND, questions=Questions.MODERATED)
    sitting = served.holds(small_plan(rules=rules))
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        c.JumpTo(Place(WATER)),
        *(sheet(story.meeting, WATER, seat, 50, 30) for seat in sitting.seats),
        comment(id="comment-1"),
        comment(BEN, id="comment-2"),
        c.ReleaseComment("comment-1", "Well argued"),
        c.CloseRound(WATER),
        c.RevealResult(WATER),
        c.JumpTo(Place("report-court")),
        c.TellSpeaker("two minutes left"),
        c.OpenPoll("court"),
    )
    return sitting


def page(sitting: Sitting, name: str, **headers: str) -> httpx.Response:
    path, role = PAGES[name]
    key = {"": "", "moderator": sitting.moderator, "seat": sitting.seats[ANN]}[role]
    return sitting.served.page(path.format(code=sitting.code), key, **headers)


# --- what a page is made of -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", Language)
def test_no_page_holds_a_script_or_a_style_of_its_own_or_calls_on_others(running, name, language):
    answer = page(running, name, cookie=f"kaimen-lang={language}")
    assert answer.status_code == STATUS.get(name, 200)
    elements = elements_of(answer.text)
    assert [tag for tag, _ in elements if tag in ("object", "embed", "base")] == []
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in elements:
        assert tag != "script" or "src" in attributes or attributes == {"type": "application/json", "id": "words"}
        assert [each for each in attributes if each.startswith(("on", "hx-on")) or each == "style"] == []
        for address in (attributes.get(each, "") for each in ("src", "href", "action", "data-address")):
            assert not urlsplit(address).netloc, address
            assert not address.startswith("javascript:")


@pytest.mark.parametrize("name", PAGES)
def test_no_two_elements_of_a_page_share_an_id(running, name):
    ids = [attributes["id"] for _, attributes in elements_of(page(running, name).text) if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_all_a_page_names_is_there_and_may_be_kept_for_ever(running, name):
    answer = page(running, name)
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text)
    assert files
    for file in files:
        found = running.served.page(file)
        assert (found.status_code, found.headers["cache-control"]) == (200, FOR_EVER)


def digests_of_sheets(text: str) -> list[str]:
    """Of the style sheets that are written into this page, as a policy names them."""
    within = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    return ["sha256-" + base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in within]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_may_not_do_and_is_kept_nowhere(running, name):
    answer = page(running, name)
    headers = answer.headers
    host = running.served.host
    styles = " ".join(["'self'", *(f"'{each}'" for each in digests_of_sheets(answer.text))])
    assert (styles == "'self'") == (name != "phone")
    assert headers["content-security-policy"] == (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' ws://{host} wss://{host}; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
        "form-action 'self'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_a_strange_host_does_not_get_into_the_policy(sitting):
    answer = sitting.page(host="evil.example; script-src *")
    assert "evil" not in answer.headers.get("content-security-policy", "")


def test_a_host_too_long_for_any_name_is_refused_in_a_sentence(served):
    answer = served.page("/", host="x" * 4000)
    assert answer.status_code == 400
    assert say(Said("page.bad_request"), Language.CHINESE) in answer.text


def test_addresses_without_a_key_are_drawn_once():
    assert open_qr("http://hall/") is open_qr("http://hall/")
    assert qr("http://hall/") == open_qr("http://hall/")


# --- a page and its socket --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("language", Language)
async def test_a_page_that_connects_where_it_says_is_sent_nothing(running, name, language):
    """What has been painted on the page is what the socket would bring."""
    answer = page(running, name, cookie=f"kaimen-lang={language}")
    [(address, have)] = re.findall(r'data-address="([^"]+)" data-have="([0-9a-f]+)"', answer.text)
    async with connected(running, PAGES[name][1], f"{address.replace('&amp;', '&')}&have={have}") as caller:
        await caller.listens()
        assert caller.regions == {}
        assert ("draft" in "".join(caller.texts)) == (name == "panel of a unit")


@pytest.mark.parametrize("name", LIVE)
async def test_the_regions_of_a_page_are_those_the_socket_sends(running, name):
    answer = page(running, name, cookie="kaimen-lang=en")
    [address] = re.findall(r'data-address="([^"]+)"', answer.text)
    async with connected(running, PAGES[name][1], address.replace("&amp;", "&")) as caller:
        await caller.listens()
    assert set(caller.regions) == set(protocol.VIEWS[name.split()[0]])
    for html in caller.regions.values():
        assert html in answer.text


@pytest.mark.parametrize("name", [each for each in LIVE if each == each.split()[0]])
def test_a_page_loaded_before_the_opening_has_all_but_its_regions_as_one_loaded_after_it(served, name):
    """What is outside of them no push brings: nothing that the opening changes may stand there."""
    sitting = served.holds()
    before = outside_of_regions(page(sitting, name).text, name)
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert outside_of_regions(page(sitting, name).text, name) == before


def outside_of_regions(text: str, name: str) -> list[str]:
    """The elements and words of a page, without those in its regions, fingerprints and tokens."""
    outside = Outside(set(protocol.VIEWS[name.split()[0]]))
    outside.feed(text)
    return outside.found


class Outside(HTMLParser):
    def __init__(self, regions: set[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._regions = regions
        self._inside = ""
        self._depth = 0

    def handle_starttag(self, tag, attrs):
        if not self._inside and dict(attrs).get("id") in self._regions:
            self._inside = tag
        if self._inside:
            self._depth += tag == self._inside
        else:
            self.found.append(f"{tag} {dict(attrs).get('id', '')} {dict(attrs).get('href', '')}")

    def handle_endtag(self, tag):
        if tag == self._inside:
            self._depth -= 1
            if not self._depth:
                self._inside = ""

    def handle_data(self, data):
        if not self._inside and data.strip():
            self.found.append(data.strip())


async def test_a_page_of_an_older_build_is_told_to_reload(running):
    async with running.watches("hall", build="of-yesterday") as caller:
        await caller.listens()
    assert json.loads(caller.texts[1]) == {"reload": running.served.venue.painter.build}


# --- the lobby, and the phone's page ----------------------------------------------------------------------------------


def test_the_lobby_lists_the_meetings_and_the_ways_in_and_no_key(sitting):
    text = sitting.served.page("/").text
    for path in ("/moderator", "/display", "/display?view=timer", "/panel", "", "/results"):
        assert f'href="/{sitting.code}{path}"' in text
        assert f'href="/demo{path}"' in text
    assert [token for token in (sitting.moderator, *sitting.seats.values()) if token in text] == []


def test_a_phones_first_page_is_light(running):
    answer = running.served.page(f"/{running.code}", **{"accept-encoding": "gzip"})
    files = [f"/{running.code}", *files_of(answer.text)]
    assert len(files) <= FILES
    sizes = {path: wire_size(running, path) for path in files}
    assert [path for path in files if path.endswith(".css")] == []
    assert sizes[f"/{running.code}"] < TO_READ
    assert sum(sizes.values()) < LIGHT


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_in_its_head_all_that_its_scripts_import(running, name):
    """One that is found in another script only is asked for later: a way there and back for each of them."""
    named = files_of(page(running, name).text)
    imports = set().union(*(imported(running, each) for each in named if each.endswith(".js")))
    assert imports <= named


class _Texts(HTMLParser):
    """The texts of a page that are read: each as it stands between two marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._at = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._at = tag

    def handle_data(self, data: str) -> None:
        if self._at not in ("script", "style"):
            self.texts.append(data)


TORN = re.compile(r"[一-鿿，、；（“][ \t\n]+[一-鿿，、；（）“”]")
"""A space in a Chinese sentence, which has none. A wide one, which keeps two things apart on purpose, may stand."""


@pytest.mark.parametrize("name", PAGES)
def test_no_line_of_a_template_ends_in_the_middle_of_a_chinese_sentence(running, name):
    texts = _Texts(page(running, name, cookie="kaimen-lang=zh-CN").text).texts
    assert any(re.search("[一-鿿]", text) for text in texts)
    assert [text.strip() for text in texts if TORN.search(text)] == []


def files_of(text: str) -> set[str]:
    return set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))


# --- looking ----------------------------------------------------------------------------------------------------------


def connected(sitting: Sitting, role: str, address: str):
    key = {"": "", "moderator": sitting.moderator, "seat": sitting.seats[ANN]}[role]
    return _Connected(f"ws://{sitting.served.host}{address}", key)


class _Connected:
    def __init__(self, address: str, key: str) -> None:
        self._connect = connect(address, additional_headers=bearer(key), proxy=None, max_size=None)

    async def __aenter__(self) -> Caller:
        return Caller(await self._connect.__aenter__())

    async def __aexit__(self, *error) -> None:
        await self._connect.__aexit__(*error)


def imported(sitting: Sitting, address: str) -> set[str]:
    """The scripts that a script imports as it is served, and those that they import."""
    if address not in SCRIPTS:
        SCRIPTS[address] = sitting.served.page(address).text
    direct = re.findall(r'(?:from|import) "\./([a-z-]+\.js)"', SCRIPTS[address])
    found = {f"{address.rpartition('/')[0]}/{name}" for name in direct}
    return found.union(*(imported(sitting, each) for each in found))


def wire_size(sitting: Sitting, path: str) -> int:
    with sitting.served.http.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        return sum(len(chunk) for chunk in answer.iter_raw()) + len(str(answer.headers))


def test_all_comments_are_a_page_of_the_console_with_all_that_can_be_done_to_each(running):
    plain = running.page("/moderator", running.moderator).text
    page = running.page("/moderator?comments=1", running.moderator).text
    assert 'id="all-comments"' not in plain
    assert all(f'id="all-comment-{number}"' in page for number in (1, 2))
    listed = page[page.index('id="all-comments"') :]
    assert "withdraw_comment" in listed
    assert "release_comment" in listed
    assert running.page("/moderator?comments=1").status_code == 403


def test_the_public_page_of_all_comments_holds_released_ones_only(running):
    page = running.page("/results?comments=1").text
    listed = page[page.index('id="all-comments"') :]
    meeting = running.served.venue.rooms.meeting(running.code)
    released = [each for each in meeting.comments.values() if each.is_released]
    assert len(released) == listed.count('<li data-kind="') == 1
