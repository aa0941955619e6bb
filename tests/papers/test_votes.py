"""Votes of the audience in papers and on the public pages: each voice apart, and nothing before it is shown."""

import csv
import io
import json

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.views import Look
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.plan import Mode, Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.papers.folder.contents import papers_of
from app.papers.site.site import site_of
from tests.live.conftest import painter
from tests.live.painting import paint
from tests.meetings import Story, opened, small_plan
from tests.papers.letters import paragraphs_of
from tests.papers.spreadsheet import Spreadsheet, cells_of, values_in
from tests.polled import closed_with, voted
from tests.records import proceedings_of_story

__all__ = ["painter"]

TALLY = {"phone": {"satisfied": 5, "unknown": 3}, "ticket": {"fairly": 2}}
HIDDEN = {"ticket": {"dissatisfied": 97}}


@pytest.fixture(scope="module")
def story() -> Story:
    """One vote is withdrawn, the next is shown; another has closed and is shown to nobody yet."""
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL)
    story = opened(small_plan(mode=Mode.COMMENTS, rules=rules)).does(c.OpenPoll("water"))
    story.does(c.WithdrawPoll("water.1", "Reason-Jabberwock"), c.OpenPoll("water"))
    voted(story, "water.2", TALLY)
    return closed_with(story.does(c.OpenPoll("court")), "court.1", HIDDEN)


def lines(story: Story) -> list[list[str]]:
    papers = {paper.name: paper for paper in papers_of(proceedings_of_story(story)) if paper.for_public}
    return list(csv.reader(io.StringIO(papers["观众测评.csv"].content.decode("utf-8-sig"))))[1:-4]


def test_the_table_of_votes_has_each_voice_apart_and_nothing_that_was_not_shown(story):
    rows = [row[1:] for row in lines(story)]
    assert rows[0] == ["1", "", "0", "", "", "", "已撤回"]
    assert rows[1] == ["2", "会场手机", "8", "满意", "5", "62.50", ""]
    assert rows[4] == ["2", "会场手机", "8", "不了解", "3", "37.50", ""]
    assert rows[6] == ["2", "选票码", "2", "基本满意", "2", "100.00", ""]
    assert rows[-1] == ["1", "选票码", "97", "", "", "", "结果未公布"]


def test_a_share_is_what_its_formula_comes_to(story):
    (book,) = [paper for paper in papers_of(proceedings_of_story(story)) if paper.name == "观众测评.xlsx"]
    said, sheet = values_in(book.content), Spreadsheet(cells_of(book.content), float)
    shares = {key: said[key] for key in sheet.formulas}
    assert sorted(shares.values()) == [0, 0, 0, 0, 0, 37.5, 62.5, 100]
    assert {key: sheet.at(key) for key in shares} == shares


def test_three_thirds_are_the_same_everywhere_and_it_is_said_why_they_are_no_hundred(painter):
    story = opened(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL))).does(c.OpenPoll("water"))
    voted(story, "water.1", {"phone": {"satisfied": 1, "fairly": 1, "unknown": 1}, "ticket": {"fairly": 2}})
    record = proceedings_of_story(story.does(c.CueScene(SceneKind.POLL, poll="water.1"), c.FinishMeeting()))
    papers = {each.name: each.content for each in papers_of(record)}
    told = {
        "table": papers["观众测评.csv"].decode(),
        "minutes": "".join(paragraphs_of(papers["会议纪要.docx"])),
        "public": site_of(record, story.now.date()).made["unit-1.html"].decode(),
        **{
            view: "".join(paint(painter, VIEWS[view], Look(story.meeting), Language.CHINESE).values())
            for view in ("hall", "lower", "phone", "results")
        },
    }
    assert {name: text.count("33.33") >= 3 for name, text in told.items()} == dict.fromkeys(told, True)
    notes = {name for name, text in told.items() if "合计可能不等于100%" in text}
    assert notes == {"minutes", "public", "phone", "results"}


def test_the_public_page_of_a_unit_shows_its_votes_and_those_of_no_other(story):
    made = site_of(proceedings_of_story(story), story.now.date()).made
    assert "<small>(5)</small>" in made["unit-1.html"].decode()
    data = json.loads(made["public.json"])["units"]
    assert [each["votes"] and len(each["votes"]["others"]) for each in data] == [1, 0, None]
    assert data[1]["votes"]["poll"]["voices"][0]["choices"] == []
    for content in made.values():
        assert b"Jabberwock" not in content
