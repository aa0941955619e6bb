"""How the order of reporting comes about, as far as it has."""

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


@dataclass(frozen=True, slots=True)
class Reporting:
    """``draw`` is the one going on or ended; ``typed`` the units in an order found elsewhere, if one was typed in."""

    draw: Draw | None = None
    draws_called_off: int = 0
    typed: tuple[str, ...] = ()

    @property
    def is_drawing(self) -> bool:
        return self.draw is not None and not self.draw.has_ended

    @property
    def has_new_order(self) -> bool:
        """Whether the order has been drawn to its end, or typed in."""
        return bool(self.order)

    @property
    def order(self) -> tuple[str, ...]:
        """The units as drawn to the end, or typed in; empty where nobody has found another order than the plan's."""
        return self.draw.drawn if self.draw is not None and self.draw.has_ended else self.typed
