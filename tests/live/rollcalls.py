"""Processes that hear each other's calls, without a database: time passes by beats."""

from app.live.rollcall import Elsewhere, RollCall
from app.live.there import There
from app.meeting.refusals import Refused


class Wire:
    """Brings every call to all who listen; who has just been called hears it before the next beat."""

    def __init__(self) -> None:
        self.listening: list[Process] = []
        self.is_broken = False
        self.calls: list[str] = []

    async def call(self, calls: list[str]) -> None:
        if self.is_broken:
            raise Refused("record.no_answer")
        self.calls += calls
        for call in calls:
            for each in self.listening:
                each.roll.hear(call)

    @property
    def kinds(self) -> list[str]:
        return [call.split(" ")[2] for call in self.calls]


class Process:
    """One that is up, with who is connected to it and what it has heard of the others."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.here: dict[str, There] = {}
        self.elsewhere: dict[str, There] = {}
        self.said: list[str] = []
        self.may_listen_anew = False
        self.tries = 0
        self.roll = RollCall(lambda: self.here, self.gathered, wire.call, self.said.append, self.listens_anew)
        self.listens()

    def gathered(self, elsewhere: Elsewhere) -> None:
        self.elsewhere = dict(elsewhere)

    def listens(self) -> None:
        if self not in self.wire.listening:
            self.wire.listening.append(self)
        self.roll.ask()

    def is_deaf(self) -> None:
        self.wire.listening.remove(self)

    def listens_anew(self) -> None:
        self.tries += 1
        if self.may_listen_anew:
            self.listens()


async def beats(*processes: Process, times: int = 1) -> None:
    for _ in range(times):
        for each in processes:
            await each.roll.beat()


async def two(wire: Wire) -> tuple[Process, Process]:
    """Two that have heard of each other."""
    one, other = Process(wire), Process(wire)
    await beats(one, other, times=2)
    wire.calls.clear()
    return one, other
