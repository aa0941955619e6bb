"""What the console says, region by region."""

from dataclasses import replace

import pytest

from app.live.devices import Device, Post
from app.live.screens.hall import stage
from app.live.views import Look, Presence
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.displays.state import SceneKind
from app.meeting.plan import Mode, Order, ResultsShown, Rules
from app.meeting.results.checking import digest_of_round
from tests.findings import drafted, with_comment
from tests.live.sent import plainly, sent
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    SCHOOL,
    WATER,
    Story,
    at_water,
    closed_over,
    closes,
    comment,
    correction,
    give_score,
    noon,
    opened,
    sheet,
    small_plan,
)


def region(story: Story, name: str, view: str = "moderator") -> dict:
    return sent(view, Look(story.meeting))[name]


# --- the agenda -------------------------------------------------------------------------------------------------------


def numbers(story: Story) -> list[int]:
    return [row["number"] for row in region(story, "console-agenda")["items"] if row["number"] or row["is_skipped"]]


def test_a_unit_left_out_and_those_behind_it_keep_the_numbers_that_are_printed():
    story = opened().does(c.SkipItem(COURT, "absent"))
    assert numbers(story) == [1, 2, 3]
    assert region(story, "hall-head", "hall")["count"] == 3


def test_whoever_was_left_out_before_the_lots_has_none():
    left_out = opened(small_plan(order=Order.TYPED)).does(c.SkipItem(COURT, "absent"))
    story = left_out.does(c.TypeOrder({"water": "2", "school": "1"}))
    assert numbers(story) == [1, None, 2]
    assert region(story, "hall-head", "hall")["count"] == 2


@pytest.mark.parametrize(
    ("seconds", "said"), [(10, None), (29, None), (31, 4), (4 * 60 + 1, None), (5 * 60 + 59, None), (7 * 60 + 10, 2)]
)
def test_an_item_was_early_or_late_by_a_minute_at_least_and_only_if_it_was_held(seconds: int, said: int | None):
    story = opened().steps().waits(seconds / 60).steps()
    (row,) = [each for each in region(story, "console-agenda")["items"] if each["is_over"]]
    assert row["over_minutes"] == said


# --- the panel and the rounds -----------------------------------------------------------------------------------------


def test_the_panel_says_whose_sheet_is_in_and_for_whom_without_a_connection_one_waits():
    story = at_water()
    story.does(sheet(story.meeting, WATER, ANN, 50, 30), give_score(BEN, 30))
    panel = sent("moderator", Look(story.meeting, presence=Presence({ANN: 1})))["console-panel"]
    standing = {each["seat"]: (each["sheet"]["standing"], each["sheet"]["marked"]) for each in panel["seats"]}
    assert (standing[ANN], standing[BEN]) == (("submitted", 0), ("draft", 1))
    assert [each["marked"] for each in panel["awaited"]] == [1, 0, 0, 0]
    assert panel["away"] == []


def test_a_seat_without_a_connection_says_since_when_its_last_device_is_gone():
    gone = [
        Device(Post(device, "panel", BEN), "Chrome", noon(minute), sockets=0) for device, minute in (("a", 5), ("b", 7))
    ]
    here = Device(Post("c", "panel", ANN), "Chrome", noon(2))
    presence = Presence({ANN: 1}, devices=(*gone, here, replace(here, post=Post("d", "panel", ANN), sockets=0)))
    panel = sent("moderator", Look(at_water().meeting, presence=presence))["console-panel"]
    assert [(each["label"], each["since"]) for each in panel["awaited"]] == [
        ("Expert 2", "12:07"),
        ("Deputy 1", ""),
        ("Deputy 2", ""),
        ("Member 1", ""),
    ]
    assert panel["seats"][0]["gone_since"] == ""


def test_the_unit_on_the_stage_comes_first_and_its_seats_stand_in_the_panel():
    story = closed_over({ANN: (50, 30), BEN: (50, 30)}, {ANN: (40, 30), BEN: (40, 30)})
    story.does(c.JumpTo(Place(WATER)))
    first, second = region(story, "console-rounds")["rounds"]
    assert [first["round"], second["round"]] == [WATER, COURT]
    assert (first["seats"], len(second["seats"])) == ([], 5)
    assert region(story, "console-panel")["round"] == WATER


def test_a_correction_says_what_the_result_was_before():
    story = closed_over(dict.fromkeys((ANN, BEN, CAT), (50, 30)))
    assert region(story, "console-rounds")["rounds"][0]["score_before"] is None
    story.does(correction(story.meeting, WATER, BEN, 45, 30))
    (round,) = region(story, "console-rounds")["rounds"]
    assert (round["corrected"], round["score_before"], round["score"]) == (1, "80.00", "78.33")


# --- comments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [10, 220, 250, 500])
def test_before_a_release_is_said_how_many_pages_the_comment_takes_alone(length: int):
    story = at_water()
    story.does(replace(comment(text="好" * length), comment="comment-one"))
    (waiting,) = region(story, "console-comments")["waiting"]
    story.does(c.ReleaseComment("comment-one", "好" * length), c.CueScene(SceneKind.COMMENT, comment="comment-one"))
    assert waiting["pages"] == len(plainly(stage(Look(story.meeting)))["pages"])


def test_where_there_are_comments_only_those_on_the_unit_on_the_stage_stand_by_kind():
    story = at_water(small_plan(mode=Mode.COMMENTS))
    story.does(replace(comment(id="comment-one"), kind=CommentKind.PROBLEM), comment(id="comment-two"))
    story.does(c.ReleaseComment("comment-one", "Well argued"), comment(id="comment-other", unit="court"))
    queue = region(story, "console-comments")
    assert [(group["kind"], ids(group["comments"])) for group in queue["groups"]] == [
        ("highlight", ["comment-two"]),
        ("problem", ["comment-one"]),
        ("suggestion", []),
    ]
    assert ids(queue["waiting"]) == ["comment-two", "comment-other"]


def test_beside_a_comment_shown_alone_stand_its_neighbours_among_those_released_on_the_unit():
    story = at_water()
    for id in ("comment-one", "comment-two", "comment-three"):
        story.does(comment(id=id)).waits(1).does(c.ReleaseComment(id, "Well argued"))
    assert region(story, "console-comments")["alone"] is None
    story.does(c.CueScene(SceneKind.COMMENT, comment="comment-two"))
    assert region(story, "console-comments")["alone"] == {
        "id": "comment-two", "number": 2, "of": 3, "before": "comment-one", "after": "comment-three"
    }  # fmt: skip


def ids(comments: list[dict]) -> list[str]:
    return [each["id"] for each in comments]


def test_why_nothing_is_shown_of_the_last_unit_is_said_before_the_end_as_well():
    *agenda, _ = small_plan().agenda
    rules = Rules(results_shown=ResultsShown.AFTER_EACH)
    story = opened(small_plan(agenda=tuple(agenda), rules=rules)).goes_to(SCHOOL, 2)
    step = region(closes(story, SCHOOL), "console-step")["step"]
    assert (step["kind"], step["outcome"]) == ("finish", "no_sheets")


def test_what_waits_for_the_supervisor_is_not_offered_to_be_shown():
    story = closed_over(
        {ANN: (50, 30), BEN: (50, 30), CAT: (50, 30)}, plan=small_plan(rules=Rules(trim_from=3, checked=True))
    )

    def offered() -> str | None:
        return region(story, "console-rounds")["rounds"][0]["next_step"]

    assert offered() is None
    round = next(iter(story.meeting.rounds))
    story.does(c.CheckResult(round, digest_of_round(story.meeting.rounds[round])))
    assert offered() == "spread"


# --- findings ---------------------------------------------------------------------------------------------------------


def test_a_comment_is_marked_as_soon_as_it_is_a_finding_and_those_of_the_unit_on_stage_are_counted():
    story = with_comment(with_comment(at_water()), "comment-2").does(drafted(sources=("comment-1",)))
    story.does(drafted("finding-2", "court"), drafted("finding-3"))
    queue = region(story, "console-comments")
    assert [(each["findings"], each["drafts"]) for each in queue["waiting"]] == [(1, 1), (0, 0)]
    assert (queue["findings_on"], queue["number_of_findings"]) == ("Water", 2)
    story.does(c.WithdrawFinding("finding-1", "", "the bureau"))
    first = region(story, "console-comments")["waiting"][0]
    assert (first["findings"], first["drafts"]) == (0, 1)
