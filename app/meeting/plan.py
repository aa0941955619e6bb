"""What is agreed before a meeting opens: who reports, who judges, by which rubric and rules.

A plan is put together from the set-up rows and copied into the log by ``MeetingOpened``.
These classes are part of the file format of the log: fields are added (with defaults), never renamed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from app.meeting.decimals import decimals_of, leads_to, plain, total_of_products

MOST_DECIMALS = 6
FARTHEST = Decimal(1_000_000)
"""The bounds of limits, steps, weights and grade lines, at every door. What was opened before them plays on."""

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


class Group(StrEnum):
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
    """A paper that a unit handed in beforehand, such as its written report. ``size`` in bytes."""

    id: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A body under review. ``office`` is that of the person who reports for it; no names."""

    id: str
    name: str
    short_name: str
    office: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the panel. ``recusals`` are the ids of the units this seat does not score, ``reasons`` say why not."""

    id: str
    label: str
    group: Group
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


@dataclass(frozen=True, slots=True)
class Level:
    """One answer of a criterion that is judged in words. ``approving`` levels count towards the approval rate."""

    points: Decimal
    name: str
    approving: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged, and for how many points. With ``levels``, only the points of a level may be given."""

    id: str
    name: str
    maximum: Decimal
    minimum: Decimal = Decimal(0)
    step: Decimal = Decimal("0.5")
    weight: Decimal = Decimal(1)
    help: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        return (self.minimum, self.maximum, self.step, self.weight, *(level.points for level in self.levels))

    def allows(self, points: Decimal) -> bool:
        """Whether points already known to be in range lie on the step, or on a level."""
        if self.levels:
            return any(level.points == points for level in self.levels)
        if decimals_of(points) > max(decimals_of(self.minimum), decimals_of(self.step)):
            return False
        return leads_to(self.minimum, self.step, points)


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


class LevelRule(StrEnum):
    """How the levels given become one: the level given most often, or the (lower) median level."""

    PLURALITY = "plurality"
    MEDIAN = "median"


class Receipts(StrEnum):
    """What the public list of receipts says of a sheet: that it was counted, or also how it was marked."""

    COUNTED = "counted"
    AS_GIVEN = "as_given"


@dataclass(frozen=True, slots=True)
class GradeLine:
    at_least: Decimal
    name: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How sheets become a result.

    ``trim_high`` and ``trim_low`` are dropped from ``trim_from`` sheets on.
    ``group_weights`` (empty: every seat counts alike) weigh the mean of each group; the trim is then made within each
    group, so that it cannot drop a group whole. Of equal totals the earlier seat's is dropped. ``quorum`` is the share
    of the entitled seats that must be exceeded, or by ``quorum_by`` reached; it is over ``quorum_parts``, so that two
    thirds are 2 and 3. ``places`` are those of the score, and of the approval rate. ``receipts`` is what
    ``app.meeting.telling`` publishes of each sheet.
    """

    trim_high: int = 1
    trim_low: int = 1
    trim_from: int = 5
    trim_of: TrimOf = TrimOf.SHEET
    group_weights: dict[Group, Decimal] = field(default_factory=dict)
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

    @property
    def quorum_share(self) -> Fraction:
        return Fraction(self.quorum) / self.quorum_parts


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting as it was agreed. ``starts_at`` carries the hall's own offset from UTC: all times are shown in it.

    ``invited_only``: displays, phones and results take a key of the meeting, too. ``rehearsal_of``: the code of the
    meeting of which this one is a rehearsal (empty: it is a real one).
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

    @property
    def is_rehearsal(self) -> bool:
        return bool(self.rehearsal_of)

    @property
    def is_scored(self) -> bool:
        return self.mode is not Mode.COMMENTS

    @property
    def full_score(self) -> Decimal:
        return total_of_products((criterion.maximum, criterion.weight) for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Why a plan cannot be opened: a code, and where in the plan."""

    code: str
    where: str = ""


def shortcomings(plan: Plan) -> list[Shortcoming]:
    """All that is missing or contradictory in a plan; empty when the meeting can open."""
    found = (_missing, _twice, _wrong_references, _wrong_criteria, _wrong_rules, _wrong_numbers)
    return [each for look in found for each in look(plan)]


def _missing(plan: Plan) -> Iterator[Shortcoming]:
    if not plan.title.strip():
        yield Shortcoming("title.missing")
    if plan.starts_at.utcoffset() is None:
        yield Shortcoming("start.without_offset")
    if not plan.agenda:
        yield Shortcoming("agenda.empty")
    if not plan.seats:
        yield Shortcoming("panel.empty")
    if plan.is_scored and not plan.criteria:
        yield Shortcoming("rubric.empty")
    for item in plan.agenda:
        if not item.segments:
            yield Shortcoming("item.without_segments", item.title)
        if any(segment.planned <= timedelta() for segment in item.segments):
            yield Shortcoming("segment.without_time", item.title)


def _twice(plan: Plan) -> Iterator[Shortcoming]:
    for code, ids in (
        ("unit.twice", [unit.id for unit in plan.units]),
        ("seat.twice", [seat.id for seat in plan.seats]),
        ("item.twice", [item.id for item in plan.agenda]),
        ("criterion.twice", [criterion.id for criterion in plan.criteria]),
        ("unit.reports_twice", [item.unit for item in plan.agenda if item.unit]),
        ("grade.twice", [line.name for line in plan.rules.grades]),
        *(("level.twice", [level.name for level in criterion.levels]) for criterion in plan.criteria),
        *(("level.twice", [str(level.points) for level in criterion.levels]) for criterion in plan.criteria),
    ):
        for each in sorted({each for each in ids if ids.count(each) > 1}):
            yield Shortcoming(code, each)


def _wrong_references(plan: Plan) -> Iterator[Shortcoming]:
    known = {unit.id for unit in plan.units}
    for item in plan.agenda:
        if item.kind is ItemKind.PRESENTATION and item.unit not in known:
            yield Shortcoming("item.unknown_unit", item.title)
        if item.kind is not ItemKind.PRESENTATION and item.unit is not None:
            yield Shortcoming("item.needless_unit", item.title)
    for seat in plan.seats:
        for unit in seat.recusals:
            if unit not in known:
                yield Shortcoming("recusal.unknown_unit", f"{seat.label}: {unit}")


def _wrong_criteria(plan: Plan) -> Iterator[Shortcoming]:
    if plan.mode is Mode.LEVELS and not (len(plan.criteria) == 1 and plan.criteria[0].levels):
        yield Shortcoming("rubric.not_one_scale")
    for criterion in plan.criteria:
        yield from faults_of(criterion)


def faults_of(criterion: Criterion) -> Iterator[Shortcoming]:
    """What is wrong with a criterion in itself. A maximum of zero or below is allowed: such a criterion takes away."""
    if not all(number.is_finite() for number in criterion.numbers):
        yield Shortcoming("criterion.no_number", criterion.name)
        return
    if not criterion.minimum < criterion.maximum:
        yield Shortcoming("criterion.no_range", criterion.name)
    elif criterion.step <= 0 or not leads_to(criterion.minimum, criterion.step, criterion.maximum):
        yield Shortcoming("criterion.step_does_not_fit", criterion.name)
    if criterion.weight <= 0:
        yield Shortcoming("criterion.no_weight", criterion.name)
    if any(not criterion.minimum <= level.points <= criterion.maximum for level in criterion.levels):
        yield Shortcoming("level.out_of_range", criterion.name)


def _wrong_numbers(plan: Plan) -> Iterator[Shortcoming]:
    """Numbers that nobody could check by hand; ``where`` is the number."""
    numbers = [number for criterion in plan.criteria for number in criterion.numbers]
    numbers += [*plan.rules.group_weights.values(), *(line.at_least for line in plan.rules.grades)]
    for number in numbers:
        if code := fault_of_number(number):
            yield Shortcoming(code, str(plain(number)))


def fault_of_number(number: Decimal) -> str:
    """The code of what is wrong with a number; empty if nothing is."""
    if not number.is_finite():
        return ""
    if abs(number) > FARTHEST:
        return "number.too_large"
    return "number.too_many_decimals" if decimals_of(number) > MOST_DECIMALS else ""


def _wrong_rules(plan: Plan) -> Iterator[Shortcoming]:
    rules = plan.rules
    if rules.trim_high < 0 or rules.trim_low < 0:
        yield Shortcoming("trim.negative")
    if rules.trim_from <= rules.trim_high + rules.trim_low:
        yield Shortcoming("trim.leaves_nothing")
    if not 0 <= rules.places <= 6:
        yield Shortcoming("rounding.places")
    if not is_a_quorum(rules):
        yield Shortcoming("quorum.not_a_share")
    if rules.group_weights:
        for group in sorted({seat.group for seat in plan.seats} - rules.group_weights.keys()):
            yield Shortcoming("group.without_weight", group)
        if any(weight <= 0 for weight in rules.group_weights.values()):
            yield Shortcoming("group.no_weight")


def is_a_quorum(rules: Rules) -> bool:
    """Whether the share can be met: all seats can be reached, and not exceeded."""
    if rules.quorum_parts < 1 or not rules.quorum.is_finite():
        return False
    share = rules.quorum_share
    return 0 <= share < 1 or (share == 1 and rules.quorum_by is QuorumBy.AT_LEAST)


def rule_seal(plan: Plan) -> str:
    """SHA-256 (64 hex digits) of what decides the result: mode, units, seats with groups and recusals, rubric, rules.

    Over JSON with sorted keys, no spaces, UTF-8, decimals as text: anybody can compute it again from the plan.
    """
    frozen = {
        "mode": plan.mode,
        "units": [{"id": unit.id, "name": unit.name, "short_name": unit.short_name} for unit in plan.units],
        "seats": [
            {"id": seat.id, "label": seat.label, "group": seat.group, "recusals": seat.recusals} for seat in plan.seats
        ],
        "criteria": [asdict(criterion) for criterion in plan.criteria],
        "rules": _as_sealed(plan.rules),
    }
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)
    return hashlib.sha256(text.encode()).hexdigest()


CAME_LATER = frozenset({"receipts", "quorum_by", "quorum_parts"})
"""Fields of rules that the first plans did not have. At their default they are left out: an old seal stays right."""


def _as_sealed(rules: Rules) -> dict[str, Any]:
    usual = asdict(Rules())
    said = asdict(rules)
    return {name: value for name, value in said.items() if name not in CAME_LATER or value != usual[name]}


def _as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a rule seal cannot hold a {type(value).__name__}")
