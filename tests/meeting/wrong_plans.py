"""Plans that cannot open, each with the one thing that it is short of."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app.meeting.plan import (
    PRESETS,
    GradeLine,
    Group,
    ItemKind,
    Mode,
    Plan,
    Preset,
    QuorumBy,
    Rules,
    Segment,
    SegmentKind,
)
from app.meeting.refusals import Said
from app.meeting.rubric import Level
from app.meeting.shortcomings import LARGEST_AUDIENCE, Shortcoming
from tests.meetings import CLARITY, OVERALL, minutes, report, small_plan, whole

PLAN = small_plan()


def with_criterion(**changes: Any) -> Plan:
    return small_plan(criteria=(replace(CLARITY, **changes),))


def with_rules(**rules: Any) -> Plan:
    return small_plan(rules=Rules(**rules))


def with_item(**changes: Any) -> Plan:
    return small_plan(agenda=(replace(PLAN.agenda[0], **changes), *PLAN.agenda[1:]))


HOUR = (Segment(SegmentKind.WHOLE, timedelta(hours=1)),)
NO_CPPCC = {Preset.EXPERT: Decimal(60), Preset.DEPUTY: Decimal(40)}

LONG = Decimal("0.3333333")
WRONG: list[tuple[Plan, Shortcoming]] = [
    (with_criterion(weight=LONG), Shortcoming("number.too_many_decimals", "criteria", 0, "weight", "0.3333333")),
    (with_criterion(maximum=Decimal(2_000_000)), Shortcoming("number.too_large", "criteria", 0, "maximum", "2000000")),
    (
        with_rules(grades=(GradeLine(LONG, "any"),)),
        Shortcoming("number.too_many_decimals", "grades", 0, "at_least", "0.3333333"),
    ),
    (
        with_rules(group_weights={**NO_CPPCC, Preset.CPPCC: LONG}),
        Shortcoming("number.too_many_decimals", "rules", None, "group_weights.cppcc", "0.3333333"),
    ),
    (small_plan(title=" "), Shortcoming("title.missing", field="title")),
    (small_plan(starts_at=datetime(2023, 11, 17, 9)), Shortcoming("start.without_offset", field="starts_at")),  # noqa: DTZ001 - the fault
    (small_plan(agenda=()), Shortcoming("agenda.empty", "agenda")),
    (small_plan(seats=()), Shortcoming("panel.empty", "seats")),
    (small_plan(criteria=()), Shortcoming("rubric.empty", "criteria")),
    (with_item(segments=()), Shortcoming("item.without_segments", "agenda", 0, "minutes", "Opening")),
    (
        with_item(segments=(replace(HOUR[0], planned=minutes(0)),)),
        Shortcoming("segment.without_time", "agenda", 0, "minutes", "Opening"),
    ),
    (
        small_plan(units=(*PLAN.units, PLAN.units[0])),
        Shortcoming("unit.twice", "units", len(PLAN.units), "id", "water"),
    ),
    (small_plan(seats=(*PLAN.seats, PLAN.seats[0])), Shortcoming("seat.twice", "seats", len(PLAN.seats), "id", "ann")),
    (
        small_plan(agenda=(*PLAN.agenda, whole("break", ItemKind.BREAK, "Another", 5))),
        Shortcoming("item.twice", "agenda", len(PLAN.agenda), "id", "break"),
    ),
    (small_plan(criteria=(CLARITY, CLARITY)), Shortcoming("criterion.twice", "criteria", 1, "id", "clarity")),
    (
        small_plan(agenda=(*PLAN.agenda, replace(report("water", "Again"), id="again"))),
        Shortcoming("unit.reports_twice", "agenda", len(PLAN.agenda), "unit", "water"),
    ),
    (
        small_plan(agenda=(*PLAN.agenda, report("moon", "Moon"))),
        Shortcoming("item.unknown_unit", "agenda", len(PLAN.agenda), "unit", "Moon"),
    ),
    (with_item(unit="moon"), Shortcoming("item.needless_unit", "agenda", 0, "unit", "Opening")),
    (
        small_plan(seats=(replace(PLAN.seats[0], recusals=("moon",)),)),
        Shortcoming("recusal.unknown_unit", "recusals", (0, 0), "unit", "Expert 1: moon"),
    ),
    (small_plan(mode=Mode.LEVELS, criteria=(CLARITY,)), Shortcoming("rubric.not_one_scale", "criteria")),
    (
        small_plan(mode=Mode.LEVELS, criteria=(OVERALL, replace(OVERALL, id="second"))),
        Shortcoming("rubric.not_one_scale", "criteria"),
    ),
    (with_criterion(minimum=Decimal(60)), Shortcoming("criterion.no_range", "criteria", 0, "maximum", "Clarity")),
    (with_criterion(step=Decimal(0)), Shortcoming("criterion.step_does_not_fit", "criteria", 0, "step", "Clarity")),
    (with_criterion(step=Decimal(7)), Shortcoming("criterion.step_does_not_fit", "criteria", 0, "step", "Clarity")),
    (with_criterion(weight=Decimal(0)), Shortcoming("criterion.no_weight", "criteria", 0, "weight", "Clarity")),
    (
        with_criterion(levels=(Level(Decimal(61), "too high"),)),
        Shortcoming("level.out_of_range", "levels", (0, 0), "points", "Clarity"),
    ),
    (with_rules(trim_high=-1), Shortcoming("trim.negative", "rules", field="trim_high")),
    (with_rules(trim_high=2, trim_low=2, trim_from=4), Shortcoming("trim.leaves_nothing", "rules", field="trim_from")),
    (with_rules(places=7), Shortcoming("rounding.places", "rules", field="places")),
    (with_rules(places=-1), Shortcoming("rounding.places", "rules", field="places")),
    (
        with_rules(audience=-1),
        Shortcoming("audience.too_large", "rules", field="audience", where=str(LARGEST_AUDIENCE)),
    ),
    (with_rules(quorum=Decimal(1)), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (with_rules(quorum=Decimal("-0.1")), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (with_rules(quorum=Decimal("NaN")), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (with_rules(quorum=Decimal(4), quorum_parts=3), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (with_rules(quorum=Decimal(3), quorum_parts=3), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (with_rules(quorum=Decimal(1), quorum_parts=0), Shortcoming("quorum.not_a_share", "rules", field="quorum")),
    (
        with_rules(quorum=Decimal("1.1"), quorum_by=QuorumBy.AT_LEAST),
        Shortcoming("quorum.not_a_share", "rules", field="quorum"),
    ),
    (
        replace(with_rules(group_weights=NO_CPPCC), groups=(*PRESETS[:2], Group("cppcc", "市政协委员"))),
        Shortcoming("group.without_weight", "rules", None, "group_weights.cppcc", ("市政协委员",)),
    ),
    (
        small_plan(groups=(*PRESETS, Group("firms", "企业代表"), Group("firms", "商会代表"))),
        Shortcoming("group.twice", "groups", 7, "id", "firms"),
    ),
    (small_plan(groups=(*PRESETS, Group("firms"))), Shortcoming("group.without_name", "groups", 6, "name", "firms")),
    (
        small_plan(groups=(*PRESETS, Group("firms", "企业" * 13))),
        Shortcoming("group.long_name", "groups", 6, "name", "企业" * 13),
    ),
    (
        small_plan(groups=(*PRESETS, *(Group(f"group-{at}", f"第{at}组") for at in range(15)))),
        Shortcoming("group.too_many", "groups", where="20"),
    ),
    (
        with_rules(group_weights={**NO_CPPCC, Preset.CPPCC: Decimal(5), "firms": Decimal(1)}),
        Shortcoming("group.unknown", "rules", None, "group_weights.firms", "firms"),
    ),
    (small_plan(groups=PRESETS[:2]), Shortcoming("seat.unknown_group", "seats", 4, "group", "Member 1")),
    (
        with_rules(group_weights=NO_CPPCC),
        Shortcoming("group.without_weight", "rules", None, "group_weights.cppcc", (Said("group.cppcc"),)),
    ),
    (
        with_rules(group_weights=NO_CPPCC | {Preset.CPPCC: Decimal(0)}),
        Shortcoming("group.no_weight", "rules", field="group_weights.cppcc"),
    ),
    (
        with_rules(grades=(GradeLine(Decimal(1), "good"), GradeLine(Decimal(0), "good"))),
        Shortcoming("grade.twice", "grades", 1, "name", "good"),
    ),
    (
        with_criterion(levels=(Level(Decimal(2), "good"), Level(Decimal(1), "good"))),
        Shortcoming("level.twice", "levels", (0, 1), "name", "good"),
    ),
    (
        with_criterion(levels=(Level(Decimal(2), "good"), Level(Decimal(2), "fair"))),
        Shortcoming("level.twice", "levels", (0, 1), "points", "2"),
    ),
    (
        with_criterion(weight=Decimal("NaN")),
        Shortcoming("criterion.no_number", "criteria", 0, "weight", "Clarity"),
    ),
]
