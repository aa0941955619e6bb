"""Every setting, with its default. The command line overrides the environment, the environment the default.

docs/settings.md lists them; a test holds the two against each other.
"""

import os
import secrets
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Settings:
    """Environment variables are the names in upper case after ``KAIMEN_``: ``KAIMEN_DB``, ``KAIMEN_PORT`` …"""

    db: str = field(default="kaimen.db", metadata={"meaning": "The database: a file (SQLite) or a postgresql:// url."})
    host: str = field(default="0.0.0.0", metadata={"meaning": "The address to listen on; 0.0.0.0 lets the hall in."})  # noqa: S104
    port: int = field(default=8000, metadata={"meaning": "The port to listen on."})
    public_url: str = field(
        default="",
        metadata={"meaning": "How devices reach this server, for links and QR codes; found out if empty."},
    )
    most_sockets: int = field(
        default=5000, metadata={"meaning": "Open live connections from which on further ones are turned away (503)."}
    )
    secret: str = field(
        default="", metadata={"meaning": "Signs the tokens of forms; made anew at each start if empty.", "hidden": True}
    )

    @classmethod
    def of_environment(cls, **given: str | int | None) -> "Settings":
        """The settings of this environment; ``given`` goes before it unless None. Raises ValueError with a sentence."""
        values: dict[str, str | int] = {}
        for each in fields(cls):
            text = os.environ.get(f"KAIMEN_{each.name.upper()}")
            asked = given.get(each.name)
            if asked is not None:
                values[each.name] = asked
            elif text is not None:
                values[each.name] = _number(each.name, text) if each.type is int else text
        values["secret"] = values.get("secret") or secrets.token_hex(32)
        return cls(**values)  # type: ignore[arg-type]


def _number(name: str, text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"KAIMEN_{name.upper()} must be a number, not “{text}”.")
    return int(text)
