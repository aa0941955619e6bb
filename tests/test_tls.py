"""TLS: an authority of our own that devices can trust and nobody can misuse, and a server on both ports."""

import json
import plistlib
import re
from collections.abc import Iterator

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.network import tls
from app.network.addresses import base_url, open_url
from app.rehearsal.standins import StandIns
from app.rehearsal.tempo import Tempo
from app.settings import Settings
from app.store import rehearsals
from app.store.keys import Role
from app.web.sockets.frames import JSON_SUBPROTOCOL
from tests.certificates import HALL
from tests.live.served import PATIENCE, Caller, Served, Sitting, bearer, pair_of
from tests.meetings import ANN, WATER

# --- addresses to give to others --------------------------------------------------------------------------------------

OWN = Settings(tls=True)
GIVEN = Settings(tls=True, cert="hall.crt", key="hall.key")


@pytest.mark.parametrize(
    ("settings", "seen", "staff", "everybody"),
    [
        (Settings(), "10.1.1.1:8000", "http://10.1.1.1:8000", "http://10.1.1.1:8000"),
        (OWN, "10.1.1.1:8000", "https://10.1.1.1:8443", "http://10.1.1.1:8000"),
        (OWN, "10.1.1.1:8443", "https://10.1.1.1:8443", "http://10.1.1.1:8000"),
        (Settings(tls=True, port=80, tls_port=443), "hall.lan", "https://hall.lan", "http://hall.lan"),
        (GIVEN, "kaimen.example:8000", "https://kaimen.example:8443", "https://kaimen.example:8443"),
        (Settings(tls=True, public_url="https://k.example/"), "x:1", "https://k.example", "https://k.example"),
        (Settings(tls=True, host="127.0.0.1"), "127.0.0.1:8000", "https://127.0.0.1:8443", "http://127.0.0.1:8000"),
        (OWN, "[fd00::5]:8000", "https://[fd00::5]:8443", "http://[fd00::5]:8000"),
    ],
)
def test_staff_are_sent_to_https_and_phones_only_where_they_trust_it(settings, seen, staff, everybody):
    assert (base_url(settings, seen), open_url(settings, seen)) == (staff, everybody)


# --- a server on both ports -------------------------------------------------------------------------------------------


class Both(Served):
    """A served Kaimen with https; ``secure`` trusts its root, ``http`` is in the clear."""

    def __enter__(self) -> "Both":
        super().__enter__()
        self.secure_host, self.trust = self.host, tls.trusting(tls.authority_beside(self.settings.db))
        self.host = f"127.0.0.1:{self._server.servers[-1].sockets[0].getsockname()[1]}"
        self.http.close()
        self.http = httpx.Client(base_url=f"http://{self.host}", trust_env=False, timeout=PATIENCE)
        self.secure = httpx.Client(
            base_url=f"https://{self.secure_host}", verify=self.trust, trust_env=False, timeout=PATIENCE
        )
        return self


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("both"), tls=True, port=0) as both:
        yield both
        both.secure.close()


@pytest.fixture
def sitting(both) -> Sitting:
    return both.holds()


def test_the_audience_needs_no_certificate(both, sitting):
    for path in ("/", f"/{sitting.code}", f"/{sitting.code}/display", f"/{sitting.code}/results", "/trust", "/healthz"):
        assert both.page(path).status_code == 200
        assert both.secure.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/moderator", "/panel", "/panel?unit=water", "/moderator/some-token", "/seat/token"])
def test_what_opens_with_a_key_is_shown_by_https_alone(both, sitting, path):
    if "token" in path:
        path = f"/moderator/{sitting.moderator}" if "moderator" in path else f"/seat/{sitting.seats[ANN]}"
    answer = both.page(f"/{sitting.code}{path}", sitting.moderator)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"https://127.0.0.1:{both.settings.tls_port}/{sitting.code}{path}"
    assert "kaimen-moderator" not in str(answer.headers)
    assert "kaimen-seat" not in str(answer.headers)
    key = sitting.seats[ANN] if "panel" in path else sitting.moderator
    assert both.secure.get(f"/{sitting.code}{path}", headers=bearer(key)).status_code in (200, 303)


def test_a_key_taken_over_https_is_never_sent_in_the_clear(both, sitting):
    both.secure.cookies.clear()
    answer = both.secure.get(f"/{sitting.code}/moderator/{sitting.moderator}")
    name = both.cookie_name(Role.MODERATOR, sitting.code)
    [cookie] = [each for each in answer.headers.get_list("set-cookie") if each.startswith(name)]
    assert "; Secure" in cookie
    assert "; HttpOnly" in cookie


@pytest.mark.parametrize("view", ["moderator", "panel", "hall", "results"])
@pytest.mark.parametrize("by", ["authorization", "cookie"])
async def test_no_socket_takes_a_key_without_tls(both, sitting, view, by):
    key = sitting.seats[ANN] if view == "panel" else sitting.moderator
    role = Role.SEAT if view == "panel" else Role.MODERATOR
    names = (both.cookie_name(role, sitting.code), f"kaimen-{role}-{sitting.code}")
    cookies = "; ".join(f"{name}={key}" for name in names)
    shown = {"authorization": f"Bearer {key}"} if by == "authorization" else {"cookie": cookies}
    try:
        async with connect(
            sitting.address(view), subprotocols=[JSON_SUBPROTOCOL], additional_headers=shown, proxy=None
        ) as socket:
            status, regions = 101, json.loads(await socket.recv())["regions"]
    except InvalidStatus as refused:
        status, regions = refused.response.status_code, {}
    assert status == (101 if by == "cookie" and view in ("hall", "results") else 403)
    assert "results-board" not in regions or regions["results-board"]["is_staff"] is False


@pytest.mark.parametrize("path", ["/join", "/{code}/keys", "/{code}/bots", "/setup/new"])
def test_a_form_with_a_key_is_sent_on_to_https_unread(both, sitting, path):
    path = path.format(code=sitting.code)
    answer = both.page(path, sitting.moderator, "POST")
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        f"https://127.0.0.1:{both.settings.tls_port}{path}",
    )


def test_staff_are_nobody_in_particular_without_tls(both, sitting):
    plain = both.page(f"/{sitting.code}/results", sitting.moderator)
    secure = both.secure.get(f"/{sitting.code}/results", headers=bearer(sitting.moderator))
    assert (plain.status_code, secure.status_code) == (200, 200)
    assert fingerprint_of(plain) == fingerprint_of(both.page(f"/{sitting.code}/results")) != fingerprint_of(secure)


def fingerprint_of(page) -> str:
    found = re.search(r'data-have="([0-9a-f]{18})"', page.text)
    assert found
    return found[1]


def test_the_cookie_of_forms_is_secure_and_cannot_be_planted_from_outside(both):
    both.secure.cookies.clear()
    [cookie] = [each for each in both.secure.get("/join").headers.get_list("set-cookie") if "csrf" in each]
    assert cookie.startswith("__Host-kaimen-csrf-")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_phone_is_one_voter_by_https_and_by_http(both, sitting):
    """A browser that was given a secure cookie would take none of that name by http, and show none there."""
    both.secure.cookies.clear()
    shown = both.secure.get(f"/{sitting.code}/ticket").headers.get_list("set-cookie")
    [cookie] = [each for each in shown if "-voter=" in each]
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie


def test_a_guest_may_stay_without_tls_and_leave(both, sitting):
    pair = pair_of(both.page("/"))
    assert both.page(f"/{sitting.code}/leave/guest", method="POST", **pair).status_code == 303


def test_a_secure_page_may_open_sockets_to_its_own_host(both):
    policy = both.secure.get("/").headers["content-security-policy"]
    assert f"wss://{both.secure_host}" in policy


def test_links_and_codes_say_the_scheme_they_need(both):
    settings = both.settings
    for client in (both.http, both.secure):
        assert f"http://127.0.0.1:{settings.port}/" in client.get("/").text.replace(":0/", f":{settings.port}/")


async def test_a_picture_to_many_over_tls_is_the_same_to_all(both, sitting):
    """Frames written straight to the transport go through TLS as through nothing."""
    address = f"wss://{both.secure_host}/{sitting.code}/live/hall"
    sockets = [
        await connect(address, ssl=both.trust, proxy=None, compression=compression, max_size=None)
        for compression in ("deflate", None) * 10
    ]
    callers = [Caller(socket) for socket in sockets]
    for caller in callers:
        await caller.until(lambda caller=caller: bool(caller.regions))
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)), c.CueScene("message", text="各位 " * 30))
    for caller in callers:
        await caller.until(lambda caller=caller: "各位" in caller.regions["hall-stage"])
        await caller.listens()
    assert len({caller.have for caller in callers}) == 1
    assert len({json.dumps(caller.regions, sort_keys=True) for caller in callers}) == 1
    for socket in sockets:
        await socket.close()


async def test_a_command_over_tls_is_recorded(both, sitting):
    address = f"wss://{both.secure_host}/{sitting.code}/live/moderator"
    async with connect(
        address, ssl=both.trust, proxy=None, additional_headers=bearer(sitting.moderator), subprotocols=["kaimen.json"]
    ) as socket:
        chair = Caller(socket)
        await chair.until(lambda: bool(chair.regions))
        assert "ack" in await chair.does("open_meeting")


async def test_the_origin_of_a_page_is_looked_at_under_https(both, sitting):
    address = f"wss://{both.secure_host}/{sitting.code}/live/hall"
    async with connect(address, ssl=both.trust, proxy=None, origin=f"https://{both.secure_host}") as socket:
        assert await socket.recv()
    with pytest.raises(InvalidStatus, match="403"):
        await connect(address, ssl=both.trust, proxy=None, origin="https://evil.example")


async def test_a_page_in_the_clear_is_another_origin(both, sitting):
    with pytest.raises(InvalidStatus, match="403"):
        await connect(
            f"wss://{both.secure_host}/{sitting.code}/live/hall",
            ssl=both.trust,
            proxy=None,
            origin=f"http://{both.host}",
        )


def test_who_does_not_trust_the_root_is_not_connected(both):
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"https://{both.secure_host}/", trust_env=False, timeout=PATIENCE)


async def test_stand_ins_come_in_over_tls_as_well(both):
    with both.database.writing() as connection:
        code = rehearsals.make(connection, "demo").code
    bots: StandIns = both._server.config.loaded_app.state.bots
    bots.tempo = Tempo(6_000)
    both.waits_for(bots.fill(code, f"https://{both.secure_host}"))
    await both.until(lambda: len(both.venue.rooms.presence(code).seats) == 9)
    both.waits_for(bots.stop(code))


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_root_can_be_had_without_trusting_anybody_yet(both):
    root = tls.authority_beside(both.settings.db).root.load()
    answer = both.page("/trust/kaimen.crt")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-x509-ca-cert")
    assert answer.content == tls.as_der(root)
    profile = both.page("/trust/kaimen.mobileconfig")
    assert profile.headers["content-type"] == "application/x-apple-aspen-config"
    assert plistlib.loads(profile.content)["PayloadContent"][0]["PayloadContent"] == answer.content


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_says_what_is_on_and_the_fingerprint(both, language):
    clear, secure = both.page(f"/trust?lang={language}").text, both.secure.get(f"/trust?lang={language}").text
    print_ = tls.fingerprint(tls.authority_beside(both.settings.db).root.load())
    assert 'class="standing" role' in clear
    assert 'class="standing good" role' in secure
    for text in (clear, secure):
        assert print_ in text.replace("</span><span>", ":")
        assert 'href="/trust/kaimen.mobileconfig"' in text


def test_the_private_keys_are_behind_no_address(both):
    for name in ("root.key", "server.key", "root.crt", "kaimen.key"):
        assert both.page(f"/trust/{name}").status_code == 404


def test_without_tls_the_page_says_so_and_there_is_nothing_to_install(tmp_path):
    with Served(tmp_path) as served:
        assert "--tls" in served.page("/trust").text
        assert served.page("/trust/kaimen.crt").status_code == 404
        assert served.page("/trust/kaimen.mobileconfig").status_code == 404
        assert served.page("/demo/moderator").status_code == 403, "and nobody is sent elsewhere"


def test_a_certificate_from_elsewhere_is_served_and_nothing_made(tmp_path, authority):
    pair = authority.certify([*HALL, "127.0.0.1"], tls.now())
    with Both(tmp_path, tls=True, port=0, cert=str(pair.certificate), key=str(pair.key)) as both:
        trust = tls.trusting(authority)
        assert (
            httpx.get(f"https://{both.secure_host}/trust", verify=trust, trust_env=False, timeout=PATIENCE).status_code
            == 200
        )
        assert both.page("/trust/kaimen.crt").status_code == 404
        both.secure.close()
    assert list(tmp_path.glob("*.tls")) == [authority.folder], "no authority of its own beside the given one"
