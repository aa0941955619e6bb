"""How the devices of the hall reach this server: for links and QR codes."""

import io
import socket
import struct
import sys
from contextlib import suppress
from urllib.parse import urlsplit

import segno

from app.settings import Settings

LOOPBACK = ("127.", "localhost", "[::1]", "0.0.0.0")  # noqa: S104  compared with, not listened on
SIOCGIFADDR = 0x8915 if sys.platform.startswith("linux") else 0xC0206921
ANY_PRIVATE_ADDRESS = ("10.255.255.255", 1)


def lan_address() -> str:
    """This machine's address in the hall's network; loopback if it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ANY_PRIVATE_ADDRESS)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def lan_addresses() -> list[str]:
    """All IPv4 addresses of this machine but loopback, the one to give to others first. Sends nothing."""
    found = [lan_address(), *_interface_addresses()]
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return list(dict.fromkeys(each for each in found if not each.startswith("127.")))


def _interface_addresses() -> list[str]:
    """One address for each network interface, where the system tells them (not on Windows)."""
    if sys.platform == "win32":
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(asking.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def cause_of_no_port(host: str, port: int) -> str:
    """Why nobody can listen there; empty if one can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:  # the second: no port has such a number
            return str(getattr(error, "strerror", None) or error)
    return ""


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


def _with_port(seen_host: str, port: int, usual: int) -> str:
    host = urlsplit(f"//{seen_host}").hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if port == usual else f"{host}:{port}"


def _reached(settings: Settings, seen_host: str, scheme: str) -> str:
    if settings.host.startswith(LOOPBACK[:3]):
        return f"{scheme}://{seen_host}"
    if seen_host and not seen_host.startswith(LOOPBACK):
        return f"{scheme}://{seen_host}"
    port = urlsplit(f"//{seen_host}").port
    return f"{scheme}://{lan_address()}{f':{port}' if port else ''}"


def qr_svg(text: str) -> str:
    """A QR code as an inline SVG that takes the size of its place."""
    image = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        image, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr"
    )
    return image.getvalue().decode()
