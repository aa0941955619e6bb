"""What the results page tells of the audience: three voices beside each other, and none before its time."""

from dataclasses import replace
from typing import Any

from app.live.views import NOBODY, Look, Viewer
from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.promises.agreed import Previous, Promise
from tests.live.sent import sent
from tests.live.viewers import STAFF
from tests.meetings import ANN, BEN, CAT, DAN, WATER, Story, closed_over, small_plan
from tests.polled import closed_with, voted

TALLY = {"ticket": {"satisfied": 2, "fairly": 1}, "web": {"dissatisfied": 7}}


def asked() -> Story:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)
    units = tuple(replace(unit, promises=(Promise(1, "No list of duties."),)) for unit in small_plan().units)
    plan = small_plan(rules=rules, units=units, previous=Previous("before", "Before"))
    return closed_over(dict.fromkeys((ANN, BEN, CAT, DAN), (50, 30)), plan=plan).does(c.OpenPoll("water"))


def told(story: Story, viewer: Viewer = NOBODY) -> list[Any]:
    units: list[Any] = sent("results", Look(story.meeting, viewer))["results-votes"]["units"]
    return units


def test_three_voices_stand_beside_each_other_each_with_its_number():
    story = voted(asked(), "water.1", TALLY).does(c.RevealResult(WATER))
    (water,) = told(story)
    assert {each["voice"]: each["ballots"] for each in water["poll"]["voices"]} == {"ticket": 3, "web": 7}
    assert [each["share"] for each in water["poll"]["voices"][0]["choices"]] == ["66.67", "33.33", "0.00", "0.00"]
    assert (water["panel"]["score"], water["panel"]["counted"]) == ("80.00", 4)
    assert water["promises"]["promised"] == 1


def test_what_was_chosen_and_what_the_panel_gave_is_told_to_nobody_before_it_is_shown():
    story = asked()
    assert told(story, STAFF) == []
    closed_with(story, "water.1", TALLY)
    (water,) = told(story, STAFF)
    assert {each["voice"]: each["choices"] for each in water["poll"]["voices"]} == {"ticket": [], "web": []}
    assert water["panel"] is None


def test_a_vote_that_was_held_before_is_kept_beside_the_one_that_counts_and_a_withdrawn_one_is_told_as_that():
    story = voted(asked(), "water.1", TALLY).does(c.OpenPoll("water", again=True))
    assert [(each["poll"], each["others"][0]["poll"]) for each in told(story)] == [(None, "water.1")]
    voted(story, "water.2", {"phone": {"fairly": 4}})
    (water,) = told(story)
    assert water["poll"]["poll"] == "water.2"
    assert [each["voices"][1]["ballots"] for each in water["others"]] == [7]
    story.does(c.WithdrawPoll("water.2", "the wrong unit"))
    (water,) = told(story)
    assert water["poll"]["poll"] == "water.1"
    assert [(each["is_withdrawn"], each["voices"][0]["choices"]) for each in water["others"]] == [(True, [])]


def test_the_page_of_a_unit_tells_of_that_unit_alone():
    story = voted(asked(), "water.1", TALLY)
    assert told(story, Viewer(unit="court")) == []
    assert [each["unit"] for each in told(story, Viewer(unit="water"))] == ["water"]
