"""An entry that no press can have brought, under a right seal: it is said in words, and no screen fails for it."""

import pytest

from app.language import Language
from app.language.happenings import say_event
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.evolve import evolve
from app.meeting.script.state import Step, StepKind
from app.meeting.script.steps import next_step
from tests.live.hidden import VIEWERS, closed, sight
from tests.meetings import WATER

AT = closed().now

ENTRIES = [
    e.StepUndone(99, Step(StepKind.SHOW, round=WATER, part="nobody knows"), 0, at=AT),
    e.StepUndone(2, Step(StepKind.ENTER, place=Place("opening", -99)), 99, at=AT),
    e.StepUndone(1, Step(StepKind.CHECK, round="{round}"), -1, at=AT),
    e.ResultHidden(WATER, ("nobody knows",), at=AT),
    e.ResultStepShown(WATER, "nobody knows", at=AT),
    e.ResultStepShown(WATER, "", at=AT),
    e.ResultsAnnounced((), at=AT, by_grade=True, grade="{rounds}"),
    e.ResultsAnnounced(("nobody knows", WATER), at=AT),
    e.SummedUp("nobody knows", 0, at=AT),
    e.SummedUp("water", -7, at=AT),
    e.SummedUp("", 10**9, at=AT),
    e.CommentQuoted("nobody knows", at=AT, released=True),
    e.CommentPutBack("nobody knows", at=AT),
    e.RoundTakenBack(WATER, at=AT),
    e.RoundTakenBack("nobody knows", at=AT),
]


@pytest.mark.parametrize("event", ENTRIES, ids=lambda event: type(event).__name__)
def test_such_an_entry_is_said_and_leaves_the_screens_standing(event):
    before = closed().meeting
    assert all(say_event(event, before, language) for language in Language)
    try:
        after = evolve(before, event)
    except (KeyError, IndexError):  # it cannot be followed, as verify says with its place
        return
    assert next_step(after)
    assert all(sight(after, *viewer) for viewer in VIEWERS.values())
