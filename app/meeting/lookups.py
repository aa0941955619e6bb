"""What every wing asks first: is the meeting open, does this exist. Each refuses if not."""

from app.meeting.comments.state import Comment
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, ItemKind, Seat, Unit
from app.meeting.polls.state import Poll
from app.meeting.questions.state import Question
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion


def must_be_open(meeting: Meeting) -> None:
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    refuse_if(meeting.is_finished, "meeting.finished")


def the_item(meeting: Meeting, id: str) -> AgendaItem:
    refuse_unless(id in meeting.agenda.runs, "item.unknown")
    return meeting.item(id)


def the_unit(meeting: Meeting, id: str) -> Unit:
    refuse_unless(any(unit.id == id for unit in meeting.plan.units), "unit.unknown")
    return meeting.unit(id)


def the_seat(meeting: Meeting, id: str) -> Seat:
    refuse_unless(any(seat.id == id for seat in meeting.plan.seats), "seat.unknown")
    return meeting.seat(id)


def the_criterion(meeting: Meeting, id: str) -> Criterion:
    refuse_unless(any(criterion.id == id for criterion in meeting.plan.criteria), "criterion.unknown")
    return meeting.criterion(id)


def the_presentation(meeting: Meeting, id: str) -> tuple[AgendaItem, Unit]:
    refuse_unless(meeting.plan.is_scored, "mode.comments_only")
    item = the_item(meeting, id)
    if item.kind is not ItemKind.PRESENTATION or item.unit is None:
        raise Refused("round.not_a_presentation")
    return item, meeting.unit(item.unit)


def the_round(meeting: Meeting, id: str) -> Round:
    the_presentation(meeting, id)
    refuse_unless(id in meeting.rounds, "round.unknown")
    return meeting.rounds[id]


def the_poll(meeting: Meeting, id: str) -> Poll:
    refuse_unless(id in meeting.polls, "poll.unknown")
    return meeting.polls[id]


def the_question(meeting: Meeting, id: str) -> Question:
    """One of which the log tells."""
    refuse_unless(id in meeting.questions, "question.unknown")
    return meeting.questions[id]


def the_comment(meeting: Meeting, id: str) -> Comment:
    refuse_unless(id in meeting.comments, "comment.unknown")
    return meeting.comments[id]


def unit_name(meeting: Meeting, round: Round) -> str:
    return meeting.unit(round.unit).short_name
