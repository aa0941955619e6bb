"""Thousands of comments: a picture holds the latest, costs no more for the others, and every one can be reached."""

from dataclasses import replace

import pytest

from app.live.screens import console_comments, results
from app.live.screens.console_comments import MOST_DECIDED, MOST_WAITING
from app.live.screens.phone import LATEST_COMMENTS
from app.live.screens.results import MOST_COMMENTS
from app.live.views import Look
from app.meeting import commands as c
from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.meeting import Meeting
from tests.live.sent import sent
from tests.meetings import ANN, BEN, CAT, DAN, EVE, WATER, at_water, comment, noon


def holding(waiting: int, released: int, withdrawn: int = 0, taken_back: int = 0) -> Meeting:
    """A meeting with so many comments, as they would be after so many commands."""
    meeting = at_water().does(comment()).meeting
    one = meeting.comments["comment1"]
    standings = [
        *[CommentStanding.RELEASED] * released,
        *[CommentStanding.WITHDRAWN] * withdrawn,
        *[CommentStanding.TAKEN_BACK] * taken_back,
        *[CommentStanding.WAITING] * waiting,
    ]
    comments = {}
    for number, standing in enumerate(standings):
        decided = standing in (CommentStanding.RELEASED, CommentStanding.WITHDRAWN)
        id, seat = f"comment-{number:05}", (ANN, BEN)[number % 2]
        at = noon(number / 60)
        comments[id] = replace(
            one,
            id=id,
            seat=seat,
            text=f"text {number}",
            standing=standing,
            sent_at=at,
            released_at=at if decided else None,
        )
    return replace(meeting, comments=comments)


def region(view: str, name: str, meeting: Meeting) -> dict:
    return sent(view, Look(meeting))[name]


def ids(comments: list[dict]) -> list[str]:
    return [each["id"] for each in comments]


def ids_of(page: console_comments.AllComments | results.AllComments | None) -> list[str]:
    return [each.id for each in page.comments] if page else []


def test_few_comments_are_all_there():
    queue = region("moderator", "console-comments", holding(waiting=3, released=2, withdrawn=1, taken_back=4))
    assert ids(queue["waiting"]) == ["comment-00007", "comment-00008", "comment-00009"]
    assert ids(queue["decided"]) == ["comment-00002", "comment-00001", "comment-00000"]
    assert (queue["number_waiting"], queue["number_decided"]) == (3, 3)


@pytest.mark.parametrize(("waiting", "released"), [(2500, 2500), (5000, 0), (0, 5000)])
def test_of_thousands_the_latest_are_in_the_picture_and_the_others_counted(waiting, released):
    meeting = holding(waiting, released)
    queue = region("moderator", "console-comments", meeting)
    numbers = [f"comment-{number:05}" for number in range(released + waiting)]
    assert ids(queue["waiting"]) == numbers[released:][-MOST_WAITING:]
    assert ids(queue["decided"]) == numbers[:released][::-1][:MOST_DECIDED]
    assert (queue["number_waiting"], queue["number_decided"]) == (waiting, released)
    phone = region("phone", "phone-comments", meeting)
    assert (len(phone["comments"]), phone["more"]) == (
        min(released, LATEST_COMMENTS),
        max(released - LATEST_COMMENTS, 0),
    )
    hall = region("hall", "hall-comments", meeting)
    assert ids(hall["comments"]) == numbers[:released][::-1][:3]


def test_every_comment_is_on_a_page_and_on_one_only():
    meeting = holding(waiting=230, released=120, withdrawn=7, taken_back=50)
    first = console_comments.all_comments(meeting, "1")
    assert first is not None
    assert (first.number, first.pages) == (357, 4)
    found = [id for page in range(1, 5) for id in ids_of(console_comments.all_comments(meeting, str(page)))]
    alive = [each.id for each in meeting.comments.values() if each.standing is not CommentStanding.TAKEN_BACK]
    assert sorted(found) == sorted(alive)
    assert found[:230] == [each for each in alive if meeting.comments[each].standing is CommentStanding.WAITING]


def test_everybody_reads_every_released_comment_and_no_other():
    meeting = holding(waiting=20, released=250, withdrawn=30, taken_back=5)
    found = [id for page in range(1, 4) for id in ids_of(results.all_comments(meeting, str(page)))]
    released = [each.id for each in meeting.comments.values() if each.is_released]
    assert found == released[::-1]
    assert results.all_comments(meeting, "99") == results.all_comments(meeting, "3")


@pytest.mark.parametrize("asked", ["", "x", "-1", "1.5", "٣", "1" * 50, "<script>"])
def test_an_address_that_asks_for_no_page_gets_none(asked):
    assert console_comments.all_comments(holding(1, 1), asked) is None


def test_what_is_new_is_in_the_picture_at_once():
    """What is remembered of all comments is of these comments, and of no earlier ones."""
    story = at_water().does(comment())
    assert ids(region("moderator", "console-comments", story.meeting)["waiting"]) == ["comment1"]
    story.does(c.ReleaseComment("comment1", "Well argued"))
    queue = region("moderator", "console-comments", story.meeting)
    assert (ids(queue["waiting"]), ids(queue["decided"])) == ([], ["comment1"])
    story.does(c.WithdrawComment("comment1"))
    assert region("phone", "phone-comments", story.meeting)["comments"] == []


def test_the_results_of_a_unit_hold_the_latest_and_say_how_many_more():
    story = at_water()
    meeting = holding(waiting=0, released=MOST_COMMENTS + 9)
    assert isinstance(next(iter(meeting.comments.values())), Comment)
    story.does(c.CloseRound(WATER, without=(ANN, BEN, CAT, DAN, EVE)))
    meeting = replace(story.meeting, comments=meeting.comments)
    look = Look(meeting, viewer=replace(Look(meeting).viewer, is_staff=True))
    (result,) = results.board(look).results
    assert (len(result.comments), result.more_comments) == (MOST_COMMENTS, 9)
