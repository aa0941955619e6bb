"""The ledger, and what goes out from it: findings made by hand, terms, what is due, papers, figures."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.meeting import commands as c
from app.meeting.findings.state import FindingKind, Terms
from app.store.keys import Role
from app.workdays import deadlines_from, working_days_after
from tests.findings import FIRST, UNIT, drafted
from tests.live.served import Sitting
from tests.web.desk import COMMENT, WORDS, Desk, a_comment_comes_in, at_the_desk, by_the_unit, handed_over, taps


@pytest.fixture
def desk(sitting: Sitting) -> Iterator[Desk]:
    """The meeting runs, and a comment has come in."""
    a_comment_comes_in(sitting)
    with at_the_desk(sitting) as desk:
        yield desk


@pytest.fixture
def verifier(sitting: Sitting) -> Iterator[Desk]:
    with at_the_desk(sitting, Role.SUPERVISOR) as verifier:
        yield verifier


def test_the_ledger_tells_the_class_of_who_said_it_and_never_the_seat(sitting, desk, verifier):
    taps(sitting)
    (id,) = desk.findings.by_id
    label = sitting.plan.seats[0].label
    for page in (desk.opens(), desk.opens(f"/{id}"), verifier.opens(), verifier.opens(f"/{id}")):
        assert "Expert" in page
        assert label not in page


def test_the_ledger_is_filtered_by_unit_standing_and_what_is_overdue(desk):
    handed_over(desk, FIRST, "finding-2")
    handed_over(desk, "finding-3", unit="court")
    by_the_unit(desk.sitting, c.SignFor("water", (FIRST,), UNIT))

    def shown(query: str) -> list[str]:
        return re.findall(r'name="finding" value="([^"]+)"', desk.opens(query))

    assert shown("?unit=court") == ["finding-3"]
    assert shown("?standing=signed_for") == [FIRST]
    assert shown("?party=unit&unit=water") == ["finding-2", FIRST]
    assert shown("?mark=overdue") == []
    desk.days_pass(12)
    assert shown("?mark=overdue") == ["finding-2", "finding-3"], "they have not been signed for in time"
    assert shown("")[-1] == FIRST, "what is overdue stands first"
    desk.days_pass(60)
    late = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="late">', desk.opens("/finding-2"))
    assert late == ["Papers with the unit by", "May be returned until", "To be rectified by"]


def test_what_cannot_be_done_with_the_ticked_ones_is_named_and_the_others_are_done(desk):
    handed_over(desk)
    desk.sitting.performs(drafted("finding-2"), drafted("finding-3", "court"))
    page = desk.sends("", "hand_over", finding=[FIRST, "finding-2", "finding-3"]).text
    assert "Left out" in page
    assert desk.acts("hand_over", FIRST, "finding-2", "finding-3").status_code == 422, (
        "all or none, as it was confirmed"
    )
    assert desk.acts("hand_over", "finding-2", "finding-3").status_code == 303
    assert [desk.the(id).number for id in (FIRST, "finding-2", "finding-3")] == [1, 2, 1]
    assert "Choose at least one finding." in desk.sends("", "hand_over").text


def test_a_unit_has_the_days_of_the_terms_to_return_what_is_not_its_own(desk):
    desk.sitting.performs(drafted(FIRST))
    last = working_days_after(desk.today, 7)
    shorter = (last - timedelta(days=1)).isoformat()
    refused = desk.acts("hand_over", FIRST, dispute=shorter)
    assert (refused.status_code, f"at least until {last.isoformat()}" in refused.text) == (422, True)
    assert f'value="{shorter}"' in refused.text, "what was typed is kept"
    assert desk.acts("hand_over", FIRST).status_code == 303


def test_drafts_that_say_the_same_become_one(desk):
    desk.sitting.performs(drafted(FIRST), drafted("finding-2"))
    assert desk.acts("merge", FIRST, "finding-2", into="finding-2").status_code == 303
    assert desk.the(FIRST).merged_into == "finding-2"
    assert "Tick at least two drafts" in desk.sends("", "merge", finding=["finding-2"]).text


def test_days_that_the_calendar_does_not_reach_are_pointed_out_before_they_are_agreed_to(desk):
    desk.sitting.performs(drafted(FIRST))
    desk.days_pass(4 * 365)
    assert "The national calendar is published up to" in desk.sends("", "hand_over", finding=[FIRST]).text
    assert desk.acts("hand_over", FIRST).status_code == 303
    assert "The national calendar is published up to" in desk.opens(f"/{FIRST}")


# --- written by hand --------------------------------------------------------------------------------------------------


def test_a_finding_is_made_of_the_comments_that_are_ticked_and_takes_their_words(desk):
    assert WORDS in desk.opens("/new?unit=water")
    form = {**desk.hidden("/new?unit=water"), "kind": "at_once", "source": [COMMENT], "author": "the bureau"}
    assert [desk.posts("/new", form).status_code for _ in range(2)] == [303, 303]
    (finding,) = desk.findings.by_id.values()
    assert (finding.text, finding.sources, finding.kind) == (WORDS, (COMMENT,), FindingKind.AT_ONCE)


def test_a_finding_without_words_is_asked_for_them_and_keeps_the_standards_that_were_typed(desk):
    form = {**desk.hidden("/new?unit=court"), "kind": "long", "standards": "It is built", "author": "the bureau"}
    answer = desk.posts("/new", form)
    assert answer.status_code == 422
    assert 'id="text-problem"' in answer.text
    assert ">It is built</textarea>" in answer.text
    assert desk.findings.by_id == {}


def test_terms_hold_for_what_is_handed_over_from_now_on(desk):
    handed_over(desk)
    before = desk.the(FIRST).deadlines
    typed = {"notice_working_days": "３", "dispute_working_days": "5", "plan_days": "10", "rectification_months": "1"}
    more = {"report_months": "2", "public_working_days": "7", "look_back_months": "3"}
    form = {**desk.hidden("/terms"), **typed, **more, "author": "the bureau"}
    assert 'id="plan_days-problem"' in desk.posts("/terms", {**form, "plan_days": "0"}).text
    assert desk.posts("/terms", form).status_code == 303
    assert desk.posts("/terms", form).status_code == 303, "sent twice"
    stale = desk.posts("/terms", {**form, "plan_days": "20", "notice_working_days": "4"})
    assert (stale.status_code, "Somebody else has changed the terms" in stale.text) == (422, True)
    assert desk.posts("/terms", {**desk.hidden("/terms"), **typed, **more, "author": "the bureau"}).status_code == 303
    desk.sitting.performs(drafted("finding-2"))
    assert desk.acts("hand_over", "finding-2").status_code == 303
    assert desk.the("finding-2").deadlines == deadlines_from(desk.today, Terms(3, 5, 10, 1, 2, 7, 3))
    assert desk.the(FIRST).deadlines == before


# --- the way to it ----------------------------------------------------------------------------------------------------


def test_whoever_has_a_key_is_told_on_the_first_page_what_is_due_and_led_to_the_desk(sitting, desk, verifier):
    handed_over(desk)
    desk.days_pass(6)
    sitting.performs(c.FinishMeeting())
    moderator = sitting.page("/moderator?lang=en", sitting.moderator).text
    overview = desk.http.get(f"/setup/{sitting.code}").text
    record = verifier.http.get(f"/{sitting.code}/record").text
    for page in (moderator, overview, record):
        assert "due within seven days 1" in page
        assert f'href="/{sitting.code}/findings?mark=due_soon"' in page


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_a_unit_signs_on_paper_for_what_it_was_given_and_its_door_stands_on_the_sheet_if_a_key_was_made(desk):
    handed_over(desk, FIRST, "finding-2")
    handed_over(desk, "finding-3", unit="court")
    desk.sitting.performs(c.WithdrawFinding("finding-2", "A mistake", "the bureau"))
    address = f"/{desk.sitting.code}/print/hand-over?unit=water"
    page = desk.http.get(address).text
    assert ("The words of finding-1" in page, "The words of finding-2" in page) == (True, False)
    assert "The words of finding-3" not in page
    assert "<svg" not in page.partition("<main>")[2]
    with_key = desk.http.post(address, data=desk.hidden()).text
    assert "<svg" in with_key.partition("<main>")[2]
    listed = desk.http.get(f"/{desk.sitting.code}/print/findings").text
    assert all(f"The words of {id}" in listed for id in (FIRST, "finding-2", "finding-3"))


def test_what_is_due_on_other_days_stands_on_a_sheet_of_its_own(desk):
    handed_over(desk)
    desk.sitting.performs(drafted("finding-2", text="The words of finding-2"))
    days = deadlines_from(desk.today, Terms(plan_days=30, rectification_months=3))
    desk.sitting.performs(c.HandOver(("finding-2",), days, "the bureau"))
    sheets = desk.http.get(f"/{desk.sitting.code}/print/hand-over").text.split("<article")[1:]
    assert [re.findall(r"The words of finding-\d", each) for each in sheets] == [
        [f"The words of {FIRST}"],
        ["The words of finding-2"],
    ]
    assert len({each.rpartition('<table class="facts">')[2].partition("</table>")[0] for each in sheets}) == len(sheets)


def test_the_numbers_of_each_unit_criterion_and_month_stand_beside_their_bars(desk):
    handed_over(desk, FIRST, "finding-2")
    handed_over(desk, "finding-3", unit="court")
    desk.days_pass(12)
    page = desk.opens("/figures")
    rows = {
        name: re.findall(r"<td>([^<]*)</td>", row)
        for name, row in re.findall(r'unit=(\w+)"(.*?)</tr>', page, re.DOTALL)
    }
    assert rows["water"][:3] == ["2", "2", "2"], "handed over, open, overdue"
    assert rows["court"][:3] == ["1", "1", "1"]
    bars = re.findall(r'class="overdue" x="0.0"\s+width="([\d.]+)"', page)
    assert bars[:2] == ["100.0", "50.0"]
    charts = re.findall(r'<k-chart table="([^"]+)" kind="([^"]+)"', page)
    assert charts == [("table-months", "bars"), ("table-places", "stacked")]
    drawn = {name: page.partition(f'id="{name}"')[2].partition("</table>")[0] for name, _ in charts}
    assert re.findall(r'data-value="(\d+)"', drawn["table-months"])[:4] == ["3", "0", "0", "0"]
    in_water, in_court = re.findall(r"unit=\w+.*?</tr>", drawn["table-places"], re.DOTALL)
    assert [re.findall(r'data-value="(\d+)"', each)[3] for each in (in_water, in_court)] == ["2", "1"], "overdue"
