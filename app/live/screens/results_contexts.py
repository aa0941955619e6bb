"""What stands on the page of the results."""

from app.live.contexts import Context, PublicComment
from app.live.screens.analysis import AgreementTold, OneSeatLess
from app.live.screens.parts import LevelGiven, PageOfList, Total
from app.live.screens.pictures import Line
from app.meeting.refusals import Said
from app.meeting.scoring.result import Working


class Ranked(Context, frozen=True, kw_only=True):
    """``broken_by``: the step of the tie ladder by which it stands before an equal one."""

    rank: int
    unit: str
    score: str | None
    grade: str
    broken_by: str | None


class Turnout(Context, frozen=True, kw_only=True):
    panel: int
    recused: int
    abstained: int
    void: int
    absent: int
    counted: int
    entitled: int


class CriterionMean(Context, frozen=True, kw_only=True):
    """``share``: how much of its bar is filled, in per cent, if it can be pictured."""

    name: str
    mean: str
    maximum: str
    out_of: str
    share: str | None


class GroupMean(Context, frozen=True, kw_only=True):
    group: str
    group_name: str
    sheets: int
    mean: str


class Spread(Context, frozen=True, kw_only=True):
    lowest: str
    median: str
    highest: str
    deviation: str


class MarkTold(Context, frozen=True, kw_only=True):
    points: str
    dropped: str


class Counted(Context, frozen=True, kw_only=True):
    """A counted sheet by its receipt; ``shown`` and ``marks`` are empty where nothing but that is told of it."""

    receipt: str
    shown: str
    dropped: str
    marks: list[MarkTold]


class ResultOfUnit(Context, frozen=True, kw_only=True):
    """``withheld``: what is not told, lest a single sheet be given away.

    ``check``: what ``check_result`` says has been seen, while a result waits for it; empty to all but the staff.
    ``less`` is told to the staff alone.
    """

    round: str
    unit: str
    short_name: str
    is_revealed: bool
    check: str
    less: OneSeatLess | None
    outcome: str
    score: str | None
    grade: str
    approval: str | None
    turnout: Turnout
    criteria: list[CriterionMean]
    groups: list[GroupMean]
    spread: Spread | None
    levels: list[LevelGiven]
    totals: list[Total]
    picture: Line | None
    sheets: list[Counted]
    withheld: list[str]
    working: tuple[Working, ...]
    comments: list[PublicComment]
    more_comments: int


class Board(Context, frozen=True, kw_only=True):
    """Units in the order of the agenda. For everybody else than staff, a round not revealed is not there.

    ``agreement`` is told to the staff alone.
    """

    title: str
    is_rehearsal: bool
    code: str
    status: str
    mode: str
    seal: str
    rules: list[Said]
    is_staff: bool
    receipts: str
    full: str
    agreement: AgreementTold | None
    ranking: list[Ranked]
    results: list[ResultOfUnit]


class AllComments(PageOfList, frozen=True, kw_only=True):
    comments: list[PublicComment]
