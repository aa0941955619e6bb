"""Capacity: how many live connections there are, and whose.

A tenth is kept for those who are known by their key: staff, panel, displays. Of the places that are open to everybody
one network has a share at most, so that nobody fills the hall from one laptop; whoever is known never counts in it.
"""

from collections import Counter

from app.store.keys import Role

KEPT = 10
"""Per cent of all places, for those who are known."""
KNOWN = frozenset(Role) - {Role.GUEST}
"""Whose keys make them known. An invitation is for all who are invited."""


class Full(Exception):
    """There is no place left for whoever asks."""


class Taken:
    """One that was taken. Given back twice it is given back once."""

    __slots__ = ("_capacity", "_network")

    def __init__(self, capacity: "Capacity", network: str | None) -> None:
        self._capacity: Capacity | None = capacity
        self._network = network

    def give_back(self) -> None:
        if self._capacity is not None:
            self._capacity.was_left(self._network)
            self._capacity = None


class Capacity:
    """Lives in the event loop. ``most``: places in all; ``share``: per cent of the open ones for one network."""

    def __init__(self, most: int, share: int) -> None:
        self._most = most
        self._open = most - most * KEPT // 100
        self._share = -(-self._open * share // 100)
        self._taken = 0
        self._strangers: Counter[str] = Counter()

    def take_known(self) -> Taken:
        """A place for somebody whose key makes them known. Raises Full."""
        if self._taken >= self._most:
            raise Full
        self._taken += 1
        return Taken(self, None)

    def take(self, network: str) -> Taken:
        """A place for somebody of this network. Raises Full."""
        if self._taken >= self._open or self._strangers[network] >= self._share:
            raise Full
        self._taken += 1
        self._strangers[network] += 1
        return Taken(self, network)

    def was_left(self, network: str | None) -> None:
        self._taken -= 1
        if network is not None:
            self._strangers[network] -= 1
            if not self._strangers[network]:
                del self._strangers[network]
