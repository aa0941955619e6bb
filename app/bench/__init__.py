"""The benches: what the server costs, beside what the same would cost without it, measured in the same run.

Linux only: CPU time and memory are asked of the kernel by the server's process id.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from app.bench import ballots, fanout, guests, load, memory, poll, reveal, second_half, step, storm, submit, tap
from app.bench.rows import Row
from app.rehearsal.troubles import first_of

Bench = Callable[[str | None, Sequence[int]], Coroutine[None, None, list[Row]]]

BENCHES: dict[str, Bench] = {
    "fanout": fanout.bench,
    "step": step.bench,
    "tap": tap.bench,
    "submit": submit.bench,
    "memory": memory.bench,
    "guests": guests.bench,
    "load": load.bench,
    "reveal": reveal.bench,
    "second-half": second_half.bench,
    "ballots": ballots.bench,
    "storm": storm.bench,
    "poll": poll.bench,
}
CLIENTS: dict[str, tuple[int, ...]] = {
    "fanout": (200, 1000, 3000),
    "step": (200,),
    "tap": (9, 31, 60),
    "submit": (60,),
    "memory": (2000,),
    "guests": (8,),
    "load": (5,),
    "reveal": (3,),
    "second-half": (30,),
    "ballots": (3000,),
    "storm": (3000,),
    "poll": (200,),
}
"""How many clients each bench has unless told otherwise; ``load``: how often each page is visited;
``reveal``: how many results are shown; ``second-half``: how many findings each unit has."""


def run(name: str, db: str | None, clients: Sequence[int] | None = None) -> list[Row]:
    """Run one bench. ``db``: the database to measure with; a scratch SQLite file if None.

    Raises FewFiles if the system does not allow so many sockets, NotReady if a server does not come up, BenchFailed.
    """
    try:
        return asyncio.run(BENCHES[name](db, clients or CLIENTS[name]))
    except BaseExceptionGroup as group:
        raise first_of(group) from group
