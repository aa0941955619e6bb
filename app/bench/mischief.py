"""What a guest may try who means no good: what is said on a line, at first and over and over.

All of it is bounded, and goes to 127.0.0.1 (guest.py).
"""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass

AT_A_TIME = 64 * 1024
SECONDS_TO_ANSWER = 5.0
PING, TEXT, TEXT_UNFINISHED, CONTINUED, MASKED = 0x89, 0x81, 0x01, 0x00, 0x80


@dataclass(frozen=True, slots=True)
class Target:
    """A server, a meeting of it, and an organiser's key."""

    port: int
    code: str
    key: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is said at first on each line, and then over and over.

    ``waits``: the line is opened anew once answered. ``times``: so many times as many lines as were asked for.
    """

    first: bytes
    again: bytes = b""
    waits: bool = False
    times: int = 1


def form(target: Target) -> Trouble:
    """A form of nearly a megabyte in half a million fields."""
    body = b"a&" * 480_000
    return Trouble(
        _post(target, "/join", b"application/x-www-form-urlencoded", body, b"Cookie: kaimen-csrf=x"), waits=True
    )


def large_form(target: Target) -> Trouble:
    """One of sixteen megabytes, where attachments are handed in."""
    path = f"/setup/{target.code}/attachments/edu"
    return Trouble(_post(target, path, b"application/x-www-form-urlencoded", b"a&" * 8_000_000), waits=True)


def head(target: Target) -> Trouble:
    """A request whose head never ends."""
    return Trouble(_get(target, "/")[:-2], b"x-a: " + b"a" * 1000 + b"\r\n")


def cookies(target: Target) -> Trouble:
    """The longest head that is taken, with the most cookies and parameters."""
    cookie = b"Cookie: " + b"; ".join(b"a%d=" % number + b"b" * 50 for number in range(490))
    return Trouble(_get(target, f"/?{'a&' * 490}", cookie), waits=True)


def silence(target: Target) -> Trouble:
    """Half a request, and then nothing, on hundreds of lines."""
    return Trouble(_get(target, "/")[:-2], times=50)


def unread(target: Target) -> Trouble:
    """Pages asked for one after the other, and never read."""
    page = _get(target, f"/{target.code}/display")
    return Trouble(page, page)


def handshakes(target: Target) -> Trouble:
    """Sockets that are refused, as fast as can be."""
    return Trouble(_handshake(target, "moderator"), waits=True)


def pings(target: Target) -> Trouble:
    """Pings whose pongs are never read."""
    return Trouble(_handshake(target, "hall"), _frame(PING, b"x" * 125) * 500)


def fragments(target: Target) -> Trouble:
    """A message in pieces that are empty."""
    return Trouble(_handshake(target, "hall") + _frame(TEXT_UNFINISHED), _frame(CONTINUED) * 5000)


def messages(target: Target) -> Trouble:
    """Messages of one byte."""
    return Trouble(_handshake(target, "hall"), _frame(TEXT, b"x") * 5000)


def file(target: Target) -> Trouble:
    """A plan with thousands of mistakes, by somebody who may hand in plans."""
    name, token = _csrf(target)
    mistakes = "".join(f"[[unit]]\nid = {number}\nnonsense = []\n" for number in range(8000))
    parts = {"_csrf_token": ("", token), "file": ('; filename="plan.toml"', mistakes)}
    body = "".join(
        f'--limit\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{content}\r\n'
        for field, (more, content) in parts.items()
    )
    headers = f"Cookie: {name}={token}\r\nAuthorization: Bearer {target.key}".encode()
    kind = b"multipart/form-data; boundary=limit"
    return Trouble(_post(target, "/setup/upload", kind, f"{body}--limit--\r\n".encode(), headers), waits=True)


TROUBLES: dict[str, Callable[[Target], Trouble]] = {
    each.__name__.replace("_", " "): each
    for each in (form, large_form, head, cookies, silence, unread, handshakes, pings, fragments, messages, file)
}


def _get(target: Target, path: str, *headers: bytes) -> bytes:
    lines = (f"GET {path} HTTP/1.1".encode(), f"Host: 127.0.0.1:{target.port}".encode(), *headers, b"", b"")
    return b"\r\n".join(lines)


def _post(target: Target, path: str, kind: bytes, body: bytes, *headers: bytes) -> bytes:
    lines = (b"Content-Type: " + kind, b"Content-Length: %d" % len(body), b"Connection: close", *headers)
    return _get(target, path, *lines).replace(b"GET", b"POST", 1) + body


def _handshake(target: Target, view: str) -> bytes:
    lines = (b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13")
    return _get(target, f"/{target.code}/live/{view}", *lines, b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")


def _frame(first: int, payload: bytes = b"") -> bytes:
    return bytes((first, MASKED | len(payload))) + bytes(4) + payload


def _csrf(target: Target) -> tuple[str, str]:
    """Name and value of the cookie that a form must come with."""
    with socket.create_connection(("127.0.0.1", target.port), SECONDS_TO_ANSWER) as line:
        line.sendall(
            _get(target, "/setup/upload", f"Authorization: Bearer {target.key}".encode(), b"Connection: close")
        )
        heard = b""
        while part := line.recv(AT_A_TIME):
            heard += part
    found = re.search(rb"(kaimen-csrf[^=;\s]*)=([^;\s]+)", heard)
    return (found[1].decode(), found[2].decode()) if found else ("kaimen-csrf", "")
