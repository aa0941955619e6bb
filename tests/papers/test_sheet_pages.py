"""A score sheet on its pages: every criterion once and in order, the total behind the last, one place to sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.prints.sheet_pages import pages_of_sheet
from tests.meetings import shipped

TEXTS = st.builds(lambda text, times: text * times, st.sampled_from(["指标说明。", "a word ", "x"]), st.integers(0, 60))
CRITERIA = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=30)


def rubric(criteria: list[tuple[str, str]], room: int = 1) -> dict:
    rows = [{"name": name, "help": help} for name, help in criteria]
    return {"mode": "points", "is_weighted": False, "criteria": rows, "room": room}


@given(criteria=CRITERIA, title=TEXTS, unit=TEXTS)
def test_every_criterion_stands_on_one_page_and_the_rest_on_the_last(criteria, title, unit) -> None:
    pages = pages_of_sheet(rubric(criteria), title, unit, "专家1")
    assert [number for page in pages for number in page["criteria"]] == [*range(1, len(criteria) + 1)]
    assert [page["is_first"] for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page["has_rest"] for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [page["criteria"][-1] for page in pages if page["has_total"]] == [len(criteria)]


LEVELS = st.lists(TEXTS.filter(bool), max_size=12)


@given(mode=st.sampled_from(["levels", "comments"]), help=TEXTS, levels=LEVELS, title=TEXTS, unit=TEXTS)
def test_a_sheet_without_marks_is_on_pages_that_are_not_too_full(mode, help, levels, title, unit) -> None:
    criteria = [{"name": "总体评价", "help": help, "levels": levels}] if mode == "levels" else []
    pages = pages_of_sheet({"mode": mode, "criteria": criteria, "is_weighted": False, "room": 6}, title, unit, "专家1")
    assert [page["has_rest"] for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [number for page in pages for number in page["criteria"]] == [1] * len(criteria)
    assert all(3 <= page["room"] <= 6 for page in pages)


def test_a_long_word_on_what_is_judged_leaves_the_comments_a_page_of_their_own() -> None:
    def pages(help: str, levels: list[str], unit: str = "市教委") -> list[tuple[bool, int]]:
        criteria = [{"name": "总体评价", "help": help, "levels": levels}]
        rubric = {"mode": "levels", "criteria": criteria, "is_weighted": False, "room": 5}
        return [(page["has_rest"], page["room"]) for page in pages_of_sheet(rubric, "评议会", unit, "专家1")]

    usual = ["满意", "基本满意", "不满意"]
    assert pages("说明", usual) == [(True, 5)]
    assert pages("说明。" * 130, usual) == [(True, 3)]
    assert pages("说明。" * 330, usual) == [(False, 5), (True, 5)]
    assert pages("说明", ["基本满意但仍有较大差距的等次" * 3] * 12) == [(False, 5), (True, 5)]


@pytest.mark.parametrize("code", ["levels", "comments"])
def test_the_meetings_that_come_with_kaimen_have_one_page_for_each_sheet(code) -> None:
    plan = shipped(code)
    criteria = [
        {"name": each.name, "help": each.help, "levels": [level.name for level in each.levels]}
        for each in plan.criteria
    ]
    rubric = {
        "mode": str(plan.mode),
        "criteria": criteria,
        "is_weighted": False,
        "room": 6 if code == "comments" else 5,
    }
    for unit in plan.units:
        assert [page["room"] for page in pages_of_sheet(rubric, plan.title, unit.name, "政协委员1")] == [rubric["room"]]


def test_what_fits_on_one_page_stands_on_one() -> None:
    assert len(pages_of_sheet(rubric([("指标", "说明")] * 6, room=2), "评议会", "市教委", "专家1")) == 1
    assert len(pages_of_sheet(rubric([("指标", "说明" * 200)] * 6, room=2), "评议会", "市教委", "专家1")) > 1
