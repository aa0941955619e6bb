"""The threshold: heads, bodies, silence and slow readers have an end, and who asks properly is served meanwhile.

Real servers and real connections; the seconds are made short. It is the contract with uvicorn's HTTP as well.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pytest

from app.live.turns import Turns
from app.web.gate import threshold
from app.web.gate.threshold import MOST_COOKIES, MOST_HEAD, MOST_HEADERS, MOST_PARAMETERS, Threshold
from tests.live.lines import Line, a_line
from tests.web.peers import GET, HANDSHAKE, POST, SHORT, Counter, Peer


@pytest.fixture(params=["uvloop", "asyncio"])
def quick_to_end(request: pytest.FixtureRequest) -> Iterator[Line]:
    with a_line(Counter(), http=Threshold().protocol, loop=request.param, timeout_keep_alive=SHORT) as line:
        yield line


# --- heads ------------------------------------------------------------------------------------------------------------


def head_of(size: int) -> bytes:
    """A request whose head has exactly so many bytes, in headers of a few hundred."""
    lines, left = [GET], size - len(GET) - 2
    while left > 1000:
        lines.append(b"x-a: " + b"a" * 493 + b"\r\n")
        left -= 500
    return b"".join(lines) + b"x-b: " + b"b" * (left - 7) + b"\r\n\r\n"


@pytest.mark.parametrize("at_once", [1_000_000, 1000])
def test_a_head_may_be_so_long_and_no_longer(line, at_once):
    for size, status in ((MOST_HEAD, 200), (MOST_HEAD + 1, 431)):
        head = head_of(size)
        assert len(head) == size
        peer = Peer(line)
        for at in range(0, size, at_once):
            peer.says(head[at : at + at_once])
        assert peer.status() == status
        peer.socket.close()
    assert line.app.requests == 1


@pytest.mark.parametrize(
    "said",
    [
        GET + b"cookie: " + b"a" * 1_000_000,
        b"GET /" + b"a" * 1_000_000,
        GET + b"a" * 1_000_000,
        GET + b"a:\r\n" * 250_000,
        GET + b"a:\r\n" * (MOST_HEADERS + 1) + b"\r\n",
        GET + b"cookie: " + b"a=b;" * MOST_COOKIES + b"\r\n\r\n",
        b"GET /?" + b"a&" * MOST_PARAMETERS + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n" * 500_000,
        GET + b"upgrade: websocket\r\nconnection: upgrade\r\n" + b"a:\r\n" * 250_000,
    ],
    ids=["cookie", "address", "name", "headers", "many headers", "cookies", "parameters", "empty lines", "handshake"],
)
def test_a_head_without_end_is_refused_and_said_to_be(line, said):
    peer = Peer(line)
    with suppress(ConnectionResetError, BrokenPipeError):
        peer.says(said)
    line.wait(lambda: line.connections == 0)
    heard = peer.hears()
    assert heard == b"" or heard.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))
    assert line.app.requests == 0
    peer.socket.close()


def test_a_head_that_is_too_long_is_answered_in_words(line):
    peer = Peer(line, head_of(MOST_HEAD + 1))
    heard = peer.hears().decode()
    assert heard.startswith("HTTP/1.1 431 ")
    assert "The header of this request is too large: at most 32 KB." in heard
    assert "请求头过大，最多32 KB。" in heard
    peer.socket.close()


@pytest.mark.parametrize(
    "said", [b"", b"\r\n", b"G", GET, GET + b"x-a: "], ids=["silence", "newline", "g", "line", "half"]
)
def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(hurried, line, said):
    heard = Peer(line, said).hears()
    assert heard == b"" if said == b"" else heard.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("first", [b"", GET + b"\r\n"], ids=["at first", "after an answer"])
def test_a_head_that_drips_is_not_waited_for(hurried, line, first):
    peer = Peer(line, first)
    if first:
        assert peer.status() == 200
    peer.says(GET + b"x-a: ")
    assert b"408" in peer.drips(b"a")


def test_a_handshake_that_does_not_come_to_its_end_is_not_waited_for(hurried, line):
    said = GET + b"Upgrade: websocket\r\nConnection: Upgr"
    assert Peer(line, said).hears().startswith(b"HTTP/1.1 408 ")


def test_an_open_socket_outlives_the_time_for_a_head(hurried, line):
    raw = asyncio.run(line.raw_client())
    Peer(line).hears()
    Peer(line).hears()
    raw.send(0x81, b"still here")
    assert raw.frame() == (0x81, b"still here")
    raw.close()


def test_an_answer_that_takes_its_time_is_waited_for(hurried, line):
    peer = Peer(line, b"GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
    Peer(line).hears()
    Peer(line).hears()
    line.call(line.app.goes_on.set)
    assert peer.status() == 200
    peer.socket.close()


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"Content-Length: 1000\r\n\r\na=", b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"])
def test_a_body_that_does_not_come_to_its_end_is_not_waited_for(hurried, line, said):
    heard = Peer(line, POST + said).hears()
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert "请求传输超时" in heard.decode()


def test_a_body_that_drips_is_not_waited_for(hurried, line):
    peer = Peer(line, POST + b"Content-Length: 100000\r\n\r\n")
    assert peer.drips(b"a").startswith(b"HTTP/1.1 408 ")


def test_the_rest_of_a_body_that_was_answered_unread_is_not_waited_for(hurried, line):
    peer = Peer(line, b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
    heard = peer.drips(b"a")
    assert heard.startswith(b"HTTP/1.1 200 ")
    assert b"408" not in heard


def test_a_body_that_was_answered_before_it_came_leaves_the_line_good(line):
    peer = Peer(line, b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
    assert peer.status() == 200
    peer.says(b"0123456789" + GET + b"Connection: close\r\n\r\n")
    assert peer.hears().startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("first", [GET + b"\r\n", b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"])
def test_a_line_that_rests_is_ended(quick_to_end, first):
    peer = Peer(quick_to_end, first)
    assert peer.status() == 200
    if b"Length" in first:
        peer.says(b"x")
    assert peer.hears() == b""


def test_a_large_body_is_taken(line):
    body = b"x" * 1_000_000
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:1000], body[1000:]))
    for wrapped in (
        b"Content-Length: 1000000\r\n\r\n" + body,
        b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n",
    ):
        peer = Peer(line, POST + b"Connection: close\r\n" + wrapped)
        assert peer.hears().endswith(b"\r\n\r\n1000000")


@pytest.mark.parametrize(
    "wrapped",
    [
        b"1\r\nx\r\n" * 100_000,
        b"1;" + b"e" * 500_000,
        b"1;e=e\r\nx\r\n" * 50_000,
        b"0\r\n" + b"a:\r\n" * 100_000,
        b"0\r\na: " + b"a" * 500_000,
    ],
    ids=["crumbs", "long extension", "extensions", "trailers", "long trailer"],
)
def test_a_body_that_is_all_wrapping_is_refused(line, wrapped):
    peer = Peer(line)
    with suppress(ConnectionResetError, BrokenPipeError):
        peer.says(POST + b"Transfer-Encoding: chunked\r\n\r\n" + wrapped)
    line.wait(lambda: line.connections == 0)
    assert b" 200 " not in peer.hears()
    peer.socket.close()


def test_a_thousand_requests_in_one_go_are_not_all_kept(line):
    peer = Peer(line, b"GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
    with suppress(ConnectionResetError, BrokenPipeError):
        peer.says((GET + b"\r\n") * 5000)
    line.wait(lambda: line.connections == 0)
    line.call(line.app.goes_on.set)
    peer.socket.close()
    assert line.app.requests <= 1 + threshold.MOST_PIPELINED


def test_a_few_requests_in_one_go_are_answered_in_order(line):
    peer = Peer(line, (GET + b"\r\n") * 5 + GET + b"Connection: close\r\n\r\n")
    assert peer.hears().count(b"HTTP/1.1 200 OK") == 6


def test_requests_that_come_at_once_are_begun_one_a_turn(line):
    """A page is painted while nothing else is done: a command must not wait until all of them are."""
    peers = [Peer(line) for _ in range(20)]
    line.wait(lambda: line.connections == len(peers))
    line.call(line.app.counts_turns)
    line.call(lambda: [peer.says(GET + b"Connection: close\r\n\r\n") for peer in peers])
    assert all(peer.hears().startswith(b"HTTP/1.1 200 ") for peer in peers)
    assert list(line.app.begun.values()) == [1] * len(peers)


def test_sockets_that_come_at_once_are_begun_one_a_turn(line):
    peers = [Peer(line) for _ in range(20)]
    line.wait(lambda: line.connections == len(peers))
    line.call(line.app.counts_turns)
    line.call(lambda: [peer.says(HANDSHAKE + b"\r\n") for peer in peers])
    assert all(peer.socket.recv(12) == b"HTTP/1.1 101" for peer in peers)
    assert list(line.app.begun.values()) == [1] * len(peers)
    for peer in peers:
        peer.socket.close()


def test_networks_take_turns_whatever_each_asks_for():
    begun: list[str] = []

    async def ask() -> None:
        turns = Turns()
        for network in ("crowd", "crowd", "crowd", "moderator", "crowd", "phone"):
            turns.ask(network, partial(begun.append, network))
        while len(begun) < 6:  # noqa: ASYNC110
            await asyncio.sleep(0)
        turns.ask("late", partial(begun.append, "late"))
        await asyncio.sleep(0)

    asyncio.run(ask())
    assert begun == ["crowd", "moderator", "phone", "crowd", "crowd", "crowd", "late"]


@pytest.mark.parametrize("body", [b"Content-Length: 100000", b"Content-Length: 5", b"Transfer-Encoding: chunked"])
def test_a_handshake_that_announces_a_body_is_refused(line, body):
    """Whoever then sends none was waited for without an end."""
    assert Peer(line, HANDSHAKE + body + b"\r\n\r\n").hears().startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "said", [b"nonsense\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/1.1\r\nHost x\r\n\r\n"]
)
def test_what_is_no_request_is_answered_and_is_no_complaint_in_the_log(line, said, caplog):
    assert Peer(line, said).hears().startswith(b"HTTP/1.1 400 ")
    assert caplog.records == []
