"""Plans, more time and reports are answered for many at once at the desk, and each of them by itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.findings.state import Stand, Terms
from app.workdays import deadlines_from
from tests.findings import CURE, UNIT, drafted
from tests.live.served import Sitting
from tests.web.desk import HIDDEN, Desk, at_the_desk

ONE, TWO, BARE, OF_COURT = "finding-one", "finding-two", "finding-bare", "finding-court"


@pytest.fixture
def desk(sitting: Sitting) -> Iterator[Desk]:
    """Three plans have come in, of which one has no standards; a fourth finding is another unit's, signed for."""
    with at_the_desk(sitting) as desk:
        cure = replace(CURE, until=desk.today + timedelta(days=30))
        sitting.performs(c.OpenMeeting(sitting.plan))
        for id, unit in ((ONE, "water"), (TWO, "water"), (BARE, "water"), (OF_COURT, "court")):
            sitting.performs(drafted(id, unit, text=f"Text of {id}", **({"standards": ()} if id == BARE else {})))
            sitting.performs(c.HandOver((id,), deadlines_from(desk.today, Terms()), "the bureau"))
            sitting.performs(c.SignFor(unit, (id,), UNIT))
            if unit == "water":
                sitting.performs(c.SendCure(unit, id, replace(cure, measures=f"Plan of {id}"), UNIT))
        yield desk


def ticks(desk: Desk, do: str, *findings: str) -> str:
    answer = desk.sends("", do, finding=list(findings))
    assert answer.status_code == 200, answer.text
    return answer.text


def confirms(desk: Desk, page: str, do: str, *findings: str, **typed: str) -> httpx.Response:
    form = {**dict(HIDDEN.findall(page)), "finding": list(findings), "author": "the head", **typed}
    return desk.posts("", {**form, "do": do})


def steps(desk: Desk, id: str) -> list[tuple[str, str, str]]:
    return [(each.what, each.author, each.text) for each in desk.the(id).steps]


def test_many_plans_are_agreed_to_at_once_and_what_cannot_be_is_named_with_its_reason(desk):
    page = ticks(desk, "agree_cure", ONE, TWO, BARE, OF_COURT)
    assert [f"Plan of {id}" in page for id in (ONE, TWO, BARE)] == [True, True, False], "those that are decided on"
    assert "Write the acceptance standards first" in page
    assert confirms(desk, page, "agree_cure").status_code == 422, "nothing is done with none"
    assert confirms(desk, page, "agree_cure", ONE, TWO).status_code == 303
    stands = [desk.the(id).standing for id in (ONE, TWO, BARE, OF_COURT)]
    assert stands == [Stand.RECTIFYING, Stand.RECTIFYING, Stand.PLANNED, Stand.SIGNED_FOR]
    assert steps(desk, TWO)[-1] == ("CureAgreed", "the head", "")


def test_a_form_sent_twice_returns_each_plan_once(desk):
    page = ticks(desk, "return_cure", ONE, TWO)
    lacks = confirms(desk, page, "return_cure", ONE, TWO)
    assert (lacks.status_code, 'id="reason-problem"' in lacks.text) == (422, True)
    answers = [confirms(desk, page, "return_cure", ONE, TWO, reason="No dates") for _ in range(2)]
    assert [answer.headers["location"].partition("?")[2] for answer in answers] == ["done=return_cure"] * 2
    assert [desk.the(id).returns for id in (ONE, TWO)] == [1, 1]
    assert steps(desk, ONE)[-1] == ("CureReturned", "the head", "No dates")


def test_a_plan_that_came_in_since_is_not_agreed_to_unseen_and_the_others_are(desk):
    page = ticks(desk, "agree_cure", ONE, TWO)
    newer = replace(CURE, measures="Another plan", until=desk.today + timedelta(days=20))
    desk.sitting.performs(c.SendCure("water", TWO, newer, UNIT))
    answer = confirms(desk, page, "agree_cure", ONE, TWO)
    assert answer.status_code == 422
    assert "Done with 1 finding." in answer.text
    assert "It has moved on since this page was made" in answer.text
    assert "Another plan" in answer.text
    assert [desk.the(id).standing for id in (ONE, TWO)] == [Stand.RECTIFYING, Stand.PLANNED]
    assert re.findall(r'name="finding" value="([^"]+)"', answer.text) == [TWO]
    assert confirms(desk, answer.text, "agree_cure", TWO).status_code == 303
    assert desk.the(TWO).standing is Stand.RECTIFYING


def test_more_time_is_granted_to_many_with_author_and_reason_and_counted(desk):
    far = desk.today + timedelta(days=90)
    desk.sitting.performs(*(c.AskExtension("water", id, far, f"Why of {id}", UNIT) for id in (ONE, TWO)))
    page = ticks(desk, "grant_extension", ONE, TWO, BARE)
    assert ("Why of finding-one" in page, "No more time has been asked for." in page) == (True, True)
    assert confirms(desk, page, "grant_extension", ONE, TWO).status_code == 422, "without a reason"
    assert confirms(desk, page, "grant_extension", ONE, TWO, reason="Floods").status_code == 303
    assert [(desk.the(id).due, desk.the(id).granted_extensions) for id in (ONE, TWO)] == [(far, 1)] * 2
    assert steps(desk, TWO)[-1] == ("ExtensionAnswered", "the head", "Floods")


def test_a_report_that_came_on_paper_is_entered_for_all_it_is_about(desk):
    assert "Counted from today" not in ticks(desk, "enter_report", ONE), "a report came in on its own day"
    desk.days_pass(130)
    assert "Report overdue" in desk.opens(f"/{OF_COURT}")
    assert desk.acts("enter_report", ONE, TWO, OF_COURT).status_code == 303
    assert {each.unit: each.findings for each in desk.findings.reports} == {"water": (ONE, TWO), "court": (OF_COURT,)}
    page = desk.opens("?mark=report_late")
    assert ("Text of finding-bare" in page, "Text of finding-court" in page) == (True, False)


def test_the_ledger_offers_what_can_be_done_with_one_that_is_shown_and_nothing_else(desk):
    def offered(path: str) -> set[str]:
        return set(re.findall(r'name="do" value="([a-z_]+)"', desk.opens(path)))

    assert offered("") == {"agree_cure", "return_cure", "enter_report"}
    assert offered("?unit=court") == {"enter_report"}
    assert offered("?unit=school") == set()
