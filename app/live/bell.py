"""The bell between processes: PostgreSQL's NOTIFY says that a meeting has moved on, and to where; never what happened.

Nobody relies on it: once a second the neighbours are looked at anyway, so that a lost ring heals. On a channel of its
own it also brings the calls by which processes say who is connected to them (``rollcall.py``).
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from app.store.database import CHANNEL, Database

logger = logging.getLogger("kaimen.bell")

LONGEST_ENDING = 1.0
"""Seconds until a bell to which nobody listens any more is silent."""
PAUSE_AFTER_FAILURE = 1.0


class Bell:
    """Calls ``rung(code, seq)`` from its own thread for every ring, this process's own among them (PostgreSQL only).

    In the same way ``called`` gets every call, and ``listens`` says that from now on all of them are heard.
    """

    def __init__(
        self,
        database: Database,
        rung: Callable[[str, int], None],
        called: Callable[[str], None] = lambda _: None,
        listens: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._rung, self._called, self._listens = rung, called, listens
        self._ending = threading.Event()
        self._is_deaf = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bell", daemon=True)

    def start(self) -> None:
        if not self._database.is_sqlite:
            self._thread.start()

    def listen_anew(self) -> None:
        """Over another line: over this one nothing is heard, though nobody has said that it is cut."""
        self._is_deaf.set()

    def stop(self) -> None:
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2 * LONGEST_ENDING)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._listen()
            except Exception as error:  # the driver's, SQLAlchemy's, the network's: in every case, again in a moment
                logger.warning("Not listening to other processes for a moment: %s", error)
                time.sleep(PAUSE_AFTER_FAILURE)

    def _listen(self) -> None:
        self._is_deaf.clear()
        with self._database.listening() as connection:
            calls = self._database.channel_of_calls(connection)
            for channel in (calls, CHANNEL):
                connection.exec_driver_sql(f"LISTEN {channel}")
            self._listens()
            # Typed loosely, so that a hall with SQLite does not wait for psycopg to be imported.
            raw: Any = connection.connection.driver_connection
            while not (self._ending.is_set() or self._is_deaf.is_set()):
                for ring in raw.notifies(timeout=LONGEST_ENDING, stop_after=1):
                    if ring.channel == calls:
                        self._called(ring.payload)
                    else:
                        code, _, seq = ring.payload.rpartition(" ")
                        self._rung(code, int(seq))
            connection.invalidate()  # it listens: nobody else is to get it from the pool, and not this bell again
