"""A cable between a browser and the server that may be cut without anything being closed: what is sent waits in it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Cable:
    """``port``: where a browser connects to reach the server. Cut, it takes nothing more and hands nothing on."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._whole = threading.Event()
        self._whole.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._lost: set[socket.socket] = set()
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, url: str) -> str:
        """The same address, at this end of the cable."""
        return url.replace(f":{self._to}/", f":{self.port}/")

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    def loses(self) -> None:
        """As a network forgets who slept: what is open carries nothing any more, and nobody is told.

        What is opened from now on is whole.
        """
        self._lost.update(self._ends)

    def close(self) -> None:
        self.mend()
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._whole.wait()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._whole.wait()
                if source not in self._lost:
                    target.sendall(data)
        with suppress(OSError):
            self._whole.wait()
            target.shutdown(socket.SHUT_WR)


@contextmanager
def cable(to: int) -> Iterator[Cable]:
    laid = Cable(to)
    try:
        yield laid
    finally:
        laid.close()
