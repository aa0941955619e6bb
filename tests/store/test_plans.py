"""Plans as rows: what is saved is loaded, whatever the plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.meeting.events import DisplayDirected
from app.meeting.plan import (
    AgendaItem,
    Attachment,
    Criterion,
    Group,
    ItemKind,
    Level,
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
from app.meeting.refusals import Refused
from app.meeting.state import Direction, Meeting
from app.papers.textfile import shipped_plans
from app.store import keys, papers, plans
from app.store.keys import Key, Role
from app.store.tables import EditionRow, table_of
from tests.meetings import ANN, BEN, NOON, at_water, small_plan
from tests.records import append, entries, record, save, undone

# --- any plan at all --------------------------------------------------------------------------------------------------

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
    group_weights=st.dictionaries(st.sampled_from(Group), points, max_size=3),
    quorum=points,
    quorum_parts=st.integers(1, 1000),
    quorum_by=st.sampled_from(QuorumBy),
    tie_ladder=st.lists(st.sampled_from(TieBreak), max_size=3).map(tuple),
)


def several(parts: "st.SearchStrategy[Any]") -> "st.SearchStrategy[tuple[Any, ...]]":
    return st.lists(parts, max_size=4, unique_by=lambda each: each.id).map(tuple)


def seat(id: str, label: str, group: Group, recusals: "dict[str, str | None]") -> Seat:
    return Seat(id, label, group, tuple(recusals), {unit: reason for unit, reason in recusals.items() if reason})


attachments = st.lists(
    st.builds(
        Attachment, st.uuids().map(str), texts, st.integers(0, 2**31 - 1), st.text("0123456789abcdef", max_size=64)
    ),
    max_size=2,
).map(tuple)
any_plan = st.builds(
    Plan,
    code=st.just("any"),
    title=texts,
    starts_at=st.integers(-12 * 60, 14 * 60).map(
        lambda minutes: datetime(2023, 11, 17, 9, tzinfo=timezone(timedelta(minutes=minutes)))
    ),
    mode=st.sampled_from(Mode),
    units=several(st.builds(Unit, ids, texts, texts, texts, attachments)),
    seats=several(
        st.builds(seat, ids, texts, st.sampled_from(Group), st.dictionaries(ids, st.none() | texts, max_size=3))
    ),
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
    place=texts,
    order=st.sampled_from(Order),
    invited_only=st.booleans(),
    rehearsal_of=st.just("") | st.just("demo"),
    organisers=st.lists(texts, max_size=3).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_plan)
def test_any_plan_is_loaded_as_it_was_saved(database, plan):
    with undone(database) as connection:
        plans.save(connection, plan)
        found = plans.load(connection, "any")
    assert found == plan
    assert found.starts_at.utcoffset() == plan.starts_at.utcoffset()


@pytest.mark.parametrize("plan", shipped_plans(), ids=lambda plan: plan.code)
def test_a_shipped_plan_is_loaded_as_it_was_saved(database, plan):
    save(database, plan)
    assert loaded(database, plan.code) == plan


# --- many of them -----------------------------------------------------------------------------------------------------


def test_meetings_are_listed_in_the_order_in_which_they_came(database):
    save(database, *(small_plan(code=code) for code in ("spring", "autumn", "winter")))
    save(database, small_plan(code="spring", title="Once more"))
    assert codes(database) == ["spring", "autumn", "winter"]


def test_a_plan_saved_again_gives_way_whole(database):
    save(database, small_plan(), small_plan(code="other"))
    smaller = replace(small_plan(), units=small_plan().units[:1], seats=(), criteria=(), organisers=("The Bureau",))
    save(database, smaller)
    assert loaded(database, "small") == smaller
    assert loaded(database, "other") == small_plan(code="other")


def test_a_plan_saved_again_leaves_the_log_alone(database):
    record(database, at_water())
    save(database, small_plan(title="Another title"))
    assert [entry.event for entry in entries(database, "small")] == at_water().events


def test_points_keep_their_digits(database):
    weighty = replace(small_plan().criteria[0], weight=Decimal("0.3333333333333333333333333333"))
    save(database, small_plan(criteria=(weighty,)))
    assert str(loaded(database, "small").criteria[0].weight) == "0.3333333333333333333333333333"


def test_a_plan_there_is_not_is_a_key_error(database):
    with pytest.raises(KeyError, match="nowhere"):
        loaded(database, "nowhere")


def loaded(database, code: str) -> Plan:
    with database.reading() as connection:
        return plans.load(connection, code)


def codes(database) -> list[str]:
    with database.reading() as connection:
        return plans.codes(connection)


# --- editions ---------------------------------------------------------------------------------------------------------


def test_a_plan_has_another_edition_whenever_it_is_saved(database):
    other = replace(small_plan(), code="other")
    seen = []
    for _ in range(3):
        save(database, small_plan())
        with database.writing() as connection:
            assert plans.editions(connection)["small"] == plans.edition(connection, "small")
            seen.append(plans.edition(connection, "small"))
    assert len(set(seen)) == 3
    save(database, other)
    with database.writing() as connection:
        assert plans.editions(connection) == {"small": seen[-1], "other": plans.edition(connection, "other")}


def test_a_meeting_that_an_older_kaimen_set_up_has_an_edition_too(database):
    save(database, small_plan())
    with database.writing() as connection:
        connection.execute(sa.delete(table_of(EditionRow)))
        assert (plans.editions(connection), plans.edition(connection, "small")) == ({"small": ""}, "")


# --- changing a plan in preparation -----------------------------------------------------------------------------------


def change(database, changed: Callable[[Plan], Plan]) -> Plan:
    with database.writing() as connection:
        return plans.change(connection, "small", changed)


def without_ben(plan: Plan) -> Plan:
    return replace(plan, seats=tuple(each for each in plan.seats if each.id != BEN))


def with_paper(sha256: str) -> Callable[[Plan], Plan]:
    def changed(plan: Plan) -> Plan:
        first, *others = plan.units
        return replace(plan, units=(replace(first, attachments=(Attachment("p", "a.pdf", 1, sha256),)), *others))

    return changed


def test_a_plan_becomes_what_a_change_makes_of_it(database):
    save(database, small_plan())
    changed = change(database, lambda plan: replace(plan, title="Anew"))
    with database.reading() as connection:
        assert plans.load(connection, "small") == changed == small_plan(title="Anew")


def test_the_keys_of_seats_that_are_gone_open_nothing(database):
    save(database, small_plan())
    with database.writing() as connection:
        ann, ben = (keys.make(connection, Key("small", Role.SEAT, seat), "links") for seat in (ANN, BEN))
    change(database, without_ben)
    with database.reading() as connection:
        assert [keys.find(connection, token) is not None for token in (ann, ben)] == [True, False]


def test_papers_that_are_gone_are_forgotten_and_others_stay(database):
    save(database, small_plan())
    with database.writing() as connection:
        old, new = (papers.keep(connection, content) for content in (b"old", b"new"))
    change(database, with_paper(old))
    change(database, lambda plan: replace(plan, title="Anew"))
    change(database, with_paper(new))
    with database.reading() as connection:
        assert [papers.load(connection, each) for each in (old, new)] == [None, b"new"]


def test_what_was_agreed_is_not_changed(database):
    record(database, at_water())
    with pytest.raises(Refused) as refused:
        change(database, without_ben)
    assert refused.value.code == "setup.frozen"


def test_a_meeting_that_is_not_there_is_not_changed(database):
    with pytest.raises(Refused) as refused:
        change(database, without_ben)
    assert refused.value.code == "meeting.unknown"


def test_what_came_into_the_log_before_the_opening_does_not_freeze_a_plan(database):
    save(database, small_plan())
    with database.writing() as connection:
        append(connection, Meeting.planned(small_plan()), [DisplayDirected("left", Direction(), at=NOON)])
    assert change(database, without_ben) == without_ben(small_plan())
