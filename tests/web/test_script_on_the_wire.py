"""The button over the wire: two presses, or two moderators, make one step."""

import asyncio

from app.meeting.script.state import StepKind
from tests.live.served import Caller, Sitting


def step(caller: Caller) -> dict[str, object]:
    shown: dict[str, object] = caller.regions["console-step"]["step"]
    return shown


def last_taken(caller: Caller) -> str:
    return str(caller.regions["console-step"]["taken"][0]["id"])


async def presses(caller: Caller, seen: object) -> str:
    """What comes of a press: nothing said against it, or a code."""
    return str((await caller.does("advance", step=seen)).get("code", ""))


async def test_a_meeting_is_opened_and_led_by_the_step_alone(sitting: Sitting):
    async with sitting.presides() as chair:
        for kind in (StepKind.OPEN, StepKind.ENTER, StepKind.ENTER):
            shown = step(chair)
            assert (shown["kind"], await presses(chair, shown["id"])) == (kind, "")
            await chair.until(lambda before=shown["id"]: step(chair)["id"] != before)
        assert chair.regions["console-step"]["place"]["item"] == "report-water"


async def test_two_presses_and_two_moderators_make_one_step(sitting: Sitting):
    async with sitting.presides() as chair, sitting.presides() as other:
        await presses(chair, "open")
        seen = "enter:opening:0"
        for each in (chair, other):
            await each.until(lambda caller=each: step(caller)["id"] == seen)
        said = [*await asyncio.gather(presses(chair, seen), presses(other, seen)), await presses(chair, seen)]
        assert sorted(said) == ["", "agenda.moved_on", "agenda.moved_on"]
        await other.until(lambda: last_taken(other).endswith(str(seen)))
        taken = last_taken(other)
        backs = await asyncio.gather(chair.does("undo_step", step=taken), other.does("undo_step", step=taken))
        assert sorted(each.get("code", "") for each in backs) == ["", "agenda.moved_on"]
        await chair.until(lambda: step(chair)["id"] == seen)
