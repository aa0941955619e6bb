"""A poll before the hall: how to vote and how many have; how many did; how it voted, beside what the panel gave."""

from typing import Literal

from app.live.screens import parts, promised
from app.live.screens.onstage import OnStage
from app.live.screens.parts import ResultShown
from app.live.screens.polls import PollTold, VoiceTold, poll_told, so_far
from app.live.screens.promised import PromisesCounted
from app.live.views import Look
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import CountsSeen
from app.meeting.polls.state import Poll


class PollOnStage(OnStage, frozen=True, kw_only=True):
    """``state``: open, closed or shown. ``turnouts``: how many have voted, of every voice that is asked. ``choices``:
    between what, until they are told with the ballots for each; ``names``: what the organiser calls them.

    Once it is shown, ``panel`` is what the panel gave, where the hall has been shown that; ``promises``: those of the
    meeting before. ``by_choice``: a line for each choice, since in a column for each voice their names have no room.
    """

    scene: Literal["poll"] = "poll"
    state: str
    unit: str
    choices: list[str]
    names: dict[str, str]
    turnouts: list[VoiceTold]
    told: PollTold | None
    by_choice: bool
    panel: ResultShown | None
    promises: PromisesCounted | None


def scene(look: Look, scene: Scene, is_held: bool) -> PollOnStage:
    meeting = look.meeting
    poll = meeting.polls.get(scene.poll or "")
    if poll is None:  # in a log from elsewhere
        return _nothing(is_held)
    unit, turnouts = meeting.unit(poll.unit), so_far(look, poll, CountsSeen.HALL)
    is_told = any(each.choices for each in turnouts)
    told = poll_told(meeting, poll) if poll.is_shown else None
    return PollOnStage(
        is_held=is_held,
        state=state_of(poll),
        unit=unit.short_name,
        choices=[] if is_told else list(meeting.plan.rules.choices),
        names={} if is_told else meeting.plan.rules.names_of_choices,
        turnouts=turnouts,
        told=told,
        by_choice=told is not None and _has_long_names(told),
        panel=_panel(meeting, poll) if poll.is_shown else None,
        promises=promised.counted_of(meeting, unit) if poll.is_shown else None,
    )


def _nothing(is_held: bool) -> PollOnStage:
    return PollOnStage(
        is_held=is_held,
        state="closed",
        unit="",
        choices=[],
        names={},
        turnouts=[],
        told=None,
        by_choice=False,
        panel=None,
        promises=None,
    )


MOST_BESIDE_LONG_NAMES = 3
LONGEST_IN_A_COLUMN = 6
"""Letters of a name that still stand in a column which is a quarter of the stage."""


def _has_long_names(told: PollTold) -> bool:
    names = [each.name for each in told.voices[0].choices] if told.voices else []
    return len(names) > MOST_BESIDE_LONG_NAMES and any(len(name) > LONGEST_IN_A_COLUMN for name in names)


def state_of(poll: Poll) -> str:
    return "open" if poll.is_open else "shown" if poll.is_shown else "closed"


def _panel(meeting: Meeting, poll: Poll) -> ResultShown | None:
    round = meeting.round_of(poll.unit)
    return parts.shown_result(meeting, round) if round and round.is_revealed else None
