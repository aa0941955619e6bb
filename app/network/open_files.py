"""How many files, and with them connections, this process may have open: every phone is one."""

import sys
from contextlib import suppress

MANY_FILES = (1_048_576, 524_288, 262_144, 131_072, 65_536, 49_152, 32_768, 24_576, 16_384, 10_240, 8192, 4096, 2048)
"""What is asked for where there is said to be no limit, one after the other."""


def allow_many_sockets() -> None:
    """As many open files as the system lets this user have: every phone is one.

    macOS says “unlimited” and refuses to be taken at its word: then ever fewer are asked for.
    """
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        asked = MANY_FILES if hard == resource.RLIM_INFINITY else (hard, *(each for each in MANY_FILES if each < hard))
        for files in asked if soft != resource.RLIM_INFINITY else ():
            with suppress(ValueError, OSError):
                if files > soft:
                    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
                return


def files_allowed() -> int | None:
    """How many files this process may open; None if there is no limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft
