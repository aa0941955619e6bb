"""What the bots have been told, kept to be held against the record afterwards."""

import math
from collections import Counter
from dataclasses import dataclass, field

from app.rehearsal.latencies import percentile


@dataclass(slots=True)
class Answers:
    """The answers of one rehearsal. ``acked`` are the ids of commands said to be in the record, latencies are seconds.

    A latency runs from the first sending of a command to its answer, over all reconnections; but for those that waited
    while the server was away that the rehearsal itself had ended.
    """

    acked: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    reconnections: int = 0
    server_ended_at: float = -math.inf
    messages: Counter[str] = field(default_factory=Counter)

    def percentile(self, share: float) -> float | None:
        """The latency in seconds that ``share`` of the answers did not exceed; None without any answer."""
        return percentile(self.latencies, share)
