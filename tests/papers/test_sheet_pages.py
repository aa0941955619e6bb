"""A score sheet on its pages: every criterion once and in order, the total behind the last, one place to sign."""

from hypothesis import given
from hypothesis import strategies as st

from app.papers.sheet_pages import pages_of_sheet

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


def test_what_fits_on_one_page_stands_on_one() -> None:
    assert len(pages_of_sheet(rubric([("指标", "说明")] * 6, room=2), "评议会", "市教委", "专家1")) == 1
    assert len(pages_of_sheet(rubric([("指标", "说明" * 200)] * 6, room=2), "评议会", "市教委", "专家1")) > 1
