"""Plans as rows: what is saved is loaded, whatever the plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from app.meeting.composites.agreed import CompositeGrade
from app.meeting.displays.events import DisplayDirected
from app.meeting.displays.state import Direction
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment, Mode, Plan
from app.meeting.refusals import Refused
from app.papers.plan.textfile import shipped_plans
from app.store import contents, keys, plans
from app.store.heads import recorded
from app.store.keys import Key, Role
from app.store.tables import EditionRow, table_of
from tests.meetings import ANN, BEN, NOON, at_water, joining, small_plan
from tests.plans import any_plan
from tests.records import append, entries, record, save, undone

# --- any plan at all --------------------------------------------------------------------------------------------------


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


def test_what_is_joined_is_loaded_as_it_was_saved(database):
    grades = (CompositeGrade("先进", Decimal(75), Decimal(30)),)
    composite = replace(joining(Mode.POINTS), grades=grades, due=date(2026, 12, 1), rounds_parts=True)
    units = tuple(replace(unit, of_class="offices") for unit in small_plan().units)
    plan = small_plan(units=units, composite=composite)
    save(database, plan)
    assert loaded(database, "small") == plan


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
            assert recorded(connection)["small"].edition == plans.edition(connection, "small")
            seen.append(plans.edition(connection, "small"))
    assert len(set(seen)) == 3
    save(database, other)
    with database.writing() as connection:
        editions = {code: each.edition for code, each in recorded(connection).items()}
        assert editions == {"small": seen[-1], "other": plans.edition(connection, "other")}


def test_a_meeting_that_an_older_kaimen_set_up_has_an_edition_too(database):
    save(database, small_plan())
    with database.writing() as connection:
        connection.execute(sa.delete(table_of(EditionRow)))
        assert (recorded(connection)["small"].edition, plans.edition(connection, "small")) == ("", "")


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


def test_the_keys_of_units_that_are_gone_open_nothing(database):
    save(database, small_plan())
    with database.writing() as connection:
        water, court = (keys.make(connection, Key("small", Role.UNIT, unit), "links") for unit in ("water", "court"))
    change(database, lambda plan: replace(plan, units=plan.units[:1], agenda=(), seats=()))
    with database.reading() as connection:
        assert [keys.find(connection, token) is not None for token in (water, court)] == [True, False]


def test_papers_that_are_gone_are_forgotten_and_others_stay(database):
    save(database, small_plan())
    with database.writing() as connection:
        old, new = (contents.keep(connection, content) for content in (b"old", b"new"))
    change(database, with_paper(old))
    change(database, lambda plan: replace(plan, title="Anew"))
    change(database, with_paper(new))
    with database.reading() as connection:
        assert [contents.load(connection, each) for each in (old, new)] == [None, b"new"]


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
