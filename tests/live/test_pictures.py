"""The pictures of a result: whatever a rubric allows is shown to everybody, and nothing stands beside its line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import Language
from app.live.screens import VIEWS, pictures, results
from app.live.views import NOBODY, Look, Presence, Viewer
from app.meeting import commands as c
from app.meeting.rubric import Criterion
from app.meeting.shortcomings import shortcomings
from tests.live.painting import paint
from tests.live.sent import sent
from tests.meetings import ANN, BEN, CAT, WATER, Story, closed_over, small_plan

STAFF = Viewer(is_staff=True)


def deductions(least: str, most: str, step: str, weight: str = "1") -> Criterion:
    return Criterion("p", "扣分项", Decimal(most), Decimal(least), Decimal(step), Decimal(weight))


def judged(criteria: tuple[Criterion, ...], *rows: tuple[str, ...]) -> Story:
    plan = small_plan(criteria=criteria)
    assert shortcomings(plan) == []
    return closed_over(dict(zip((ANN, BEN, CAT), rows, strict=True)), plan=plan)


def shown(story: Story, painter, viewer: Viewer) -> tuple[dict, str]:
    look = Look(story.meeting, viewer, Presence({}, displays=0, phones=0))
    html = paint(painter, VIEWS["results"], look, Language.CHINESE)
    return sent("results", look)["results-board"], html["results-board"]


def test_a_criterion_that_takes_points_away_is_pictured_for_staff_and_for_everybody(painter) -> None:
    content = Criterion("x", "内容", Decimal(100))
    story = judged((content, deductions("-10", "0", "1")), ("90", "-3"), ("90", "0"), ("80", "-6"))
    context, html = shown(story, painter, STAFF)
    assert [(each["mean"], each["out_of"], each["share"]) for each in context["results"][0]["criteria"]] == [
        ("86.67", "/ 100", "86.7"),
        ("-3.00", "(-10 … 0)", "70.0"),
    ]
    assert "-3.00 (-10 … 0)" in html
    story.does(c.RevealResult(WATER))
    assert 'width="70.0"' in shown(story, painter, NOBODY)[1]


@given(
    least=st.integers(-1000, 1000),
    steps=st.integers(1, 40),
    step=st.sampled_from(["0.000001", "0.1", "0.5", "1", "333.333333"]),
    weight=st.sampled_from(["0.000001", "0.333333", "1", "1000000"]),
    given=st.tuples(*[st.floats(0, 1)] * 3),
)
def test_no_rubric_that_is_allowed_takes_the_results_away(painter, least, steps, step, weight, given) -> None:
    most = Decimal(least) + steps * Decimal(step)
    criterion = deductions(str(least), str(most), step, weight)
    rows = [(str(Decimal(least) + round(share * steps) * Decimal(step)),) for share in given]
    context, html = shown(judged((criterion,), *rows), painter, STAFF)
    result = context["results"][0]
    assert 'class="strip"' in html
    assert all(20 <= Decimal(dot["x"]) <= 980 for dot in result["picture"]["dots"])
    assert 0 <= Decimal(result["criteria"][0]["share"]) <= 100


def test_what_cannot_be_pictured_is_left_out_and_the_rest_stands(painter, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "bar", lambda *_: None)
    monkeypatch.setattr(results, "strip", lambda *_: None)
    content = Criterion("x", "内容", Decimal(100))
    html = shown(judged((content,), ("90",), ("90",), ("80",)), painter, STAFF)[1]
    assert "86.67" in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    ("value", "least", "most", "share"),
    [("5", "0", "10", "50.0"), ("-10", "-10", "0", "0.0"), ("0", "-10", "0", "100.0"), ("12", "0", "10", "100.0"),
     ("0", "0", "0", None), ("1", "2", "0", None), ("NaN", "0", "1", None), ("1", "0", "Infinity", None)],
)  # fmt: skip
def test_a_bar_runs_from_the_least_to_the_most(value: str, least: str, most: str, share: str | None) -> None:
    assert pictures.bar(Decimal(value), Decimal(least), Decimal(most)) == share
