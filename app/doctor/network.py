"""The network: ports, the addresses of this machine, a server that is running already."""

import ipaddress
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

from app.doctor.check import Check, ok, problem, warning
from app.meeting.refusals import Fact, Said
from app.network.addresses import (
    LOOPBACK,
    base_url,
    cause_of_no_port,
    is_in_tunnel,
    open_url,
    other_networks,
    seen_here,
)
from app.network.interfaces import networks
from app.network.tls import authority_beside, trusting
from app.rehearsal.process import directly
from app.settings import Settings

SECONDS_TO_ANSWER = 3


def ports(settings: Settings) -> Iterator[Check]:
    wanted = [(settings.port, "http", "--port")]
    if settings.tls:
        wanted.append((settings.tls_port, "https", "--tls-port"))
    for port, scheme, option in wanted:
        yield _port(settings, port, scheme, option)
    if seen_here(settings).startswith(LOOPBACK[:3]):
        text = Said("doctor.this_machine_only", {"host": settings.host})
        yield warning("ports.reach", text, Said("advice.leave_out_host"))
    else:
        yield ok("ports.reach", Said("doctor.ports_reached"))


def _port(settings: Settings, port: int, scheme: str, option: str) -> Check:
    subject = f"ports.{scheme}"
    which: dict[str, Fact] = {"port": port, "scheme": scheme}
    cause = cause_of_no_port(settings.host, port)
    if not cause:
        return ok(subject, Said("doctor.port_free", which))
    if _status(f"{scheme}://127.0.0.1:{port}/healthz", _anybody()) in (200, 503):
        return ok(subject, Said("doctor.port_of_kaimen", which))
    return problem(
        subject, Said("doctor.port_taken", {**which, "cause": cause}), Said("advice.other_port", {"option": option})
    )


def addresses(settings: Settings) -> Iterator[Check]:
    """Which address links carry, and whether the hall may be on another. What is this machine's own is no matter."""
    found = networks()
    if not found:
        yield problem("addresses", Said("doctor.no_network"), Said("advice.connect"))
        return
    seen = f"127.0.0.1:{settings.port}"
    named = tuple(f"{each.address} ({each.name})" if each.name else each.address for each in found)
    links = tuple(sorted({open_url(settings, seen), base_url(settings, seen)}))
    text = Said("doctor.addresses", {"addresses": named, "links": links})
    if any(ipaddress.ip_address(each.address).is_global for each in found):
        yield warning("addresses", text, Said("advice.network_of_hall"))
    elif is_in_tunnel(open_url(settings, seen), settings):
        yield warning("addresses", text, Said("advice.in_tunnel"))
    elif other_networks(settings, seen):
        yield warning("addresses", text, Said("advice.other_network"))
    else:
        yield ok("addresses", text)


def server(settings: Settings, url: str) -> Iterator[Check]:
    """What a running server says of itself."""
    status = _status(url.rstrip("/") + "/healthz", trusting(authority_beside(settings.db)))
    if status == 200:
        yield ok("server", Said("doctor.server_ready", {"url": url}))
    elif status == 503:
        yield problem("server", Said("doctor.server_cannot_write", {"url": url}), Said("advice.check_disk"))
    else:
        yield problem("server", Said("doctor.no_server", {"url": url}), Said("advice.start_or_correct"))


def _status(url: str, trust: ssl.SSLContext) -> int | None:
    try:
        with directly(trust).open(url, timeout=SECONDS_TO_ANSWER) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None


def _anybody() -> ssl.SSLContext:
    """To see who is on a port of this machine, any certificate will do."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
