"""Whoever may connect to the database may call: what has no bounds is not taken."""

import base64
import zlib

import pytest

from app.live import rollcall
from app.live.rollcall import MOST_PORTIONS
from tests.live.leaping import leaping
from tests.live.rollcalls import Wire, beats, two


def packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode("ascii")


UNBOUNDED = {
    "more than is ever told": f"tells 0 1 {packed(b' ' * 2_000)}",
    "a part of it": f"tells 0 1 {packed(b'{}' * 400)[:20]}",
    "more calls than anybody makes": f"tells 0 {MOST_PORTIONS + 1} AAAA",
    "a call beyond the last": "tells 1 1 AAAA",
    "one before the first": "tells -1 1 AAAA",
}


@pytest.mark.parametrize("said", UNBOUNDED.values(), ids=list(UNBOUNDED))
@leaping
async def test_what_has_no_bounds_is_not_unpacked_nor_kept_nor_asked_for_again(monkeypatch, caplog, said):
    monkeypatch.setattr(rollcall, "LARGEST_UNPACKED", 1_000)
    wire = Wire()
    _, other = await two(wire)
    other.roll.hear(f"another-one 1 {said}")
    assert "could not be read" in caplog.text
    assert other.elsewhere == {}
    wire.calls.clear()
    await beats(other, times=3)
    assert "asks" not in wire.kinds
