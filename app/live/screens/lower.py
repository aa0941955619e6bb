"""The lower third of a live stream, over a picture from elsewhere. Transparent where nothing is said.

Who reports; for twelve seconds after a grade the card with the score; a comment that stands alone, as a band; the
results of all while they are cued.
"""

from collections.abc import Iterator

from app.live import paging
from app.live.contexts import Context
from app.live.paging import PartOfComment
from app.live.screens import composites, displays, overview, parts, poll_on_stage, questions, reveal, standings
from app.live.screens.composites import PageOnStage, RowOnStage
from app.live.screens.poll_on_stage import PollOnStage
from app.live.screens.questions import QuestionQuoted
from app.live.screens.standings import Row, UnitsOfGrade
from app.live.views import Look, Region, View
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.measure import Area
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind, ResultsShown
from app.meeting.rounds.state import Round

BAND = Area(34, 4)
"""Two lines of a comment, and what is said of it."""
ROWS_AT_ONCE = 10
"""In two columns."""
OF_ALL = (SceneKind.RANKING, SceneKind.LANDSCAPE)
CARD_LASTS = 12_000
UNTIL_THE_GRADE = 5_400
"""What the hall takes from the press that shows all of a result to its grade (static/reveal.js); a stream that has the
card sooner tells the hall."""


class ScoreCard(Context, frozen=True, kw_only=True):
    """A result shown whole: ``bars`` are the shares of its criteria, in per cent.

    ``since``: when the grade was seen, and how long the card ``lasts`` from then; none if it stays while it is cued.
    """

    unit: str
    score: str | None
    grade: str
    bars: list[str]
    since: int | None
    lasts: int


class Third(Context, frozen=True, kw_only=True):
    """The name of the unit, or of the agenda item; what stands before it; nothing while the display is blank."""

    is_rehearsal: bool
    status: str
    is_blank: bool
    message: str
    title: str
    item: str
    unit: str
    number: int | None
    segment: str | None
    card: ScoreCard | None
    comment: list[PartOfComment]
    results: list[Row]
    by_grade: list[UnitsOfGrade]
    composites: list[PageOnStage]
    poll: PollOnStage | None
    question: QuestionQuoted | None


def third(look: Look) -> Third:
    meeting = look.meeting
    scene, item = meeting.scene_of(look.viewer.display), meeting.current_item
    is_running = meeting.is_open and item is not None
    card = _card(meeting, scene, is_cued=not meeting.displays.cue_of(look.viewer.display).follows)
    results, by_grade = _of_all(meeting) if scene.kind is SceneKind.RANKING and not card else ([], [])
    return Third(
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        is_blank=scene.kind is SceneKind.BLANK,
        message=scene.text if scene.kind is SceneKind.MESSAGE else "",
        title=meeting.plan.name,
        item=item.title if item and is_running and item.kind is not ItemKind.PRESENTATION else "",
        unit=meeting.unit(item.unit).name if item and item.unit and is_running else "",
        number=parts.number_of(meeting, item) if item and is_running else None,
        segment=meeting.current_segment.kind if meeting.current_segment and is_running else None,
        card=card,
        comment=_comment(meeting, scene),
        results=results,
        by_grade=by_grade,
        composites=[*_composites(meeting)] if scene.kind is SceneKind.COMPOSITES else [],
        poll=poll_on_stage.scene(look, scene, is_held=False) if scene.kind is SceneKind.POLL else None,
        question=questions.quoted(meeting, scene, BAND),
    )


def _of_all(meeting: Meeting) -> tuple[list[Row], list[UnitsOfGrade]]:
    rules = meeting.plan.rules
    if rules.results_shown is ResultsShown.BY_GRADE:
        return [], standings.by_grade(meeting)
    return [*(standings.ranked_rows(meeting) if rules.ranks_told else standings.rows_of(meeting))], []


def _composites(meeting: Meeting) -> Iterator[PageOnStage]:
    """As many at once as a band holds beside the picture."""
    for each in composites.announced(meeting):
        for rows in batched(each.rows, ROWS_AT_ONCE):
            yield PageOnStage(of_class=each.of_class, rows=rows)


def batched(rows: list[RowOnStage], most: int) -> Iterator[list[RowOnStage]]:
    return (rows[at : at + most] for at in range(0, len(rows), most))


def _card(meeting: Meeting, scene: Scene, is_cued: bool) -> ScoreCard | None:
    """Of the result on the displays, or of the one that has just been announced among all."""
    is_announced = scene.kind in OF_ALL and not is_cued
    told = overview.announced_round(meeting, scene) if is_announced else meeting.rounds.get(scene.round or "")
    if told is None or not told.is_revealed or not (is_announced or scene.kind is SceneKind.RESULT):
        return None
    shown = parts.shown_result(meeting, told)
    if shown is None:
        return None
    return ScoreCard(
        unit=shown.unit,
        score=shown.score,
        grade=shown.grade or "",
        bars=[each.share for each in reveal.profile(meeting, told) if each.share is not None],
        since=None if is_cued else _seen_at(told, is_announced),
        lasts=CARD_LASTS,
    )


def _seen_at(round: Round, is_announced: bool) -> int | None:
    revealed = parts.instant(round.revealed_at)
    if revealed is None or is_announced or round.shown_at_once <= 1:
        return revealed
    return revealed + UNTIL_THE_GRADE


def _comment(meeting: Meeting, scene: Scene) -> list[PartOfComment]:
    shown = parts.released_comment(meeting, scene.comment or "") if scene.kind is SceneKind.COMMENT else None
    return [part for page in paging.pages_of([shown], BAND) for part in page] if shown else []


LOWER = View(
    "lower",
    (Region("lower-third", third), Region("lower-told", displays.told)),
    pause=0.02,
    shows_turnout=True,
)
