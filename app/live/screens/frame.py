"""What frames a meeting on the stage: before it opens, the seal of its rules, its end."""

from decimal import Decimal
from typing import Literal

from app.live.contexts import Context
from app.live.screens import parts, pictures
from app.live.screens.onstage import OnStage
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan
from app.meeting.refusals import Said
from app.meeting.scoring.composite import day_to_come

CORE = frozenset(
    {
        *("trim", "trim_none", "mean_sheet", "mean_criterion", "mean_of_groups_sheet", "mean_of_groups_criterion"),
        *("level_plurality", "level_median", "comments_only"),
    }
)
"""Of the codes of sealed rules: those that say how sheets become a result."""


class Judged(Context, frozen=True, kw_only=True):
    """A criterion with its points, and how long its bar is beside the longest, in per cent; a level has no points."""

    name: str
    points: str
    share: str


class Waiting(OnStage, frozen=True, kw_only=True):
    scene: Literal["waiting"] = "waiting"
    title: str
    organisers: list[str]
    place: str
    date: str
    starts_at: str
    units: list[str]
    judged: list[Judged]


class Seal(OnStage, frozen=True, kw_only=True):
    """``judged``: what is judged, as a picture; ``core``: the rule by which sheets become a result; ``rules``: all."""

    scene: Literal["seal"] = "seal"
    mode: str
    seal: str
    judged: list[Judged]
    core: list[Said]
    rules: list[Said]
    receipts: str


class Finished(OnStage, frozen=True, kw_only=True):
    """``due``: the day on which the composites are still to be announced."""

    scene: Literal["finished"] = "finished"
    title: str
    code: str
    due: str


def waiting(meeting: Meeting, _scene: Scene, is_held: bool) -> Waiting:
    plan = meeting.plan
    return Waiting(
        is_held=is_held,
        title=plan.title,
        organisers=list(plan.organisers),
        place=plan.place,
        date=plan.starts_at.date().isoformat(),
        starts_at=parts.time_of_day(meeting, plan.starts_at),
        units=[unit.short_name for unit in plan.units],
        judged=_judged(plan),
    )


def seal(meeting: Meeting, _scene: Scene, is_held: bool) -> Seal:
    said = parts.rules_said(meeting.plan)
    return Seal(
        is_held=is_held,
        mode=meeting.plan.mode,
        seal=meeting.seal,
        judged=_judged(meeting.plan),
        core=[each for each in said if each.code in CORE],
        rules=said,
        receipts=meeting.plan.rules.receipts_told,
    )


def finished(meeting: Meeting, _scene: Scene, is_held: bool) -> Finished:
    plan, due = meeting.plan, day_to_come(meeting)
    return Finished(is_held=is_held, title=plan.title, code=plan.code, due=due.isoformat() if due else "")


def _judged(plan: Plan) -> list[Judged]:
    """The criteria by their points; by levels, the levels; nothing of a meeting in which comments alone are given."""
    if plan.mode is Mode.LEVELS:
        return [Judged(name=each.name, points="", share="") for scale in plan.criteria for each in scale.levels]
    most = max((each.maximum for each in plan.criteria if each.maximum.is_finite()), default=Decimal(0))
    return [
        Judged(name=each.name, points=parts.points_of(each), share=pictures.bar(each.maximum, Decimal(0), most) or "0")
        for each in plan.criteria
    ]
