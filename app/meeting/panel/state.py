"""Who is here, and from where each seat is led."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Panel:
    """By seat: ``arrivals`` is since when its panelist is here, ``holders`` the device from which the seat is led."""

    arrivals: dict[str, datetime] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)

    def is_led_from(self, seat: str, device: str | None) -> bool:
        """Whether a device may act for a seat: the one that took it over last, or any as long as none has.

        None: a program that does not say which it is.
        """
        return self.holders.get(seat, device) == device
