"""Hearing: what a client sends is taken in small helpings, and frames that carry nothing run out.

A message is counted where it is answered. Pings, pongs, empty messages and crumbs of messages are answered by nobody,
so they are counted here: a few cost nothing and are forgotten one by one, and whoever sends them without end is no
client. The parser stops after each whole message, so that what else has been read waits as plain bytes for its turn.
"""

from time import monotonic
from typing import Any

from websockets.exceptions import ProtocolError
from websockets.frames import CLOSE, CONT, PING, PONG, Frame
from websockets.server import ServerProtocol

BITE = 8 * 1024
"""Bytes that are parsed in one turn of the event loop."""
FRAMES_OF_A_BITE = 25
"""Frames that are parsed in one turn, if no message is whole before."""
MOST_OF_NOTHING = 50
PARDONED_PER_SECOND = 5.0
CRUMB = 256
"""Bytes below which a piece of a message carries nothing: 64 KB may come in so many pieces and no more."""


class TooMuchOfNothing(ProtocolError):
    """Too many frames that carry nothing."""


class Hearing(ServerProtocol):
    """The parser of one client. ``unheard``: what of the bytes fed last is still to be fed again.

    The slots keep it small: with four attributes more, Python would share the keys of its dict with no other.
    """

    __slots__ = ("_spent", "_spent_at", "_taken", "unheard")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unheard = b""
        self._taken = 0
        self._spent = 0.0
        self._spent_at = 0.0

    def receive_data(self, data: bytes | bytearray) -> None:
        self.unheard = b""
        self._taken = 0
        super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        super().recv_frame(frame)
        if _carries_nothing(frame):
            self._spend()
        self._taken += 1
        if self._taken == FRAMES_OF_A_BITE or (frame.fin and frame.opcode not in (PING, PONG, CLOSE)):
            self.unheard = bytes(self.reader.buffer)
            self.reader.discard()

    def _spend(self) -> None:
        now = monotonic()
        self._spent = max(0.0, self._spent - (now - self._spent_at) * PARDONED_PER_SECOND) + 1
        self._spent_at = now
        if self._spent > MOST_OF_NOTHING:
            raise TooMuchOfNothing("too many frames that carry nothing")


def _carries_nothing(frame: Frame) -> bool:
    if frame.opcode in (PING, PONG):
        return True
    if frame.fin:
        return not frame.data and frame.opcode not in (CONT, CLOSE)
    return len(frame.data) < CRUMB
