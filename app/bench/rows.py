"""What a bench says: one row for each figure, beside its baseline."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """``value`` and ``baseline`` are in ``unit``. ``against`` says in words what the baseline is."""

    case: str
    clients: int
    value: float
    unit: str
    baseline: float
    against: str

    @property
    def ratio(self) -> float:
        return round(self.value / self.baseline, 2) if self.baseline else 0.0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def in_words(row: Row) -> str:
    """A row of a table in a terminal."""
    figures = f"{row.value:>8g} {row.unit:<11} {row.baseline:>8g} {row.ratio:>6.2f}x"
    return f"{row.case:<22}{row.clients:>6} {figures}  ({row.against})"


def rounded(value: float) -> float:
    """Three figures are more than a bench can know."""
    return float(f"{value:.3g}")
