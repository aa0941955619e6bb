"""A draw of lots as far as it has gone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draw:
    """Lots drawn for the order of reporting: one for each of ``units``, of which ``drawn`` have come out, in order.

    ``word`` was said in the hall as the drawing began (None: it has not); ``seed`` is disclosed as it ends.
    """

    commitment: str
    units: tuple[str, ...]
    word: str | None = None
    drawn: tuple[str, ...] = ()
    seed: str = ""

    @property
    def has_ended(self) -> bool:
        return bool(self.seed)

    @property
    def left(self) -> tuple[str, ...]:
        """The units whose lots are still in the box, in the order of the agenda."""
        return tuple(unit for unit in self.units if unit not in self.drawn)
