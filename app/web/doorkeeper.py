"""The doorkeeper: knows who was let in by which key, and shows them out when the key is revoked.

A key revoked by this process shuts its sockets at once. Another process may revoke keys as well (``run.py links
--revoke``): who looks at the neighbours once a second asks for the keys in use, on every database alike.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Protocol

logger = logging.getLogger("kaimen.doorkeeper")


class Admitted(Protocol):
    """Somebody who was let in."""

    def is_shown_out(self) -> None:
        """From here on nothing is sent to or taken from them. Returns at once."""


class Doorkeeper:
    """Lives in the event loop; every method is called there."""

    def __init__(self) -> None:
        self._inside: dict[str, set[Admitted]] = defaultdict(set)

    @property
    def keys_in_use(self) -> Set[str]:
        return self._inside.keys()

    def let_in(self, id: str, who: Admitted) -> None:
        """Somebody has come in by the key of this id."""
        self._inside[id].add(who)

    def goes(self, id: str, who: Admitted) -> None:
        self._inside[id].discard(who)
        if not self._inside[id]:
            del self._inside[id]

    def number_inside(self, id: str) -> int:
        """How many are in by this key."""
        return len(self._inside.get(id, ()))

    def show_out(self, ids: Iterable[str]) -> None:
        """These keys have been revoked."""
        for id in ids:
            for who in self._inside.pop(id, set()):
                try:
                    who.is_shown_out()
                except Exception:  # whoever else holds a revoked key is shown out all the same
                    logger.exception("Somebody with a revoked key could not be shown out")
