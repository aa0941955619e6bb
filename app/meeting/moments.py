"""The moments of a meeting at which something is read aloud, and the gaps that a text for each of them may have.

Part of the file format, as the plan is: moments are added, never renamed. What a gap is called where people write it,
and the sentences, are in ``app.language.spoken``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """In the order of a meeting."""

    WAITING = "waiting"
    OPENED = "opened"
    DRAWING = "drawing"
    DRAWN = "drawn"
    OPENING = "opening"
    REPORT = "report"
    COMMENTS = "comments"
    REPLY = "reply"
    SCORING = "scoring"
    CLOSED = "closed"
    SPREAD = "spread"
    TRIMMED = "trimmed"
    SCORE = "score"
    GRADE = "grade"
    COMMENT = "comment"
    SUMMING_UP = "summing_up"
    BREAK = "break"
    DISCUSSION = "discussion"
    ANNOUNCEMENT = "announcement"
    ANNOUNCED = "announced"
    ANNOUNCED_GRADE = "announced_grade"
    COMPOSITES = "composites"
    SUMMARY = "summary"
    FINISHED = "finished"


class Gap(StrEnum):
    """What a text can leave to the moment; the value is its English name."""

    MEETING = "meeting"
    VENUE = "venue"
    UNITS = "units"
    STARTS = "starts"
    TITLE = "title"
    TIME = "time"
    RESUMES = "resumes"
    UNIT = "unit"
    SHORT = "short"
    OFFICE = "office"
    NUMBER = "number"
    NEXT = "next"
    COUNTED = "counted"
    ENTITLED = "entitled"
    LEVELS = "levels"
    DROPPED = "dropped"
    HIGHEST = "highest"
    LOWEST = "lowest"
    SCORE = "score"
    GRADE = "grade"
    APPROVAL = "approval"
    LIST = "list"
    GROUP = "group"
    KIND = "kind"
    COMMENT = "comment"
    TALLY = "tally"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Words:
    """What is read aloud at a moment, in place of the usual sentence; as typed, with its gaps."""

    moment: Moment
    text: str


_ALWAYS = (Gap.MEETING, Gap.VENUE, Gap.UNITS)
_UNIT = (Gap.UNIT, Gap.SHORT, Gap.OFFICE, Gap.NUMBER, Gap.NEXT)
_ITEM = (Gap.TITLE, Gap.TIME, Gap.NEXT)
_TURNOUT = (*_UNIT, Gap.COUNTED, Gap.ENTITLED)
_TRIM = (Gap.DROPPED, Gap.HIGHEST, Gap.LOWEST)

_OWN: Mapping[Moment, tuple[Gap, ...]] = {
    Moment.WAITING: (Gap.STARTS,),
    Moment.OPENED: (),
    Moment.DRAWING: (),
    Moment.DRAWN: (Gap.LIST,),
    Moment.OPENING: (*_ITEM, Gap.PROMISES),
    Moment.REPORT: (*_UNIT, Gap.TIME, Gap.PROMISES),
    Moment.COMMENTS: (*_UNIT, Gap.TIME),
    Moment.REPLY: (*_UNIT, Gap.TIME),
    Moment.SCORING: (*_UNIT, Gap.TIME),
    Moment.CLOSED: _UNIT,
    Moment.SPREAD: (*_TURNOUT, Gap.LEVELS),
    Moment.TRIMMED: (*_TURNOUT, *_TRIM),
    Moment.SCORE: (*_TURNOUT, *_TRIM, Gap.SCORE),
    Moment.GRADE: (*_TURNOUT, Gap.LEVELS, *_TRIM, Gap.SCORE, Gap.GRADE, Gap.APPROVAL),
    Moment.COMMENT: (*_UNIT, Gap.GROUP, Gap.KIND, Gap.COMMENT),
    Moment.SUMMING_UP: (*_UNIT, Gap.TALLY),
    Moment.BREAK: (*_ITEM, Gap.RESUMES),
    Moment.DISCUSSION: _ITEM,
    Moment.ANNOUNCEMENT: _ITEM,
    Moment.ANNOUNCED: (*_UNIT, Gap.SCORE, Gap.GRADE, Gap.APPROVAL),
    Moment.ANNOUNCED_GRADE: (Gap.GRADE, Gap.LIST),
    Moment.COMPOSITES: (Gap.LIST,),
    Moment.SUMMARY: _ITEM,
    Moment.FINISHED: (),
}

GAPS: Mapping[Moment, tuple[Gap, ...]] = {moment: (*own, *_ALWAYS) for moment, own in _OWN.items()}
"""What each can know: nothing that the hall has not been shown by then."""

MAY_LACK = frozenset(
    {
        *(Gap.VENUE, Gap.OFFICE, Gap.NEXT, Gap.RESUMES, Gap.LEVELS),
        *(Gap.DROPPED, Gap.HIGHEST, Gap.LOWEST, Gap.APPROVAL, Gap.PROMISES),
    }
)
"""What there may be none of; where it stands in square brackets, its words are left out with it."""
