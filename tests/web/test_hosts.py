"""By which names we are called, and which pages are ours."""

import re
import socket

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.language import Language, say
from app.meeting.refusals import Said
from app.settings import Settings
from app.web.gate.hosts import MOST_SHOWN, Hosts, read_host
from app.web.page import open_qr
from tests.live.served import Served

HERE = Settings(port=8000, tls_port=8443)


def hosts(**settings) -> Hosts:
    return Hosts(Settings(port=8000, tls_port=8443, **settings))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "192.168.7.7:8000",
        "203.0.113.9:80",
        "[::1]:8000",
        "[fe80::1]",
        "localhost:8000",
        "LocalHost",
        "localhost.",
        "kaimen.local",
        "kaimen.local:8443",
        "anything.lan:8000",
        f"{socket.gethostname()}:8000",
        f"{socket.gethostname()}.local",
    ],
)
def test_addresses_and_names_of_the_hall_are_ours(host):
    assert hosts().fault(host) == ""


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.cn"])
def test_a_name_that_others_can_point_here_is_not_ours_unless_it_is_set(host):
    assert hosts().fault(host) == "host.unknown"
    name = host.partition(":")[0]
    assert hosts(hosts=f"a.example, {name}").fault(host) == ""
    assert hosts(public_url=f"https://{name.upper()}:444/").fault(host) == ""
    assert hosts(host=name).fault(host) == ""


@pytest.mark.parametrize(
    "host",
    ["", "a:b:c", "x:99999999", "x:65536", "x:", "[::1", "[x]", "a b", "a/b", "a@b", "x" * 300, "é", "a,b", "http://a"],
)
def test_what_is_no_host_is_none(host):
    assert read_host(host) is None
    assert hosts().fault(host) == "page.bad_request"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://10.0.0.1:8000", "10.0.0.1:8000"),
        ("https://hall.local:8443", "hall.local:8443"),
        ("http://hall.local", "hall.local:80"),
        ("https://hall.local", "hall.local"),
        ("HTTP://Hall.Local", "hall.local"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://kaimen.example", "10.0.0.1:8000"),
    ],
)
def test_a_page_under_the_same_host_is_our_own(origin, host):
    """The last: a proxy that passes the address it forwards to as the host."""
    assert hosts(public_url="https://kaimen.example/").is_own(origin, host)


@pytest.mark.parametrize("kind", ["file", "chrome-extension", "moz-extension", "ws", "data", "", "httpx", "javascript"])
def test_a_page_of_another_kind_is_nobodys(kind):
    assert not hosts().is_own(f"{kind}://10.0.0.1:8000", "10.0.0.1:8000")
    assert not hosts().is_own("null", "null")


@pytest.mark.parametrize(
    "origin", ["http://10.0.0.1", "http://10.0.0.1:8001", "http://10.0.0.1:8000/", "http://a@10.0.0.1:8000", "http://"]
)
def test_a_page_of_another_port_or_name_is_not_our_own(origin):
    assert not hosts().is_own(origin, "10.0.0.1:8000")


def test_only_a_few_unusual_hosts_are_drawn():
    """Each is a QR code that is drawn anew; our own names are always shown."""
    here = hosts()
    shown = {here.to_show(f"10.{at // 200}.{at % 200}.7:8000") for at in range(1000)}
    assert len(shown) == MOST_SHOWN + 1
    assert "127.0.0.1:8000" in shown
    assert [here.to_show(each) for each in ("localhost:8000", "10.0.0.7:8000")] == ["localhost:8000", "10.0.0.7:8000"]


# --- at the doors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/join", "/nothing", "/demo/moderator", "/setup", "/healthz"])
@pytest.mark.parametrize("language", Language)
def test_who_calls_us_by_a_strange_name_is_told_where_to_set_it(served, path, language):
    answer = served.page(path, host="evil.example:8000", cookie=f"kaimen-lang={language}")
    assert answer.status_code == 421
    assert say(Said("host.unknown", {"host": "evil.example:8000"}), language) in answer.text
    assert "KAIMEN_HOSTS" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT"])
@pytest.mark.parametrize("host", ["a:b:c", "x:99999999", "[::1", "x" * 4000])
def test_what_is_no_host_is_a_bad_request_and_no_fault_of_ours(served, caplog, host, method):
    answer = served.page("/", method=method, host=host)
    assert answer.status_code == 400
    assert method == "HEAD" or say(Said("page.bad_request"), Language.CHINESE) in answer.text
    assert caplog.records == []


@pytest.mark.parametrize(("host", "status"), [("evil.example", 421), ("a:b:c", 400), ("x:99999999", 400)])
async def test_sockets_are_turned_away_by_the_same_names(sitting, caplog, host, status):
    """The host of a socket is the one it is opened with."""
    with socket.create_connection(tuple(sitting.served.host.split(":"))) as line:  # type: ignore[arg-type]
        head = (
            f"GET /{sitting.code}/live/hall HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        )
        line.sendall(f"{head}Sec-WebSocket-Key: {'a' * 22}==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        assert int(line.recv(64).split()[1]) == status
    assert caplog.records == []


@pytest.mark.parametrize("origin", ["file://HOST", "://HOST", "chrome-extension://HOST", "null", "HOST"])
async def test_a_page_of_another_kind_opens_no_socket(sitting, origin):
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            sitting.address("hall"),
            additional_headers={"origin": origin.replace("HOST", sitting.served.host)},
            proxy=None,
        ):
            pass
    assert refused.value.response.status_code == 403


def test_the_lobby_draws_no_code_for_every_name_it_is_called(tmp_path):
    """Whoever makes up addresses makes nobody draw."""
    with Served(tmp_path) as served:  # of its own: every meeting of the lobby has a code
        for at in range(MOST_SHOWN):
            assert served.page("/", host=f"10.9.8.{at}:8000").status_code == 200
        drawn = open_qr.cache_info().misses
        for at in range(20):
            page = served.page("/", host=f"10.7.8.{at}:8000").text
            assert re.search(r"10\.7\.8\.\d", page) is None
        assert open_qr.cache_info().misses - drawn <= len(served.waits_for(served.venue.codes()))
