"""What a client sends: heard in small helpings, in order, whole; and who sends nothing without end is cut off."""

import asyncio
import random
import threading
from contextlib import suppress
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from app.live.hearing import BITE, CRUMB, FRAMES_OF_A_BITE, MOST_OF_NOTHING, Hearing
from app.live.wire import MOST_AFTER_THE_END, MOST_BUFFERED, Frame, WireProtocol
from app.server import LARGEST_MESSAGE
from tests.live.lines import CLOSE, PING, Parrot, Raw, a_line
from tests.live.served import PATIENCE

TEXT, TEXT_DEFLATED, TEXT_UNFINISHED, CONTINUED, FINISHED, PONG = 0x81, 0xC1, 0x01, 0x00, 0x80, 0x8A
NOTHING_DEFLATED = b"\x00"
"""An empty message as RFC 7692, 7.2.3.6 writes it."""
EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 100
"""Half a kilobyte that is inflated to nothing."""

NOTHINGS: dict[str, tuple[bytes, bytes]] = {
    "pings": (b"", bytes([PING, 0x80]) + bytes(4)),
    "long pings": (b"", bytes([PING, 0x80 | 125]) + bytes(4 + 125)),
    "pongs": (b"", bytes([PONG, 0x80]) + bytes(4)),
    "empty messages": (b"", bytes([TEXT, 0x80]) + bytes(4)),
    "empty binary messages": (b"", bytes([0x82, 0x80]) + bytes(4)),
    "empty pieces": (bytes([TEXT_UNFINISHED, 0x80]) + bytes(4), bytes([CONTINUED, 0x80]) + bytes(4)),
    "crumbs": (bytes([TEXT_UNFINISHED, 0x80]) + bytes(4), bytes([CONTINUED, 0x81]) + bytes(4) + b"x"),
    "pings between pieces": (bytes([TEXT_UNFINISHED, 0x80]) + bytes(4), bytes([PING, 0x80]) + bytes(4)),
    "empty messages, deflated": (b"", bytes([TEXT_DEFLATED, 0x81]) + bytes(4) + NOTHING_DEFLATED),
    "pieces that inflate to nothing": (
        bytes([0x41, 0x80]) + bytes(4),
        bytes([CONTINUED, 0x80 | 126]) + len(EMPTY_BLOCKS).to_bytes(2) + bytes(4) + EMPTY_BLOCKS,
    ),
}


# --- nothing, without end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTHINGS)
async def test_who_sends_nothing_without_end_is_cut_off_and_nobody_else(line, kind):
    begins, nothing = NOTHINGS[kind]
    async with line.client() as bystander:
        raw = await line.raw_client("permessage-deflate" if "flate" in kind else "")
        with suppress(ConnectionResetError, BrokenPipeError):
            raw.socket.sendall(begins + nothing * (MOST_OF_NOTHING + 20))
        await line.until(lambda: len(line.app.clients) == 1)
        line.deliver(Frame("all well"))
        assert await bystander.recv() == "all well"
        raw.close()


async def test_a_few_frames_that_carry_nothing_cost_nothing(line):
    raw = await line.raw_client()
    for number in range(MOST_OF_NOTHING - 1):
        raw.send(PING, bytes([number]))
        assert raw.frame() == (PONG, bytes([number]))
    raw.send(TEXT, b"still here")
    assert raw.frame() == (TEXT, b"still here")
    raw.close()


async def test_nothing_is_forgotten_after_a_while(line, monkeypatch):
    """Somebody whose browser answers pings stays for hours."""
    now = [1000.0]
    monkeypatch.setattr("app.live.hearing.monotonic", lambda: now[0])
    raw = await line.raw_client()
    for _ in range(10 * MOST_OF_NOTHING):
        now[0] += 0.5
        raw.send(PING, b"")
        assert raw.frame() == (PONG, b"")
    raw.close()


async def test_no_pong_is_heaped_up_for_a_client_that_does_not_read(line):
    raw = await line.raw_client()
    client = line.app.clients[0]
    while line.deliver(Frame("x" * 64_000)) == [True]:
        pass
    buffered = line.call(client.transport.get_write_buffer_size)
    spent = line.call(lambda: client.conn._spent)
    for _ in range(20):
        raw.send(PING, b"x" * 125)
    await line.until(lambda: client.conn._spent > spent + 15)
    assert line.call(client.transport.get_write_buffer_size) == buffered > MOST_BUFFERED
    raw.close()


# --- small helpings ---------------------------------------------------------------------------------------------------


async def test_nobody_is_heard_for_long_at_a_stretch(line, monkeypatch):
    """However much is there to be read: a bite, and of it one message or a few frames."""
    helpings = []

    def receive_data(self: Hearing, data: bytes, heard: Any = Hearing.receive_data) -> None:
        heard(self, data)
        if self.state == 1:
            helpings.append((len(data), [each.fin and each.opcode < 8 for each in self.events]))

    monkeypatch.setattr(Hearing, "receive_data", receive_data)
    raw = await line.raw_client()
    piece = bytes([CONTINUED, 0x80 | 126]) + CRUMB.to_bytes(2) + bytes(4) + b"x" * CRUMB
    message = bytes([TEXT, 0x81]) + bytes(4) + b"y"
    unfinished = bytes([TEXT_UNFINISHED, 0x80]) + bytes(4)
    raw.socket.sendall(message * 3000 + unfinished + piece * 200 + bytes([FINISHED, 0x81]) + bytes(4) + b"z")
    raw.reads_until(b"y", times=3000)
    raw.reads_until(b"x" * 200 * CRUMB + b"z")
    assert max(size for size, _ in helpings) <= BITE
    assert max(len(frames) for _, frames in helpings) <= FRAMES_OF_A_BITE
    assert max(sum(frames) for _, frames in helpings) == 1
    raw.close()


async def test_everybody_has_a_turn_between_two_helpings_of_somebody(line, monkeypatch):
    turns = []

    def receive_data(self: Hearing, data: bytes, heard: Any = Hearing.receive_data) -> None:
        heard(self, data)
        if len(self.events) == FRAMES_OF_A_BITE:
            turns.append("helping")
            asyncio.get_running_loop().call_soon(turns.append, "somebody else")

    monkeypatch.setattr(Hearing, "receive_data", receive_data)
    raw = await line.raw_client()
    piece = bytes([CONTINUED, 0x80 | 126]) + CRUMB.to_bytes(2) + bytes(4) + b"x" * CRUMB
    raw.socket.sendall(bytes([TEXT_UNFINISHED, 0x80]) + bytes(4) + piece * 200 + bytes([FINISHED, 0x80]) + bytes(4))
    raw.reads_until(b"x" * 200 * CRUMB)
    helpings = [at for at, what in enumerate(turns) if what == "helping"]
    assert len(helpings) > 3
    assert all(turns[at + 1] == "somebody else" for at in helpings)
    raw.close()


async def test_a_thousand_messages_that_nobody_takes_wait_as_bytes(line):
    """An application that is busy holds one of them, not all."""
    raw = await line.raw_client()
    client = line.app.clients[0]
    while line.deliver(Frame("x" * 64_000)) == [True]:
        pass
    raw.socket.sendall((bytes([TEXT, 0x81]) + bytes(4) + b"y") * 1000)
    await line.until(lambda: client.queue.qsize() > 0)
    await asyncio.sleep(0)
    assert line.call(client.queue.qsize) == 1
    raw.reads_until(b"y", times=1000)
    raw.close()


@pytest.mark.parametrize("compression", ["deflate", None])
async def test_what_was_sent_at_once_comes_whole_and_in_order(line, compression):
    texts = ["".join(random.Random(size).choices("评议ab", k=size)) for size in (1, 9, 300, 3000, 20_000, 2, 9000, 1)]
    async with line.client(compression=compression) as client, asyncio.TaskGroup() as group:
        group.create_task(all_sent(client, texts * 20))
        for text in texts * 20:
            assert await client.recv() == text


async def all_sent(client: ClientConnection, texts: list[str]) -> None:
    for text in texts:
        await client.send(text)


async def test_what_comes_byte_by_byte_is_heard(line):
    raw = await line.raw_client()
    raw.socket.setsockopt(6, 1, 1)  # TCP_NODELAY
    for byte in bytes([TEXT, 0x85]) + bytes(4) + b"hello" + bytes([PING, 0x81]) + bytes(4) + b"p":
        raw.socket.sendall(bytes([byte]))
    assert {raw.frame(), raw.frame()} == {(TEXT, b"hello"), (PONG, b"p")}
    raw.close()


async def test_a_message_in_as_many_pieces_as_it_may_have_arrives(line):
    raw = await line.raw_client()
    raw.send(TEXT_UNFINISHED, b"x" * CRUMB)
    for _ in range(LARGEST_MESSAGE // CRUMB - 2):
        raw.send(CONTINUED, b"x" * CRUMB)
    raw.send(FINISHED, b"x" * CRUMB)
    raw.reads_until(b"x" * LARGEST_MESSAGE)
    raw.close()


async def test_what_is_no_text_closes_its_line_and_is_no_complaint_in_the_log(line, caplog):
    raw = await line.raw_client()
    raw.send(TEXT, b"\xff\xfe")
    assert raw.closed_with() == 1007
    assert caplog.records == []
    raw.close()


# --- beginnings and ends ----------------------------------------------------------------------------------------------


class Hesitant(Parrot):
    """Lets nobody in until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while not self.may_go_on.is_set():  # noqa: ASYNC110  it is set in another thread
            await asyncio.sleep(0.01)
        await super().__call__(scope, receive, send)


@pytest.mark.parametrize("sent", [5, 5000])
def test_what_comes_before_the_handshake_is_answered_waits_for_it(sent):
    with a_line(Hesitant()) as line:
        before, raw = line.connections, Raw(line.port)
        line.wait(lambda: line.connections > before)
        raw.socket.sendall(bytes([PING, 0x81]) + bytes(4) + b"p" + (bytes([TEXT, 0x81]) + bytes(4) + b"y") * sent)
        line.app.may_go_on.set()
        raw.is_let_in()
        assert raw.frame() == (PONG, b"p")
        raw.reads_until(b"y", times=sent)
        raw.close()


def test_a_handshake_that_cannot_be_read_is_answered_and_ended(line):
    raw = Raw(line.port, f"Cookie: {'x' * 20_000}")
    assert raw.head().startswith(b"HTTP/1.1 431")
    line.wait(lambda: line.connections == 0)
    raw.close()


@pytest.mark.parametrize("word", ["the server's", "the client's"])
async def test_who_reads_nothing_cannot_stay_by_never_taking_the_last_word(line, word):
    raw = await line.raw_client()
    client = line.app.clients[0]
    line.call(lambda: setattr(client, "close_timeout", 0.05))
    while line.deliver(Frame("x" * 64_000)) == [True]:
        pass
    if word == "the server's":
        line.call(client.end)
    else:
        raw.socket.sendall(b"\xff" * 100)
    await line.until(lambda: line.connections == 0)
    raw.close()


async def test_who_reads_nothing_is_let_go_though_nobody_waits_for_a_pong():
    with a_line(ws_ping_interval=0.3, ws_ping_timeout=PATIENCE) as line:
        raw = await line.raw_client()
        client = line.app.clients[0]
        line.call(lambda: setattr(client, "close_timeout", 0.05))
        while line.deliver(Frame("x" * 64_000)) == [True]:
            pass
        line.call(client.transport.close)
        await line.until(lambda: line.connections == 0)
        raw.close()


async def test_frames_after_goodbye_are_not_heard(line):
    raw = await line.raw_client()
    raw.socket.sendall(bytes([CLOSE, 0x80]) + bytes(4) + NOTHINGS["pings"][1] * 5000)
    await line.until(lambda: line.app.clients == [])
    raw.close()


async def test_who_was_shown_out_and_goes_on_talking_is_not_heard_for_long(line, monkeypatch):
    """The loop would be busy with it without a pause, and the thread that writes the record would wait for the loop."""
    raw = await line.raw_client()
    client = line.app.clients[0]
    raw.send(TEXT, b"close 1008")
    await line.until(lambda: client.close_sent)
    heard = []

    def receive_data(self: Hearing, data: bytes, hears: Any = Hearing.receive_data) -> None:
        heard.append(len(data))
        hears(self, data)

    monkeypatch.setattr(Hearing, "receive_data", receive_data)
    message = bytes([TEXT, 0x81]) + bytes(4) + b"x"
    with suppress(ConnectionResetError, BrokenPipeError):
        for _ in range(20):
            raw.socket.sendall(message * 2000)
    await line.until(lambda: line.connections == 0)
    assert len(heard) <= MOST_AFTER_THE_END // len(message)
    raw.close()


async def test_what_goes_by_unheard_is_read_with_pauses(line, monkeypatch):
    """Read as fast as it comes, the gigabytes that one laptop can send keep a processor busy."""
    went_by = []

    def data_received(self: WireProtocol, data: bytes, receives: Any = WireProtocol.data_received) -> None:
        receives(self, data)
        if self._is_deaf:
            went_by.append(self.transport.is_reading())

    monkeypatch.setattr(WireProtocol, "data_received", data_received)
    raw = await line.raw_client()
    client = line.app.clients[0]
    raw.send(TEXT, b"close 1008")
    await line.until(lambda: client.close_sent)
    with suppress(ConnectionResetError, BrokenPipeError):
        for _ in range(200):
            raw.socket.sendall((bytes([TEXT, 0x81]) + bytes(4) + b"x") * 2000)
    await line.until(lambda: line.connections == 0)
    assert len(went_by) > 1
    assert not any(went_by)
    raw.close()


async def test_who_went_unheard_once_is_heard_no_more(line, monkeypatch):
    """After a gap nothing could be understood: the line would be cut before its client has read why."""
    raw = await line.raw_client()
    client = line.app.clients[0]
    raw.send(TEXT, b"close 1008")
    await line.until(lambda: client.close_sent)
    heard = []

    def goes_on() -> None:
        client._unheard += b"x" * (MOST_AFTER_THE_END + 1)  # what waited for its turn
        client._hear_on()
        monkeypatch.setattr(WireProtocol, "_hear", lambda _self, bite: heard.append(bite))
        client.data_received(b"\x81\x80")

    line.call(goes_on)
    assert heard == []
    assert not client.transport.is_closing()
    raw.close()
