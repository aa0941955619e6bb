"""The segments of an agenda item as columns of minutes, or in one cell where their order is another."""

import re
from collections.abc import Sequence

from app.meeting.plan import Segment, SegmentKind
from app.papers.plan.cells import choice_of, long_text_of
from app.papers.plan.choices import word_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import tidy
from app.papers.plan.times import length_of, minutes_in

IN_COLUMNS = (SegmentKind.WHOLE, SegmentKind.REPORT, SegmentKind.COMMENTS, SegmentKind.REPLY, SegmentKind.SCORING)
"""The order in which segments follow one another when each stands in its own column."""


def fit_columns(segments: Sequence[Segment]) -> bool:
    """Whether each kind stands once at most, in the order of the columns."""
    places = [IN_COLUMNS.index(segment.kind) for segment in segments]
    return places == sorted(set(places))


def written(segments: Sequence[Segment]) -> str:
    """Segments in one cell: ``履职报告5、提问点评3、履职报告2``."""
    return "、".join(f"{word_of(each.kind)}{minutes_in(each.planned)}" for each in segments)


def segments_in(value: object) -> tuple[Segment, ...]:
    """The opposite of ``written``. Raises Misread."""
    parts = [part for part in map(tidy, re.split(r"[、，,；;\n]", long_text_of(value))) if part]
    return tuple(_segment(part) for part in parts)


def _segment(part: str) -> Segment:
    found = re.fullmatch(r"([^\d０-９]+)([\d０-９].*)", part)
    if not found:
        raise Misread("cell.no_segments", value=part)
    try:
        return Segment(choice_of(SegmentKind, found[1].strip(" :：")), length_of(found[2]))
    except Misread:
        raise Misread("cell.no_segments", value=part) from None
