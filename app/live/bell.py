"""The bell: it says that a meeting has moved on, and to where; never what happened.

Inside a process the scribe rings it after each commit. Between processes PostgreSQL's NOTIFY does, and once a second
the listener looks for itself, so that a lost ring heals.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from app.meeting.refusals import Refused
from app.store.database import CHANNEL, Database
from app.store.heads import Head, follow

logger = logging.getLogger("kaimen.bell")

HEARTBEAT = 1.0
PAUSE_AFTER_FAILURE = 1.0


class Listener:
    """Follows what other processes write (PostgreSQL only). Rings ``moved(code, head)`` from its own thread."""

    def __init__(self, database: Database, moved: Callable[[str, Head], None]) -> None:
        self._database = database
        self._moved = moved
        self._heads: dict[str, Head] = {}
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        if not self._database.is_sqlite:
            self._thread.start()

    def stop(self) -> None:
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2 * HEARTBEAT)

    def know(self, code: str, head: Head) -> None:
        """This process has seen a meeting so far, by its own writing or loading."""
        with self._lock:
            if head.is_as_new_as(self._heads.get(code)):
                self._heads[code] = head

    def forget(self, code: str) -> None:
        """This meeting is gone."""
        with self._lock:
            self._heads.pop(code, None)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._listen()
            except Exception as error:  # the driver's, SQLAlchemy's, the network's: in every case, again in a moment
                logger.warning("Not listening to other processes for a moment: %s", error)
                time.sleep(PAUSE_AFTER_FAILURE)

    def _listen(self) -> None:
        with self._database.listening() as connection:
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            # Typed loosely, so that a hall with SQLite does not wait for psycopg to be imported.
            raw: Any = connection.connection.driver_connection
            while not self._ending.is_set():
                list(raw.notifies(timeout=HEARTBEAT, stop_after=1))
                self._look()

    def _look(self) -> None:
        """Catch up with every known meeting that has moved on elsewhere."""
        with self._lock:
            heads = dict(self._heads)
        with self._database.reading() as connection:
            for code, head in heads.items():
                try:
                    newer = follow(connection, code, head)
                except Refused:  # the record was put back, which the venue names
                    continue
                if newer.seq > head.seq:
                    self.know(code, newer)
                    self._moved(code, newer)
