"""A meeting played by its script: one press after another, as the button does it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.decide import decide
from app.meeting.plan import GradeLine, ItemKind, Mode, Plan, ResultsShown, Rules
from app.meeting.refusals import Refused
from app.meeting.script.state import Step, StepKind, Taken
from app.meeting.script.steps import last_step, next_step
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    SCHOOL,
    SEED,
    WATER,
    Story,
    checks,
    comment,
    opened,
    sheet,
    small_plan,
    whole,
)


def coming(story: Story) -> Step:
    step = next_step(story.meeting)
    assert step is not None, "the meeting is over"
    return step


def presses(story: Story, times: int = 1) -> Story:
    """The button; what it asks back is confirmed. Where the supervisor is waited for, the supervisor checks."""
    for _ in range(times):
        step = coming(story)
        if step.kind is StepKind.CHECK:
            story.does(checks(story, step.round))
            continue
        command = c.Advance(step=step.id, seed=SEED)
        try:
            decide(story.meeting, command, story.now)
        except Refused as refused:
            again = {name: tuple(value) if isinstance(value, list) else value for name, value in asks_back(refused)}
            command = c.Advance(step=step.id, seed=SEED, **again)
        story.does(command)
    return story


def asks_back(refused: Refused) -> list[tuple[str, Any]]:
    if refused.again is None:
        raise refused
    return list(refused.again.items())


def presses_until(story: Story, *kinds: StepKind, most: int = 200) -> Story:
    """Until the button would take a step of one of these kinds."""
    for _ in range(most):
        step = next_step(story.meeting)
        if step is None or step.kind in kinds:
            return story
        presses(story)
    raise AssertionError(f"{kinds} never came: {coming(story).id}")


def last(story: Story) -> Taken:
    taken = last_step(story.meeting)
    assert taken is not None
    return taken


def takes_back(story: Story, times: int = 1) -> Story:
    for _ in range(times):
        story.does(c.UndoStep(last(story).id))
    return story


def taken(story: Story) -> list[str]:
    return [each.step.id for each in story.meeting.script.taken]


# --- meetings to play -------------------------------------------------------------------------------------------------

ANNOUNCEMENT = "announcement"
GRADES = (GradeLine(Decimal(90), "good"), GradeLine(Decimal(0), "fair"))
PANEL = (ANN, BEN, CAT, DAN, EVE)


def script_plan(shown: ResultsShown = ResultsShown.AFTER_EACH, mode: Mode = Mode.POINTS, **rules: Any) -> Plan:
    plan = small_plan(mode=mode, rules=Rules(grades=GRADES, results_shown=shown, **rules))
    *agenda, end = plan.agenda
    return replace(plan, agenda=(*agenda, whole(ANNOUNCEMENT, ItemKind.ANNOUNCEMENT, "Results", 5), end))


def hands_in(story: Story, round: str, *points: Any, seats: tuple[str, ...] = PANEL) -> Story:
    unit = story.meeting.rounds[round].unit
    entitled = [seat.id for seat in story.meeting.entitled(unit) if seat.id in seats]
    return story.does(*(sheet(story.meeting, round, seat, *points) for seat in entitled))


def announcing(shown: ResultsShown, at: str = ANNOUNCEMENT, **rules: Any) -> Story:
    """Three units with 80, 95 and 60 points wait for the announcement."""
    story = opened(script_plan(shown, **rules))
    for round, points in ((WATER, (50, 30)), (COURT, (60, 35)), (SCHOOL, (40, 20))):
        hands_in(story.goes_to(round), round, *points)
        story.does(c.CloseRound(round))
    return story.goes_to(at)


def commented() -> Story:
    """In the last segment of the first report: one comment was released by hand, two wait."""
    story = presses(opened(script_plan(mode=Mode.COMMENTS)), 4)
    first = comment(id="comment1", text="Well argued")
    story.does(first, comment(BEN, "comment2", text="A gap"), comment(CAT, "comment3", text="A thought"))
    story.does(c.ReviseComment("comment2", BEN, CommentKind.PROBLEM, "A gap"))
    return story.does(c.ReleaseComment("comment1", "Well argued"))
