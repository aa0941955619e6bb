"""The demonstration: a server that people can look at, while bots play the meeting ``demo`` on it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from app.papers.textfile import shipped_plans
from app.rehearsal import stage
from app.rehearsal.process import ServerProcess
from app.rehearsal.rehearse import Report, rehearse_at
from app.rehearsal.tempo import Tempo
from app.store import plans
from app.web.links import Links, make_links

CODE = "demo"
LABEL = "demonstration"
PHONES = 12
TEMPO = Tempo(speed=24, longest=8)
"""A planned minute takes 2.5 seconds and nothing longer than 8: the first result is revealed after half a minute."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A running server with the shipped meetings, and a set of links for whoever wants to take part."""

    server: ServerProcess
    db: str
    links: Links

    def play(self) -> Report:
        """Let the bots play the meeting from wherever it stands to its end. Raises as ``rehearse_at``."""
        with stage.opened(self.db) as database:
            return rehearse_at(self.server.url, database, CODE, TEMPO, PHONES)

    def stay(self) -> None:
        """Stay up until the server ends."""
        if self.server.process is not None:
            self.server.process.wait()


@contextmanager
def demonstration(db: str | None, host: str, port: int) -> Iterator[Demonstration]:
    """Start on ``db``, or on a scratch database. Raises KeyError if ``db`` holds meetings but no ``demo``."""
    place: Any = nullcontext(db) if db else stage.scratch(*shipped_plans())
    with place as where:
        links = _links(where)
        with ServerProcess(where, host=host, port=port) as server:
            yield Demonstration(server, where, links)


def _links(where: str) -> Links:
    with stage.opened(where) as database:
        with database.reading() as session:
            is_empty = not plans.codes(session.connection())
        if is_empty:
            stage.save(database, *shipped_plans())
        with database.writing() as connection:
            return make_links(connection, plans.load(connection, CODE), LABEL)
