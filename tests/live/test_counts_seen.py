"""Who sees what is chosen while a poll is open: nobody, unless the sealed rules say so; how many, everybody sees."""

import json
import re

import pytest

from app.language import Language
from app.live.painter import Painter
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Presence, Viewer, picture
from app.live.voting import Voting
from app.meeting.polls.agreed import CountsSeen
from app.web.access import WATCHES
from tests.live.painting import paint
from tests.live.sent import sent
from tests.live.viewers import STAFF
from tests.live.voted import OTHERS, POLL, TALLY, VOTING, asked
from tests.meetings import Story
from tests.polled import closed_with


def told(story: Story, view: str, viewer: Viewer = NOBODY) -> str:
    return json.dumps(sent(view, Look(story.meeting, viewer, Presence(voting=VOTING))))


SEES = {
    CountsSeen.NOBODY: set[str](),
    CountsSeen.MODERATOR: {"moderator"},
    CountsSeen.HALL: {"moderator", "hall", "lower"},
}


@pytest.mark.parametrize("seen", CountsSeen)
def test_what_is_chosen_in_an_open_poll_is_told_to_whom_the_rules_name_and_on_no_other_screen(seen):
    story = asked(seen)
    viewers = dict.fromkeys(VIEWS, NOBODY) | {"moderator": STAFF, "panel": Viewer("ann", "water")}
    telling = {view for view, viewer in viewers.items() if "7301" in told(story, view, viewer)}
    assert telling == SEES[seen]
    assert "7301" not in told(story, "results", STAFF)
    assert "14603" in told(story, "hall")


@pytest.mark.parametrize("seen", CountsSeen)
def test_a_phone_promises_no_more_than_the_rules_do(painter, seen):
    look = Look(asked(seen).meeting, NOBODY, Presence(voting=VOTING))
    for language, promise in (
        (Language.ENGLISH, "Nobody sees what was chosen"),
        (Language.CHINESE, "任何人都看不到结果"),
    ):
        vote = paint(painter, VIEWS["phone"], look, language)["phone-polls"]
        assert (promise in vote) == (seen is CountsSeen.NOBODY)
        assert len(re.findall("(?:主持人|moderator)", vote)) == (seen is not CountsSeen.NOBODY)


def test_how_many_have_voted_is_told_of_the_tickets_that_are_good_and_of_those_expected_in_the_hall():
    look = Look(asked(CountsSeen.NOBODY).meeting, presence=Presence(voting=VOTING))
    turnouts = sent("hall", look)["hall-stage"]["turnouts"]
    told = {each["voice"]: (each["ballots"], each["of"], each["turnout"]) for each in turnouts}
    assert told == {"ticket": (40, 48, 83), "phone": (14603, 300, 100), "web": (0, None, None)}


def seen_by_guests(painter: Painter, story: Story, voting: Voting) -> dict[tuple[str, Language], list[str]]:
    """What somebody without a key is sent of every view that is open to all: its mark, for programs and for people."""
    look = Look(story.meeting, NOBODY, Presence(voting=voting))
    return {
        (view, language): [
            picture(VIEWS[view], look).fingerprint,
            json.dumps(sent(view, look)),
            *paint(painter, VIEWS[view], look, language).values(),
        ]
        for view, roles in WATCHES.items()
        if roles is None
        for language in Language
    }


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("seen", CountsSeen)
def test_before_it_is_shown_no_guest_can_tell_two_votes_apart_in_which_as_many_voted(painter, seen, is_open):
    """But the hall, where the rules let it see how an open vote stands, and it alone: no phone, ever."""
    story = asked(seen)
    if not is_open:
        closed_with(story, POLL, TALLY)
    one, other = (seen_by_guests(painter, story, each) for each in (VOTING, OTHERS))
    apart = {view for view, language in one if one[view, language] != other[view, language]}
    assert apart == (SEES[CountsSeen.HALL] - {"moderator"} if is_open and seen is CountsSeen.HALL else set())
