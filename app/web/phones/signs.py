"""Signs that somebody stuffs the box, as counts: what was refused, and how often. Nobody is remembered."""

from collections import Counter

FAMILIES = ("ballot.", "ticket.")


class Signs:
    """Since the start of this server, in its memory. What the database knows of it is counted there."""

    def __init__(self) -> None:
        self._refused: Counter[tuple[str, str]] = Counter()

    def refused(self, meeting: str, code: str) -> None:
        """A ballot or a ticket was refused, with this code. The meeting is one that there is."""
        if code.startswith(FAMILIES):
            self._refused[meeting, code] += 1

    def of(self, meeting: str) -> dict[str, int]:
        """How often by the code of the refusal, the most frequent first."""
        return {code: number for (of, code), number in self._refused.most_common() if of == meeting}
