"""Where a connection comes from, and by http or https: one network for each subscriber, also behind a trusted proxy.

Rates and shares are counted by it. An IPv4 address stands for itself, also where a listener on ``::`` sees it mapped
into IPv6. Whoever has one IPv6 address has the rest of its /64 as well; on the link itself (``fe80::``) all devices of
the hall share one, and each address counts alone.
"""

import ipaddress
from typing import Any

from litestar.connection import ASGIConnection

from app.settings import Network, Settings, networks

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
ARRIVED_BY = "kaimen.arrived_by"
"""In the scope: the scheme by which it came to our own port."""

COMES_FROM = "kaimen.comes_from"
"""In the scope, where our own server has made it: the network of the peer."""

NOBODY_KNOWS = ""
"""The network of a connection without an address, such as a socket of the file system."""


def caller_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The network that a request or a socket comes from.

    What ``X-Forwarded-For`` says counts only if the peer is a proxy named by the setting ``trusted_proxies``; then it
    is the last hop that is none of them. A hop that is no address ends the search: whoever passed it on answers for it.
    """
    settings: Settings = connection.app.state["settings"]
    if not settings.trusted_proxies and COMES_FROM in connection.scope:
        return str(connection.scope[COMES_FROM])  # type: ignore[literal-required]
    peer = connection.client.host if connection.client else ""
    return network_of(_last_untrusted(peer, connection, networks(settings.trusted_proxies)))


def take_scheme(scope: Any, trusted: tuple[Network, ...]) -> None:
    """Let a request or a socket have the scheme by which the caller speaks, where a proxy ends TLS in front of us.

    What ``X-Forwarded-Proto`` says counts only from a trusted proxy. Of several words the last is the proxy's own; what
    is neither http nor https says nothing.
    """
    scope[ARRIVED_BY] = scope["scheme"]
    peer = scope["client"][0] if scope.get("client") else ""
    if is_among(peer, trusted):
        said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-proto")
        word = said.decode("latin-1").rpartition(",")[2].strip().lower()
        scope["scheme"] = _SCHEMES.get((word, scope["type"]), scope["scheme"])


def arrived_by(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The scheme in which our own port is spoken to, whoever stands in front of it."""
    return str(connection.scope.get(ARRIVED_BY, connection.scope["scheme"]))


_SCHEMES = {
    ("https", "http"): "https",
    ("http", "http"): "http",
    ("https", "websocket"): "wss",
    ("http", "websocket"): "ws",
}
"""By what a proxy says and what is asked for."""


def network_of(address: str) -> str:
    """The network of an address as text; of what is no address, the text itself."""
    parsed = _parsed(address)
    if parsed is None:
        return address or NOBODY_KNOWS
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.is_link_local:
        return str(parsed)
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))


def is_among(address: str, known: tuple[Network, ...]) -> bool:
    if not known:
        return False
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in known)


def comes_from(caller: str, known: tuple[Network, ...]) -> bool:
    """Whether the network of a caller lies within one of these; of a caller that nobody knows it is not said."""
    try:
        network = ipaddress.ip_network(caller)
    except ValueError:
        return False
    return any(each.version == network.version and network.subnet_of(each) for each in known)  # type: ignore[arg-type]


def _last_untrusted(peer: str, connection: ASGIConnection[Any, Any, Any, Any], trusted: tuple[Network, ...]) -> str:
    if not is_among(peer, trusted):
        return peer
    hops = ",".join(connection.headers.getall("x-forwarded-for", [])).split(",")
    caller = peer
    for hop in reversed(hops):
        address = _without_port(hop.strip())
        if _parsed(address) is None:
            return caller
        caller = address
        if not is_among(address, trusted):
            return caller
    return caller


def _without_port(hop: str) -> str:
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _parsed(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, ipaddress.IPv6Address) else parsed
