"""Votes as a part of a composite: by tickets unless the plan says otherwise, each voice alone, once it is shown."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.language import Language
from app.language.sealed import say_rule
from app.meeting import commands as c
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.hints import rule_hints
from app.meeting.plan import Mode, Plan, Rules
from app.meeting.polls.agreed import Ballots, PollsOpen, Voters
from app.meeting.scoring.composite import composites_of
from app.meeting.sealing import said_of_rules
from app.meeting.shortcomings import shortcomings
from tests.meetings import Story, opened, small_plan
from tests.polled import closed_with, voted

VOTE, DAILY = Part("vote", "Vote", Decimal(60), Source.TICKETS), Part("daily", "Daily", Decimal(40))
TALLY = {
    "ticket": {"satisfied": 5, "fairly": 2, "dissatisfied": 1, "unknown": 90},
    "phone": {"dissatisfied": 500},
}


def joining(*parts: Part, **rules: object) -> Plan:
    usual = {"polls": PollsOpen.BY_HAND, "voters": Voters.EVERYBODY}
    return small_plan(mode=Mode.COMMENTS, rules=Rules(**usual | rules), composite=Composite(parts or (VOTE, DAILY)))


def joined(plan: Plan | None = None) -> Story:
    story = opened(plan or joining()).does(c.OpenPoll("water"))
    return voted(story, "water.1", TALLY).does(c.EnterPart("daily", {"water": Decimal(90)}, "the clerk"))


def points(story: Story) -> dict[str, str]:
    return {part: str(each) for part, each in composites_of(story.meeting)[0].points.items()}


def test_a_vote_gives_the_share_that_approves_of_those_with_tickets_who_say_anything():
    story = joined()
    assert points(story) == {"vote": "87.50", "daily": "90"}
    assert str(composites_of(story.meeting)[0].score) == "88.50"


def test_other_voices_are_taken_where_the_plan_says_so_and_each_for_itself():
    plan = joining(replace(VOTE, source=Source.PHONES), DAILY)
    assert points(joined(plan))["vote"] == "0.00"


def test_a_vote_counts_once_it_is_shown_and_the_last_one_that_was_not_withdrawn():
    story = opened(joining()).does(c.OpenPoll("water"))
    closed_with(story, "water.1", TALLY)
    assert points(story) == {}
    story.does(c.OpenPoll("water", again=True))
    voted(story, "water.2", {"ticket": {"satisfied": 3}})
    assert points(story) == {"vote": "100.00"}
    story.does(c.WithdrawPoll("water.2", "the wrong unit"))
    assert points(story) == {}


def test_of_nobody_who_says_anything_the_part_is_missing_and_not_zero():
    story = opened(joining()).does(c.OpenPoll("water"))
    voted(story, "water.1", {"ticket": {"unknown": 7}})
    assert composites_of(story.meeting)[0].missing == ("vote", "daily")


def test_nobody_types_what_the_audience_has_voted():
    assert joined().refusal(c.EnterPart("vote", {"court": Decimal(99)}, "the clerk")) == "part.voted_here"


@pytest.mark.parametrize(
    "command", [c.WithdrawPoll("water.1", "late"), c.OpenPoll("water", again=True)], ids=["withdrawn", "again"]
)
def test_votes_that_were_announced_as_a_part_stand_until_the_composites_are_withdrawn(command):
    story = joined().does(c.AnnounceComposites(("court", "school")))
    assert story.refusal(command) == "poll.in_composites"
    story.does(c.WithdrawComposites("a mistake"), command)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (joining(polls=PollsOpen.NEVER), "part.nobody_votes"),
        (joining(voters=Voters.PHONES), "part.nobody_votes"),
        (joining(VOTE, replace(VOTE, id="other", name="Other")), "part.voted_twice"),
    ],
)
def test_a_plan_joins_only_votes_that_it_takes(plan, code):
    assert [each.code for each in shortcomings(plan) if each.part == "parts"] == [code]


def test_votes_without_tickets_are_warned_of_and_the_seal_says_so():
    plan = joining(replace(VOTE, source=Source.WEB), DAILY)
    assert "look.vote_without_ticket" in [each.said.code for each in rule_hints(plan)]
    assert "look.vote_without_ticket" not in [each.said.code for each in rule_hints(joining())]
    said = [say_rule(each, Language.ENGLISH) for each in said_of_rules(plan)]
    assert any("more than once: votes from the internet." in each for each in said)
    sealed = [say_rule(each, Language.ENGLISH) for each in said_of_rules(joining())]
    assert not any("more than once" in each for each in sealed)
    assert any("for Satisfied, Fairly satisfied, without those for Cannot say," in each for each in sealed)
    motion = said_of_rules(joining(ballots=Ballots.MOTION))
    assert any("for For, without those for Abstain," in say_rule(each, Language.ENGLISH) for each in motion)
