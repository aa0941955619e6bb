"""A result on the stage, step by step: the sheets, what is dropped, the score with its profile, the grade.

A mean by criterion is shown with the score and never before: together with the weights, which everybody knows, the
means are the score. Until then the profile says what is judged, which was sealed in public.
"""

import unicodedata
from typing import Literal

from app.live.contexts import Context
from app.live.memory import public_account, result_of
from app.live.screens import parts, pictures
from app.live.screens.onstage import OnStage
from app.live.screens.parts import ResultShown
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.telling import Account

FEWEST_MEASURES, MOST_MEASURES = 2, 12
"""Of one criterion alone the mean is the score; more than so many do not stand beside the score in readable letters."""

MOST_STACKED = 4
"""So many letters stand in a seal as they are carved; what is longer is set in lines."""


class Measure(Context, frozen=True, kw_only=True):
    """A criterion in the profile; its mean, and how much of its bar is filled in per cent, come with the score."""

    name: str
    out_of: str
    mean: str | None
    share: str | None


class Stamp(Context, frozen=True, kw_only=True):
    """The grade as a seal; ``form``: how many letters are carved, or ``words``."""

    text: str
    form: str


class ResultOnStage(OnStage, frozen=True, kw_only=True):
    """``steps``: what of it is shown; ``shown_at``: when the last of them was, by which a display knows what is new."""

    scene: Literal["result"] = "result"
    result: ResultShown | None
    steps: list[str]
    shown_at: int | None
    profile: list[Measure]
    stamp: Stamp | None


def scene(meeting: Meeting, scene: Scene, is_held: bool) -> ResultOnStage:
    round = meeting.rounds.get(scene.round or "")
    result = parts.shown_result(meeting, round) if round else None
    if round is None or result is None:
        return ResultOnStage(is_held=is_held, result=None, steps=[], shown_at=None, profile=[], stamp=None)
    return ResultOnStage(
        is_held=is_held,
        result=result,
        steps=list(round.steps_shown),
        shown_at=parts.instant(round.shown_at),
        profile=profile(meeting, round),
        stamp=stamp(result.grade) if result.grade else None,
    )


def profile(meeting: Meeting, round: Round) -> list[Measure]:
    """The criteria with their means, as far as they are told; empty where they are withheld, or there is but one."""
    account = public_account(meeting, round)
    if not FEWEST_MEASURES <= len(account.criteria) <= MOST_MEASURES:
        return []
    is_scored = result_of(meeting, round).score is not None and "score" in round.steps_shown
    return [_measure(meeting, account, at, is_scored) for at in range(len(account.criteria))]


def stamp(grade: str) -> Stamp:
    is_carved = len(grade) <= MOST_STACKED and all(unicodedata.east_asian_width(each) in "WF" for each in grade)
    return Stamp(text=grade, form=str(len(grade)) if is_carved else "words")


def _measure(meeting: Meeting, account: Account, at: int, is_shown: bool) -> Measure:
    told = account.criteria[at]
    criterion = meeting.criterion(told.criterion)
    return Measure(
        name=criterion.name,
        out_of=parts.out_of(criterion),
        mean=str(told.shown) if is_shown else None,
        share=pictures.bar(told.shown, criterion.minimum, criterion.maximum) if is_shown else None,
    )
