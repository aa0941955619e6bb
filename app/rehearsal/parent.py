"""A server of a bench, a rehearsal or a test ends with whoever started it, also with one who was killed.

The parent holds the other end of its standard input and says nothing there; the system closes it, however that ended.
"""

import _thread
import os
import sys
import threading


def ends_with_parent() -> None:
    """From now on the end of the standard input is a Ctrl+C."""
    threading.Thread(target=_waits, name="parent", daemon=True).start()


def _waits() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not by its buffer, which could not be closed while somebody waits at it
        pass
    _thread.interrupt_main()
