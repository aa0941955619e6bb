"""The networks of this machine, and which of them is likely to be the hall's.

Sends nothing: connecting a datagram socket only asks the system which way it would go. Names and flags (psutil has them
from every system) tell a real network from a tunnel (VPN) and from one that other programs keep on this machine for
themselves.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psutil

ANYWHERE = ("203.0.113.1", 9)
"""Nobody's address, kept for documents (RFC 5737): on the way there is whatever has no way of its own."""

_TUNNEL = re.compile(
    r"(utun|tun|tap|wg|ppp|pptp|l2tp|ipsec|gpd|zt|tailscale|nordlynx|meta$|mihomo|clash|wintun)\d*|.*(vpn|wireguard|"
    r"easyconnect|sangfor)",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(docker|br-|bridge\d{3}|virbr|veth|vmnet|vmenet|vboxnet|vmware|virtualbox|hyper-v|podman|cni|flannel|cali|lxc|lxd|"
    r"vethernet|waydroid)",
    re.IGNORECASE,
)
_OF_TUNNELS = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "198.18.0.0/15")))
"""Shared address space (RFC 6598) and that for benchmarks (RFC 2544), which overlay networks have made their own."""
_BY_ITSELF = ipaddress.ip_network("169.254.0.0/16")
"""What a machine gives itself where nobody gives it an address."""


class InterfaceKind(StrEnum):
    """What is on the other side; in the order in which a hall is likely to be there."""

    LAN = "lan"
    TUNNEL = "tunnel"
    INNER = "inner"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Interface:
    """One address of this machine; ``name`` is empty where the system does not tell it."""

    address: str
    name: str = ""
    is_running: bool = True
    is_point_to_point: bool = False

    @property
    def kind(self) -> InterfaceKind:
        at = ipaddress.ip_address(self.address)
        if not self.is_running or at in _BY_ITSELF:
            return InterfaceKind.DEAD
        if self.is_point_to_point or _TUNNEL.match(self.name) or any(at in each for each in _OF_TUNNELS):
            return InterfaceKind.TUNNEL
        return InterfaceKind.INNER if _INNER.match(self.name) else InterfaceKind.LAN


def networks() -> list[Interface]:
    """Where this machine is, as it is now: the network that is likely to be the hall's first. Without loopback."""
    return in_order(interfaces(), way_out())


def in_order(found: Iterable[Interface], way_out: str) -> list[Interface]:
    """The likely one first: a private network on a real interface, of several that by which one goes anywhere."""
    kinds = list(InterfaceKind)

    def rank(each: Interface) -> tuple[int, bool, bool]:
        is_private = ipaddress.ip_address(each.address).is_private
        return kinds.index(each.kind), not is_private, each.address != way_out

    known: dict[str, Interface] = {}
    for each in filter(_is_reachable, [*found, *_told_by(way_out)]):
        known.setdefault(each.address, each)
    return sorted(known.values(), key=rank)


def _told_by(way_out: str) -> Iterator[Interface]:
    if way_out:
        yield Interface(way_out)


def _is_reachable(each: Interface) -> bool:
    """IPv4: the links of a hall are typed and read out, and the address to listen on is one of IPv4 if none is set."""
    at = ipaddress.ip_address(each.address)
    return at.version == 4 and not at.is_loopback and not at.is_unspecified


def way_out() -> str:
    """This machine's address on the way to anywhere; empty if there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(ANYWHERE)
        return str(probe.getsockname()[0])
    return ""


def interfaces() -> list[Interface]:
    """Every address of IPv4 that an interface of this machine has, in no order."""
    with suppress(OSError):
        states = psutil.net_if_stats()
        return [
            Interface(each.address, name, _is_running(states.get(name)), _is_point_to_point(states.get(name), each))
            for name, addresses in psutil.net_if_addrs().items()
            for each in addresses
            if each.family == socket.AF_INET
        ]
    return []


def _is_running(state: Any) -> bool:
    """Not so: switched off, or no cable in it. Where the system does not tell, it is taken to be."""
    return state is None or bool(state.isup)


def _is_point_to_point(state: Any, address: Any) -> bool:
    """Windows tells no flags; there the name has to do."""
    return address.ptp is not None or (state is not None and "pointopoint" in state.flags.split(","))
