"""What becomes of a comment."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.meeting import Meeting
from app.meeting.panel.evolving import arrived

CommentChange = (
    e.CommentRevised | e.CommentTakenBack | e.CommentEdited | e.CommentReleased | e.CommentWithdrawn | e.CommentPutBack
)


def sent(meeting: Meeting, event: e.CommentSent) -> Meeting:
    comment = Comment(
        event.comment,
        event.seat,
        event.unit,
        event.kind,
        event.text,
        original=event.text,
        original_kind=event.kind,
        sent_at=event.at,
    )
    return _with_comment(arrived(meeting, event.seat, event.at), comment)


def changed(meeting: Meeting, event: CommentChange) -> Meeting:
    after = _with_comment(meeting, _comment_after(meeting.comments[event.comment], event))
    if not isinstance(event, e.CommentWithdrawn | e.CommentPutBack):
        return after
    return replace(after, displays=after.displays.without(lambda scene: scene.comment == event.comment))


def _comment_after(comment: Comment, event: CommentChange) -> Comment:
    match event:
        case e.CommentRevised():
            return replace(comment, kind=event.kind, text=event.text, original=event.text, original_kind=event.kind)
        case e.CommentTakenBack():
            return replace(comment, standing=CommentStanding.TAKEN_BACK)
        case e.CommentEdited():
            return replace(comment, text=event.text, kind=event.kind or comment.kind)
        case e.CommentReleased():
            return replace(comment, standing=CommentStanding.RELEASED, released_at=event.at)
        case e.CommentPutBack():
            return replace(comment, standing=CommentStanding.WAITING, released_at=None)
        case e.CommentWithdrawn():
            return replace(comment, standing=CommentStanding.WITHDRAWN)


def _with_comment(meeting: Meeting, comment: Comment) -> Meeting:
    return replace(meeting, comments={**meeting.comments, comment.id: comment})
