"""Devices of a small meeting, as tests put them there: tablets of a seat, displays of a name, and their board."""

from app.store import keys
from app.store.keys import Key, Role
from tests.live.served import Sitting

TABLET, SPARE = "tablet-0001", "spare-0002"


def key_of_display(sitting: Sitting, name: str) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, Role.DISPLAY, name), "test")


def meeting_of(sitting: Sitting):
    return sitting.served.venue.rooms.meeting(sitting.code)


def rows(caller, role: str = "seat") -> dict[str, list[str]]:
    """The troubles on the board, by name."""
    found = [row for row in caller.regions["devices-board"]["rows"] if row["role"] == role]
    return {row["name"]: [each["code"] for each in row["troubles"]] for row in found}
