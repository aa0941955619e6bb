"""The comments before the moderator: those that wait, those that were decided, and a page of all."""

from msgspec.structs import asdict

from app.live import paging
from app.live.memory import sorted_comments
from app.live.screens import parts
from app.live.screens.console_contexts import AllComments, Queue, Queued
from app.live.views import Look
from app.meeting.comments.state import Comment
from app.meeting.meeting import Meeting

MOST_WAITING = 100
MOST_DECIDED = 50


def comments(look: Look) -> Queue:
    found = sorted_comments(look.meeting)
    return Queue(
        waiting=[_comment(look.meeting, each) for each in found.waiting[-MOST_WAITING:]],
        number_waiting=len(found.waiting),
        decided=[_comment(look.meeting, each) for each in found.decided[:MOST_DECIDED]],
        number_decided=len(found.decided),
        number_earlier=max(len(found.waiting) - MOST_WAITING, 0),
        number_of_all=len(found.waiting) + len(found.decided),
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
    return Queued(
        id=comment.id,
        unit=meeting.unit(comment.unit).short_name,
        seat=meeting.seat(comment.seat).label,
        kind=comment.kind,
        text=comment.text,
        is_edited=comment.is_edited,
        original=comment.original,
        standing=comment.standing,
        pages=paging.number_of_pages(comment.text),
        at=parts.time_of_day(meeting, comment.sent_at),
    )
