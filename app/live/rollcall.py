"""The roll call: processes on one PostgreSQL tell each other who is connected to them, so that every console sees all.

It goes by NOTIFY, as the bell does, and not by a table, for it is no record: nothing of it is stored, so nothing has to
be migrated, backed up or erased, and a process that is killed leaves nothing behind. SQLite has one server, and there
nothing is called at all. Unlike the bell's rings these calls carry what is to be known, since it stands nowhere else.

Each process has an id of its own making, and a number that grows with all it tells. Who has just begun to listen asks,
and is told everything. As long as somebody else is there each tells what changed, once a second at most, and else every
few seconds that it is still here, with its number: whoever has not heard as far as that asks again. A process of which
nothing is heard for a while is gone, and so is whoever was connected to it. Silence is counted in one's own beats and
measured by no clock: no time passes for a process that is held up, or does not reach the database itself. Only when a
device came or went is told by the clock of its process, and compared as if there were one (``there.py``).
"""

import base64
import logging
import secrets
import zlib
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from app.live.there import There, together

logger = logging.getLogger("kaimen.rollcall")

BEATS_OF_SIGNS = 2
"""After so many beats (seconds) without anything new, a process says that it is still here."""
LONGEST_SILENCE = 6
"""Beats after which a process that is not heard is gone."""
BEATS_UNTIL_ANEW = 60
"""Beats from one attempt to the next of a process that does not hear itself to listen anew."""
LONGEST_TEXT = 7500
"""Characters of a call apart from its head; PostgreSQL takes up to 7999 bytes."""

MOST_PORTIONS = 2_000
LARGEST_UNPACKED = 64 * 1024 * 1024
"""Calls in which one process tells who is there, and bytes of all that it tells: a thousand devices take 250 kB.
Whoever may connect to the database may call."""

MOST_GONE = 100
"""Processes whose goodbye is remembered."""

ASKS: Final = "asks"
IS_HERE: Final = "here"
TELLS: Final = "tells"
GOES: Final = "goes"
SAYS: Final = "says"

Elsewhere = Mapping[str, There]
"""Who is connected, by the code of the meeting."""

_READ = msgspec.json.Decoder(dict[str, There])


@dataclass(slots=True)
class _Neighbour:
    """Another process, as far as it was heard. ``number``: of what it told last; ``newest``: the one it goes by."""

    number: int = 0
    newest: int = 0
    silent: int = 0
    portions: dict[int, str] = field(default_factory=dict)
    """Of what is numbered ``newest``, as long as it is not complete."""
    there: dict[str, There] = field(default_factory=dict)


class RollCall:
    """Lives in the event loop. ``here``: who is connected to this process; ``gathered`` is told of all the others;
    ``call`` sends to all, this process among them, in this order and all at once; it raises if it cannot. ``said`` is
    told what another says in passing; ``is_deaf`` that this process does not hear itself, and should listen anew.
    """

    def __init__(
        self,
        here: Callable[[], Elsewhere],
        gathered: Callable[[Elsewhere], None],
        call: Callable[[list[str]], Awaitable[None]],
        said: Callable[[str], None] = lambda _: None,
        is_deaf: Callable[[], None] = lambda: None,
    ) -> None:
        self._here, self._gathered, self._call, self._said, self._is_deaf = here, gathered, call, said, is_deaf
        self._id = secrets.token_hex(8)
        self._neighbours: dict[str, _Neighbour] = {}
        self._gone: deque[str] = deque(maxlen=MOST_GONE)
        self._told = _written({})
        self._number = 0
        self._quiet = 0
        self._is_to_ask = False
        self._is_asked = False
        self._unheard: int | None = None
        """Beats since this process called and has not heard itself yet."""

    def ask(self) -> None:
        """This process listens from now on: what was called before was not heard."""
        self._is_to_ask = True

    async def beat(self) -> None:
        """To be called once a second. Says what is to be said; as long as nobody else is there, nothing."""
        if calls := self._calls():
            self._quiet = 0
            self._is_to_ask = self._is_asked = False
            self._unheard = self._unheard or 0
            try:
                await self._call(calls)
            except BaseException:
                self._is_to_ask = self._is_asked = True  # and so the next beat calls again
                raise
        self._count_deafness()
        self._count_silence()

    async def say(self, text: str) -> None:
        """Say something in passing to the others: who does not hear it now is not told again."""
        await self._call([f"{self._head(SAYS)} {text}"])

    async def leave(self) -> None:
        """This process ends: nobody is to wait until it is missed."""
        if self._neighbours:
            await self._call([self._head(GOES)])

    def hear(self, call: str) -> None:
        """One of the calls that all processes hear."""
        id, _, rest = call.partition(" ")
        if id == self._id:
            self._hears_itself()
            return
        try:
            number, _, rest = rest.partition(" ")
            kind, _, rest = rest.partition(" ")
            self._take(id, int(number), kind, rest)
        except (ValueError, zlib.error, msgspec.DecodeError) as error:
            logger.warning("What another process told of who is there could not be read: %s", error)

    # --- what is said -------------------------------------------------------------------------------------------------

    def _calls(self) -> list[str]:
        calls = []
        if self._is_to_ask or any(each.number != each.newest for each in self._neighbours.values()):
            calls.append(self._head(ASKS))
        if self._neighbours:
            calls += self._news()
        return calls

    def _news(self) -> list[str]:
        here = _written(self._here())
        if here != self._told:
            self._told = here
            self._number += 1
        elif not self._is_asked:
            self._quiet += 1
            return [self._head(IS_HERE)] if self._quiet >= BEATS_OF_SIGNS else []
        portions = _portions(here)
        return [f"{self._head(TELLS)} {at} {len(portions)} {text}" for at, text in enumerate(portions)]

    def _head(self, kind: str) -> str:
        return f"{self._id} {self._number} {kind}"

    # --- what is heard ------------------------------------------------------------------------------------------------

    def _take(self, id: str, number: int, kind: str, rest: str) -> None:
        if id in self._gone:
            return  # its last words: a goodbye may overtake what was still being written as the process ended
        if kind == GOES:
            self._gone.append(id)
            if self._neighbours.pop(id, None):
                self._tell_gathered()
            return
        neighbour = self._neighbours.setdefault(id, _Neighbour())
        neighbour.silent = 0
        if number != neighbour.newest:
            neighbour.newest, neighbour.portions = number, {}
        if kind == ASKS:
            self._is_asked = True
        elif kind == SAYS:
            self._said(rest)
        elif kind == TELLS and number != neighbour.number:
            self._take_portion(neighbour, rest)

    def _take_portion(self, neighbour: _Neighbour, portion: str) -> None:
        at, of, text = portion.split(" ")
        if not 0 <= int(at) < int(of) <= MOST_PORTIONS:
            neighbour.number = neighbour.newest
            raise ValueError(f"portion {at} of {of}")
        neighbour.portions[int(at)] = text
        if len(neighbour.portions) < int(of):
            return
        whole = "".join(text for _, text in sorted(neighbour.portions.items()))
        neighbour.number, neighbour.portions = neighbour.newest, {}  # heard, also if it cannot be read: once is enough
        neighbour.there = _READ.decode(_unpacked(base64.b64decode(whole)))
        self._tell_gathered()

    def _hears_itself(self) -> None:
        if (self._unheard or 0) >= LONGEST_SILENCE:
            logger.warning("This server hears its own calls again")
        self._unheard = None

    def _count_deafness(self) -> None:
        if self._unheard is None:
            return
        self._unheard += 1
        if self._unheard == LONGEST_SILENCE:
            logger.warning(
                "This server does not hear its own calls: who is connected to others on this database is not "
                "shown here. Is there a pooler in between that loses LISTEN?"
            )
        if self._unheard % BEATS_UNTIL_ANEW == LONGEST_SILENCE:
            self._is_deaf()

    def _count_silence(self) -> None:
        for each in self._neighbours.values():
            each.silent += 1
        gone = [id for id, each in self._neighbours.items() if each.silent > LONGEST_SILENCE]
        for id in gone:
            del self._neighbours[id]
        if gone:
            logger.warning(
                "A server on the same database is not heard any more: who was connected there counts as gone"
            )
            self._tell_gathered()

    def _tell_gathered(self) -> None:
        codes = {code for each in self._neighbours.values() for code in each.there}
        self._gathered(
            {
                code: together(each.there[code] for each in self._neighbours.values() if code in each.there)
                for code in sorted(codes)
            }
        )


def _written(here: Elsewhere) -> bytes:
    return msgspec.json.encode(here)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, LARGEST_UNPACKED)
    if not unpacking.eof:
        raise ValueError(f"unpacked it has more than {LARGEST_UNPACKED} bytes, or it is cut")
    return content


def _portions(here: bytes) -> list[str]:
    text = base64.b64encode(zlib.compress(here)).decode("ascii")
    return [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
