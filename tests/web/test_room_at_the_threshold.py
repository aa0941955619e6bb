"""The threshold where there are many: readers who do not read, crowds that say nothing, and both listeners."""

import socket
import ssl
import time
from typing import Any

from app.web.gate import threshold
from app.web.gate.threshold import Threshold
from tests.live.lines import a_line
from tests.live.served import PATIENCE, Served
from tests.web.peers import GET, LARGE, SHORT, Counter, Peer

# --- readers ----------------------------------------------------------------------------------------------------------


def test_who_does_not_take_an_answer_is_let_go(hurried, line):
    peer = Peer(line, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n", buffer=4096)
    line.wait(lambda: line.app.requests == 1)
    line.wait(lambda: line.connections == 0)
    assert len(peer.hears()) < LARGE
    peer.socket.close()


def test_who_takes_an_answer_at_leisure_gets_all_of_it(hurried, line):
    peer = Peer(line, b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", buffer=65536)
    heard = 0
    while part := peer.socket.recv(32 * 1024):
        heard += len(part)
        time.sleep(0.005)
    assert heard > LARGE


# --- room -------------------------------------------------------------------------------------------------------------


def who(network: str, gone: list[str], name: str) -> Any:
    """Somebody on the threshold."""

    class Someone:
        def __init__(self) -> None:
            self.network = network

        def makes_room(self) -> None:
            gone.append(name)
            door.goes(self)

    door = who.door
    return Someone()


def test_those_who_say_nothing_make_room_the_largest_crowd_first_and_of_it_the_oldest():
    gone: list[str] = []
    who.door = door = Threshold(files=200)
    for number, network in enumerate(("crowd", "staff", "crowd", "crowd", "phone")):
        door.comes(who(network, gone, f"{network} {number}"), file=20 + number, connections=number + 1)
    assert gone == []
    for number in range(5, 9):
        door.comes(who("crowd", gone, f"crowd {number}"), file=door.room, connections=6)
    assert gone == ["crowd 0", "crowd 2", "crowd 3", "crowd 5"]


def test_who_is_being_answered_makes_no_room_and_who_comes_alone_has_one_kept_free():
    gone: list[str] = []
    who.door = door = Threshold(files=200)
    busy = who("crowd", gone, "busy")
    door.comes(busy, file=20, connections=1)
    door.goes(busy)
    door.comes(who("crowd", gone, "new"), file=door.room, connections=2)
    assert gone == []
    door.comes(who("staff", gone, "newer"), file=door.room + 1, connections=3)
    assert gone == ["new"]


def test_low_numbers_of_those_who_left_do_not_hide_that_it_is_full(monkeypatch):
    """A system that has lent all its files gives out again what comes back, the lowest first."""
    now = [1000.0]
    monkeypatch.setattr(threshold, "monotonic", lambda: now[0])
    gone: list[str] = []
    who.door = door = Threshold(files=1024)
    lent = set(range(20))
    held: dict[str, int] = {}
    for number in range(3000):
        for name in gone[: len(gone)]:
            lent.discard(held.pop(name, -1))
        file = next(each for each in range(1024) if each not in lent)
        lent.add(file)
        held[str(number)] = file
        door.comes(who("crowd", gone, str(number)), file, connections=len(held))
    assert len(lent) <= door.room + 2
    assert [int(name) for name in gone] == list(range(len(gone)))


def test_where_there_is_room_again_nobody_makes_any(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(threshold, "monotonic", lambda: now[0])
    gone: list[str] = []
    who.door = door = Threshold(files=200)
    door.comes(who("crowd", gone, "first"), file=door.room, connections=1)
    door.comes(who("crowd", gone, "second"), file=20, connections=1)
    assert gone == ["first"]
    now[0] += threshold.SECONDS_OF_CAUTION
    door.comes(who("crowd", gone, "third"), file=21, connections=2)
    assert gone == ["first"]


def test_where_files_are_no_matter_nobody_makes_room():
    gone: list[str] = []
    who.door = door = Threshold(None)
    for number in range(100):
        door.comes(who("crowd", gone, str(number)), file=100_000 + number, connections=number)
    assert gone == []


def test_a_crowd_that_says_nothing_keeps_nobody_out(monkeypatch):
    door = Threshold(files=4096)
    with a_line(Counter(), http=door.protocol) as line:
        with socket.socket() as probe:
            monkeypatch.setattr(door, "room", probe.fileno() + 20)
        silent = [Peer(line) for _ in range(40)]
        peer = Peer(line, GET + b"Connection: close\r\n\r\n")
        assert peer.hears().endswith(b"\r\n\r\n0")
        assert silent[0].hears() == b""
        line.wait(lambda: line.connections < 20)
        for each in silent:
            each.socket.close()


# --- both listeners ---------------------------------------------------------------------------------------------------


def test_every_listener_has_the_threshold_and_tls_has_an_end_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr("app.server.SECONDS_FOR_A_HEAD", SHORT)
    monkeypatch.setattr(threshold, "SECONDS_FOR_A_HEAD", SHORT)
    with Served(tmp_path, tls=True, port=0) as served:
        for listener in served._server.servers:
            port = listener.sockets[0].getsockname()[1]
            with socket.create_connection(("127.0.0.1", port), PATIENCE) as silent:
                assert silent.recv(100) == b""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        port = served._server.servers[0].sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as plain, context.wrap_socket(plain) as silent:
            assert silent.recv(100) == b""
