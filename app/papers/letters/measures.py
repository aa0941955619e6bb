"""The page of GB/T 9704-2012: 22 lines of 28 characters on A4. In twips, twentieths of a point, unless said otherwise.

The area for text is 156 mm × 225 mm. A line of 580 twips would leave room for 21; characters of 16 pt set solid would
be 2 mm too wide for 28, so each stands 15.79 pt after the one before.
"""

from dataclasses import dataclass

LINES, CHARACTERS = 22, 28
LINE = 579
BODY, TITLE, TABLE, SMALL, PAGE_NUMBER = 16, 22, 12, 10.5, 14
"""Sizes of letters in points: 三号, 二号, 小四, 五号, 四号."""
CLOSER = -5
"""By how much a character is closer to the next than its size; a full line is then spread to the edges."""
TWO_CHARACTERS = 632
NUMBER_INDENT = 280
"""A page number stands one character of its own size in from the edge."""
NUMBER_BELOW_TEXT = 537
"""From the foot of the area for text to the foot of the page number, whose dash is then 7 mm below that area."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 as it lies, with its margins."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right


UPRIGHT = Sheet(11906, 16838, top=2098, right=1474, bottom=1984, left=1588)
SIDEWAYS = Sheet(16838, 11906, top=1588, right=2098, bottom=1474, left=1984)
"""The upright sheet turned to the left: its margins go with it, so that both are bound at the same edge."""
