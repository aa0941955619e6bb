"""What the kernel knows of another process, and how many files this one may open. Linux."""

import resource
import time
from pathlib import Path

from app.rehearsal.troubles import FewFiles

SPARE_FILES = 200


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads, to the nanosecond."""
    # The kernel's MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED): /proc/PID/stat counts in hundredths of a second only.
    return time.clock_gettime(~pid << 3 | 2)


def resident_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def allow_files(needed: int) -> None:
    """Raise the limit of open files for this process and those it starts. Raises FewFiles."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed += SPARE_FILES
    if soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise FewFiles(f"{hard} < {needed}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
