"""The display for the hall: where the meeting stands, the clock, the progress, comments and results."""

from typing import Any

from app.live import paging
from app.live.memory import result_of
from app.live.screens import displays, draw, parts
from app.live.views import Context, Look, Region, View
from app.meeting.agenda.state import Place
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.result import Result
from app.meeting.timing import clock_of

COMMENTS_BESIDE = 3
COMMENTS_ON_STAGE = 6


def head(look: Look) -> Context:
    meeting = look.meeting
    item = meeting.current_item
    return {
        "title": meeting.plan.title,
        "is_rehearsal": meeting.plan.is_rehearsal,
        "number": parts.number_of(meeting, item) if item else None,
        "count": parts.count_of_presentations(meeting),
        "offset": parts.offset_minutes(meeting),
        "status": parts.status(meeting),
        "is_blank": meeting.scene_of(look.viewer.display).kind is SceneKind.BLANK,
    }


def stage(look: Look) -> Context:
    scene, cue = look.meeting.scene_of(look.viewer.display), look.meeting.displays.cue_of(look.viewer.display)
    return {"scene": scene.kind, "is_held": cue.held, **_SCENES[scene.kind](look.meeting, scene)}


def progress(look: Look) -> Context:
    """Sheets in, of the unit on the stage; nothing once its round is closed."""
    meeting = look.meeting
    item = _item_on_stage(look)
    return {"tally": parts.tally(meeting, meeting.rounds.get(item)) if item else None}


def comments(look: Look) -> Context:
    """The newest released comment on the unit on the stage, beside it, and earlier ones as they fit."""
    item = _item_on_stage(look)
    unit = look.meeting.item(item).unit if item else None
    shown = parts.released_comments(look.meeting, COMMENTS_BESIDE, unit) if unit else []
    return {"comments": shown, "pages": paging.pages_with_newest(shown, paging.BESIDE)}


def _item_on_stage(look: Look) -> str | None:
    scene = look.meeting.scene_of(look.viewer.display)
    return scene.item if scene.kind is SceneKind.ITEM else None


# --- scenes -----------------------------------------------------------------------------------------------------------


def _waiting(meeting: Meeting, _scene: Scene) -> Context:
    plan = meeting.plan
    return {
        "title": plan.title,
        "organisers": list(plan.organisers),
        "place": plan.place,
        "date": plan.starts_at.date().isoformat(),
        "starts_at": parts.time_of_day(meeting, plan.starts_at),
        "units": [unit.short_name for unit in plan.units],
    }


def _seal(meeting: Meeting, _scene: Scene) -> Context:
    rules = meeting.plan.rules
    return {"seal": meeting.seal, "rules": parts.rules_said(meeting.plan), "receipts": rules.receipts}


def _item(meeting: Meeting, scene: Scene) -> Context:
    """An agenda item; its clock runs only while the agenda stands there (a held scene keeps its last time)."""
    item = meeting.item(scene.item or "")
    at = (
        meeting.agenda.place.segment
        if meeting.agenda.place and meeting.agenda.place.item == item.id
        else len(item.segments) - 1
    )
    here = Place(item.id, at)
    return {
        "kind": item.kind,
        "title": item.title,
        "unit": meeting.unit(item.unit).name if item.unit else None,
        "short_name": meeting.unit(item.unit).short_name if item.unit else None,
        "number": parts.number_of(meeting, item),
        "segments": [{"kind": each.kind, "is_current": where == at} for where, each in enumerate(item.segments)],
        "segment": item.segments[at].kind,
        "clock": parts.clock(clock_of(meeting, here)),
        "is_paused": meeting.is_paused,
        "seal": meeting.seal if item.kind is ItemKind.OPENING else "",
    }


def _timer(meeting: Meeting, _scene: Scene) -> Context:
    return {
        "place": parts.place(meeting, meeting.agenda.place),
        "clock": parts.current_clock(meeting),
        "is_paused": meeting.is_paused,
    }


def _comments(meeting: Meeting, scene: Scene) -> Context:
    shown = parts.released_comments(meeting, COMMENTS_ON_STAGE, scene.unit)
    return {
        "unit": meeting.unit(scene.unit).short_name if scene.unit else None,
        "comments": shown,
        "pages": paging.pages_of(shown, paging.STAGE),
        "more": parts.number_released(meeting, scene.unit) - len(shown),
    }


def _result(meeting: Meeting, scene: Scene) -> Context:
    round = meeting.rounds.get(scene.round or "")
    return {"result": parts.shown_result(meeting, round) if round else None}


def _ranking(meeting: Meeting, _scene: Scene) -> Context:
    """The revealed results; of the others not even the number is said.

    Where the rules do not show ranks they stand as the units report, which says nothing of who is ahead.
    """
    revealed = [result_of(meeting, each) for each in parts.revealed(meeting)]
    if not meeting.plan.rules.rank_shown:
        return {"ranked": [], "overview": [_row(meeting, each) for each in revealed if each.is_scored]}
    return {
        "ranked": [
            {"rank": each.rank, **_row(meeting, each.result), "broken_by": each.broken_by}
            for each in ranking(meeting, revealed)
        ],
        "overview": [],
    }


def _row(meeting: Meeting, result: Result) -> Context:
    return {
        "unit": meeting.unit(result.unit).short_name,
        "score": str(result.score) if result.score is not None else None,
        "grade": result.grade,
    }


def _message(_meeting: Meeting, scene: Scene) -> Context:
    return {"text": scene.text}


def _finished(meeting: Meeting, _scene: Scene) -> Context:
    return {"title": meeting.plan.title}


def _blank(_meeting: Meeting, _scene: Scene) -> Context:
    return {}


_SCENES: dict[SceneKind, Any] = {
    SceneKind.WAITING: _waiting,
    SceneKind.SEAL: _seal,
    SceneKind.ITEM: _item,
    SceneKind.FINISHED: _finished,
    SceneKind.BLANK: _blank,
    SceneKind.TIMER: _timer,
    SceneKind.COMMENTS: _comments,
    SceneKind.RESULT: _result,
    SceneKind.RANKING: _ranking,
    SceneKind.MESSAGE: _message,
    SceneKind.DRAW: draw.scene,
}

HALL = View(
    "hall",
    (
        Region("hall-head", head),
        Region("hall-stage", stage),
        Region("hall-progress", progress),
        Region("hall-comments", comments),
        Region("hall-told", displays.told),
    ),
    pause=0.02,
)
