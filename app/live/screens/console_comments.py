"""The comments before the moderator: those that wait, those that were decided, and a page of all."""

from msgspec.structs import asdict

from app.live import paging
from app.live.memory import findings_made, sorted_comments
from app.live.screens import parts
from app.live.screens.console_contexts import AllComments, Alone, OfOneKind, Queue, Queued
from app.live.views import Look
from app.meeting.comments.state import Comment, CommentKind, CommentStanding
from app.meeting.displays.state import SceneKind
from app.meeting.meeting import Meeting

MOST_WAITING = 100
MOST_DECIDED = 50
SHOWN = (CommentStanding.WAITING, CommentStanding.RELEASED, CommentStanding.WITHDRAWN)


def comments(look: Look) -> Queue:
    meeting, found = look.meeting, sorted_comments(look.meeting)
    on_stage = meeting.current_unit if not meeting.is_finished else None
    unit = on_stage if not meeting.plan.is_scored else None
    made = findings_made(meeting)
    return Queue(
        mode=meeting.plan.mode,
        unit=unit.short_name if unit else "",
        groups=_groups(meeting, unit.id) if unit else [],
        alone=_alone(meeting),
        waiting=[_comment(meeting, each) for each in found.waiting[-MOST_WAITING:]],
        number_waiting=len(found.waiting),
        decided=[_comment(meeting, each) for each in found.decided[:MOST_DECIDED]],
        number_decided=len(found.decided),
        number_earlier=max(len(found.waiting) - MOST_WAITING, 0),
        number_of_all=len(found.waiting) + len(found.decided),
        findings_on=on_stage.short_name if on_stage else "",
        number_of_findings=made.on_units[on_stage.id] if on_stage else made.on_units.total(),
    )


def _groups(meeting: Meeting, unit: str) -> list[OfOneKind]:
    """What has been said of the unit on the stage, kind by kind, as it was sent, with what was decided of it."""
    said = sorted(
        (each for each in meeting.comments_on(unit) if each.standing in SHOWN), key=lambda e: (e.sent_at, e.id)
    )
    return [
        OfOneKind(kind=kind, comments=[_comment(meeting, each) for each in said if each.kind is kind][-MOST_WAITING:])
        for kind in CommentKind
    ]


def _alone(meeting: Meeting) -> Alone | None:
    """The comment that the displays show alone, and its neighbours among those released on its unit."""
    scene = meeting.scene
    shown = meeting.comments.get(scene.comment or "") if scene.kind is SceneKind.COMMENT else None
    if shown is None:
        return None
    row = [each.id for each in reversed(sorted_comments(meeting).released_on.get(shown.unit, []))]
    if shown.id not in row:
        return None
    at = row.index(shown.id)
    return Alone(
        id=shown.id,
        number=at + 1,
        of=len(row),
        before=row[at - 1] if at > 0 else None,
        after=row[at + 1] if at + 1 < len(row) else None,
    )


def all_comments(meeting: Meeting, asked: str) -> AllComments | None:
    """A page of all comments: those that wait, first come first, then the others, newest first."""
    found = sorted_comments(meeting)
    everyone = found.waiting + found.decided
    page = parts.page_of(asked, len(everyone))
    if page is None:
        return None
    shown = everyone[page.start : page.start + parts.COMMENTS_A_PAGE]
    return AllComments(**asdict(page), comments=[_comment(meeting, each) for each in shown])


def _comment(meeting: Meeting, comment: Comment) -> Queued:
    made = findings_made(meeting)
    return Queued(
        id=comment.id,
        unit=meeting.unit(comment.unit).short_name,
        seat=meeting.seat(comment.seat).label,
        kind=comment.kind,
        text=comment.text,
        is_edited=comment.is_edited,
        original=comment.original,
        standing=comment.standing,
        pages=len(paging.pages_of([parts.public_comment(meeting, comment)], paging.STAGE)),
        at=parts.time_of_day(meeting, comment.sent_at),
        findings=made.of_comments[comment.id],
        drafts=made.ever[comment.id],
    )
