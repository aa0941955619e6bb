"""On which addresses a server listens, and whether it can."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.network import addresses
from app.network.addresses import at_home, base_url, cause_of_no_port, seen_here
from app.rehearsal.process import ServerProcess, free_port, is_ready
from app.settings import Settings


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")


@pytest.fixture(params=["127.0.0.1", pytest.param("::1", marks=needs_ipv6)])
def taken(request) -> Iterator[tuple[str, int]]:
    """An address and a port on which another program listens."""
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    with closing(socket.create_server((request.param, 0), family=family)) as other:
        yield request.param, other.getsockname()[1]


def test_a_port_that_another_program_has_is_found_taken(taken):
    address, port = taken
    assert cause_of_no_port(address, port)


@needs_ipv6
def test_a_port_that_is_taken_on_one_of_the_two_internets_is_taken_for_everybody(taken):
    assert cause_of_no_port("::", taken[1])


@needs_ipv6
@pytest.mark.parametrize("host", ["::1", "::", "127.0.0.1", "0.0.0.0", "localhost"])
def test_a_port_that_nobody_has_is_free(host):
    assert cause_of_no_port(host, free_port()) == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_port_of_no_such_number_is_none(host):
    assert cause_of_no_port(host, 80000)


def test_no_port_is_shared_on_windows(monkeypatch):
    """There, SO_REUSEADDR takes a port that another server listens on, and phones reach now the one, now the other."""
    asked = []
    monkeypatch.setattr(addresses.sys, "platform", "win32")
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", ~socket.SO_REUSEADDR, raising=False)
    monkeypatch.setattr(socket.socket, "setsockopt", lambda _self, *option: asked.append(option))
    cause_of_no_port("127.0.0.1", free_port())
    assert asked == [(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)]


@needs_ipv6
def test_a_server_for_everybody_is_reached_by_either_internet(tmp_path):
    with ServerProcess(str(tmp_path / "k.db"), host="::") as server:
        assert is_ready(f"http://127.0.0.1:{server.port}")
        assert is_ready(f"http://[::1]:{server.port}")


@pytest.mark.parametrize(
    ("host", "links", "here"),
    [
        ("::1", "http://[::1]:8000", "[::1]:8000"),
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("192.168.7.7", "http://192.168.7.7:8000", "192.168.7.7:8000"),
    ],
)
def test_links_lead_where_somebody_listens(host, links, here):
    settings = Settings(host=host)
    assert (base_url(settings, seen_here(settings)), at_home(settings)) == (links, here)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_listens_everywhere_is_at_home_at_loopback(host):
    assert at_home(Settings(host=host)) == "127.0.0.1:8000"
