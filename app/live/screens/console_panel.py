"""The panel on the console, as it sits: who is here, whose sheet is in, whom one waits for; never a mark."""

from app.live.devices import at_seat, gone_since
from app.live.memory import sorted_comments
from app.live.screens import parts
from app.live.screens.console_contexts import Away, Panel, SeatOfPanel, SheetOfSeat
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat
from app.meeting.promises.counting import HAVE_LEFT, item_of, judged_of, judgements_of
from app.meeting.promises.state import Judgements
from app.meeting.rounds.state import Round
from app.meeting.sheets.state import Standing

TWO_ROWS = range(9, 17)


def panel(look: Look) -> Panel:
    meeting, round = look.meeting, round_on_stage(look.meeting)
    given = _given(meeting)
    seats = [_seat(look, seat, round, given) for seat in meeting.plan.seats]
    promises = _to_judge(meeting, round)
    return Panel(
        mode=meeting.plan.mode,
        round=round.id if round else None,
        unit=meeting.unit(round.unit).short_name if round else "",
        is_open=round is not None and round.is_open,
        criteria=len(meeting.plan.criteria),
        promises=promises,
        judging=len(_who_judge(meeting, seats)) if promises else 0,
        all_judged=sum(each.judged == promises for each in seats) if promises else 0,
        tally=parts.tally(meeting, round),
        seats=seats,
        columns=(len(seats) + 1) // 2 if len(seats) in TWO_ROWS else None,
        awaited=[_away(each) for each in seats if not each.devices and _is_awaited(each)],
        away=[_away(each) for each in seats if not each.devices and not _is_awaited(each)],
        here=sum(seat.id in meeting.panel.arrivals for seat in meeting.plan.seats),
        displays=look.presence.displays,
        phones=look.presence.phones,
        can_check_in=not meeting.is_finished,
    )


def round_on_stage(meeting: Meeting) -> Round | None:
    """The round of the unit that is on; nothing is on the stage any more once the meeting is over."""
    item = meeting.current_item
    return meeting.rounds.get(item.id) if item and not meeting.is_finished else None


def sheet_of(meeting: Meeting, round: Round, seat: Seat) -> SheetOfSeat:
    sheet, is_recused = round.sheet(seat.id), round.unit in seat.recusals
    standing = Standing.RECUSED if is_recused else sheet.standing
    return SheetOfSeat(
        seat=seat.id,
        label=seat.label,
        round=round.id,
        unit=meeting.unit(round.unit).short_name,
        is_open=round.is_open,
        standing=standing,
        marked=len(sheet.marks) if standing is Standing.DRAFT else 0,
        can_act=not is_recused and not round.is_being_revealed and not (round.is_open and meeting.is_finished),
        must_be_withdrawn=not is_recused and round.is_being_revealed,
        is_late=sheet.late is not None,
        is_corrected=any(version.correction for version in sheet.versions),
    )


def _to_judge(meeting: Meeting, round: Round | None) -> int:
    """How many promises of the unit on the stage, from when they can be judged."""
    unit = meeting.current_unit
    if unit is None or meeting.is_finished or (meeting.plan.is_scored and round is None):
        return 0
    return len(judged_of(meeting.plan, unit.id))


def _who_judge(meeting: Meeting, seats: list[SeatOfPanel]) -> list[SeatOfPanel]:
    unit = meeting.current_unit
    entitled = {seat.id for seat in meeting.entitled(unit.id)} if unit else set()
    return [each for each in seats if each.seat in entitled and not (each.sheet and each.sheet.standing in HAVE_LEFT)]


def _given(meeting: Meeting) -> Judgements | None:
    """What has been said of the promises of the unit on the stage; None where nothing has."""
    unit = meeting.current_unit
    if unit is None or meeting.is_finished or not meeting.judgements:
        return None
    return judgements_of(meeting, item_of(meeting, unit.id))


def _judged(seat: Seat, round: Round | None, given: Judgements | None) -> int:
    has_left = round is not None and round.sheet(seat.id).standing in HAVE_LEFT
    return 0 if given is None or has_left else len(given.of_seat(seat.id))


def _seat(look: Look, seat: Seat, round: Round | None, given: Judgements | None) -> SeatOfPanel:
    meeting, unit = look.meeting, look.meeting.current_unit
    written = sorted_comments(meeting).by_author.get((seat.id, unit.id), []) if unit else []
    return SeatOfPanel(
        seat=seat.id,
        label=seat.label,
        group=seat.group,
        group_name=meeting.plan.group(seat.group).name,
        devices=look.presence.seats.get(seat.id, 0),
        different=len(at_seat(look.presence.devices, seat.id)),
        gone_since=parts.time_of_day(meeting, gone_since(look.presence.devices, seat.id)),
        arrived=parts.time_of_day(meeting, meeting.panel.arrivals.get(seat.id)),
        comments=len(written),
        judged=_judged(seat, round, given),
        sheet=sheet_of(meeting, round, seat) if round else None,
    )


def _is_awaited(seat: SeatOfPanel) -> bool:
    return seat.sheet is not None and seat.sheet.is_open and seat.sheet.standing == Standing.DRAFT


def _away(seat: SeatOfPanel) -> Away:
    return Away(label=seat.label, marked=seat.sheet.marked if seat.sheet else 0, since=seat.gone_since)
