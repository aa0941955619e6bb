"""What stands on the console, region by region."""

from app.live.contexts import Context
from app.live.screens.analysis import OneSeatLess
from app.live.screens.displays import Apart
from app.live.screens.parts import ClockShown, Expected, PageOfList, PlaceShown, Tally
from app.live.screens.polls import PollsOnConsole
from app.live.screens.scenes import Seen
from app.live.screens.script import StepOffered, StepTaken
from app.live.screens.words import WordsShown
from app.meeting.refusals import Said


class Warnings(Context, frozen=True, kw_only=True):
    """What must be seen to at once: of the server itself, not of the meeting."""

    warnings: tuple[Said, ...]


class Step(Context, frozen=True, kw_only=True):
    """The big button: the ``step`` of the script that comes next, and the last ones ``taken``, latest first.

    ``does`` (open, enter, finish, nothing) and ``next`` are of the agenda alone, for programs that know no script.
    """

    code: str
    title: str
    is_rehearsal: bool
    status: str
    does: str
    step: StepOffered | None
    taken: list[StepTaken]
    place: PlaceShown | None
    next: PlaceShown | None
    count: int
    outlived: Seen | None
    can_go_back: bool
    clock: ClockShown | None
    is_paused: bool
    offset: int
    finished_at: str
    joins: bool
    words: WordsShown


class Segment(Context, frozen=True, kw_only=True):
    at: int
    kind: str
    minutes: int
    is_current: bool


class ItemOnConsole(Context, frozen=True, kw_only=True):
    """``earlier``, ``can_move_later``, ``later``: where one that has not begun can be moved, and before which."""

    item: str
    kind: str
    title: str
    number: int | None
    segments: list[Segment]
    planned: str
    shifted: str
    began: str
    projected: Expected | None
    allotted: int
    allotted_minutes: int
    over: int | None
    over_minutes: int | None
    is_current: bool
    is_over: bool
    is_skipped: bool
    skip_reason: str
    earlier: str | None
    can_move_later: bool
    later: str | None
    can_skip: bool


class Agenda(Context, frozen=True, kw_only=True):
    is_open: bool
    offset: int
    planned_finish: str
    projected_finish: Expected | None
    items: list[ItemOnConsole]


class Tied(Context, frozen=True, kw_only=True):
    """A unit of equal score, and the order of rounds with it first."""

    unit: str
    order: list[str]


class SheetOfSeat(Context, frozen=True, kw_only=True):
    """A seat's sheet in a round. ``marked`` counts the criteria of a draft, and says nothing of their marks.

    ``must_be_withdrawn``: the result is being shown; it is withdrawn before a sheet of it is changed.
    """

    seat: str
    label: str
    round: str
    unit: str
    is_open: bool
    standing: str
    marked: int
    can_act: bool
    must_be_withdrawn: bool
    is_late: bool
    is_corrected: bool


class RoundShown(Context, frozen=True, kw_only=True):
    """The seats of the one on the stage are those of the panel; ``score_before``: without its corrections, if any.

    ``less``: of a result that has not been shown yet. ``promises``: the id of the unit, where it is told how the panel
    judged them.
    """

    round: str
    unit: str
    is_on_stage: bool
    is_open: bool
    is_revealed: bool
    is_being_revealed: bool
    promises: str | None
    tally: Tally | None
    seats: list[SheetOfSeat]
    corrected: int
    late: int
    next_step: str | None
    outcome: str | None
    score: str | None
    score_before: str | None
    less: OneSeatLess | None
    grade: str
    counted: int | None
    entitled: int | None


class RoundsShown(Context, frozen=True, kw_only=True):
    """The rounds, that of the unit on the stage before the others, those newest first; never a seat's marks."""

    mode: str
    criteria: int
    can_open: str | None
    open: int
    ties: list[list[Tied]]
    polls: PollsOnConsole
    rounds: list[RoundShown]


class SeatOfPanel(Context, frozen=True, kw_only=True):
    """``devices`` are open pages, ``different`` what they are on; ``sheet``, ``comments``: on the unit on the stage,
    of whose promises this seat has ``judged`` so many."""

    seat: str
    label: str
    group: str
    group_name: str
    devices: int
    different: int
    gone_since: str
    arrived: str
    comments: int
    judged: int
    sheet: SheetOfSeat | None


class Away(Context, frozen=True, kw_only=True):
    """A seat without a connection, with so many criteria ``marked``; ``since`` when its last device went."""

    label: str
    marked: int
    since: str


class Panel(Context, frozen=True, kw_only=True):
    """Who is connected, who is here, and how it stands with the sheet of each on the unit on the stage.

    ``awaited`` have no connection and owe a sheet; ``away`` are the others without a connection. ``columns``: how many
    seats sit in each of two rows; null where there are fewer or more than two rows hold. ``promises``: how many are
    to be judged, by so many seats (``judging``); ``all_judged``: how many have judged them all.
    """

    mode: str
    round: str | None
    unit: str
    is_open: bool
    criteria: int
    promises: int
    judging: int
    all_judged: int
    tally: Tally | None
    seats: list[SeatOfPanel]
    columns: int | None
    awaited: list[Away]
    away: list[Away]
    here: int
    displays: int
    phones: int
    can_check_in: bool


class Queued(Context, frozen=True, kw_only=True):
    """A comment before the moderator; ``pages``: how many of the display's it will take.

    ``findings``: of how many it is part now; ``drafts``: how many have ever been made of it, which tells a second press
    of the same button from a new finding.
    """

    id: str
    unit: str
    seat: str
    kind: str
    text: str
    is_edited: bool
    original: str
    standing: str
    pages: int
    at: str
    findings: int
    drafts: int


class OfOneKind(Context, frozen=True, kw_only=True):
    kind: str
    comments: list[Queued]


class Alone(Context, frozen=True, kw_only=True):
    """The comment on the displays, as which ``of`` those released on its unit, and the ids of those beside it."""

    id: str
    number: int
    of: int
    before: str | None
    after: str | None


class Queue(Context, frozen=True, kw_only=True):
    """The latest that wait, first come first; then the latest released or withdrawn, newest first.

    The others are counted, and stand on pages of their own (``all_comments``). Where nothing is scored, those on the
    ``unit`` on the stage stand in ``groups`` as well, one for each kind. ``number_of_findings``: on the unit
    ``findings_on``, which is on the stage; if none is, on all.
    """

    mode: str
    unit: str
    groups: list[OfOneKind]
    alone: Alone | None

    waiting: list[Queued]
    number_waiting: int
    decided: list[Queued]
    number_decided: int
    number_earlier: int
    number_of_all: int
    findings_on: str
    number_of_findings: int


class AllComments(PageOfList, frozen=True, kw_only=True):
    comments: list[Queued]


class UnitOn(Context, frozen=True, kw_only=True):
    id: str
    short_name: str


class ResultToShow(Context, frozen=True, kw_only=True):
    round: str
    unit: str


class CueShown(Context, frozen=True, kw_only=True):
    """What the hall sees, and what it can be told. ``promises``: of the unit that is on, and of those told of."""

    sees: Seen
    follows: bool
    is_cued: bool
    is_held: bool
    scene: str
    round: str | None
    unit: str | None
    text: str
    is_opened: bool
    current_unit: UnitOn | None
    results: list[ResultToShow]
    has_order: bool
    has_ranking: bool
    has_landscape: bool
    has_composites: bool
    promises: list[UnitOn]
    shows_ranks: bool
    is_scored: bool
    speaker_message: str
    apart: list[Apart]
