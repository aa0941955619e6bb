"""Where the rules do not show ranks, nobody but the staff can read one off a screen, neither a number nor an order."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.language import Language
from app.language.happenings import say_event
from app.live.painter import Painter
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Viewer, picture
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.displays.state import CUEABLE, Cue, Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, Rules
from tests.live.sent import sent
from tests.live.viewers import LEFT, STAFF
from tests.meetings import ANN, BEN, CAT, COURT, DAN, NOON, SCHOOL, WATER, closed_over, small_plan, with_displays

SEES = [
    *((view, NOBODY) for view in ("hall", "timer", "lower", "prompt", "phone", "results")),
    *((view, Viewer(display=LEFT)) for view in ("hall", "timer", "lower", "prompt")),
    *(("panel", Viewer(ANN, unit)) for unit in ("water", "court", "school", None)),
]
POINTS = [(50, 30), (40, 20), (60, 40)]
LEVELS = [(3,), (2,), (4,)]


def revealed(plan: Plan, marks: list[tuple[int, ...]]) -> Meeting:
    """Three units whose results have been shown whole, with these marks in the order of the reports."""
    story = closed_over(*(dict.fromkeys((ANN, BEN, CAT, DAN), each) for each in marks), plan=plan)
    return story.does(*(c.RevealResult(round) for round in (WATER, COURT, SCHOOL))).meeting


def with_each_scene(meeting: Meeting) -> Iterator[Meeting]:
    yield meeting
    for kind in CUEABLE:
        scene = Scene(kind, round=WATER if kind is SceneKind.RESULT else None, text="x")
        yield with_displays(meeting, cue=Cue(scene))


def contexts(meeting: Meeting) -> Iterator[tuple[str, Any]]:
    for each in with_each_scene(meeting):
        for view, viewer in SEES:
            yield from sent(view, Look(each, viewer)).items()


def ranks_in(context: Any) -> Iterator[Any]:
    """Whatever stands under a name that speaks of ranks, except for nothing."""
    if isinstance(context, Mapping):
        for name, value in context.items():
            if "rank" in name and value:
                yield value
            yield from ranks_in(value)
    elif isinstance(context, list):
        for each in context:
            yield from ranks_in(each)


def orders_in(context: Any) -> Iterator[list[str]]:
    """The units of every list that speaks of units."""
    if isinstance(context, Mapping):
        for value in context.values():
            yield from orders_in(value)
    elif isinstance(context, list):
        if units := [each["unit"] for each in context if isinstance(each, Mapping) and each.get("unit")]:
            yield units
        for each in context:
            yield from orders_in(each)


def seen_ranks(meeting: Meeting) -> list[str]:
    return sorted({region for region, context in contexts(meeting) if any(ranks_in(context))})


def seen_orders(meeting: Meeting) -> list[tuple[str, list[list[str]]]]:
    return [(region, [*orders_in(context)]) for region, context in contexts(meeting)]


@pytest.mark.parametrize(("mode", "marks"), [(Mode.POINTS, POINTS), (Mode.LEVELS, LEVELS)])
def test_no_screen_of_the_public_says_a_rank_or_stands_in_the_order_of_the_scores(mode, marks):
    plan = small_plan(mode=mode)
    one, other = revealed(plan, marks), revealed(plan, marks[::-1])
    assert seen_ranks(one) == []
    assert seen_orders(one) == seen_orders(other)


def test_where_ranks_are_shown_the_look_finds_them():
    plan = small_plan(rules=Rules(rank_shown=True))
    one, other = revealed(plan, POINTS), revealed(plan, POINTS[::-1])
    assert seen_ranks(one) == ["hall-stage", "lower-third", "results-board"]
    assert seen_orders(one) != seen_orders(other)


def at_a_glance(rules: Rules) -> Meeting:
    return with_displays(revealed(small_plan(rules=rules), POINTS), cue=Cue(Scene(SceneKind.RANKING)))


def test_instead_the_results_stand_as_the_units_report():
    stage = sent("hall", Look(at_a_glance(Rules()), NOBODY))["hall-stage"]
    assert [(each["unit"], each["score"]) for each in stage["overview"]] == [
        ("Water", "80.00"),
        ("Court", "60.00"),
        ("Schools", "100.00"),
    ]


@pytest.mark.parametrize("rank_shown", [True, False])
@pytest.mark.parametrize("view", ["hall", "moderator", "devices"])
def test_it_has_its_own_name_on_every_screen(view: str, rank_shown: bool, painter: Painter):
    meeting = at_a_glance(Rules(rank_shown=rank_shown))
    look = Look(meeting, STAFF)
    html = "".join(
        painter.region(region, context, Language.CHINESE)
        for region, context in picture(VIEWS[view], look).contexts.items()
    )
    assert ("排名" in html, "评议结果一览" in html) == (rank_shown, not rank_shown)


@pytest.mark.parametrize(("rank_shown", "words"), [(True, "排名"), (False, "评议结果一览")])
def test_the_record_calls_it_so_as_well(rank_shown, words):
    told = e.CueGiven(Cue(Scene(SceneKind.RANKING)), at=NOON)
    said = say_event(told, at_a_glance(Rules(rank_shown=rank_shown)), Language.CHINESE)
    assert words in said
