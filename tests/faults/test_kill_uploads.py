"""A server is killed while proofs come in: each that was acknowledged is there with its content, and none without."""

import hashlib
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from app.meeting.events import ProofAdded
from app.meeting.findings.state import Stand
from app.rehearsal.process import ServerProcess
from app.server import clear_away
from app.store import contents, keys
from app.store.database import Database
from app.store.keys import Key, Role
from app.store.tables import ContentRow, table_of
from app.store.verify import verify
from tests.findings import brought_to
from tests.live.served import pair_of
from tests.records import entries, record

SENDERS, BEFORE_THE_KILL = 3, 6
PATIENCE = 10.0

pytestmark = pytest.mark.timeout(120)


class Uploads:
    """What several clerks hand in at once, and what of it was acknowledged."""

    def __init__(self, url: str, token: str) -> None:
        self.acknowledged: set[str] = set()
        self.enough = threading.Event()
        self._url, self._token = url, token
        self._threads = [threading.Thread(target=self._sends, args=(f"clerk-{each}",)) for each in range(SENDERS)]

    def begin(self) -> None:
        for each in self._threads:
            each.start()

    def end(self) -> None:
        for each in self._threads:
            each.join(PATIENCE)

    def _sends(self, name: str) -> None:
        at = 0
        try:
            with httpx.Client(base_url=self._url, timeout=PATIENCE, trust_env=False) as http:
                pair = pair_of(http.get("/join"))
                headers = {"authorization": f"Bearer {self._token}", **pair}
                while True:
                    at += 1
                    content = b"%PDF-1.7 " + f"{name}-{at}".encode() * 5000
                    sent = {"standard": "standard-1", "proofs.dated": "2023-11-20", "author.proofs": "Clerk"}
                    files = [("files", (f"{name}-{at}.pdf", content, "application/pdf"))]
                    path = "/small/unit/findings/finding-1/proofs"
                    if http.post(path, data=sent, files=files, headers=headers).status_code != 303:
                        return
                    self.acknowledged.add(hashlib.sha256(content).hexdigest())
                    if len(self.acknowledged) >= BEFORE_THE_KILL:
                        self.enough.set()
        except httpx.HTTPError:
            pass  # the server is gone


def test_what_was_acknowledged_of_proofs_survives_a_killed_server_and_no_entry_is_without_its_content(tmp_path: Path):
    db = str(tmp_path / "kaimen.db")
    with closing(Database(db)) as database:
        database.create()
        record(database, brought_to(Stand.RECTIFYING))
        with database.writing() as connection:
            token = keys.make(connection, Key("small", Role.UNIT, "water"), "test")
    with ServerProcess(db) as server:
        uploads = Uploads(server.url, token)
        uploads.begin()
        assert uploads.enough.wait(PATIENCE)
        server.kill()
        uploads.end()
    with closing(Database(db)) as database:
        named = [each.event.sha256 for each in entries(database, "small") if isinstance(each.event, ProofAdded)]
        assert uploads.acknowledged <= set(named)
        assert len(named) == len(set(named))
        with database.reading() as connection:
            assert all(contents.is_whole(contents.load(connection, each) or b"", each) for each in named)
            assert verify(connection, "small").faults == ()
        clear_away(database)
        with database.reading() as connection:
            assert set(connection.scalars(sa.select(table_of(ContentRow).c.sha256))) == set(named)
