"""The lines to a PostgreSQL: tried before they are used, and cut when nothing has come over one for too long.

A server that is frozen, or whose cable was pulled, ends no connection: whoever asked over it would wait for ever, and
with them, one after the other, every thread that reads.
"""

import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


@dataclass(frozen=True, slots=True)
class _InUse:
    line: Any
    since: float


class Lines:
    """Those that are in use now."""

    def __init__(self) -> None:
        self._in_use: dict[int, _InUse] = {}
        self._lock = threading.Lock()

    def watch(self, engine: Engine) -> None:
        sa.event.listen(engine, "checkout", self._is_taken)
        sa.event.listen(engine, "checkin", self._is_given_back)

    def may_take_long(self, connection: Connection) -> None:
        """Whoever has taken this one knows how to wait: it is not cut."""
        self._forget(connection.connection.dbapi_connection)

    def cut(self, after: float) -> None:
        """Cut those that were taken so many seconds ago: who waits at one is told that the line broke."""
        with self._lock:
            for each in list(self._in_use.values()):
                if time.monotonic() - each.since >= after:
                    _cut(each.line)

    def _is_taken(self, line: Any, _record: Any, _proxy: Any) -> None:
        with self._lock:
            self._in_use[id(line)] = _InUse(line, time.monotonic())
        # Tried here and not by the pool's own ping, which would come before anybody watches over it.
        try:
            line.execute("SELECT 1")
            line.rollback()
        except Exception as error:
            self._forget(line)
            raise sa.exc.DisconnectionError from error

    def _is_given_back(self, line: Any, _record: Any) -> None:
        self._forget(line)

    def _forget(self, line: Any) -> None:
        with self._lock:
            self._in_use.pop(id(line), None)


def _cut(line: Any) -> None:
    """End a connection under the thread that waits at it, which only the kernel can do."""
    with suppress(Exception), socket.socket(fileno=os.dup(line.fileno())) as other_end:
        other_end.shutdown(socket.SHUT_RDWR)
