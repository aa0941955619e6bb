"""Codes, ids and names that stand in addresses, receipts and the record."""

import re

from app.meeting.refusals import refuse_unless

LONGEST_CODE = 32

LONGEST_ID = 64

LONGEST_NAME_OF_DISPLAY = 24

CODE = re.compile(rf"[a-z0-9][a-z0-9-]{{1,{LONGEST_CODE - 1}}}")

RESERVED_CODES = frozenset(
    {"setup", "static", "healthz", "join", "keys", "live", "print", "record", "authority", "api", "trust"}
    | {"new", "upload", "enter", "leave", "backup", "letters"}  # beside the meetings on the set-up pages
)
"""Codes that no meeting may have: the first steps of addresses of our own, or likely to become one."""

ID = re.compile(rf"[A-Za-z0-9_-]{{8,{LONGEST_ID}}}")
"""``static/device.js`` says the same of the cookie of a device."""

_NAME_OF_DISPLAY = re.compile(rf"[\w-]{{1,{LONGEST_NAME_OF_DISPLAY}}}")


def the_display(name: str) -> str:
    refuse_unless(is_name_of_display(name), "display.no_name")
    return name


def is_name_of_display(name: str) -> bool:
    """Letters (of any script), digits, - and _."""
    return _NAME_OF_DISPLAY.fullmatch(name) is not None


def must_be_an_id(text: str) -> None:
    """Ids and salts that devices make go into pages and receipts: short, and of harmless characters."""
    refuse_unless(is_an_id(text), "id.malformed")


def is_an_id(text: str) -> bool:
    """Whether a device or a command can go by it, in a log and in every database."""
    return ID.fullmatch(text) is not None
