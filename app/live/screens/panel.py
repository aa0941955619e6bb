"""The panelist's tablet. The sheet that is out is the panelist's choice: no push ever changes it.

The pads (``panel-sheet``) do not change while a round is open; what has been marked travels apart (``panel-marks``), so
that a push touches nothing somebody is typing in. Once it is closed they give way to the seat's own marks, to be read.
"""

from decimal import Decimal
from functools import lru_cache

from msgspec.structs import asdict

from app.live.devices import at_seat
from app.live.memory import comments_of, once
from app.live.screens import parts
from app.live.screens.panel_contexts import (
    AttachmentShown,
    Given,
    Hall,
    Head,
    LevelOfScale,
    Marks,
    Now,
    OwnComment,
    OwnComments,
    OwnMark,
    OwnSeat,
    OwnSheet,
    Pad,
    Pads,
    Report,
    ReportForSeat,
    UnitOut,
    Units,
)
from app.live.screens.panel_promises import promises
from app.live.views import Look, Region, View
from app.meeting.comments.state import Comment
from app.meeting.decimals import plain, total_of_products
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment, Plan, Seat, Signing, Unit
from app.meeting.promises.counting import item_of, judgements_of
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.sheets.state import Sheet, Standing

MOST_KEYS = 61
"""A pad shows every allowed value as a key, up to this many; beyond, digits are typed."""


def head(look: Look) -> Head:
    meeting, seat, unit = look.meeting, _seat(look), _unit(look)
    return Head(
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        mode=meeting.plan.mode,
        seat=seat.label,
        seat_id=seat.id,
        unit=UnitOut(id=unit.id, name=unit.name, short_name=unit.short_name) if unit else None,
        number=_number(meeting, unit) if unit else None,
        takes_comments=unit is not None and unit.id not in seat.recusals and not meeting.is_finished,
    )


def own_seat(look: Look) -> OwnSeat:
    meeting, seat, device = look.meeting, _seat(look), look.viewer.device
    is_led_from_here = meeting.panel.is_led_from(seat.id, device)
    is_before = meeting.agenda.place is None and not meeting.is_finished
    has_arrived = seat.id in meeting.panel.arrivals
    return OwnSeat(
        seat=seat.id,
        label=seat.label,
        is_elsewhere=not is_led_from_here,
        others=_others(look) if is_led_from_here else 0,
        is_here=is_before and has_arrived,
        asks=is_before and not has_arrived and is_led_from_here,
    )


def _others(look: Look) -> int:
    own = (look.viewer.device or "", look.viewer.key)
    there = at_seat(look.presence.devices, look.viewer.seat or "")
    return sum((each.post.device, each.post.key) != own for each in there)


def now(look: Look) -> Now:
    """Where the hall is, and the way to the sheet of the unit that is on, if another one is out."""
    meeting = look.meeting
    current = meeting.current_unit
    is_called = current is not None and not meeting.is_finished and not _has_closed(meeting, current)
    call = current.id if current and is_called and current.id != look.viewer.unit else None
    return Now(**asdict(_where(meeting)), call=call, opened=parts.instant(meeting.opened_at))


def _has_closed(meeting: Meeting, unit: Unit) -> bool:
    """Whether there is nothing left to be filled in."""
    round = meeting.round_of(unit.id)
    return round is not None and not round.is_open


@once
def _where(meeting: Meeting) -> Hall:
    return Hall(
        status=parts.status(meeting),
        place=parts.place(meeting, meeting.agenda.place),
        clock=parts.current_clock(meeting),
        is_paused=meeting.is_paused,
    )


def sheet(look: Look) -> Pads:
    meeting, seat, unit = look.meeting, _seat(look), _unit(look)
    round = meeting.round_of(unit.id) if unit else None
    state = _state(meeting, unit, round, seat)
    criteria = rubric(meeting.plan) if state == "open" else []
    return Pads(
        code=meeting.plan.code,
        papers=[_attachment(each) for each in unit.attachments] if unit else [],
        mode=meeting.plan.mode,
        unit=unit.id if unit else None,
        name=unit.short_name if unit else None,
        round=round.id if round else None,
        state=state,
        is_over=meeting.is_finished,
        full=str(meeting.plan.full_score),
        criteria=criteria,
        has_pads=any(each.keys for each in criteria),
        signs=meeting.plan.rules.signing is Signing.DRAWN,
        given=_given(meeting.plan, round.sheet(seat.id)) if round and state == "closed" else None,
    )


def marks(look: Look) -> Marks:
    meeting, seat, unit = look.meeting, _seat(look), _unit(look)
    round = meeting.round_of(unit.id) if unit else None
    own = round.sheet(seat.id) if round else Sheet(seat.id)
    current = own.current
    return Marks(
        seat=seat.id,
        unit=unit.id if unit else None,
        name=unit.short_name if unit else None,
        round=round.id if round else None,
        reason=own.reason,
        can_return=unit is not None and unit.id not in seat.recusals,
        takes_comments=not meeting.is_finished,
        is_corrected=current is not None and current.correction is not None,
        signs=meeting.plan.rules.signing is Signing.DRAWN,
        is_late=own.late is not None,
        late_receipt=own.late.receipt if own.late else "",
        sheet=OwnSheet(
            standing=own.standing,
            is_open=round is not None and round.is_open,
            marks=_text(own.marks),
            promises=_judged(meeting, seat, unit) if unit else {},
            submitted=_text(current.marks) if current else None,
            means=_means_of_others(meeting, seat, round) if round and round.is_open else {},
            version=current.number if current else 0,
            receipt=current.receipt if current else "",
        ),
    )


def _judged(meeting: Meeting, seat: Seat, unit: Unit) -> dict[str, str]:
    said = judgements_of(meeting, item_of(meeting, unit.id)).of_seat(seat.id)
    return {str(number): str(said[number]) for number in sorted(said)}


def _means_of_others(meeting: Meeting, seat: Seat, round: Round) -> dict[str, str]:
    """The seat's own mean of each criterion over what it has submitted for other units."""
    others = (each.sheet(seat.id).current for each in meeting.rounds.values() if each.id != round.id)
    given = [version.marks for version in others if version]
    means = {}
    for criterion in meeting.plan.criteria:
        points = [marks[criterion.id] for marks in given if criterion.id in marks]
        if points:
            means[criterion.id] = str(plain((sum(points, Decimal(0)) / len(points)).quantize(Decimal("0.01"))))
    return means


def comments(look: Look) -> OwnComments:
    meeting, seat, unit = look.meeting, _seat(look), _unit(look)
    own = comments_of(meeting, seat.id, unit.id) if unit else []
    return OwnComments(seat=seat.id, comments=[_comment(each) for each in own])


def units(look: Look) -> Units:
    meeting, seat = look.meeting, _seat(look)
    rows = [
        ReportForSeat(
            **asdict(row),
            is_out=unit.id == look.viewer.unit,
            standing=_standing(round, seat, unit),
            comments=len(comments_of(meeting, seat.id, unit.id)),
        )
        for unit, round, row in _reports(meeting)
    ]
    return Units(mode=meeting.plan.mode, is_any_out=look.viewer.unit is not None, units=rows)


@once
def _reports(meeting: Meeting) -> list[tuple[Unit, Round | None, Report]]:
    """The units that report in their order, each with its round and what a tablet of any seat says of it."""
    numbers, on = parts.numbers(meeting), meeting.current_unit if not meeting.is_finished else None
    found: list[tuple[Unit, Round | None, Report]] = []
    for item in meeting.presentations:
        if item.unit is not None:
            unit, round = meeting.unit(item.unit), meeting.rounds.get(item.id)
            row = Report(
                unit=unit.id,
                name=unit.short_name,
                number=numbers.get(item.id),
                is_on=unit == on,
                segment=_segment(meeting) if unit == on else "",
                is_skipped=meeting.agenda.runs[item.id].skipped,
                is_open=round is not None and round.is_open,
            )
            found.append((unit, round, row))
    return found


def _segment(meeting: Meeting) -> str:
    segment = meeting.current_segment
    return segment.kind if segment else ""


def _seat(look: Look) -> Seat:
    return look.meeting.seat(look.viewer.seat or "")


def _unit(look: Look) -> Unit | None:
    # Before the meeting opens, a unit whose sheet is out may be taken off the list.
    return next((unit for unit in look.meeting.plan.units if unit.id == look.viewer.unit), None)


def _attachment(each: Attachment) -> AttachmentShown:
    shown = parts.is_shown_by_browsers(each.name)
    return AttachmentShown(id=each.id, name=each.name, size=parts.size_text(each.size), is_shown=shown)


def _number(meeting: Meeting, unit: Unit) -> int | None:
    item = next((item for item in meeting.presentations if item.unit == unit.id), None)
    return parts.number_of(meeting, item) if item else None


def _state(meeting: Meeting, unit: Unit | None, round: Round | None, seat: Seat) -> str:
    if unit is None:
        return "none"
    if unit.id in seat.recusals:
        return "recused"
    if not meeting.plan.is_scored:
        return "comments"
    if round is None:
        return "waiting"
    if round.sheet(seat.id).standing in (Standing.ABSTAINED, Standing.RECUSED):
        return "left"
    return "open" if round.is_open else "closed"


def _given(plan: Plan, sheet: Sheet) -> Given | None:
    """What counts, else what came late, else what was never submitted.

    They are added up on the tablet, as before closing: no total of a sheet is in any picture before its time.
    """
    version = sheet.current or sheet.late
    marks = version.marks if version else sheet.marks
    if not marks:
        return None
    return Given(
        is_submitted=version is not None or sheet.voided,
        marks=[_mark(each, marks.get(each.id)) for each in plan.criteria],
    )


def _mark(criterion: Criterion, points: Decimal | None) -> OwnMark:
    return OwnMark(
        name=criterion.name,
        points="0" if points is None else str(plain(points)),
        weight=str(plain(criterion.weight)),
        is_marked=points is not None,
        level=criterion.level_name(points),
        out_of="" if criterion.levels else parts.out_of(criterion),
    )


def _standing(round: Round | None, seat: Seat, unit: Unit) -> str | None:
    if unit.id in seat.recusals:
        return Standing.RECUSED
    if round is None:
        return None
    return round.sheet(seat.id).standing


def rubric(plan: Plan) -> list[Pad]:
    """The criteria as they are marked, on a tablet or from paper."""
    return [_criterion(each) for each in plan.criteria]


@lru_cache  # a tablet of every seat shows the same pads
def _criterion(criterion: Criterion) -> Pad:
    return Pad(
        id=criterion.id,
        name=criterion.name,
        help=criterion.help,
        minimum=str(plain(criterion.minimum)),
        maximum=str(plain(criterion.maximum)),
        out_of=parts.out_of(criterion),
        step=str(plain(criterion.step)),
        weight=str(plain(criterion.weight)),
        levels=[LevelOfScale(points=str(plain(level.points)), name=level.name) for level in criterion.levels],
        keys=_keys(criterion),
    )


def _keys(criterion: Criterion) -> list[str]:
    number = int((criterion.maximum - criterion.minimum) / criterion.step) + 1
    if criterion.levels or number > MOST_KEYS:
        return []
    return [_points(criterion, at) for at in range(number)]


def _points(criterion: Criterion, steps: int) -> str:
    return str(total_of_products([(criterion.minimum, Decimal(1)), (criterion.step, Decimal(steps))]))


def _text(marks: dict[str, Decimal]) -> dict[str, str]:
    return {criterion: str(points) for criterion, points in sorted(marks.items())}


def _comment(comment: Comment) -> OwnComment:
    return OwnComment(
        id=comment.id,
        kind=comment.original_kind,
        text=comment.original,
        standing=comment.standing,
        can_change=not comment.is_released,
    )


PANEL = View(
    "panel",
    (
        Region("panel-head", head),
        Region("panel-seat", own_seat),
        Region("panel-now", now),
        Region("panel-sheet", sheet),
        Region("panel-marks", marks),
        Region("panel-promises", promises),
        Region("panel-comments", comments),
        Region("panel-units", units),
    ),
    pause=0.02,
    shows_presence=True,
)
