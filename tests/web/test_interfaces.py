"""Which address links carry: that of the network which is likely to be the hall's, whatever else the machine is in."""

import re
import socket
from html import unescape
from types import SimpleNamespace

import psutil
import pytest

from app.commandline.greeting import Shown, greeting
from app.language import Language
from app.network import addresses, interfaces
from app.network.addresses import base_url, other_networks, seen_here
from app.network.interfaces import Interface, InterfaceKind, in_order
from app.settings import Settings
from app.store import keys
from app.store.keys import Key, Role
from app.web import page as pages
from tests.live.served import Served
from tests.meetings import small_plan

LOOP = Interface("127.0.0.1", "lo")
WIFI = Interface("192.168.1.5", "wlan0")
WIRE = Interface("10.20.0.9", "enp3s0")
VPN = Interface("10.8.0.2", "tun0")
DOCKER = Interface("172.17.0.1", "docker0")


@pytest.mark.parametrize(
    ("found", "way_out", "first", "others"),
    [
        pytest.param([LOOP, VPN, WIFI], VPN.address, WIFI, [VPN], id="a VPN that takes everything"),
        pytest.param([LOOP, VPN, WIFI], WIFI.address, WIFI, [VPN], id="a VPN that takes 10.0.0.0/8"),
        pytest.param([LOOP, WIFI, WIRE], WIRE.address, WIRE, [WIFI], id="two networks, out by the second"),
        pytest.param([LOOP, WIFI, WIRE], "", WIFI, [WIRE], id="two networks without a way out"),
        pytest.param([LOOP, DOCKER, WIFI], WIFI.address, WIFI, [DOCKER], id="containers"),
        pytest.param([LOOP, DOCKER], "", DOCKER, [], id="containers alone"),
        pytest.param([LOOP, DOCKER, VPN], VPN.address, VPN, [DOCKER], id="a VPN alone"),
        pytest.param([LOOP], "", None, [], id="no network"),
        pytest.param([Interface("::1", "lo"), Interface("fd00::5", "eth0"), WIFI], "", WIFI, [], id="IPv6 as well"),
        pytest.param([LOOP], WIFI.address, Interface(WIFI.address), [], id="a system that tells no names"),
    ],
)
def test_the_network_of_the_hall_goes_first(found, way_out, first, others):
    assert in_order(found, way_out) == ([first, *others] if first else [])


@pytest.mark.parametrize(
    "tunnel",
    [
        Interface("192.168.77.2", "anything0", is_point_to_point=True),
        *(Interface("10.8.0.2", name) for name in ("utun4", "wg0", "ppp0", "ZeroTier VPN", "Meta", "zt5u4y6mrs")),
        Interface("100.101.1.2", "eth7"),
        Interface("198.18.0.1", "以太网 3"),
    ],
    ids=lambda each: each.name,
)
def test_what_is_a_tunnel(tunnel):
    assert tunnel.kind is InterfaceKind.TUNNEL
    assert in_order([tunnel, WIFI], tunnel.address)[0] == WIFI


def test_what_is_no_tunnel():
    names = ("eth0", "en0", "wlp2s0", "以太网", "Wi-Fi", "ap0")
    assert {Interface("192.168.1.5", name).kind for name in names} == {InterfaceKind.LAN}


@pytest.mark.parametrize(
    "dead", [DOCKER, Interface("10.20.0.9", "eth1", is_running=False), Interface("169.254.3.4", "eth1")]
)
def test_what_no_device_can_reach_is_neither_chosen_nor_offered(dead, monkeypatch):
    has(monkeypatch, [dead, WIFI], dead.address)
    assert base_url(Settings(), seen_here(Settings())) == "http://192.168.1.5:8000"
    assert other_networks(Settings(), seen_here(Settings())) == []


@pytest.mark.parametrize(
    "name",
    [
        *("docker0", "br-1f2e3d", "veth9", "virbr0", "bridge100", "vmenet0", "vboxnet0"),
        *("vEthernet (WSL)", "VMware Network Adapter VMnet8", "VirtualBox Host-Only Network"),
    ],
)
def test_what_other_programs_keep_on_this_machine(name):
    assert Interface("192.168.56.1", name).kind is InterfaceKind.INNER


def test_what_a_system_tells_of_its_networks(monkeypatch):
    """As Linux does; names with blanks and no flags, as Windows does; and one of which nothing more is known."""
    of = {
        "wlan0": ("192.168.1.5", None, "up,broadcast,running,multicast", True),
        "eth0": ("10.20.0.9", None, "up,broadcast,multicast", False),
        "tun0": ("10.8.0.2", "10.8.0.1", "up,pointopoint,running,noarp,multicast", True),
        "anything0": ("10.9.0.2", None, "up,pointopoint,running", True),
        "vEthernet (WSL)": ("172.20.0.1", None, "", True),
        "以太网": ("192.168.7.7", None, None, True),
    }
    address = "fe80::1"
    monkeypatch.setattr(
        psutil,
        "net_if_addrs",
        lambda: {
            name: [
                SimpleNamespace(family=socket.AF_INET6, address=address, ptp=None),
                SimpleNamespace(family=socket.AF_INET, address=ipv4, ptp=ptp),
            ]
            for name, (ipv4, ptp, _, _) in of.items()
        },
    )
    monkeypatch.setattr(
        psutil,
        "net_if_stats",
        lambda: {
            name: SimpleNamespace(isup=isup, flags=flags) for name, (*_, flags, isup) in of.items() if flags is not None
        },
    )
    assert {each.name: (each.address, each.kind) for each in interfaces.interfaces()} == {
        "wlan0": ("192.168.1.5", InterfaceKind.LAN),
        "eth0": ("10.20.0.9", InterfaceKind.DEAD),
        "tun0": ("10.8.0.2", InterfaceKind.TUNNEL),
        "anything0": ("10.9.0.2", InterfaceKind.TUNNEL),
        "vEthernet (WSL)": ("172.20.0.1", InterfaceKind.INNER),
        "以太网": ("192.168.7.7", InterfaceKind.LAN),
    }


def test_a_system_that_tells_nothing_is_no_fault(monkeypatch):
    def refused():
        raise PermissionError

    monkeypatch.setattr(psutil, "net_if_addrs", refused)
    assert interfaces.interfaces() == []


def test_a_network_of_this_machine_has_a_name():
    assert all(each.name for each in interfaces.interfaces())


def test_asking_the_system_sends_nothing_and_finds_what_is_there():
    there = interfaces.networks()
    assert len({each.address for each in there}) == len(there)
    assert not any(each.address.startswith("127.") for each in there)


def has(monkeypatch: pytest.MonkeyPatch, found: list[Interface], way_out: str) -> None:
    """This machine is in these networks."""
    for module in (addresses, pages):
        monkeypatch.setattr(module, "networks", lambda: in_order(found, way_out))


@pytest.fixture
def with_vpn(monkeypatch) -> None:
    has(monkeypatch, [LOOP, VPN, WIFI], VPN.address)


def test_a_terminal_says_the_hall_and_offers_the_vpn(with_vpn):
    said = greeting(Settings(), Shown("/setup/enter/x"), Language.ENGLISH)
    assert "http://192.168.1.5:8000/setup/enter/x" in said
    assert "http://10.8.0.2:8000/setup" not in said
    assert "10.8.0.2 tun0 VPN" in said
    assert "KAIMEN_PUBLIC_URL" in said


def test_a_terminal_says_that_a_vpn_alone_is_no_hall(monkeypatch):
    has(monkeypatch, [LOOP, VPN], VPN.address)
    said = greeting(Settings(), Shown("/setup/enter/x"), Language.ENGLISH)
    assert "http://10.8.0.2:8000/setup/enter/x" in said
    assert "address of a VPN" in said


@pytest.mark.parametrize("settings", [Settings(public_url="https://k.example"), Settings(host="192.168.1.5")])
def test_where_the_address_was_set_nothing_is_offered(with_vpn, settings):
    assert other_networks(settings, seen_here(settings)) == []


@pytest.mark.parametrize("host", ["::", "fd00::5"])
def test_an_address_of_ipv6_to_listen_on_stands_in_brackets_or_not_at_all(with_vpn, host):
    said = base_url(Settings(host=host), seen_here(Settings(host=host)))
    assert said == {"::": "http://192.168.1.5:8000", "fd00::5": "http://[fd00::5]:8000"}[host]


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("hall"), host="0.0.0.0") as served:
        yield served.holds(small_plan()), served


def port_of(served) -> str:
    return served.host.rpartition(":")[2]


def organisers_pages(sitting, served) -> list[str]:
    with served.database.writing() as connection:
        key = keys.make(connection, Key(None, Role.ORGANISER), "test")
    return [key, f"/{sitting.code}/keys", f"/{sitting.code}/print/cards", f"/setup/{sitting.code}"]


def test_pages_where_links_are_made_say_their_address_and_offer_the_others(hall, with_vpn):
    sitting, served = hall
    key, *paths = organisers_pages(sitting, served)
    for path in paths:
        text = unescape(served.page(f"{path}?lang=en", key, Host=f"10.8.0.2:{port_of(served)}").text)
        assert f"begin with http://10.8.0.2:{port_of(served)}." in text, path
        assert "address of a VPN" in text
        assert 'href="?address=192.168.1.5"' in text


def test_the_address_that_was_chosen_stands_on_the_keys_made_afterwards(hall, with_vpn):
    sitting, served = hall
    key, path, *_ = organisers_pages(sitting, served)
    page = served.page(f"{path}?address=192.168.1.5", key, Host=f"10.8.0.2:{port_of(served)}")
    assert "kaimen-address=192.168.1.5" in page.headers["set-cookie"]
    again = served.page(path, key, Host=f"10.8.0.2:{port_of(served)}", Cookie="kaimen-address=192.168.1.5")
    assert f"http://192.168.1.5:{port_of(served)}" in again.text
    assert "10.8.0.2" not in re.sub(r'href="[^"]*">10.8.0.2', "", again.text)


@pytest.mark.parametrize("said", ["203.0.113.9", "evil.example", "192.168.1.5:99", '"><b>'])
def test_nobody_has_links_made_for_an_address_that_is_not_this_machines(hall, with_vpn, said):
    sitting, served = hall
    key, path, *_ = organisers_pages(sitting, served)
    page = served.http.get(path, params={"address": said}, headers={"authorization": f"Bearer {key}"})
    assert "kaimen-address" not in page.headers.get("set-cookie", "")
    assert f"http://{said}" not in unescape(page.text)
