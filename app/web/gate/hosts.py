"""By which names this server may be called, and which pages are its own.

A page of another site can have its own name point to this machine (DNS rebinding), and its scripts then speak to us as
to themselves. An address cannot be rebound, and a name that exists in local networks alone cannot be pointed here from
outside; any other name must be one of ours.
"""

import ipaddress
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from app.network.addresses import lan_addresses
from app.network.names import PRIVATE_NAMES, names_of_this_machine
from app.settings import Settings

LONGEST_HOST = 255 + len(":65535")
"""A name (RFC 1035, 2.3.4) and a port. No QR code takes whatever somebody says he called us."""

MOST_SHOWN = 64
"""How many unusual hosts are put into links and QR codes: each code is drawn for its address, which takes a while."""

USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+?)\.?(?::([0-9]{1,5}))?")
_ORIGIN = re.compile(r"(https?)://([^/?#@\s]+)")


class Hosts:
    """What a server is called, by its settings and by the names of its machine at the start."""

    def __init__(self, settings: Settings) -> None:
        listed = (each.strip() for each in settings.hosts.split(","))
        public = urlsplit(settings.public_url)
        named = (*listed, public.hostname or "", settings.host, *names_of_this_machine(lan_addresses()))
        self._names = {each.lower() for each in named if each}
        self._pages = {(public.scheme, public.netloc.lower())} if public.netloc else set[tuple[str, str]]()
        self._is_covered = _by_certificate(settings.cert) if settings.cert else _by_nothing
        self._ports = {settings.port, settings.tls_port, *USUAL_PORTS.values(), None}
        self._shown: set[str] = set()
        self._instead = f"127.0.0.1:{settings.port}"

    def fault(self, host: str) -> str:
        """The code of the sentence that says why nobody is answered who calls us so; empty if all is well."""
        read = read_host(host)
        if read is None:
            return "page.bad_request"
        return "" if self._is_ours(read[0]) else "host.unknown"

    def is_own(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours, asked for under this host."""
        said = _ORIGIN.fullmatch(origin.lower())
        if said is None:
            return False
        scheme, place = said.groups()
        return (scheme, place) in self._pages or _is_same(scheme, place, host)

    def to_show(self, host: str) -> str:
        """The host to put into links and QR codes: by which one was asked; by no more than a few that are unusual."""
        if host not in self._shown and not self._is_usual(host):
            if len(self._shown) >= MOST_SHOWN:
                return self._instead
            self._shown.add(host)
        return host

    def _is_ours(self, name: str) -> bool:
        if name in self._names or name.endswith(tuple(f".{each}" for each in PRIVATE_NAMES)) or _is_address(name):
            return True
        return self._is_covered(name)

    def _is_usual(self, host: str) -> bool:
        read = read_host(host)
        return read is not None and read[0].strip("[]") in self._names and read[1] in self._ports


def _by_certificate(file: str) -> Callable[[str], bool]:
    """Whether a name stands in a certificate, which may be renewed while we run."""
    from app.network import CertificateUnusable, tls  # where there is none, a start does not read how one is read

    pair = tls.Pair(Path(file), Path(file))

    def is_covered(name: str) -> bool:
        with suppress(CertificateUnusable):
            return tls.covers(pair.load(), name)
        return False

    return is_covered


def _by_nothing(_name: str) -> bool:
    return False


def read_host(host: str) -> tuple[str, int | None] | None:
    """Name (in lower case) and port of a Host header; None if it is none."""
    found = _HOST.fullmatch(host) if len(host) <= LONGEST_HOST else None
    if found is None or (host.startswith("[") and not _is_address(found[1])):
        return None
    port = int(found[2]) if found[2] else None
    return None if port is not None and port > 0xFFFF else (found[1].lower(), port)


def _is_same(scheme: str, place: str, host: str) -> bool:
    if place == host:
        return read_host(host) is not None
    theirs, ours = read_host(place), read_host(host)
    if theirs is None or ours is None or theirs[0] != ours[0]:
        return False
    usual = USUAL_PORTS[scheme]
    return (theirs[1] or usual) == (ours[1] or usual)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
