"""The short code of a meeting, as it stands in its addresses."""

import re

LONGEST_CODE = 32
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
RESERVED_CODES = frozenset(
    {"setup", "static", "healthz", "join", "keys", "live", "print", "record", "authority", "api", "trust"}
    | {"new", "upload", "enter", "leave", "backup"}  # beside the meetings on the set-up pages
)
"""Codes that no meeting may have: the first steps of addresses of our own, or likely to become one."""
