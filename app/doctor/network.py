"""The network: ports, the addresses of this machine, a server that is running already."""

import ipaddress
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

from app.doctor.check import Check, Translate, ok, problem, warning
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


def ports(settings: Settings, _: Translate) -> Iterator[Check]:
    wanted = [(settings.port, "http", "--port")]
    if settings.tls:
        wanted.append((settings.tls_port, "https", "--tls-port"))
    for port, scheme, option in wanted:
        yield _port(settings, port, scheme, option, _)
    if seen_here(settings).startswith(LOOPBACK[:3]):
        text = _("Only this machine can reach {host}").format(host=settings.host)
        yield warning("ports.reach", text, _("Leave out --host, so that the hall can reach it."))
    else:
        text = _("Anyone on this machine's network can reach the ports, unless its firewall blocks them")
        yield ok("ports.reach", text)


def _port(settings: Settings, port: int, scheme: str, option: str, _: Translate) -> Check:
    subject = f"ports.{scheme}"
    cause = cause_of_no_port(settings.host, port)
    if not cause:
        return ok(subject, _("Port {port} ({scheme}) is free").format(port=port, scheme=scheme))
    if _status(f"{scheme}://127.0.0.1:{port}/healthz", _anybody()) in (200, 503):
        return ok(subject, _("Port {port} ({scheme}): a Kaimen is running there").format(port=port, scheme=scheme))
    text = _("Port {port} ({scheme}) cannot be used: {cause}").format(port=port, scheme=scheme, cause=cause)
    return problem(
        subject, text, _("End the other program, or choose another port with {option}.").format(option=option)
    )


def addresses(settings: Settings, _: Translate) -> Iterator[Check]:
    """Which address links carry, and whether the hall may be on another. What is this machine's own is no matter."""
    found = networks()
    if not found:
        text = _("This machine is on no network: no device can reach it")
        yield problem("addresses", text, _("Connect it to the hall's Wi-Fi or switch."))
        return
    seen = f"127.0.0.1:{settings.port}"
    links = sorted({open_url(settings, seen), base_url(settings, seen)})
    text = _("Addresses: {addresses}; links and QR codes use {links}").format(
        addresses=", ".join(f"{each.address} ({each.name})" if each.name else each.address for each in found),
        links=", ".join(links),
    )
    if any(ipaddress.ip_address(each.address).is_global for each in found):
        yield warning(
            "addresses", text, _("One of them may be reachable from the internet: use a network of the hall.")
        )
    elif is_in_tunnel(open_url(settings, seen), settings):
        advice = _("That is the address of a VPN: devices in the hall cannot reach it.")
        yield warning("addresses", text, advice)
    elif other_networks(settings, seen):
        advice = _("If the hall is on one of the others, say so with KAIMEN_PUBLIC_URL.")
        yield warning("addresses", text, advice)
    else:
        yield ok("addresses", text)


def server(settings: Settings, url: str, _: Translate) -> Iterator[Check]:
    """What a running server says of itself."""
    status = _status(url.rstrip("/") + "/healthz", trusting(authority_beside(settings.db)))
    if status == 200:
        yield ok("server", _("The server at {url} is ready").format(url=url))
    elif status == 503:
        text = _("The server at {url} cannot write the record").format(url=url)
        yield problem("server", text, _("Check the disk and database above, then start it again."))
    else:
        text = _("No Kaimen answers at {url}").format(url=url)
        yield problem("server", text, _("Start it, or correct the address."))


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
