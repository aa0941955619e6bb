"""How the devices of the hall reach this server: for links and QR codes."""

import io
import socket
from urllib.parse import urlsplit

import segno

from app.settings import Settings

LOOPBACK = ("127.", "localhost", "[::1]", "0.0.0.0")  # noqa: S104  compared with, not listened on
ANY_PRIVATE_ADDRESS = ("10.255.255.255", 1)


def lan_address() -> str:
    """This machine's address in the hall's network; loopback if it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ANY_PRIVATE_ADDRESS)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def base_url(settings: Settings, seen_host: str, scheme: str = "http") -> str:
    """The address to give to others, without a slash at the end.

    What was set goes first; then the host under which the asking browser found us, unless that is this very machine
    and the hall is let in.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
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
