"""No file for the public holds what is hidden: by unmistakable values, and by changing what nobody may see."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.plan import Receipts, ResultsShown
from app.papers.folder.contents import papers_of
from app.papers.folder.folders import folder_for_public
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.store.persons import Kind, Person, Persons, Station
from tests.live import hidden
from tests.live.hidden import COMMENT, HERON, PLAN, closed, judging, leaked, released, secrets_of
from tests.meetings import WATER, Story
from tests.papers.published import text_of
from tests.records import proceedings_of_story

BY_GRADE = replace(PLAN, rules=replace(PLAN.rules, results_shown=ResultsShown.BY_GRADE, rank_shown=True))
AS_GIVEN = replace(PLAN, rules=replace(PLAN.rules, receipts=Receipts.AS_GIVEN))

RECEIPTS = {f"{seat}'s receipt" for seat in hidden.MARKS}
MARKS = {f"{seat}'s marks" for seat in hidden.MARKS}
PLANNED = {"grade", "trim", "who"}
"""Words that stand in what is sealed, too; what they would tell is looked for by changing the sheets."""


def revealed(plan=PLAN) -> Story:
    story = closed(plan).does(c.EditComment(HERON, COMMENT), released(HERON, COMMENT))
    return story.does(c.RevealResult(WATER), c.FinishMeeting())


def public_papers(record: Proceedings) -> dict[str, Paper]:
    return {paper.name: paper for paper in folder_for_public(record, papers_of(record)).papers}


def found_in(story: Story) -> set[str]:
    secrets = secrets_of(story.meeting)
    papers = public_papers(proceedings_of_story(story)).values()
    return set().union(*(leaked(secrets, text_of(paper)) for paper in papers)) - PLANNED


STORIES: dict[str, tuple[Callable[[], Story], set[str]]] = {
    "being judged": (judging, set()),
    "closed": (closed, set()),
    "closed and over": (lambda: closed().does(c.FinishMeeting()), set()),
    "half shown": (lambda: closed().does(c.ShowResultStep(WATER, "spread")), set()),
    "withdrawn": (lambda: closed().does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "too early")), set()),
    "revealed": (revealed, {"totals", "score", "means", "comment", *RECEIPTS}),
    "by grade": (lambda: revealed(BY_GRADE), {"comment", *RECEIPTS}),
    "as given": (lambda: revealed(AS_GIVEN), {"totals", "score", "means", "comment", *RECEIPTS, *MARKS}),
}


@pytest.mark.parametrize("at", STORIES)
def test_a_public_file_holds_what_has_been_told_and_no_more(at):
    makes, may_be_found = STORIES[at]
    assert found_in(makes()) == may_be_found


def test_the_folder_for_the_file_would_give_it_away():
    """So the search finds what is there."""
    record = proceedings_of_story(closed())
    secrets = secrets_of(closed().meeting)
    found = set().union(*(leaked(secrets, text_of(paper)) for paper in papers_of(record)))
    assert {"totals", "score", "means", "original", "other comment", *RECEIPTS, *MARKS} <= found


UNSEEN: dict[str, tuple[Callable[[], Story], Callable[[Meeting], Meeting]]] = {
    "marks that are given": (judging, hidden.other_marks_in_open_rounds),
    "marks of a closed round": (closed, hidden.other_marks_in_rounds_not_revealed),
    "marks of a round half shown": (STORIES["half shown"][0], hidden.other_marks_in_rounds_not_revealed_whole),
    "who gave what": (revealed, hidden.ann_and_ben_exchanged),
    "reasons": (revealed, hidden.other_reasons),
    "what a hidden comment is": (revealed, hidden.another_kind_of_hidden_comment),
    "what a comment said before": (revealed, hidden.other_comments_of_everybody_but_cat),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_what_nobody_may_see_can_change_and_no_public_file_does(what):
    """The log as it is told has its own tests: here the entries stay, and the meeting changes."""
    makes, change = UNSEEN[what]
    record = proceedings_of_story(makes())
    changed = replace(record, meeting=change(record.meeting))
    assert changed != record
    before, after = public_papers(record), public_papers(changed)
    assert [name for name, paper in before.items() if after[name] != paper] == []


def test_nobody_is_named_in_public_and_everybody_in_the_folder_for_the_file():
    names = {Station(Kind.SEAT, seat): Person(f"Somebody {seat}", "an office") for seat in hidden.MARKS}
    record = replace(proceedings_of_story(revealed()), persons=Persons(names))
    named = {paper.name: "Somebody" in text_of(paper) for paper in papers_of(record)}
    assert [name for name in public_papers(record) if named.get(name)] == []
    assert {"评分汇总表.xlsx", "评分明细.csv", "点评全录.json"} <= {
        name for name, is_named in named.items() if is_named
    }
