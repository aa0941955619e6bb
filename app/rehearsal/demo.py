"""The demonstration: a server that people can look at, while bots play the meeting ``demo`` on it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from app.papers.plan.textfile import shipped_plans
from app.rehearsal import stage
from app.rehearsal.process import ServerProcess
from app.rehearsal.rehearse import Report, rehearse_at
from app.rehearsal.tempo import Tempo
from app.store import plans, rehearsals
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
    code: str
    links: Links

    def play(self) -> Report:
        """Let the bots play the meeting from wherever it stands to its end. Raises as ``rehearse_at``."""
        with stage.opened(self.db) as database:
            return rehearse_at(self.server.url, database, self.code, TEMPO, PHONES)

    def stay(self) -> None:
        """Stay up until the server ends."""
        if self.server.process is not None:
            self.server.process.wait()


@contextmanager
def demonstration(db: str | None, host: str, port: int) -> Iterator[Demonstration]:
    """Start on a scratch database; on ``db``, where bots have no business in the real meeting, with a rehearsal of it.

    Raises KeyError if ``db`` holds meetings but no ``demo``.
    """
    place: Any = nullcontext(db) if db else stage.scratch(*shipped_plans())
    with place as where, _meeting(where, is_scratch=not db) as code:
        links = _links(where, code)
        with ServerProcess(where, host=host, port=port) as server:
            yield Demonstration(server, where, code, links)


@contextmanager
def _meeting(where: str, is_scratch: bool) -> Iterator[str]:
    """The code of what is played; a rehearsal is thrown away afterwards, when its server has ended."""
    if is_scratch:
        yield CODE
        return
    with stage.opened(where) as database:
        if not stage.plans_in(database):
            stage.save(database, *shipped_plans())
        with database.writing() as connection:
            code = rehearsals.make(connection, CODE).code
        try:
            yield code
        finally:
            with database.writing() as connection:
                rehearsals.throw_away(connection, code)


def _links(where: str, code: str) -> Links:
    with stage.opened(where) as database, database.writing() as connection:
        return make_links(connection, plans.load(connection, code), LABEL)
