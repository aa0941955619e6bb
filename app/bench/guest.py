"""A guest who means no good, in a process of its own: ``python -m …guest``. Bounded in count and time, on 127.0.0.1.

Told by a line of JSON on stdin what to do (``do``, ``port``, ``code``, ``key``, ``lines``, ``seconds``), says in a line
of JSON how many bytes it got rid of, and waits for the next. Lines that the server cuts are opened again, some times.
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

from app.bench.mischief import AT_A_TIME, SECONDS_TO_ANSWER, TROUBLES, Target, Trouble

MOST_LINES = 2000
"""Connections that are opened for one order."""


@dataclass(slots=True)
class Guest:
    """Some lines at once, each opened again when the server has cut it."""

    target: Target
    trouble: Trouble
    lines: int
    opened: int = 0
    sent: int = 0
    _left: dict[socket.socket, memoryview] = field(default_factory=dict)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def goes_on_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            while len(self._left) < self.lines and self.opened < MOST_LINES:
                self._open()
            for key, events in self._selector.select(0.05):
                self._attend(key.fileobj, events)  # type: ignore[arg-type]
        for line in list(self._left):
            self._drop(line)

    def _open(self) -> None:
        self.opened += 1
        try:
            line = socket.create_connection(("127.0.0.1", self.target.port), SECONDS_TO_ANSWER)
        except OSError:
            return  # the server is busy, or has had enough of us
        line.setblocking(False)
        self._left[line] = memoryview(self.trouble.first)
        self._selector.register(line, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _attend(self, line: socket.socket, events: int) -> None:
        try:
            if events & selectors.EVENT_READ and self.trouble.waits and line.recv(AT_A_TIME):
                self._drop(line)
            elif events & selectors.EVENT_WRITE:
                self._say(line)
            elif not self.trouble.waits and not line.recv(1, socket.MSG_PEEK):
                self._drop(line)
        except BlockingIOError:
            pass
        except OSError:
            self._drop(line)

    def _say(self, line: socket.socket) -> None:
        left = self._left[line] or memoryview(self.trouble.again)
        if not left:
            self._selector.modify(line, selectors.EVENT_READ)
            return
        number = line.send(left[:AT_A_TIME])
        self.sent += number
        self._left[line] = left[number:]

    def _drop(self, line: socket.socket) -> None:
        self._selector.unregister(line)
        del self._left[line]
        line.close()


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        target = Target(order["port"], order["code"], order["key"])
        trouble = TROUBLES[order["do"]](target)
        guest = Guest(target, trouble, order["lines"] * trouble.times)
        guest.goes_on_for(order["seconds"])
        print(json.dumps({"opened": guest.opened, "sent": guest.sent}), flush=True)


if __name__ == "__main__":
    main()
