"""A poll before the hall: how to vote and how many have; how many did; how it voted, beside what the panel gave."""

from typing import Literal

from app.live.contexts import Context
from app.live.screens import parts
from app.live.screens.onstage import OnStage
from app.live.screens.parts import ResultShown
from app.live.screens.polls import PollTold, ballots_so_far, poll_told
from app.live.views import Look
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import Voice
from app.meeting.polls.state import Poll


class VotedSoFar(Context, frozen=True, kw_only=True):
    """So many ballots of one voice, and of how many who could vote, if that is known."""

    voice: str
    ballots: int
    of: int | None


class PollOnStage(OnStage, frozen=True, kw_only=True):
    """``state``: open, closed or shown. ``panel``: what the panel gave, where the hall has been shown that."""

    scene: Literal["poll"] = "poll"
    state: str
    unit: str
    choices: list[str]
    turnouts: list[VotedSoFar]
    told: PollTold | None
    panel: ResultShown | None


def scene(look: Look, scene: Scene, is_held: bool) -> PollOnStage:
    meeting = look.meeting
    poll = meeting.polls.get(scene.poll or "")
    if poll is None:  # in a log from elsewhere
        return PollOnStage(is_held=is_held, state="closed", unit="", choices=[], turnouts=[], told=None, panel=None)
    return PollOnStage(
        is_held=is_held,
        state=state_of(poll),
        unit=meeting.unit(poll.unit).short_name,
        choices=list(meeting.plan.rules.choices),
        turnouts=turnouts(look, poll),
        told=poll_told(meeting, poll) if poll.is_shown else None,
        panel=_panel(meeting, poll) if poll.is_shown else None,
    )


def state_of(poll: Poll) -> str:
    return "open" if poll.is_open else "shown" if poll.is_shown else "closed"


def turnouts(look: Look, poll: Poll) -> list[VotedSoFar]:
    ballots, rules = ballots_so_far(look, poll), look.meeting.plan.rules
    return [
        VotedSoFar(voice=each, ballots=ballots.get(each, 0), of=None if each is Voice.WEB else rules.audience or None)
        for each in rules.voices
    ]


def _panel(meeting: Meeting, poll: Poll) -> ResultShown | None:
    round = meeting.round_of(poll.unit)
    return parts.shown_result(meeting, round) if round and round.is_revealed else None
