"""Frames of a websocket (RFC 6455, 5.2) as the clients of a bench read and say them, with next to no work."""

import zlib

PING, PONG, TEXT = 0x89, 0x8A, 0x81
MASKED, MASK_OF_NOTHING = 0x80, bytes(4)
IS_DEFLATED = 0x40
END_OF_MESSAGE = b"\x00\x00\xff\xff"


def pong(payload: bytes) -> bytes:
    """The answer to a ping (at most 125 bytes), as a client says it."""
    return bytes((PONG, MASKED | len(payload))) + MASK_OF_NOTHING + payload


def frame_length(data: bytes) -> int:
    """Bytes of the frame that ``data`` begins with, header included; 0 while the header is not all there."""
    if len(data) < 2:
        return 0
    length = data[1]
    if length < 126:
        return 2 + length
    size = 2 if length == 126 else 8
    return 2 + size + int.from_bytes(data[2 : 2 + size]) if len(data) >= 2 + size else 0


def masked(payload: bytes) -> bytes:
    """A text as a client says it, up to 64 KB."""
    if len(payload) < 126:
        return bytes((TEXT, MASKED | len(payload))) + MASK_OF_NOTHING + payload
    return bytes((TEXT, MASKED | 126)) + len(payload).to_bytes(2) + MASK_OF_NOTHING + payload


def inflated(payload: bytes) -> bytes:
    """A message that was deflated by itself (RFC 7692, without context takeover)."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(payload + END_OF_MESSAGE)
