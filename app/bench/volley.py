"""Senders of requests in a process of their own: ``python -m …volley``. They cost as little as Python lets them.

Told by a line of JSON on stdin (``port``, ``requests``, ``lines``, ``over``, ``holds``), says by such a line what came
of it, and waits for the next. Each of so many lines sends what is its own, each as soon as the one before was answered;
or, ``over`` so many seconds, when its time has come. An answer ends as HTTP says, or, to what is no request of HTTP,
with its line. It must say 200 or 304, and hold what it is to hold.
"""

import json
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from app.rehearsal.latencies import percentile
from app.rehearsal.replies import END_OF_HEAD, length_of_body

SECONDS_TO_WAIT = 60.0
LARGEST_READ = 64 * 1024
GOOD = (b"200", b"304")


@dataclass(slots=True)
class Line:
    """One connection. ``left``: what it is still to send, the next one last, each with when it is due."""

    socket: socket.socket
    left: list[tuple[float, bytes]]
    sent_at: float = 0.0
    rest: bytes = b""

    def send(self, now: float) -> None:
        self.sent_at = now
        self.socket.sendall(self.left.pop()[1])

    def answered(self, data: bytes) -> bytes | None:
        """The whole answer, if it has come."""
        self.rest += data
        end = self.rest.find(END_OF_HEAD) if self.rest.startswith(b"HTTP/") else self.rest.find(b"\n") + 1
        if end <= 0:
            return None
        if self.rest.startswith(b"HTTP/"):
            end += len(END_OF_HEAD) + length_of_body(self.rest[: end + 2])
        if len(self.rest) < end:
            return None
        answer, self.rest = self.rest[:end], self.rest[end:]
        return answer


@dataclass(slots=True)
class Volley:
    """All lines, until everything is answered."""

    holds: bytes
    waits: list[float] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    _poll: select.epoll = field(default_factory=select.epoll)
    _resting: dict[int, Line] = field(default_factory=dict)
    """Lines that wait for the time of their next one."""

    def opens(self, port: int, requests: list[bytes], lines: int, over: float) -> None:
        number = min(lines, len(requests))
        due = [over * at / len(requests) for at in range(len(requests))]
        for at in range(number):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            left = list(zip(due[at::number], requests[at::number], strict=True))[::-1]
            self.lines[connection.fileno()] = Line(connection, left)
            self._poll.register(connection, select.EPOLLIN)

    def goes(self) -> float:
        """Seconds from the first to the last answer."""
        began = last = time.monotonic()
        for line in self.lines.values():
            line.left = [(began + due, request) for due, request in line.left]
        self._resting = dict(self.lines)
        busy = 0
        while (busy := busy + self._send_what_is_due()) or self._resting:
            for file, _ in self._poll.poll(self._pause(), len(self.lines)):
                if self._reads(self.lines[file]):
                    last, busy = time.monotonic(), busy - 1
            if time.monotonic() - last > SECONDS_TO_WAIT:
                raise TimeoutError(f"{busy} were not answered")
        return last - began

    def _send_what_is_due(self) -> int:
        now, sent = time.monotonic(), 0
        for file in [file for file, line in self._resting.items() if line.left[-1][0] <= now]:
            self._resting.pop(file).send(now)
            sent += 1
        return sent

    def _pause(self) -> float:
        if not self._resting:
            return 1.0
        return max(min(line.left[-1][0] for line in self._resting.values()) - time.monotonic(), 0.0)

    def _reads(self, line: Line) -> bool:
        data = line.socket.recv(LARGEST_READ)
        if not data:
            raise ConnectionError("the server has closed a line")
        answer = line.answered(data)
        if answer is None:
            return False
        self.waits.append(time.monotonic() - line.sent_at)
        if (answer.startswith(b"HTTP/") and answer[9:12] not in GOOD) or self.holds not in answer:
            raise ValueError(answer[:400].decode(errors="replace"))
        if line.left:
            self._resting[line.socket.fileno()] = line
        return True


def fired(order: dict[str, Any]) -> dict[str, Any]:
    volley = Volley(order["holds"].encode())
    requests = [each.encode() for each in order["requests"]]
    volley.opens(order["port"], requests, order["lines"], order["over"])
    cpu = time.process_time()
    try:
        seconds = volley.goes()
    except (OSError, ValueError) as error:
        return {"fault": str(error)}
    finally:
        for line in volley.lines.values():
            line.socket.close()
    cpu = time.process_time() - cpu
    p50, p99 = (percentile(volley.waits, share) for share in (0.5, 0.99))
    return {"seconds": seconds, "number": len(volley.waits), "p50": p50, "p99": p99, "cpu": cpu}


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(fired(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
