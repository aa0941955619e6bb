"""Every setting, with its default. The command line overrides the environment, the environment the default.

docs/settings.md lists them; a test holds the two against each other.
"""

import ipaddress
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from app.meeting.refusals import Said

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingWrong(ValueError):
    """``said`` says which setting, and what it must be."""

    def __init__(self, code: str, name: str, text: str) -> None:
        super().__init__(code)
        self.said = Said(code, {"name": f"KAIMEN_{name.upper()}", "text": text})

    def __str__(self) -> str:
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Settings:
    """Environment variables are the names in upper case after ``KAIMEN_``: ``KAIMEN_DB``, ``KAIMEN_PORT`` …"""

    db: str = field(default="kaimen.db", metadata={"meaning": "The database: a file (SQLite) or a postgresql:// url."})
    host: str = field(default="0.0.0.0", metadata={"meaning": "The address to listen on; 0.0.0.0 lets the hall in."})  # noqa: S104
    port: int = field(default=8000, metadata={"meaning": "The port to listen on."})
    tls: bool = field(
        default=False,
        metadata={"meaning": "Serve https as well, for staff and panel; without a certificate, with one made here."},
    )
    tls_port: int = field(default=8443, metadata={"meaning": "The port for https."})
    cert: str = field(default="", metadata={"meaning": "Your own certificate for https (PEM, with its chain)."})
    key: str = field(default="", metadata={"meaning": "The private key of that certificate (PEM)."})
    public_url: str = field(
        default="",
        metadata={"meaning": "How devices reach this server, for links and QR codes; detected if empty."},
    )
    hosts: str = field(
        default="",
        metadata={"meaning": "Further names by which devices reach this server, separated by commas."},
    )
    most_sockets: int = field(
        default=5000,
        metadata={
            "meaning": "The most live connections at once; further ones are turned away (503). "
            "A tenth is kept for staff, panel and displays."
        },
    )
    share_of_address: int = field(
        default=90,
        metadata={
            "meaning": "The percentage of the live connections open to everybody that one address may hold; "
            "lower it where phones have their own addresses."
        },
    )
    trusted_proxies: str = field(
        default="",
        metadata={
            "meaning": "Proxies in front of this server: addresses or networks, separated by commas; "
            "they say for whom they ask (X-Forwarded-For) and whether over https (X-Forwarded-Proto)."
        },
    )
    hall_networks: str = field(
        default="10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8,fc00::/7,fe80::/10,::1",
        metadata={
            "meaning": "Networks that the hall's phones come from, separated by commas: "
            "votes from there are the hall's, those from elsewhere the internet's."
        },
    )
    question_words: str = field(
        default="",
        metadata={
            "meaning": "A file of words that mark questions of the audience for whoever moderates them; "
            "if empty, a short one of ours."
        },
    )
    secret: str = field(
        default="",
        metadata={
            "meaning": "Signs forms and makes the terminal's links; "
            "if empty, one kept in the database and one kept beside it.",
            "hidden": True,
        },
    )

    @classmethod
    def of_environment(cls, **given: str | int | bool | None) -> "Settings":
        """The settings of this environment; ``given`` goes before it unless None. Raises SettingWrong."""
        values: dict[str, str | int | bool] = {}
        for each in fields(cls):
            text = os.environ.get(f"KAIMEN_{each.name.upper()}")
            asked = given.get(each.name)
            if asked is not None:
                values[each.name] = asked
            elif text is not None:
                values[each.name] = _READ[each.type](each.name, text) if each.type in _READ else text
        values["tls"] = bool(values.get("tls") or values.get("cert"))
        for name, look in _LOOKED_AT.items():
            if name in values:
                values[name] = look(name, str(values[name]))
        return cls(**values)  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def networks(text: str, name: str = "trusted_proxies") -> tuple[Network, ...]:
    """Addresses and networks with commas between them. Raises SettingWrong."""
    parts = [part.strip() for part in text.split(",")]
    try:
        return tuple(ipaddress.ip_network(part, strict=False) for part in parts if part)
    except ValueError as error:
        raise SettingWrong("setting.no_networks", name, text) from error


def _number(name: str, text: str) -> int:
    if not text.isdecimal():
        raise SettingWrong("setting.no_number", name, text)
    return int(text)


def _yes_or_no(name: str, text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise SettingWrong("setting.no_switch", name, text)
    return text.lower() in _YES


def _database(name: str, text: str) -> str:
    """A file is one whatever it is called; the url of another kind of database was not meant as the name of one."""
    url = _URL.match(text)
    if not text.strip() or (url and not text.startswith(_DATABASES)):
        raise SettingWrong("setting.no_database", name, f"{url[0]}…" if url else text)  # a url may hold a password
    return text


def _listening(_name: str, text: str) -> str:
    """An address of IPv6 as it is, or in the brackets of a url."""
    return text.strip().removeprefix("[").removesuffix("]")


def _public_url(name: str, text: str) -> str:
    """Nothing may stand behind the host: pages, files and sockets are asked for at the top of it."""
    if not text:
        return text
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_one = False
    if not is_one:
        raise SettingWrong("setting.no_address", name, text)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingWrong("setting.address_with_path", name, text)
    return text


def _networks(name: str, text: str) -> str:
    networks(text, name)
    return text


_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DATABASES = ("postgresql://", "postgres://", "sqlite:///")
_READ: dict[object, Callable[[str, str], int | bool]] = {int: _number, bool: _yes_or_no}
_LOOKED_AT: dict[str, Callable[[str, str], str]] = {
    "db": _database,
    "host": _listening,
    "public_url": _public_url,
    "trusted_proxies": _networks,
    "hall_networks": _networks,
}
"""What has a form of its own, wherever it comes from."""


def file_of(db: str) -> Path | None:
    """The file of a database of SQLite; None for the url of one of PostgreSQL."""
    return None if db.startswith(("postgresql:", "postgres:")) else Path(db.removeprefix("sqlite:///"))


def beside(db: str, ending: str) -> Path:
    """``kaimen.db`` has it in ``kaimen`` with this ending; a database of a url has it where we are started."""
    return (file_of(db) or Path("kaimen")).with_suffix(ending)
