"""What stands on the page of the results."""

from app.live.contexts import Context, PublicComment
from app.live.screens.analysis import AgreementTold, OneSeatLess
from app.live.screens.overview import KindOfComment
from app.live.screens.parts import LevelGiven, PageOfList, Total
from app.live.screens.promised import Promised
from app.live.screens.strip import Line
from app.meeting.refusals import Said
from app.meeting.scoring.result import Working


class TimeHeld(Context, frozen=True, kw_only=True):
    """Of a segment, or of all of them: as ``planned``, as ``allotted`` with what was added or taken, and the ``actual``
    time, null before it is over."""

    kind: str
    planned: int
    allotted: int
    actual: int | None


class MeanAtAGlance(Context, frozen=True, kw_only=True):
    mean: str
    share: str | None


class UnitAtAGlance(Context, frozen=True, kw_only=True):
    """A unit that reports, and what has been told of it; ``outcome`` is empty before, and where nothing is scored.

    ``means``: as the criteria of the board, or none. ``planned_share``, ``actual_share``: how much of a bar they fill
    beside the other units. ``broken_by``: the step of the tie ladder by which it stands before an equal one.
    """

    unit: str
    name: str
    number: int | None
    is_revealed: bool
    outcome: str
    score: str | None
    grade: str
    rank: int | None
    broken_by: str | None
    approval: str | None
    counted: int | None
    entitled: int | None
    lowest: str
    highest: str
    means: list[MeanAtAGlance]
    levels: list[LevelGiven]
    comments: list[KindOfComment]
    time: TimeHeld
    planned_share: str
    actual_share: str


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
    """``outcome`` is empty where nothing is scored; ``is_over``: whether the unit has had its time.

    ``withheld``: what is not told, lest a single sheet be given away. ``check``: what ``check_result`` says has been
    seen, while a result waits for it; empty to all but the staff. ``less`` is told to the staff alone.
    ``promises``: of the meeting before, as the panel judged them, once the result is revealed; no part of it.
    """

    round: str
    unit: str
    unit_id: str
    short_name: str
    is_revealed: bool
    check: str
    less: OneSeatLess | None
    outcome: str
    score: str | None
    grade: str
    approval: str | None
    turnout: Turnout | None
    criteria: list[CriterionMean]
    groups: list[GroupMean]
    spread: Spread | None
    levels: list[LevelGiven]
    totals: list[Total]
    picture: Line | None
    sheets: list[Counted]
    withheld: list[str]
    working: tuple[Working, ...]
    promises: list[Promised]
    comments: list[PublicComment]
    more_comments: int
    times: list[TimeHeld]
    is_over: bool


class CriterionNamed(Context, frozen=True, kw_only=True):
    name: str
    out_of: str


class Board(Context, frozen=True, kw_only=True):
    """For everybody else than staff, a round not revealed is not there. ``unit``: the one that was asked for alone.

    ``units`` stand as they report; or where ranks are told, by them, the others behind. ``results`` stand as the units
    report. ``tables``: of which of ``criteria``, ``levels`` and ``times`` something is known of any unit.
    ``numbers_told``: not the grades alone. ``agreement`` is told to the staff alone.
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
    numbers_told: bool
    unit: str | None
    tables: list[str]
    is_ranked: bool
    criteria: list[CriterionNamed]
    levels: list[str]
    agreement: AgreementTold | None
    units: list[UnitAtAGlance]
    results: list[ResultOfUnit]


class AllComments(PageOfList, frozen=True, kw_only=True):
    comments: list[PublicComment]
