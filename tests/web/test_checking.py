"""Two pairs of eyes: no result is shown before the supervisor has looked at all that it was made of."""

import re
from decimal import Decimal
from html import unescape

import httpx
import pytest

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.codes import is_an_id
from app.meeting.plan import Mode, Rules
from app.meeting.refusals import Refused
from app.store import keys
from app.store.keys import Key, Role
from app.web.links import link_of
from tests.live.served import PATIENCE, Sitting
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    DAN,
    EVE,
    WATER,
    at_water,
    checks,
    closed_over,
    correction,
    joining,
    sheet,
    small_plan,
)
from tests.records import entries, record
from tests.web.forms import sends

UNIT, CHECK = "/record/unit/water", "/record/unit/water/check"
TO_CONFIRM = re.compile(r'name="(id|seen)" value="([^"]+)"')
BUTTON, WAITING = "已复核，结果无误", "等待您复核"


@pytest.fixture
def closed(served) -> Sitting:
    """The first round is closed; nobody has looked at its result."""
    sitting = served.holds(small_plan(rules=Rules(trim_from=3, checked=True)))
    sheets = [sheet(at_water().meeting, WATER, seat, "50", "30") for seat in (ANN, BEN, CAT)]
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)), *sheets, c.CloseRound(WATER, (DAN, EVE)))
    return sitting


def key_of(sitting: Sitting, role: Role) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, role), "test")


def shown(sitting: Sitting, path: str, key: str) -> str:
    return unescape(sitting.page(path, key).text)


def confirms(sitting: Sitting, key: str, seen: dict[str, str]) -> httpx.Response:
    return sends(sitting, CHECK, key, **seen)


def test_what_waits_stands_first_and_is_confirmed_beside_sheets_and_working(closed):
    supervisor = key_of(closed, Role.SUPERVISOR)
    record = shown(closed, "/record", supervisor)
    assert record.index(WAITING) < record.index("会议日志")
    assert 'data-asks="/small/record/waiting"' in record.replace(closed.code, "small")
    assert UNIT in shown(closed, "/record/waiting", supervisor)
    page = shown(closed, UNIT, supervisor)
    assert page.index("80.00") < page.index(BUTTON) < page.index("Expert 1")
    with pytest.raises(Refused, match="not_checked"):
        closed.performs(c.RevealResult(WATER))
    seen = dict(TO_CONFIRM.findall(page))
    assert [confirms(closed, supervisor, seen).status_code for _ in range(2)] == [303, 303]
    after = shown(closed, UNIT, supervisor)
    assert ("已于" in after, BUTTON in after) == (True, False)
    for path in ("/record", "/record/waiting"):
        assert WAITING not in shown(closed, path, supervisor)
    assert shown(closed, "/record/log?about=results", supervisor).count("监督员已复核") == 1
    closed.performs(c.RevealResult(WATER))


def test_what_has_changed_since_it_was_looked_at_is_not_confirmed(closed):
    supervisor = key_of(closed, Role.SUPERVISOR)
    seen = dict(TO_CONFIRM.findall(shown(closed, UNIT, supervisor)))
    closed.performs(correction(at_water().meeting, WATER, ANN, "40", "30"))
    answer = confirms(closed, supervisor, seen)
    assert (answer.status_code, "有变化" in answer.text) == (409, True)
    anew = dict(TO_CONFIRM.findall(answer.text))
    assert anew["seen"] != seen["seen"]
    assert confirms(closed, supervisor, anew).status_code == 303


@pytest.mark.parametrize("id", ["", "x" * 5000, "one\0two three", "复核复核复核"])
def test_a_check_goes_into_the_log_under_an_id_that_a_log_can_hold(closed, id):
    supervisor = key_of(closed, Role.SUPERVISOR)
    seen = dict(TO_CONFIRM.findall(shown(closed, UNIT, supervisor)))
    assert confirms(closed, supervisor, seen | {"id": id}).status_code == 303
    last = entries(closed.served.database, closed.code)[-1]
    assert (type(last.event), is_an_id(last.command)) == (e.ResultChecked, True)


def test_a_browser_that_holds_the_moderators_link_too_checks_nothing(closed):
    both = {role: key_of(closed, role) for role in (Role.SUPERVISOR, Role.MODERATOR)}
    with httpx.Client(base_url=f"http://{closed.served.host}", trust_env=False, timeout=PATIENCE) as browser:
        for role, key in both.items():
            browser.get(link_of(Key(closed.code, role), key))
        page = browser.get(f"/{closed.code}{UNIT}").text
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', page.partition(CHECK)[2].partition("</form>")[0]))
        answer = browser.post(f"/{closed.code}{CHECK}", data=fields)
    assert (answer.status_code, "须由他人在另一浏览器中复核" in unescape(answer.text)) == (409, True)
    assert closed.served.venue.rooms.meeting(closed.code).rounds[WATER].checked_at is None


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OPERATOR])
def test_nobody_else_confirms(closed, role):
    assert confirms(closed, key_of(closed, role), {"id": "x" * 12, "seen": "y"}).status_code == 403


async def test_a_program_of_the_supervisor_finds_on_the_results_what_waits(closed):
    supervisor = key_of(closed, Role.SUPERVISOR)
    async with closed.watches("results", supervisor) as caller:
        [result] = caller.regions["results-board"]["results"]
        answer = await caller.does("check_result", round=WATER, seen=result["check"])
        assert "ack" in answer
        await caller.until(lambda: caller.regions["results-board"]["results"][0]["check"] == "")


def test_composites_wait_for_the_supervisor_and_are_confirmed_as_they_were_seen(served):
    sitting = served.holds(small_plan(composite=joining(Mode.POINTS), rules=Rules(checked=True)))
    story = closed_over(dict.fromkeys((ANN, BEN, CAT, DAN), (50, 30)), plan=sitting.plan)
    story.does(checks(story, WATER), c.RevealResult(WATER), c.EnterPart("vote", {"water": Decimal(90)}, "the clerk"))
    record(served.database, story)
    supervisor = key_of(sitting, Role.SUPERVISOR)
    assert "/record#composites" not in shown(sitting, "/record/waiting", supervisor)  # one part is missing
    sitting.performs(c.EnterPart("daily", {"water": Decimal(18)}, "the clerk", "daily.xlsx", "ab" * 32))
    assert "/record#composites" in shown(sitting, "/record/waiting", supervisor)
    seen = dict(TO_CONFIRM.findall(shown(sitting, "/record", supervisor)))
    sitting.performs(c.CorrectPart("vote", "water", Decimal(91), "the clerk", "misread"))
    late = sends(sitting, "/record/composites/check", supervisor, **seen)
    assert (late.status_code, "综合评分所依据的内容有变" in unescape(late.text)) == (409, True)
    seen = dict(TO_CONFIRM.findall(shown(sitting, "/record", supervisor)))
    assert sends(sitting, "/record/composites/check", supervisor, **seen).status_code == 303
    assert "/record#composites" not in shown(sitting, "/record/waiting", supervisor)
    sitting.performs(c.AnnounceComposites(("court", "school")))
