"""What is asked for of a seat: who is here, from which device it is led."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The panelist of a seat is here."""

    seat: str


@dataclass(frozen=True, slots=True)
class CheckOut:
    seat: str


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """Lead a seat from this device from now on. ``device`` is its id, chosen by the device."""

    seat: str
    device: str
