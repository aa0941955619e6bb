"""How many files this process and those that it starts may open: every socket is one."""

import sys

from app.rehearsal.troubles import FewFiles

SPARE_FILES = 200


def allow_files(needed: int) -> None:
    """Raise the limit as far as it takes. Raises FewFiles. Windows has none that matters here."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed += SPARE_FILES
    if soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise FewFiles(f"{hard} < {needed}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
