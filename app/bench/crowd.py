"""A crowd of sockets that only count what they are sent, in a process of its own: ``python -m …crowd``.

A bench must not measure its own clients, so these do next to nothing: they find the end of each frame, answer pings and
note when the last of a group got what was awaited. Told what to do by lines of JSON on stdin, answered by such lines:

- ``{"join": group, "port": …, "requests": [...], "number": …}``: connect so many for each request, saying it
- ``{"expect": [groups]}``: answered at once, and again when each of these groups has got one frame more
"""

import base64
import json
import os
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.bench.frames import PING, frame_length, pong

LARGEST_READ = 256 * 1024
QUIET = 0.3
"""Seconds without a byte after which a newly joined group has got all there is to say at first."""
CONNECTING_AT_ONCE = 50
SECONDS_TO_WAIT = 60.0


@dataclass(slots=True)
class Listeners:
    """Sockets that get the same. ``behind``: how many have not yet got the awaited frame, ``last``: when one did."""

    members: "list[Member]" = field(default_factory=list)
    behind: int = 0
    last: float = 0.0
    frame: bytes = b""

    def expect(self) -> None:
        self.behind = len(self.members)
        for member in self.members:
            member.is_behind = True


class Member:
    """One socket, and how far it is in its stream of unmasked frames."""

    __slots__ = ("_group", "_rest", "is_behind", "socket")

    def __init__(self, connection: socket.socket, group: Listeners) -> None:
        self.socket = connection
        self.is_behind = False
        self._group = group
        self._rest = b""

    def read(self, buffer: memoryview) -> None:
        try:
            size = self.socket.recv_into(buffer)
        except BlockingIOError:
            return
        if size == 0:
            raise ConnectionError("the server has closed a socket of the crowd")
        data = self._rest + bytes(buffer[:size]) if self._rest else bytes(buffer[:size])
        self._rest = self._frames(data)

    def _frames(self, data: bytes) -> bytes:
        """Take the whole frames off; returns what is left of an unfinished one."""
        while (length := frame_length(data)) and len(data) >= length:
            if data[0] == PING:
                self.socket.send(pong(data[2:length]))
            else:
                self._got(data[:length])
            data = data[length:]
        return data

    def _got(self, frame: bytes) -> None:
        group = self._group
        group.last = time.monotonic()
        group.frame = frame
        if self.is_behind:
            self.is_behind = False
            group.behind -= 1


class Crowd:
    """All groups, and the loop that reads for them."""

    def __init__(self) -> None:
        self._groups: dict[str, Listeners] = {}
        self._selector = selectors.DefaultSelector()
        self._buffer = memoryview(bytearray(LARGEST_READ))

    def do(self, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
        match order:
            case {"join": name, "port": port, "requests": requests, "number": number}:
                for request in requests:
                    self._join(self._groups.setdefault(name, Listeners()), port, request.encode(), number)
                self._read_until_quiet()
                yield {"joined": number * len(requests)}
            case {"expect": names}:
                for name in names:
                    self._groups[name].expect()
                yield {"expecting": names}
                yield self._await({name: self._groups[name] for name in names})

    def _join(self, group: Listeners, port: int, request: bytes, number: int) -> None:
        for at in range(0, number, CONNECTING_AT_ONCE):
            new = [socket.create_connection(("127.0.0.1", port)) for _ in range(min(CONNECTING_AT_ONCE, number - at))]
            for connection in new:
                connection.sendall(request)
            for connection in new:
                self._admit(connection, group, upgrades=request.startswith(b"GET"))
            self._read(timeout=0)

    def _admit(self, connection: socket.socket, group: Listeners, upgrades: bool) -> None:
        if upgrades:
            _skip_head(connection)
        connection.setblocking(False)
        member = Member(connection, group)
        group.members.append(member)
        self._selector.register(connection, selectors.EVENT_READ, member)

    def _await(self, groups: dict[str, Listeners]) -> dict[str, Any]:
        until = time.monotonic() + SECONDS_TO_WAIT
        while any(group.behind for group in groups.values()) and time.monotonic() < until:
            self._read(timeout=0.1)
        return {
            name: {"behind": group.behind, "last": group.last, "frame": base64.b64encode(group.frame).decode()}
            for name, group in groups.items()
        }

    def _read_until_quiet(self) -> None:
        while self._read(timeout=QUIET):
            pass

    def _read(self, timeout: float) -> int:
        ready = self._selector.select(timeout)
        for key, _ in ready:
            key.data.read(self._buffer)
        return len(ready)


def _skip_head(connection: socket.socket) -> None:
    """Read the answer to the handshake and not a byte more."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise ConnectionError(f"turned away: {head[:60]!r}")
        head += byte
    if b" 101 " not in head[:20]:
        raise ConnectionError(f"turned away: {head[:60]!r}")


def main() -> None:
    crowd = Crowd()
    for line in sys.stdin:
        for answer in crowd.do(json.loads(line)):
            print(json.dumps(answer), flush=True)
    os._exit(0)  # thousands of sockets are closed quicker by the kernel


if __name__ == "__main__":
    main()
