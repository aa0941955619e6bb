"""Any plan at all, for Hypothesis."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from app.meeting.composites.agreed import NO_COMPOSITE, Composite, CompositeGrade, Part, Source
from app.meeting.moments import Moment, Words
from app.meeting.plan import (
    PRESETS,
    AgendaItem,
    Attachment,
    Group,
    ItemKind,
    Mode,
    Order,
    Plan,
    QuorumBy,
    Receipts,
    RoundAt,
    Rules,
    Seat,
    Segment,
    SegmentKind,
    TieBreak,
    TrimOf,
    Unit,
)
from app.meeting.rubric import Criterion, Level

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)

ids = st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Pd"]), min_size=1, max_size=64)

points = st.decimals(-1000, 1000, places=3)

some_units = st.lists(st.builds(Unit, ids, texts, texts), max_size=4, unique_by=lambda each: each.id).map(tuple)

segments = st.builds(Segment, st.sampled_from(SegmentKind), st.integers(0, 10**6).map(lambda each: timedelta(0, each)))

levels = st.builds(Level, points, texts, st.booleans())

rules = st.builds(
    Rules,
    trim_of=st.sampled_from(TrimOf),
    round_at=st.sampled_from(RoundAt),
    receipts=st.sampled_from(Receipts),
    quorum=points,
    quorum_parts=st.integers(1, 1000),
    quorum_by=st.sampled_from(QuorumBy),
    tie_ladder=st.lists(st.sampled_from(TieBreak), max_size=3).map(tuple),
)


def several(parts: "st.SearchStrategy[Any]") -> "st.SearchStrategy[tuple[Any, ...]]":
    return st.lists(parts, max_size=4, unique_by=lambda each: each.id).map(tuple)


def seat(id: str, label: str, group: str, recusals: "dict[str, str | None]") -> Seat:
    return Seat(id, label, group, tuple(recusals), {unit: reason for unit, reason in recusals.items() if reason})


attachments = st.lists(
    st.builds(
        Attachment, st.uuids().map(str), texts, st.integers(0, 2**31 - 1), st.text("0123456789abcdef", max_size=64)
    ),
    max_size=2,
).map(tuple)

own_groups = st.builds(Group, ids, st.text("甲乙丙丁 x·", min_size=1, max_size=24).filter(str.strip))

any_groups = st.just(PRESETS) | st.lists(
    st.sampled_from(PRESETS) | own_groups, min_size=1, max_size=5, unique_by=lambda group: group.id
).map(tuple)


def grouped(plan: Plan, groups: "tuple[Group, ...]", weights: "list[Decimal]") -> Plan:
    """The plan with these groups: its seats in them by turns, and some of them weighed."""
    seats = tuple(replace(seat, group=groups[at % len(groups)].id) for at, seat in enumerate(plan.seats))
    group_weights = {group.id: weight for group, weight in zip(groups, weights, strict=False)}
    return replace(plan, groups=groups, seats=seats, rules=replace(plan.rules, group_weights=group_weights))


parts = several(
    st.builds(
        Part, ids, st.text("甲乙丙丁 x·", min_size=1, max_size=24), points, st.sampled_from(Source), st.none() | points
    )
)

composites = st.just(NO_COMPOSITE) | st.builds(
    Composite,
    parts,
    st.lists(st.builds(CompositeGrade, texts, points, st.none() | points), max_size=3).map(tuple),
    st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.booleans(),
)

without_groups = st.builds(
    Plan,
    code=st.just("any"),
    title=texts,
    starts_at=st.integers(-12 * 60, 14 * 60).map(
        lambda minutes: datetime(2023, 11, 17, 9, tzinfo=timezone(timedelta(minutes=minutes)))
    ),
    mode=st.sampled_from(Mode),
    units=several(st.builds(Unit, ids, texts, texts, texts, attachments, texts, texts)),
    seats=several(st.builds(seat, ids, texts, st.just("expert"), st.dictionaries(ids, st.none() | texts, max_size=3))),
    agenda=several(
        st.builds(
            AgendaItem,
            ids,
            st.sampled_from(ItemKind),
            texts,
            st.lists(segments, max_size=3).map(tuple),
            st.none() | ids,
        )
    ),
    criteria=several(
        st.builds(Criterion, ids, texts, points, points, points, points, texts, st.lists(levels, max_size=3).map(tuple))
    ),
    rules=rules,
    composite=composites,
    place=texts,
    order=st.sampled_from(Order),
    invited_only=st.booleans(),
    rehearsal_of=st.just("") | st.just("demo"),
    organisers=st.lists(texts, max_size=3).map(tuple),
    words=st.lists(
        st.builds(Words, st.sampled_from(Moment), texts), max_size=3, unique_by=lambda each: each.moment
    ).map(tuple),
)

any_plan = st.builds(grouped, without_groups, any_groups, st.lists(points, max_size=3))
