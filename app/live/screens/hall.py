"""The display for the hall: where the meeting stands, the clock, the progress, comments and results."""

from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from app.live import paging
from app.live.contexts import Context, PublicComment
from app.live.memory import result_of
from app.live.paging import PartOfComment
from app.live.screens import (
    composites,
    displays,
    draw,
    frame,
    items,
    parts,
    poll_on_stage,
    promised,
    questions,
    reveal,
    standings,
)
from app.live.screens.onstage import OnStage, picture_of
from app.live.screens.parts import ClockShown, PlaceShown, Tally
from app.live.screens.promised import PartOfPromise, PromisesCounted, counted_of, pages
from app.live.screens.ribbon import ribbon
from app.live.views import Look, Region, View
from app.meeting.comments.state import CommentKind
from app.meeting.comments.summing_up import pages_shown, released_on
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.meeting import Meeting

COMMENTS_BESIDE = 3
COMMENTS_ON_STAGE = 6


class Head(Context, frozen=True, kw_only=True):
    title: str
    is_rehearsal: bool
    number: int | None
    count: int
    offset: int
    status: str
    is_blank: bool


class Progress(Context, frozen=True, kw_only=True):
    """Sheets in, of the unit on the stage; once its round is closed, how many came in."""

    tally: Tally | None
    closed_with: int | None


class Comments(Context, frozen=True, kw_only=True):
    """The newest released comment on the unit on the stage, beside it, and earlier ones as they fit.

    Before the first one, what the unit promised at the meeting before.
    """

    comments: list[PublicComment]
    pages: list[list[PartOfComment]]
    promised: PromisesCounted | None
    promises: list[list[PartOfPromise]]


class Timer(OnStage, frozen=True, kw_only=True):
    scene: Literal["timer"] = "timer"
    place: PlaceShown | None
    clock: ClockShown | None
    is_paused: bool


class CommentsOnStage(OnStage, frozen=True, kw_only=True):
    """Of one unit, or of all."""

    scene: Literal["comments"] = "comments"
    unit: str | None
    comments: list[PublicComment]
    pages: list[list[PartOfComment]]
    more: int


class Quotation(OnStage, frozen=True, kw_only=True):
    """One comment alone; none if it has been withdrawn."""

    scene: Literal["comment"] = "comment"
    unit: str | None
    comment: PublicComment | None
    pages: list[list[PartOfComment]]


class KindCounted(Context, frozen=True, kw_only=True):
    kind: str
    number: int
    is_shown: bool


class SummingUp(OnStage, frozen=True, kw_only=True):
    """What was said of a unit: how much of each kind, and the comments on the page (from 0) that is turned up.

    ``is_of_all``: the problems of all units, of which the page is about one.
    """

    scene: Literal["summing_up"] = "summing_up"
    is_of_all: bool
    unit: str
    kinds: list[KindCounted]
    page: int
    number: int
    pages: int
    comments: list[PartOfComment]


class Message(OnStage, frozen=True, kw_only=True):
    scene: Literal["message"] = "message"
    text: str


class Blank(OnStage, frozen=True, kw_only=True):
    scene: Literal["blank"] = "blank"


Stage = (
    frame.Waiting
    | frame.Seal
    | items.Item
    | Timer
    | CommentsOnStage
    | reveal.ResultOnStage
    | standings.Ranking
    | Message
    | frame.Finished
    | Blank
    | Quotation
    | SummingUp
    | standings.Landscape
    | composites.CompositesOnStage
    | draw.LotsOnStage
    | poll_on_stage.PollOnStage
    | questions.QuestionOnStage
    | promised.PromisesOnStage
)


def head(look: Look) -> Head:
    meeting = look.meeting
    item = meeting.current_item
    return Head(
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        number=parts.number_of(meeting, item) if item else None,
        count=parts.count_of_presentations(meeting),
        offset=parts.offset_minutes(meeting),
        status=parts.status(meeting),
        is_blank=meeting.scene_of(look.viewer.display).kind is SceneKind.BLANK,
    )


def stage(look: Look) -> Stage:
    scene, cue = look.meeting.scene_of(look.viewer.display), look.meeting.displays.cue_of(look.viewer.display)
    if scene.kind is SceneKind.POLL:
        return replace(poll_on_stage.scene(look, scene, cue.held), picture=picture_of(scene))
    shown = _SCENES[scene.kind](look.meeting, scene, cue.held)
    return replace(shown, picture=picture_of(scene))


def progress(look: Look) -> Progress:
    meeting = look.meeting
    item = _item_on_stage(look)
    round = meeting.rounds.get(item) if item else None
    is_closed = round is not None and not round.is_open
    return Progress(
        tally=parts.tally(meeting, round),
        closed_with=result_of(meeting, round).turnout.counted if round and is_closed else None,
    )


def comments(look: Look) -> Comments:
    item = _item_on_stage(look)
    unit = look.meeting.item(item).unit if item else None
    shown = parts.released_comments(look.meeting, COMMENTS_BESIDE, unit) if unit else []
    promising = look.meeting.unit(unit) if unit and not shown else None
    return Comments(
        comments=shown,
        pages=paging.pages_with_newest(shown, paging.BESIDE),
        promised=counted_of(look.meeting, promising) if promising else None,
        promises=pages(look.meeting, promising) if promising else [],
    )


def _item_on_stage(look: Look) -> str | None:
    scene = look.meeting.scene_of(look.viewer.display)
    return scene.item if scene.kind is SceneKind.ITEM else None


# --- scenes -----------------------------------------------------------------------------------------------------------


def _timer(meeting: Meeting, _scene: Scene, is_held: bool) -> Timer:
    return Timer(
        is_held=is_held,
        place=parts.place(meeting, meeting.agenda.place),
        clock=parts.current_clock(meeting),
        is_paused=meeting.is_paused,
    )


def _comments(meeting: Meeting, scene: Scene, is_held: bool) -> CommentsOnStage:
    shown = parts.released_comments(meeting, COMMENTS_ON_STAGE, scene.unit)
    return CommentsOnStage(
        is_held=is_held,
        unit=meeting.unit(scene.unit).short_name if scene.unit else None,
        comments=shown,
        pages=paging.pages_of(shown, paging.STAGE),
        more=parts.number_released(meeting, scene.unit) - len(shown),
    )


def _quotation(meeting: Meeting, scene: Scene, is_held: bool) -> Quotation:
    shown = parts.released_comment(meeting, scene.comment or "")
    return Quotation(
        is_held=is_held,
        unit=meeting.unit(scene.unit).short_name if scene.unit else None,
        comment=shown,
        pages=paging.pages_of([shown], paging.STAGE) if shown else [],
    )


def _summing_up(meeting: Meeting, scene: Scene, is_held: bool) -> SummingUp:
    pages = pages_shown(meeting, scene.unit)
    page = pages[min(scene.page, len(pages) - 1)] if pages else None
    unit = page.unit if page else scene.unit or ""
    at = pages.index(page) if page else 0
    return SummingUp(
        is_held=is_held,
        is_of_all=scene.unit is None,
        unit=meeting.unit(unit).short_name if unit else "",
        kinds=[
            KindCounted(
                kind=kind, number=len(released_on(meeting, unit, kind)), is_shown=bool(page and page.kind is kind)
            )
            for kind in (CommentKind if scene.unit else [CommentKind.PROBLEM])
        ],
        page=at,
        number=at + 1,
        pages=len(pages),
        comments=[paging.part_of(parts.public_comment(meeting, page.comments[each.at]), each) for each in page.parts]
        if page
        else [],
    )


def _message(_meeting: Meeting, scene: Scene, is_held: bool) -> Message:
    return Message(is_held=is_held, text=scene.text)


def _blank(_meeting: Meeting, _scene: Scene, is_held: bool) -> Blank:
    return Blank(is_held=is_held)


_SCENES: dict[SceneKind, Callable[[Meeting, Scene, bool], Stage]] = {
    SceneKind.WAITING: frame.waiting,
    SceneKind.SEAL: frame.seal,
    SceneKind.ITEM: items.item,
    SceneKind.FINISHED: frame.finished,
    SceneKind.BLANK: _blank,
    SceneKind.TIMER: _timer,
    SceneKind.COMMENTS: _comments,
    SceneKind.RESULT: reveal.scene,
    SceneKind.RANKING: standings.ranking,
    SceneKind.MESSAGE: _message,
    SceneKind.DRAW: draw.scene,
    SceneKind.COMMENT: _quotation,
    SceneKind.SUMMING_UP: _summing_up,
    SceneKind.LANDSCAPE: standings.landscape,
    SceneKind.COMPOSITES: composites.scene,
    SceneKind.QUESTION: questions.scene,
    SceneKind.PROMISES: promised.scene,
}

HALL = View(
    "hall",
    (
        Region("hall-head", head),
        Region("hall-stage", stage),
        Region("hall-progress", progress),
        Region("hall-ribbon", ribbon),
        Region("hall-comments", comments),
        Region("hall-told", displays.told),
    ),
    pause=0.02,
    shows_turnout=True,
)
