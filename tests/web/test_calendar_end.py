"""Where a day lies beyond the published national calendar, each page that names it says so; nobody else is bothered."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.papers.site.site import site_of
from app.workdays import last_known_day
from tests.findings import BUREAU, FIRST, UNIT, brought_to, days, drafted, story_day
from tests.live.served import Sitting
from tests.meetings import opened
from tests.records import proceedings_of_story
from tests.web.desk import Desk, at_the_desk

FAR = days(max(last_known_day(), datetime.now(UTC).date()))
"""Beyond the calendar, and never over already: each year's is published late in the year before."""
PAGES = ("findings", "findings/finding-1", "print/findings", "print/hand-over", "public/unit/water?lang=en")
SAID = "The national calendar is published up to"


@pytest.fixture(scope="module")
def far() -> dict[str, bytes]:
    """The site of a meeting with a day beyond the calendar."""
    story = opened().does(drafted(), c.HandOver((FIRST,), FAR, BUREAU))
    return dict(site_of(proceedings_of_story(story), story_day(story)).made)


@pytest.fixture
def desk(sitting: Sitting) -> Iterator[Desk]:
    sitting.performs(c.OpenMeeting(sitting.plan), drafted(), c.HandOver((FIRST,), FAR, BUREAU))
    with at_the_desk(sitting) as desk:
        yield desk


def page(desk: Desk, path: str) -> str:
    answer: httpx.Response = desk.http.get(f"/{desk.sitting.code}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_every_page_that_names_such_a_day_says_how_far_the_calendar_goes(desk):
    assert [path for path in PAGES if page(desk, path).count(SAID) != 1] == []
    desk.sitting.performs(c.SignFor("water", (FIRST,), UNIT), c.WithdrawFinding(FIRST, "A mistake", BUREAU))
    assert SAID not in page(desk, "findings?standing=draft"), "nothing is shown there"


def test_the_files_of_a_site_say_it_too(far):
    assert SAID in far["unit-1.en.html"].decode()
    assert SAID not in far["unit-2.en.html"].decode()


def test_of_days_that_the_calendar_knows_nothing_is_said():
    story = brought_to(Stand.NOTICE)
    made = site_of(proceedings_of_story(story), story_day(story)).made
    assert [name for name, content in made.items() if SAID.encode() in content] == []
