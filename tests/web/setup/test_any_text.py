"""Whatever is typed into a field of a set-up page, it is taken or complained about, and never breaks the page."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.meeting.plan import Mode
from app.web.setup import agenda, meeting, panel, rubric, rules, units
from app.web.setup.page import SetupPage
from app.web.setup.typed import Reader
from tests.meetings import small_plan

PAGES = [each.PAGE for each in (meeting, units, agenda, panel, rubric, rules)]
NEARLY = st.text("0123456789０１٣,，.。:：-−−%/分钟秒个半点年月日时上下午过数 e+\u200b", max_size=8)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@given(text=st.one_of(NEARLY, st.text(max_size=30)), mode=st.sampled_from(Mode), data=st.data())
def test_any_text_is_taken_or_complained_about(page: SetupPage, text: str, mode: Mode, data: st.DataObject) -> None:
    plan = small_plan(mode=mode)
    typed = page.typed(plan)
    assume(typed.texts)
    name = data.draw(st.sampled_from([each for each in typed.texts if not each.endswith(".kind")]))
    reader = Reader(typed.with_texts({name: text}))
    taken = page.take(plan, reader)
    page.more(plan, reader.typed)
    assert reader.complaints.keys() <= {*typed.texts, "rows"}
    assert page.typed(taken)
