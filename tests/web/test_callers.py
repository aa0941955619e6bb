"""Where a connection comes from and in which scheme: what one cannot choose oneself, also behind a proxy."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar, Request

from app.settings import Settings, networks
from app.web.gate.callers import caller_of, network_of, take_scheme
from app.web.pages.rehearsals import own_address
from tests.live.served import Served, Sitting


def caller(peer: str | None, *forwarded: str, trusted: str = "") -> str:
    """Whom the server takes for the caller, if ``peer`` connects and sends these headers."""
    app = Litestar()
    app.state["settings"] = Settings(trusted_proxies=trusted)
    scope: Any = {
        "type": "http",
        "litestar_app": app,
        "client": (peer, 50_000) if peer is not None else None,
        "headers": [(b"x-forwarded-for", each.encode()) for each in forwarded],
        "state": {},
    }
    return caller_of(Request(scope))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("fe80::2", "fe80::2"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_the_network_of_an_address(address, network):
    assert network_of(address) == network


def test_all_of_ipv4_is_not_one_network_where_it_is_mapped():
    assert network_of("::ffff:192.0.2.7") != network_of("::ffff:192.0.2.8")


def test_without_a_proxy_nobody_can_say_to_be_somebody_else():
    assert caller("192.0.2.7", "198.51.100.1") == "192.0.2.7"
    assert caller("192.0.2.7", "198.51.100.1", trusted="192.0.2.8") == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        (["198.51.100.1"], "198.51.100.1"),
        (["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        (["203.0.113.9", "198.51.100.1"], "198.51.100.1"),
        (["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        (["198.51.100.1,10.0.0.1, 10.1.2.3"], "198.51.100.1"),
        (["10.1.2.3"], "10.1.2.3"),
        (["198.51.100.1:4711"], "198.51.100.1"),
        (["[2001:db8::5]:4711"], "2001:db8::/64"),
        (["2001:db8::5"], "2001:db8::/64"),
        (["::ffff:198.51.100.1"], "198.51.100.1"),
        (["203.0.113.9, unknown"], "10.0.0.1"),
        (["203.0.113.9, unknown, 10.1.2.3"], "10.1.2.3"),
        ([""], "10.0.0.1"),
        ([], "10.0.0.1"),
    ],
)
def test_a_trusted_proxy_says_whom_it_asks_for_and_what_came_before_is_hearsay(forwarded, expected):
    assert caller("10.0.0.1", *forwarded, trusted="10.0.0.0/8") == expected


def test_a_proxy_is_known_where_its_address_is_mapped():
    assert caller("::ffff:10.0.0.1", "198.51.100.1", trusted="10.0.0.1, 2001:db8::/32") == "198.51.100.1"


def test_a_connection_without_an_address_has_a_network_of_its_own():
    assert caller(None) == ""


# --- by http or https -------------------------------------------------------------------------------------------------


def arriving(peer: str | None, *said: str, trusted: str, scheme: str = "http") -> Any:
    """What comes to our port, once the scheme has been taken from what a proxy says."""
    scope: Any = {
        "type": "websocket" if scheme.startswith("ws") else "http",
        "scheme": scheme,
        "client": (peer, 50_000) if peer is not None else None,
        "server": ("127.0.0.1", 8000),
        "headers": [(b"x-forwarded-proto", each.encode("latin-1")) for each in said],
    }
    take_scheme(scope, networks(trusted))
    return scope


@pytest.mark.parametrize(
    ("said", "scheme", "expected"),
    [
        (["https"], "http", "https"),
        (["HTTPS "], "ws", "wss"),
        (["http"], "https", "http"),
        (["http"], "wss", "ws"),
        (["http", "https"], "http", "https"),
        (["https, http"], "http", "http"),
        (["javascript"], "http", "http"),
        (["https,"], "http", "http"),
        (["wss"], "http", "http"),
        (["\xff"], "https", "https"),
        ([], "https", "https"),
    ],
)
def test_a_trusted_proxy_says_by_which_scheme_it_was_asked(said, scheme, expected):
    assert arriving("10.0.0.1", *said, trusted="10.0.0.0/8", scheme=scheme)["scheme"] == expected


@pytest.mark.parametrize("peer", ["192.0.2.7", "::ffff:192.0.2.7", None])
@pytest.mark.parametrize("trusted", ["", "10.0.0.0/8, 2001:db8::/32"])
def test_nobody_else_says_by_which_scheme_he_came(peer, trusted):
    for scheme, said in (("http", "https"), ("https", "http"), ("ws", "https"), ("wss", "http")):
        assert arriving(peer, said, trusted=trusted, scheme=scheme)["scheme"] == scheme


def test_the_way_from_this_server_to_itself_does_not_lead_through_the_proxy():
    scope = arriving("10.0.0.1", "https", trusted="10.0.0.1")
    assert own_address(Request(scope)) == "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory) -> Iterator[Sitting]:
    with Served(tmp_path_factory.mktemp("proxied"), trusted_proxies="127.0.0.1") as served:
        yield served.holds()


@pytest.fixture
def alone(served) -> Sitting:
    """Nobody stands in front of this server, whatever somebody says."""
    return served.holds()


def cookies_given(sitting: Sitting, said: str) -> list[str]:
    """By the door of a key, and by a page with a form."""
    moderator = Served.page(
        sitting.served, f"/{sitting.code}/moderator/{sitting.moderator}", **{"x-forwarded-proto": said}
    )
    join = sitting.served.page("/join", **{"x-forwarded-proto": said})
    return [*moderator.headers.get_list("set-cookie"), *join.headers.get_list("set-cookie")]


def test_behind_a_proxy_that_ends_tls_cookies_are_secure(behind_proxy):
    given = cookies_given(behind_proxy, "https")
    assert len(given) >= 2
    assert all("; secure" in each.lower() for each in given)
    assert any(each.startswith("__Host-") for each in given)
    assert not any("; secure" in each.lower() for each in cookies_given(behind_proxy, "http"))


def test_without_a_proxy_nobody_is_given_secure_cookies_for_saying_so(alone):
    assert not any("; secure" in each.lower() for each in cookies_given(alone, "https"))


def test_links_that_are_made_behind_it_begin_with_https(behind_proxy):
    headers = {"x-forwarded-proto": "https", "host": "hall.local"}
    page = behind_proxy.page("/keys", behind_proxy.moderator, **headers).text
    assert "https://hall.local" in page
    assert "http://hall.local" not in page
