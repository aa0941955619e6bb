"""What is agreed before a meeting opens: who reports, who judges, by which rubric and rules.

A plan is put together from the set-up rows and copied into the log by ``MeetingOpened``.
These classes are part of the file format of the log: fields are added (with defaults), never renamed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.meeting.composites.agreed import NO_COMPOSITE, Composite
from app.meeting.decimals import total_of_products
from app.meeting.moments import Words
from app.meeting.polls.agreed import Ballots, CountsSeen, OwnChoice, PollsOpen, RulesOfPolls, Voters
from app.meeting.promises.agreed import NO_PREVIOUS, Previous, Promise
from app.meeting.questions.agreed import Questions
from app.meeting.rubric import Criterion
from app.meeting.titles import in_one_line

FIRST_RECKONING, RECKONING = 1, 2
"""How numbers are made of the same rules: as at first, and as in a meeting that is opened today.

A record says which (``MeetingOpened``), so that what it came to once it comes to for ever. The first took the mean of
all sheets for the untrimmed mean of a tie, whatever the group weights, and gave shares of levels with one decimal.
"""


class Mode(StrEnum):
    """What the panel gives: points and comments, a level and comments, or comments only."""

    POINTS = "points"
    LEVELS = "levels"
    COMMENTS = "comments"


class Preset(StrEnum):
    """Ids of the groups that have a word in every language; the first meetings knew no others."""

    EXPERT = "expert"
    DEPUTY = "deputy"
    CPPCC = "cppcc"
    LAWYER = "lawyer"
    MEDIA = "media"
    PUBLIC = "public"


class ItemKind(StrEnum):
    OPENING = "opening"
    PRESENTATION = "presentation"
    BREAK = "break"
    DISCUSSION = "discussion"
    ANNOUNCEMENT = "announcement"
    SUMMARY = "summary"


class SegmentKind(StrEnum):
    """The timed parts of a presentation; any other item has one segment, ``WHOLE``."""

    REPORT = "report"
    COMMENTS = "comments"
    REPLY = "reply"
    SCORING = "scoring"
    WHOLE = "whole"


class Order(StrEnum):
    """How the order of reporting comes about: as the agenda says, typed in at the meeting, or drawn by lot there."""

    FIXED = "fixed"
    TYPED = "typed"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a unit handed in beforehand, such as its written report. ``size`` in bytes."""

    id: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A body under review. ``office`` is that of the person who reports for it; no names.

    ``reading``: how the name is read aloud, for whoever reads it. ``of_class``: among which units its composite has a
    rank; those that name the same one, in the organiser's own words, or none. ``promises``: of the meeting before.
    """

    id: str
    name: str
    short_name: str
    office: str = ""
    attachments: tuple[Attachment, ...] = ()
    reading: str = ""
    of_class: str = ""
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """For whom seats of the panel stand, in the organiser's own words.

    ``name`` is empty where a preset is called by its word. What a group weighs is a rule, by its id.
    """

    id: str
    name: str = ""


PRESETS = tuple(Group(str(each)) for each in Preset)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the panel; ``group`` is the id of one of the plan's.

    ``recusals`` are the ids of the units this seat does not score, ``reasons`` say why not.
    """

    id: str
    label: str
    group: str
    recusals: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    kind: SegmentKind
    planned: timedelta


@dataclass(frozen=True, slots=True)
class AgendaItem:
    id: str
    kind: ItemKind
    title: str
    segments: tuple[Segment, ...]
    unit: str | None = None

    @property
    def planned(self) -> timedelta:
        return sum((segment.planned for segment in self.segments), timedelta())


class TrimOf(StrEnum):
    """What is dropped as highest and lowest: whole sheets by their total, or single marks within each criterion."""

    SHEET = "sheet"
    CRITERION = "criterion"


class RoundAt(StrEnum):
    """Where the rounding (half up) is done.

    Once at the end; or already at the mean of each criterion; or at that mean times its weight, before the sum.
    """

    END = "end"
    CRITERION = "criterion"
    WEIGHTED = "weighted"


class QuorumBy(StrEnum):
    """Whether the sheets must be more than the quorum's share of the entitled seats, or at least as many."""

    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


class TieBreak(StrEnum):
    """The score without its trim, exactly; the mean in the criterion with most of the full score; the chair's word."""

    UNTRIMMED_MEAN = "untrimmed_mean"
    HEAVIEST_CRITERION = "heaviest_criterion"
    CHAIR = "chair"


class RoundsOpen(StrEnum):
    """When the round of a unit opens by itself: as its report begins, as its scoring begins, or never."""

    REPORT = "report"
    SCORING = "scoring"
    BY_HAND = "by_hand"


class ResultsShown(StrEnum):
    """When the script shows results to the hall: never, after each unit, or at the announcement.

    There in the order of the agenda, from the lowest, or by grade: then no number is told to anybody but the staff.
    """

    BY_HAND = "by_hand"
    AFTER_EACH = "after_each"
    IN_ORDER = "in_order"
    FROM_LOWEST = "from_lowest"
    BY_GRADE = "by_grade"


class LevelRule(StrEnum):
    """How the levels given become one: the level given most often, or the (lower) median level."""

    PLURALITY = "plurality"
    MEDIAN = "median"


class Receipts(StrEnum):
    """What the public list of receipts says of a sheet: that it was counted, or also how it was marked."""

    COUNTED = "counted"
    AS_GIVEN = "as_given"


class Signing(StrEnum):
    """How a sheet is signed: on paper, or by finger on the tablet as it is submitted."""

    PAPER = "paper"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class GradeLine:
    at_least: Decimal
    name: str


@dataclass(frozen=True, slots=True)
class Rules(RulesOfPolls):
    """How sheets become a result.

    ``trim_high`` and ``trim_low`` are dropped from ``trim_from`` sheets on. ``group_weights`` by id (empty: every seat
    counts alike) weigh the mean of each group; the trim is then made within each group, so that it cannot drop a group
    whole. Of equal totals the earlier seat's is dropped. ``quorum`` is the share of the entitled seats that must be
    exceeded, or by ``quorum_by`` reached; it is over ``quorum_parts``, so that two thirds are 2 and 3. ``places`` are
    those of the score, and of the approval rate. ``receipts`` is what ``app.meeting.telling`` publishes of each sheet.
    ``checked``: by the supervisor, before it is shown. ``audience``: expected (0: not known), of whom ``voters`` vote,
    between ``own_choices`` where there are some, else between those of ``ballots``.
    """

    trim_high: int = 1
    trim_low: int = 1
    trim_from: int = 5
    trim_of: TrimOf = TrimOf.SHEET
    group_weights: dict[str, Decimal] = field(default_factory=dict)
    places: int = 2
    round_at: RoundAt = RoundAt.END
    quorum: Decimal = Decimal("0.5")
    tie_ladder: tuple[TieBreak, ...] = ()
    grades: tuple[GradeLine, ...] = ()
    rank_shown: bool = False
    rounds_open: RoundsOpen = RoundsOpen.REPORT
    level_rule: LevelRule = LevelRule.PLURALITY
    receipts: Receipts = Receipts.COUNTED
    quorum_by: QuorumBy = QuorumBy.MORE_THAN
    quorum_parts: int = 1
    results_shown: ResultsShown = ResultsShown.BY_HAND
    checked: bool = False
    signing: Signing = Signing.PAPER
    polls: PollsOpen = PollsOpen.NEVER
    voters: Voters = Voters.PHONES
    ballots: Ballots = Ballots.FOUR
    audience: int = 0
    questions: Questions = Questions.NEVER
    counts_seen: CountsSeen = CountsSeen.NOBODY
    promises_judged: bool = False
    own_choices: tuple[OwnChoice, ...] = ()

    @property
    def ranks_told(self) -> bool:
        """Whether anybody but the staff sees who is ahead; where only grades are told, nobody does."""
        return self.rank_shown and self.results_shown is not ResultsShown.BY_GRADE

    @property
    def receipts_told(self) -> Receipts:
        """What is published of a sheet: how it was marked is a number, which nobody is told beside grades alone."""
        return Receipts.COUNTED if self.results_shown is ResultsShown.BY_GRADE else self.receipts

    @property
    def quorum_share(self) -> Fraction:
        return Fraction(self.quorum) / self.quorum_parts


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting as it was agreed. ``starts_at`` carries the hall's own offset from UTC: all times are shown in it.

    ``invited_only``: displays, phones and results take a key of the meeting, too. ``rehearsal_of``: the code of the
    meeting of which this one is a rehearsal (empty: it is a real one). ``groups`` stand in the order in which they are
    named everywhere; some may have no seat. ``words``: what is read aloud where it is not the usual sentence, one for a
    moment and in their order. They are no rules, and not part of the rule seal. ``composite``: which parts are joined
    with what the panel gives, and how. ``previous``: the meeting before, whose promises the units have; no rule either.
    """

    code: str
    title: str
    starts_at: datetime
    mode: Mode
    units: tuple[Unit, ...]
    seats: tuple[Seat, ...]
    agenda: tuple[AgendaItem, ...]
    criteria: tuple[Criterion, ...] = ()
    rules: Rules = Rules()
    place: str = ""
    organisers: tuple[str, ...] = ()
    order: Order = Order.FIXED
    invited_only: bool = False
    rehearsal_of: str = ""
    words: tuple[Words, ...] = ()
    groups: tuple[Group, ...] = PRESETS
    composite: Composite = NO_COMPOSITE
    previous: Previous = NO_PREVIOUS

    @property
    def name(self) -> str:
        """The title in one line: without the bars by which the organiser says where its lines end."""
        return in_one_line(self.title)

    def in_the_hall(self, at: datetime) -> datetime:
        """The same moment by the clock of the hall."""
        return at.astimezone(self.starts_at.tzinfo)

    def day_in_the_hall(self, at: datetime) -> date:
        return self.in_the_hall(at).date()

    @property
    def is_rehearsal(self) -> bool:
        return bool(self.rehearsal_of)

    @property
    def has_landscape(self) -> bool:
        """Whether the hall may see who is ahead, along a scale."""
        return self.mode is Mode.POINTS and self.rules.ranks_told

    @property
    def has_composites(self) -> bool:
        return bool(self.composite.parts)

    @property
    def classes(self) -> tuple[str, ...]:
        """In the order in which units name them; one without a name among them, if some name none."""
        return tuple(dict.fromkeys(unit.of_class for unit in self.units))

    @property
    def is_scored(self) -> bool:
        return self.mode is not Mode.COMMENTS

    @property
    def full_score(self) -> Decimal:
        return total_of_products((criterion.maximum, criterion.weight) for criterion in self.criteria)

    def group(self, id: str) -> Group:
        """Of a plan that is still being made, also one that it does not have: called by its id."""
        return next((group for group in self.groups if group.id == id), Group(id, id))

    def groups_among(self, ids: Collection[str]) -> list[str]:
        """Those of the ids that are of groups, in the order of these."""
        return [group.id for group in self.groups if group.id in ids]
