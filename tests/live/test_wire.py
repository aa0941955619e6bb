"""The contract with uvicorn and websockets, whose inside ``app.live.wire`` leans on: real servers, real clients.

If one of these fails after an upgrade, the wire has to be looked at before anything else.
"""

import asyncio
import gc
import random
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed

from app.live import wire
from app.live.wire import LEAST_DEFLATED, MOST_BUFFERED, Frame, PlainClient
from app.server import LARGEST_MESSAGE
from tests.live.lines import CLOSE, LOOPS, PING, Line, a_line
from tests.live.served import PATIENCE

TEXTS = [
    *("x" * length for length in (1, 125, 126, 127, LEAST_DEFLATED - 1, LEAST_DEFLATED, 65_535, 65_536, 65_537)),
    "评议结果：八十八点五分。" * 10,
    "评议" * 100_000,
    "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz评议会", k=300_000)),
    '<!--0123--><hx-partial id="hall-stage">😀\u2028"&\\</hx-partial>' * 8,
]
END_OF_DEFLATE = b"\x00\x00\xff\xff"
"""Which is taken off each message (RFC 7692, 7.2.1)."""
TEXT_PLAIN, TEXT_DEFLATED, TEXT_UNFINISHED, CONTINUED, PONG = 0x81, 0xC1, 0x01, 0x00, 0x8A

# --- frames arrive ----------------------------------------------------------------------------------------------------


async def test_every_frame_arrives_intact_at_clients_of_every_kind(line):
    async with line.client() as deflating, line.client(compression=None) as plain, line.client(window=9) as narrow:
        frames = [Frame(text) for text in TEXTS]
        for frame in frames:
            assert line.deliver(frame) == [True, True, True]
            assert [await client.recv() for client in (deflating, plain, narrow)] == [frame.text] * 3


async def test_each_client_gets_what_it_agreed_to(line):
    """Deflated by a window of 4 KB where that was agreed; with a smaller window, or none, in plain frames."""
    offers = [
        "permessage-deflate",
        "permessage-deflate; server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=11",
        "",
    ]
    raws = [await line.raw_client(offer) for offer in offers]
    line.deliver(Frame("long enough " * 100))
    frames = [raw.frame() for raw in raws]
    assert [first for first, _ in frames] == [TEXT_DEFLATED, TEXT_DEFLATED, TEXT_PLAIN, TEXT_PLAIN]
    assert not frames[0][1].endswith(END_OF_DEFLATE)
    assert zlib.decompressobj(wbits=-12).decompress(frames[0][1] + END_OF_DEFLATE) == b"long enough " * 100
    line.deliver(Frame("short"))
    assert [raw.frame()[0] for raw in raws] == [TEXT_PLAIN] * 4
    for raw in raws:
        raw.close()


async def test_a_frame_is_made_once_for_all(line, monkeypatch):
    deflated = []
    monkeypatch.setattr(wire, "_deflate", lambda payload, deflate=wire._deflate: deflated.append(1) or deflate(payload))
    async with line.clients(20) as clients:
        assert line.deliver(Frame("long enough " * 100)) == [True] * 20
        assert {await client.recv() for client in clients} == {"long enough " * 100}
    assert deflated == [1]


async def test_frames_and_answers_may_be_mixed(line):
    """uvicorn compresses the answers itself; neither side keeps a window that the other could spoil."""
    async with line.client() as client:
        for number in range(30):
            line.deliver(Frame(f"frame {number} " * 50))
            await client.send(f"answer {number} " * 50)
            assert await client.recv() == f"frame {number} " * 50
            assert await client.recv() == f"answer {number} " * 50


async def test_what_a_client_sends_compressed_is_read(line):
    async with line.client() as client:
        for text in ("评议" * 5000, "x" * LARGEST_MESSAGE):
            await client.send(text)
            assert await client.recv() == text


async def test_a_room_of_hundreds_gets_every_frame_in_order(line):
    async with line.clients(100) as clients:
        for number in range(20):
            assert line.deliver(Frame(f"{number} " * 200)) == [True] * 100
        for client in clients:
            assert [await client.recv() for _ in range(20)] == [f"{number} " * 200 for number in range(20)]


async def test_nothing_of_a_handshake_is_kept(line):
    """There may be thousands of idle phones, and the headers of a browser are long."""
    before = headers_in_memory()
    raw = await line.raw_client()
    known = {id(headers) for headers in before}
    assert [headers for headers in headers_in_memory() if id(headers) not in known and headers] == []
    raw.close()


def headers_in_memory() -> list[Headers]:
    return [each for each in gc.get_objects() if type(each) is Headers]


# --- pings ------------------------------------------------------------------------------------------------------------


async def test_a_ping_is_answered(line):
    async with line.client() as client, asyncio.timeout(PATIENCE):
        await (await client.ping())


@pytest.mark.parametrize("loop", LOOPS)
async def test_who_answers_pings_stays_and_gets_frames(loop):
    with a_line(loop=loop, ws_ping_interval=0.02, ws_ping_timeout=PATIENCE) as line:
        raw = await line.raw_client()
        for _ in range(5):
            first, payload = raw.frame()
            assert first == PING
            raw.send(PONG, payload)
        assert line.deliver(Frame("still here")) == [True]
        raw.skip_pings()
        assert raw.frame() == (TEXT_PLAIN, b"still here")
        raw.close()


async def test_who_answers_no_ping_is_let_go(impatient_line):
    raw = await impatient_line.raw_client()
    await impatient_line.until(lambda: impatient_line.app.clients == [])
    assert impatient_line.app.left == [1005]
    raw.close()


async def test_who_reads_nothing_is_let_go_though_its_buffer_never_drains(impatient_line):
    line = impatient_line
    raw = await line.raw_client()
    fill(line)
    await line.until(lambda: line.app.clients == [])
    assert line.deliver(Frame("nobody here")) == []
    raw.close()


# --- closing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [1000, 1008, 1011, 1012, 1013])
async def test_a_close_code_arrives(line, code):
    async with line.client() as client:
        await client.send(f"close {code}")
        assert await closed_with(client) == code
    assert line.deliver(Frame("nobody here")) == []


async def test_a_server_that_stops_says_come_back():
    with a_line() as line:
        async with line.client() as client:
            line.stop()
            assert await closed_with(client) == 1012


async def test_a_client_that_says_goodbye_gets_no_frame_after(line):
    raw = await line.raw_client()
    gone = line.app.clients[0]
    raw.send(CLOSE, struct.pack("!H", 1000))
    await line.until(lambda: line.app.clients == [])
    assert line.call(lambda: gone.deliver(Frame("too late"))) is False
    assert raw.frame()[0] == CLOSE
    assert raw.is_at_the_end()
    raw.close()


async def test_a_client_that_vanishes_is_noticed(line):
    raw = await line.raw_client()
    raw.vanish()
    await line.until(lambda: line.app.clients == [])


@pytest.mark.parametrize("compression", ["deflate", None])
async def test_a_message_of_64_kilobytes_is_taken_and_a_longer_one_refused(line, compression):
    async with line.client(compression=compression) as client:
        await client.send("x" * LARGEST_MESSAGE)
        assert await client.recv() == "x" * LARGEST_MESSAGE
        await client.send("x" * (LARGEST_MESSAGE + 1))
        assert await closed_with(client) == 1009


async def test_many_fragments_are_one_message_that_is_too_long(line):
    raw = await line.raw_client()
    raw.send(TEXT_UNFINISHED, b"x" * 1000)
    for _ in range(LARGEST_MESSAGE // 1000):
        raw.send(CONTINUED, b"x" * 1000)
    assert raw.closed_with() == 1009
    raw.close()


async def test_a_bomb_is_refused_unopened(line):
    """Ten megabytes that are ten kilobytes on the wire."""
    raw = await line.raw_client("permessage-deflate")
    compressor = zlib.compressobj(9, wbits=-12)
    bomb = compressor.compress(b"x" * 10_000_000) + compressor.flush(zlib.Z_SYNC_FLUSH)
    raw.send(TEXT_DEFLATED, bomb[:-4])
    assert raw.closed_with() == 1009
    raw.close()


async def test_bytes_that_are_no_frame_close_only_their_own_socket(line):
    async with line.client() as bystander:
        raw = await line.raw_client()
        raw.socket.sendall(b"\xff" * 1000)
        assert raw.frame()[0] == CLOSE
        await line.until(lambda: len(line.app.clients) == 1)
        line.deliver(Frame("all well"))
        assert await bystander.recv() == "all well"
        raw.close()


# --- who does not read ------------------------------------------------------------------------------------------------


async def test_a_client_that_never_reads_costs_bounded_memory_and_slows_nobody(line):
    raw = await line.raw_client()
    async with line.client(compression=None) as reader:
        stuck, reading = line.app.clients
        text = "x" * 64_000
        taken = 0
        for _ in range(400):
            taken += line.call(lambda: stuck.deliver(Frame(text)))
            assert line.call(lambda: reading.deliver(Frame(text))) is True
            assert await reader.recv() == text
        buffered = line.call(stuck.transport.get_write_buffer_size)
        assert 0 < buffered <= MOST_BUFFERED + len(text) + 10
        assert taken < 400
        assert line.call(lambda: stuck.deliver(Frame("x"))) is False
        assert line.call(stuck.transport.get_write_buffer_size) == buffered
    raw.close()


async def test_a_client_that_reads_again_is_told_once_that_it_can_be_written_to(line):
    raw = await line.raw_client()
    client = line.app.clients[0]
    told = threading.Event()
    client.on_writable = told.set
    fill(line)
    assert not told.is_set()
    raw.reads_everything_until(told)
    assert line.deliver(Frame("the newest picture")) == [True]
    raw.reads_until(b"the newest picture")
    raw.close()


async def test_an_answer_waits_for_a_slow_client_and_is_not_lost(line):
    """And meanwhile nothing more is read from it: what it sends piles up on its own side."""
    raw = await line.raw_client()
    fill(line)
    for _ in range(50):
        raw.send(TEXT_PLAIN, b"an answer, please")
    raw.reads_until(b"an answer, please", times=50)
    raw.close()


# --- without our protocol ---------------------------------------------------------------------------------------------


async def test_under_uvicorns_own_protocol_the_same_text_arrives():
    with a_line(ws="websockets-sansio") as line:
        async with line.client() as client:
            assert isinstance(line.app.clients[0], PlainClient)
            for text in TEXTS:
                assert line.deliver(Frame(text)) == [True]
                assert await client.recv() == text
                await line.until(lambda: line.app.clients[0]._sending is None)


async def test_a_plain_client_has_one_message_under_way_and_is_told_when_it_is_gone():
    sent, may_send, told = [], asyncio.Event(), asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        await may_send.wait()
        sent.append(message["text"])

    client = PlainClient(send)
    client.on_writable = told.set
    assert [client.deliver(Frame(text)) for text in ("one", "two", "three")] == [True, False, False]
    may_send.set()
    async with asyncio.timeout(PATIENCE):
        await told.wait()
    assert sent == ["one"]
    assert client.deliver(Frame("four")) is True


@pytest.mark.parametrize("error", [OSError, RuntimeError])
async def test_a_plain_client_that_is_gone_takes_nothing_more(error):
    async def send(_message: dict[str, Any]) -> None:
        raise error

    client = PlainClient(send)
    assert client.deliver(Frame("one")) is True
    await asyncio.gather(client._sending)
    assert client.deliver(Frame("two")) is False


async def test_a_plain_client_is_shown_out_after_what_is_under_way():
    sent = []

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    client = PlainClient(send)
    assert client.deliver(Frame("the last word")) is True
    client.end()
    await client._ending
    assert sent == [
        {"type": "websocket.send", "text": "the last word"},
        {"type": "websocket.close", "code": 1012},
    ]


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=LOOPS)
def impatient_line(request: pytest.FixtureRequest) -> Iterator[Line]:
    with a_line(loop=request.param, ws_ping_interval=0.05, ws_ping_timeout=0.2) as line:
        yield line


def fill(line: Line) -> None:
    """Send until nobody takes anything more."""
    frame = Frame("x" * 64_000)
    for _ in range(2000):
        if not any(line.deliver(frame)):
            return
    raise AssertionError("the client never fell behind")


async def closed_with(client: ClientConnection) -> int:
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            while True:
                await client.recv()
    assert client.close_code is not None
    return client.close_code
