"""How the devices of the hall reach this server: for links and QR codes."""

import io
import socket
import sys
from contextlib import suppress
from urllib.parse import urlsplit

from app.network.interfaces import Interface, InterfaceKind, networks
from app.settings import Settings

ANY_HOST = ("0.0.0.0", "::", "")  # noqa: S104  the same
LOOPBACK = ("127.", "localhost", "[::1]", "0.0.0.0", "[::]")  # noqa: S104  compared with, not listened on


def lan_address() -> str:
    """This machine's address in the hall's network; loopback if it has none."""
    return next((each.address for each in networks()), "127.0.0.1")


def lan_addresses() -> list[str]:
    """All IPv4 addresses of this machine but loopback, the one to give to others first."""
    found = [each.address for each in networks()]
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return list(dict.fromkeys(each for each in found if not each.startswith("127.")))


def listened_on(host: str) -> list[str]:
    """The addresses to listen on. ``::`` lets everybody in, and most of a hall comes by IPv4."""
    return ["0.0.0.0", host] if host == "::" else [host]  # noqa: S104  the same


def cause_of_no_port(host: str, port: int) -> str:
    """Why nobody can listen there; empty if one can."""
    try:
        for each in listened_on(host):
            for family, kind, protocol, _, address in socket.getaddrinfo(
                each or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            ):
                with socket.socket(family, kind, protocol) as probe:
                    _as_servers_do(probe)
                    probe.bind((address[0], port, *address[2:]))  # not as looked up, where 80000 has become 14464
    except (OSError, OverflowError) as error:  # the second: no port has such a number
        return str(getattr(error, "strerror", None) or error)
    return ""


def _as_servers_do(probe: socket.socket) -> None:
    """On Windows an address that may be reused can be bound while another server listens there."""
    if sys.platform == "win32":
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if probe.family == socket.AF_INET6:
        probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)


def at_home(settings: Settings) -> str:
    """Host and port by which this very machine reaches the server."""
    return f"127.0.0.1:{settings.port}" if settings.host in ANY_HOST else seen_here(settings)


def base_url(settings: Settings, seen_host: str, scheme: str = "http") -> str:
    """The address to give to staff and panel, without a slash at the end: https if that is on.

    What was set goes first; then the host under which the asking browser found us, unless that is this very machine
    and the hall is let in.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    if settings.tls:
        return _reached(settings, _with_port(seen_host, settings.tls_port, 443), "https")
    return _reached(settings, seen_host, scheme)


def open_url(settings: Settings, seen_host: str, scheme: str = "http") -> str:
    """The address to give to everybody. No phone of the audience trusts an authority made here: for it, plain http."""
    if settings.tls and not settings.cert and not settings.public_url:
        return _reached(settings, _with_port(seen_host, settings.port, 80), "http")
    return base_url(settings, seen_host, scheme)


def secure_twin(settings: Settings, seen_host: str) -> str:
    """The same host by https."""
    return f"https://{_with_port(seen_host, settings.tls_port, 443)}"


def seen_here(settings: Settings) -> str:
    """Under which host a terminal of this machine sees the server."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def other_networks(settings: Settings, seen_host: str) -> list[Interface]:
    """Where else the hall may be than where the links for ``seen_host`` lead; none if it was set, or is no question."""
    if settings.public_url or settings.host not in ANY_HOST:
        return []
    chosen = urlsplit(base_url(settings, seen_host)).hostname
    return [
        each for each in networks() if each.kind in (InterfaceKind.LAN, InterfaceKind.TUNNEL) and each.address != chosen
    ]


def is_in_tunnel(base: str, settings: Settings) -> bool:
    """Whether links that begin so lead into a VPN of this machine, and nobody has said that they shall."""
    tunnels = {each.address for each in networks() if each.kind is InterfaceKind.TUNNEL}
    return not settings.public_url and urlsplit(base).hostname in tunnels


def with_address(seen_host: str, address: str) -> str:
    """The same port at another address of this machine."""
    port = urlsplit(f"//{seen_host}").port
    return f"{address}:{port}" if port else address


def _with_port(seen_host: str, port: int, usual: int) -> str:
    host = urlsplit(f"//{seen_host}").hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if port == usual else f"{host}:{port}"


def _reached(settings: Settings, seen_host: str, scheme: str) -> str:
    if seen_here(settings).startswith(LOOPBACK[:3]):
        return f"{scheme}://{seen_host}"
    if seen_host and not seen_host.startswith(LOOPBACK):
        return f"{scheme}://{seen_host}"
    port = urlsplit(f"//{seen_host}").port
    return f"{scheme}://{lan_address()}{f':{port}' if port else ''}"


def qr_svg(text: str) -> str:
    """A QR code as an inline SVG that takes the size of its place."""
    import segno  # no start should wait for it

    image = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        image, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr"
    )
    return image.getvalue().decode()
