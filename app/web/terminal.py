"""The links that the terminal shows: the same at every start, so that those of the evening open in the morning.

The database keeps the hash of a token alone. The tokens of the terminal are made of a secret in a file beside it,
readable by its owner alone, which no copy of the database holds; without that file the terminal shows new links, and
those that were shown stay good until they are revoked, or their meeting is deleted.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from sqlalchemy.engine import Connection

from app.settings import Settings, beside
from app.store import keys, secret
from app.store.keys import TERMINAL, Key, Role
from app.store.tokens import TOKEN_BYTES
from app.web.links import link_of, organiser_link

BYTES = 32


class Terminal:
    """Makes the terminal's keys; ``seed`` is its secret."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()

    def moderators_link(self, connection: Connection, code: str) -> str:
        key = Key(code, Role.MODERATOR)
        return link_of(key, self._make(connection, key, TERMINAL))

    def organisers_link(self, connection: Connection) -> str:
        return organiser_link(connection, TERMINAL, self._make)

    def _make(self, connection: Connection, key: Key, label: str) -> str:
        return keys.make_again(connection, key, label, self._tokens(secret.make(connection).mark, key))

    def _tokens(self, mark: str, key: Key) -> Iterator[str]:
        """The first, and one after another for when those before it were revoked."""
        for number in count():
            of = (key.of, "") if key.role is Role.SEAT else ("", key.of)  # as it was said when the first were made
            text = "\n".join((mark, key.meeting or "", key.role, *of, str(number)))
            digest = hmac.new(self._seed, f"link\n{text}".encode(), hashlib.sha256).digest()
            yield urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def terminal_of(settings: Settings) -> Terminal:
    """By the secret that was set, or else the one beside the database. Where none can be kept, one for this start."""
    if settings.secret:
        return Terminal(settings.secret)
    with suppress(OSError):
        return Terminal(_kept(file_beside(settings.db)))
    return Terminal(secrets.token_hex(BYTES))


def file_beside(db: str) -> Path:
    """``kaimen.db`` has it in ``kaimen.links``; a database of a url in ``kaimen.links`` where we are started."""
    return beside(db, ".links")


def _kept(path: Path) -> str:
    """What the file holds; it is made if it is not there. Raises OSError."""
    with suppress(FileExistsError):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(secrets.token_hex(BYTES))
    return path.read_text("ascii")
