"""Signatures by finger: what counts as one, and of which sheet it is. They are kept beside the record, never in it.

A signature is bound to the receipt of the sheet that it was drawn for: of another version, by whoever, it says nothing.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

from app.meeting.lookups import the_round, the_seat
from app.meeting.meeting import Meeting
from app.meeting.plan import Signing
from app.meeting.refusals import Refused, refuse_unless
from app.meeting.sheets.deciding import receipt_of
from app.meeting.sheets.state import SheetVersion

WIDTH, HEIGHT = 1000, 400
"""Of the field that is drawn in; a point is two whole numbers within."""

MOST_STROKES = 100
MOST_NUMBERS = 8000
LEAST_INK = 200
"""How long all strokes together must be, so that a touch by mistake is not taken for a name."""

Drawing = tuple[tuple[int, ...], ...]
"""Strokes, each as x and y of its points in turn; without any, it is signed on paper."""

ON_PAPER: Drawing = ()


def the_drawing(strokes: Sequence[Sequence[int]]) -> Drawing:
    """Raises Refused if that is no drawing, or too little of one."""
    numbers = sum(map(len, strokes))
    fits = len(strokes) <= MOST_STROKES and numbers <= MOST_NUMBERS and all(map(_is_a_stroke, strokes))
    refuse_unless(fits, "signature.malformed")
    refuse_unless(not strokes or sum(map(_length, strokes)) >= LEAST_INK, "signature.too_little")
    return tuple(tuple(stroke) for stroke in strokes)


def signed_version(meeting: Meeting, round: str, seat: str, salt: str) -> SheetVersion:
    """The version that was submitted with this salt, which nobody knows but the device that made it."""
    must_be_drawn(meeting)
    sheet = the_round(meeting, round).sheet(the_seat(meeting, seat).id)
    versions: list[SheetVersion] = [*sheet.versions, *filter(None, [sheet.late])]
    for version in reversed(versions):
        if version.receipt == receipt_of(salt, round, seat, version.marks):
            return version
    raise Refused("signature.no_sheet")


def must_be_drawn(meeting: Meeting) -> None:
    refuse_unless(meeting.plan.rules.signing is Signing.DRAWN, "signature.on_paper")


def _is_a_stroke(stroke: Sequence[int]) -> bool:
    within = all(0 <= x <= WIDTH for x in stroke[::2]) and all(0 <= y <= HEIGHT for y in stroke[1::2])
    return len(stroke) >= 2 and len(stroke) % 2 == 0 and within


def _length(stroke: Sequence[int]) -> float:
    points = list(zip(stroke[::2], stroke[1::2], strict=True))
    return sum(dist(before, point) for before, point in pairwise(points))
