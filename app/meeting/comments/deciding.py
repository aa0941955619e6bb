"""Comments: private until released, editable before, withdrawable after. The original stays in the record."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.lookups import must_be_open, the_comment, the_seat, the_unit
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.texts import LONGEST_COMMENT, the_text


def send_comment(meeting: Meeting, command: c.SendComment, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    seat = the_seat(meeting, command.seat)
    unit = the_unit(meeting, command.unit)
    refuse_if(unit.id in seat.recusals, "seat.recused", seat=seat.label, unit=unit.short_name)
    must_be_an_id(command.comment)
    refuse_if(command.comment in meeting.comments, "comment.twice")
    text = the_text(command.text, LONGEST_COMMENT)
    return [e.CommentSent(command.comment, seat.id, unit.id, command.kind, text, at=now)]


def revise_comment(meeting: Meeting, command: c.ReviseComment, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    comment = _own_comment(meeting, command.comment, command.seat)
    _must_not_be_shown(comment)
    text = the_text(command.text, LONGEST_COMMENT)
    is_unchanged = (comment.original, comment.original_kind) == (text, command.kind)
    return [] if is_unchanged else [e.CommentRevised(comment.id, command.kind, text, at=now)]


def take_back_comment(meeting: Meeting, command: c.TakeBackComment, now: datetime) -> list[e.Event]:
    must_be_open(meeting)
    comment = _own_comment(meeting, command.comment, command.seat)
    _must_not_be_shown(comment)
    return [e.CommentTakenBack(comment.id, at=now)]


def edit_comment(meeting: Meeting, command: c.EditComment, now: datetime) -> list[e.Event]:
    comment = the_comment(meeting, command.comment)
    _must_not_be_shown(comment)
    text = the_text(command.text, LONGEST_COMMENT)
    kind = command.kind if command.kind != comment.kind else None
    is_unchanged = text == comment.text and kind is None
    return [] if is_unchanged else [e.CommentEdited(comment.id, text, at=now, kind=kind)]


def release_comment(meeting: Meeting, command: c.ReleaseComment, now: datetime) -> list[e.Event]:
    comment = the_comment(meeting, command.comment)
    refuse_if(comment.standing is CommentStanding.TAKEN_BACK, "comment.taken_back")
    refuse_if(comment.is_released, "comment.released")
    is_as_read = comment.text == command.text and command.kind in (None, comment.kind)
    refuse_unless(is_as_read, "comment.changed")
    return [e.CommentReleased(comment.id, at=now)]


def withdraw_comment(meeting: Meeting, command: c.WithdrawComment, now: datetime) -> list[e.Event]:
    comment = the_comment(meeting, command.comment)
    refuse_unless(comment.is_released, "comment.not_released")
    return [e.CommentWithdrawn(comment.id, at=now)]


def _own_comment(meeting: Meeting, id: str, seat: str) -> Comment:
    comment = the_comment(meeting, id)
    refuse_unless(comment.seat == seat, "comment.not_yours")
    return comment


def _must_not_be_shown(comment: Comment) -> None:
    refuse_if(comment.standing is CommentStanding.TAKEN_BACK, "comment.taken_back")
    refuse_if(comment.is_released, "comment.released")
