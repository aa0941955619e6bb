"""Drawing lots for the order of reporting, so that anybody can check it afterwards (docs/record.md).

Before the draw only the commitment is known: the SHA-256 of a secret seed. Then somebody in the hall says a word, which
whoever made the seed could not foresee. Seed and word together decide the order; after the draw the seed is disclosed.
"""

import hashlib
from collections.abc import Iterable


def commitment_of(seed: str) -> str:
    """SHA-256 of the seed's text, as 64 hex digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def drawn_order(seed: str, word: str, units: Iterable[str]) -> tuple[str, ...]:
    """The ids of the units, sorted by the SHA-256 of seed, word and id in three lines; their own order is no matter."""
    return tuple(sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\n{word}\n{unit}".encode()).hexdigest()))
