"""A meeting played by its script: one press after another, as the button does it."""

from typing import Any

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.refusals import Refused
from app.meeting.script.state import Step, StepKind, Taken
from app.meeting.script.steps import last_step, next_step
from tests.meetings import SEED, Story, checks


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
