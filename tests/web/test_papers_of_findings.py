"""The page of the papers of findings: what can be made on a day, each fetched by its link."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.meeting import commands as c
from app.papers.folder import proceedings
from app.store import keys
from app.store.keys import Key, Role
from tests.findings import BUREAU, days, drafted
from tests.live.served import Served, Sitting
from tests.papers.letters import paragraphs_of

LINK = re.compile(r'href="/[\w-]+(/findings/papers/[^"]+)"')


@pytest.fixture
def sitting(served: Served) -> Sitting:
    sitting = served.holds()
    sitting.performs(c.OpenMeeting(sitting.plan))
    return sitting


def test_every_paper_that_is_listed_can_be_fetched_and_no_other(sitting):
    key = key_of(sitting, Role.ORGANISER)
    assert "nothing has been handed over" in sitting.page("/findings/papers?lang=en", key).text

    due = days(clock.now().astimezone(sitting.plan.starts_at.tzinfo).date())
    late = due.dispute + timedelta(days=30)
    sitting.performs(drafted(), drafted("finding-2", "court"), c.HandOver(("finding-1", "finding-2"), due, BUREAU))
    page = sitting.page(f"/findings/papers?on={late}&lang=en", key).text.replace("&amp;", "&")
    links = LINK.findall(page)
    assert {link.partition("?")[0].rpartition("/")[2] for link in links} == {
        *("handover", "findings", "report", "ledger", "progress", "admonition")
    }
    taken = {link: sitting.page(link, key) for link in links}
    assert {each.status_code for each in taken.values()} == {200}
    [sheet] = [each for link, each in taken.items() if "handover" in link and "of=court" in link]
    assert "The High Court of the City：" in paragraphs_of(sheet.content)
    assert "%E4%BA%A4%E5%8A%9E%E5%8D%95-02-Court-01-" in sheet.headers["content-disposition"]
    assert sitting.page("/findings/papers/handover?of=school.1", key).status_code == 404
    assert sitting.page(f"/findings/papers/reminder?of=court&on={late}", key).status_code == 404

    calendar = sitting.page("/findings/deadlines.ics", key)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert due.report.strftime("%Y%m%d") in calendar.text
    assert BUREAU not in calendar.text

    own = sitting.page("/unit/deadlines.ics", key_of(sitting, Role.UNIT, "court")).text
    assert ("Court" in own, "Water" in own, "Court" in calendar.text, "Water" in calendar.text) == (
        True,
        False,
        True,
        True,
    )
    assert sitting.page("/unit/deadlines.ics", key).status_code == 403


@pytest.mark.parametrize("written", ["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT00:00"])
def test_a_day_is_read_as_people_write_it(sitting, written):
    sitting.performs(drafted(), c.HandOver(("finding-1",), days(clock.now().date()), BUREAU))
    on = clock.now().date() + timedelta(days=40)
    page = sitting.page(f"/findings/papers?on={on.strftime(written)}", key_of(sitting, Role.ORGANISER)).text
    assert shown_day(page) == str(on)
    assert f"?on={on}" in page


@pytest.mark.parametrize("typed", ["soon", "2026-02-30", "2026年2月30日"])
def test_what_is_no_day_is_said_beside_what_was_typed_and_the_papers_are_of_today(sitting, typed):
    sitting.performs(drafted(), c.HandOver(("finding-1",), days(clock.now().date()), BUREAU))
    today = clock.now().astimezone(sitting.plan.starts_at.tzinfo).date()
    page = sitting.page(f"/findings/papers?on={typed}", key_of(sitting, Role.ORGANISER)).text
    assert shown_day(page) == typed
    assert 'id="on-problem"' in page
    assert typed in page.split('id="on-problem"')[1][:200]
    assert {link.split("?on=")[1][:10] for link in LINK.findall(page)} == {str(today)}


def test_a_day_of_another_age_is_no_slip_that_goes_unseen(sitting):
    sitting.performs(drafted(), c.HandOver(("finding-1",), days(clock.now().date()), BUREAU))
    page = sitting.page("/findings/papers?on=2206-11-17&lang=en", key_of(sitting, Role.ORGANISER)).text
    assert shown_day(page) == "2206-11-17"
    assert "2206-11-17 is too far away. Is the year right?" in page


def shown_day(page: str) -> str:
    found = re.search(r'<input type="text" id="on" name="on".*?value="([^"]*)"', page, re.DOTALL)
    assert found
    return found[1]


def test_which_papers_there_are_is_said_without_reading_log_and_proofs(sitting, monkeypatch):
    """Of ten units with thousands of proofs the page took so long that it was refused."""
    sitting.performs(drafted(), c.HandOver(("finding-1",), days(clock.now().date()), BUREAU))
    key = key_of(sitting, Role.ORGANISER)
    monkeypatch.delattr(proceedings, "proceedings_of")
    assert LINK.findall(sitting.page("/findings/papers?lang=en", key).text)


def key_of(sitting: Sitting, role: Role, of: str = "") -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, role, of), "test")
