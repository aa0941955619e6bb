"""Whole meetings, from the opening to the finish, in every mode."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.meeting.displays.state import Scene, SceneKind
from app.meeting.events import KINDS
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, Plan
from app.meeting.scoring.ranking import ranking
from tests.meetings import Story, result, shipped, small_plan, whole_meeting
from tests.questions import hands_over
from tests.second_half import put_right, with_report

PLANS = [
    small_plan(),
    small_plan(mode=Mode.LEVELS),
    small_plan(mode=Mode.COMMENTS),
    shipped("demo"),
    shipped("levels"),
    shipped("comments"),
]
PLANS = [replace(with_report(plan), order=Order.DRAWN) for plan in PLANS]


def held(plan: Plan) -> Story:
    """A meeting and what comes after it; the question that was answered there has become a draft, too."""
    story = whole_meeting(plan)
    unit = plan.units[0].id
    return put_right(story.does(hands_over(next(iter(story.meeting.questions)), unit=unit)))


STORIES = [held(plan) for plan in PLANS]
SCORED = [story for story in STORIES if story.meeting.plan.is_scored]


def name(story: Story) -> str:
    return f"{story.meeting.plan.code} {story.meeting.plan.mode}"


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_meeting_is_what_its_events_say(story: Story):
    assert fold(Meeting.planned(story.meeting.plan), story.events) == story.meeting


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_meeting_told_twice_is_the_same(story: Story):
    assert held(story.meeting.plan).events == story.events


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_meeting_comes_to_its_end(story: Story):
    meeting = story.meeting
    assert meeting.scene == Scene(SceneKind.FINISHED)
    assert all(run.has_begun for run in meeting.agenda.runs.values())
    assert {unit.id for unit in meeting.plan.units} == {comment.unit for comment in meeting.comments.values()}


@pytest.mark.parametrize("story", SCORED, ids=name)
def test_everything_that_can_happen_happens_in_a_scored_meeting(story: Story):
    assert set(story.kinds) == set(KINDS) - {"CommentPutBack", "CommentQuoted", "SummedUp"}


def test_what_is_left_happens_in_a_meeting_of_comments():
    assert {kind for story in STORIES for kind in story.kinds} == set(KINDS)


@pytest.mark.parametrize("story", SCORED, ids=name)
def test_every_result_stands_as_it_was_announced(story: Story):
    assert len(story.meeting.rounds) == len(story.meeting.plan.units)
    for round in story.meeting.rounds.values():
        found = result(story, round.id)
        assert round.announced is not None
        assert (round.announced.score, round.announced.grade) == (found.score, found.grade)


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_time_never_runs_backwards_in_the_record(story: Story):
    instants = [event.at for event in story.events]
    assert instants == sorted(instants)
    assert {instant.utcoffset() for instant in instants} == {instants[0].utcoffset()}


def test_the_demo_ends_with_these_results():
    story = whole_meeting(shipped("demo"))
    ranked = ranking(story.meeting, [result(story, round) for round in story.meeting.rounds])
    assert [(each.rank, each.result.unit, str(each.result.score), each.result.grade) for each in ranked] == [
        (1, "court", "92.00", "优秀"),
        (2, "women", "92.00", "优秀"),
        (3, "edu", "91.14", "优秀"),
        (4, "police", "86.00", "良好"),
        (5, "civil", "82.14", "良好"),
        (6, "labour", "78.14", "一般"),
        (7, "environment", "72.71", "一般"),
        (8, "farming", "68.36", "较差"),
        (9, "assets", "67.21", "较差"),
        (10, "market", "62.57", "较差"),
    ]


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_all_time_is_on_the_account_of_an_item_but_for_the_pause_and_the_mistaken_finish(story: Story):
    meeting = story.meeting
    began = min(run.began_at for run in meeting.agenda.runs.values() if run.began_at)
    spent = sum((sum(run.spent, timedelta()) for run in meeting.agenda.runs.values()), timedelta())
    assert meeting.finished_at is not None
    assert meeting.finished_at - began - spent == timedelta(seconds=61 + 61)


def test_only_one_comment_of_each_report_is_released():
    meeting = whole_meeting(shipped("comments")).meeting
    assert [comment.id for comment in meeting.comments.values() if comment.is_released] == [
        f"comment-{unit.id}-0" for unit in meeting.plan.units
    ]
