"""Where a connection comes from: what one cannot choose oneself, also behind a proxy."""

from typing import Any

import pytest
from litestar import Litestar, Request

from app.settings import Settings
from app.web.callers import caller_of, network_of


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
