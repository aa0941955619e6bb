"""The sheets of each seat: what it gave each unit, and what it said."""

from datetime import datetime

from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Seat
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.numbers import total_of
from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names
from app.papers.letters.results import SIDEWAYS_TITLE, in_common, level_of, standing_of
from app.papers.letters.saying import group_of, said, time_in
from app.papers.wording import word

NOTHING = "—"


def sheets(record: Proceedings) -> names.Sheets:
    meeting = record.meeting
    return names.Sheets(
        **in_common(record, SIDEWAYS_TITLE),
        指标=[_criterion(each) for each in meeting.plan.criteria],
        有总分=meeting.plan.mode is Mode.POINTS,
        席位=[_seat(record, each) for each in meeting.plan.seats],
    )


def _criterion(criterion: Criterion) -> str:
    return criterion.name if criterion.levels else f"{criterion.name}（{plain(criterion.maximum):f}）"


def _seat(record: Proceedings, seat: Seat) -> names.SeatOfPanel:
    """Of a comment that was taken back nothing is said: its author did not want it said."""
    meeting, person = record.meeting, record.persons.at_seat(seat.id)
    comments = [each for each in meeting.comments.values() if each.seat == seat.id and _stands(each)]
    rows = [_row(meeting, each, seat) for each in meeting.closed_rounds]
    return names.SeatOfPanel(
        席位=seat.label,
        类别=group_of(meeting, seat.group),
        姓名=person.name,
        职务=person.office,
        签到=_arrived(meeting, meeting.panel.arrivals.get(seat.id)),
        评分=rows,
        有说明=any(row.说明 for row in rows),
        点评=[
            names.CommentRow(单位=meeting.unit(each.unit).name, 类型=word(f"comment.{each.kind}"), 内容=each.text)
            for each in sorted(comments, key=lambda each: (each.sent_at, each.id))
        ],
    )


def _arrived(meeting: Meeting, at: datetime | None) -> str:
    return time_in(meeting, at) if at else said("letter.not_checked_in")


def _stands(comment: Comment) -> bool:
    return comment.standing is not CommentStanding.TAKEN_BACK


def _row(meeting: Meeting, round: Round, seat: Seat) -> names.SheetRow:
    name = meeting.unit(round.unit).name
    sheet = round.sheet(seat.id)
    version = None if round.unit in seat.recusals else sheet.current
    if version is None:
        why = seat.reasons.get(round.unit, "") if round.unit in seat.recusals else sheet.reason
        state = standing_of(meeting, round, seat.id)
        return names.SheetRow(
            单位=name,
            各项=[NOTHING] * len(meeting.plan.criteria),
            总分=NOTHING,
            回执=NOTHING,
            说明=said("letter.because", what=state, why=why) if why else state,
        )
    one = version.correction
    return names.SheetRow(
        单位=name,
        各项=[level_of(meeting, each.id, version.marks) for each in meeting.plan.criteria],
        总分=str(total_of(meeting.plan, version.marks)),
        回执=version.receipt,
        说明=said("letter.corrected", author=one.author, reason=one.reason) if one else "",
    )
