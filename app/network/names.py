"""What this machine is called, and which names there are in local networks alone."""

import socket
from collections.abc import Iterable

OWN_NAME = "kaimen.local"
ALWAYS = ("localhost", OWN_NAME, "127.0.0.1", "::1")
PRIVATE_NAMES = ("local", "localhost", "lan", "home.arpa", "internal")


def names_of_this_machine(addresses: Iterable[str]) -> list[str]:
    """What a certificate of this server has to say: its addresses, its host name, and what it is always called."""
    host = socket.gethostname().lower()
    names = [*ALWAYS, *addresses, *([host, f"{host}.local"] if _is_plain(host) else [host])]
    return sorted({name for name in names if _is_sayable(name)})


def is_private(name: str) -> bool:
    return any(name == end or name.endswith(f".{end}") for end in PRIVATE_NAMES)


def _is_plain(host: str) -> bool:
    return "." not in host


def _is_sayable(name: str) -> bool:
    """Certificates take ASCII names only; a machine may be called otherwise."""
    return name.isascii() and bool(name)
