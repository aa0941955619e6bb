"""The moderator's console: what comes next, the times, who is missing, what the hall sees, what waits for release."""

from collections import defaultdict
from typing import Any

from msgspec.structs import asdict

from app.live import paging
from app.live.devices import at_seat
from app.live.memory import result_of, sorted_comments
from app.live.screens import displays, draw, parts, scenes
from app.live.screens.console_contexts import (
    Agenda,
    AllComments,
    CueShown,
    ItemOnConsole,
    Panel,
    Queue,
    Queued,
    ResultToShow,
    Rounds,
    RoundShown,
    SeatOfPanel,
    SeatOfRound,
    Segment,
    Step,
    Tied,
    UnitOn,
    Warnings,
)
from app.live.views import Look, Presence, Region, View
from app.meeting.comments.state import Comment
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat, TieBreak
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import reveal_steps
from app.meeting.sheets.state import Standing
from app.meeting.timing import ItemTimes, planned_finish, projected_finish

MOST_WAITING = 100
MOST_DECIDED = 50


def warnings(look: Look) -> Warnings:
    return Warnings(warnings=look.presence.warnings)


def step(look: Look) -> Step:
    meeting = look.meeting
    next_place = parts.place(meeting, meeting.agenda.next_place) if meeting.is_open else None
    return Step(
        code=meeting.plan.code,
        title=meeting.plan.title,
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        does=_next_step(meeting),
        place=parts.place(meeting, meeting.agenda.place),
        next=next_place,
        count=parts.count_of_presentations(meeting),
        outlived=scenes.outlived(meeting),
        can_go_back=meeting.is_open and meeting.agenda.previous_place is not None,
        clock=parts.current_clock(meeting) if not meeting.is_finished else None,
        is_paused=meeting.is_paused,
        offset=parts.offset_minutes(meeting),
        planned_finish=parts.time_of_day(meeting, planned_finish(meeting)),
        projected_finish=parts.projection(projected_finish(meeting)),
        finished_at=parts.time_of_day(meeting, meeting.finished_at),
    )


def agenda(look: Look) -> Agenda:
    meeting = look.meeting
    numbers = parts.numbers(meeting)
    rows = [_agenda_row(meeting, times, numbers) for times in parts.times(meeting)]
    return Agenda(is_open=meeting.is_open, offset=parts.offset_minutes(meeting), items=rows)


def rounds(look: Look) -> Rounds:
    meeting = look.meeting
    newest_first = sorted(meeting.rounds.values(), key=lambda each: (each.opened_at, each.id), reverse=True)
    item = meeting.current_item
    opens = item is not None and item.unit is not None and item.id not in meeting.rounds and meeting.is_open
    return Rounds(
        mode=meeting.plan.mode,
        can_open=item.id if opens and item and meeting.plan.is_scored else None,
        open=len(meeting.open_rounds),
        ties=_ties(meeting),
        rounds=[_round(meeting, round, look.presence) for round in newest_first],
    )


def panel(look: Look) -> Panel:
    return Panel(
        seats=[
            SeatOfPanel(
                seat=seat.id,
                label=seat.label,
                group=seat.group,
                devices=look.presence.seats.get(seat.id, 0),
                different=len(at_seat(look.presence.devices, seat.id)),
                arrived=parts.time_of_day(look.meeting, look.meeting.panel.arrivals.get(seat.id)),
            )
            for seat in look.meeting.plan.seats
        ],
        here=sum(seat.id in look.meeting.panel.arrivals for seat in look.meeting.plan.seats),
        displays=look.presence.displays,
        phones=look.presence.phones,
        can_check_in=not look.meeting.is_finished,
    )


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


def cue(look: Look) -> CueShown:
    meeting = look.meeting
    scene = meeting.scene
    unit = meeting.current_unit
    return CueShown(
        sees=scenes.seen(meeting),
        follows=meeting.displays.follow_agenda,
        is_cued=not meeting.displays.cue.follows,
        is_held=meeting.displays.cue.held,
        scene=scene.kind,
        round=scene.round,
        unit=scene.unit,
        text=scene.text,
        is_opened=meeting.opened_at is not None,
        current_unit=UnitOn(id=unit.id, short_name=unit.short_name) if unit else None,
        results=[
            ResultToShow(round=round.id, unit=meeting.unit(round.unit).short_name)
            for round in meeting.rounds.values()
            if round.is_being_revealed
        ],
        has_order=meeting.reporting.is_drawing or meeting.reporting.has_new_order,
        has_ranking=any(round.is_revealed for round in meeting.rounds.values()),
        shows_ranks=meeting.plan.rules.rank_shown,
        is_scored=meeting.plan.is_scored,
        speaker_message=meeting.displays.speaker_message,
        apart=displays.apart(meeting),
    )


def _next_step(meeting: Meeting) -> str:
    """What the big button does: open the meeting, enter the next place, finish, or nothing any more."""
    if meeting.is_finished:
        return "nothing"
    if meeting.opened_at is None:
        return "open"
    return "enter" if meeting.agenda.next_place else "finish"


def _agenda_row(meeting: Meeting, times: ItemTimes, numbers: dict[str, int]) -> ItemOnConsole:
    item, run = meeting.item(times.item), meeting.agenda.runs[times.item]
    is_current = meeting.agenda.place is not None and meeting.agenda.place.item == item.id and not meeting.is_finished
    is_over = run.left_at is not None
    segments = [
        Segment(
            at=at,
            kind=segment.kind,
            minutes=parts.milliseconds(segment.planned + run.added[at]) // 60_000,
            is_current=is_current and meeting.agenda.place is not None and meeting.agenda.place.segment == at,
        )
        for at, segment in enumerate(item.segments)
    ]
    return ItemOnConsole(
        item=item.id,
        kind=item.kind,
        title=parts.title_of(meeting, item),
        number=numbers.get(item.id),
        segments=segments,
        planned=parts.time_of_day(meeting, times.planned_start),
        shifted=parts.time_of_day(meeting, times.shifted_start),
        began=parts.time_of_day(meeting, times.began_at),
        projected=parts.projection(times.projected_start),
        allotted=parts.milliseconds(times.allotted),
        allotted_minutes=parts.minutes(times.allotted),
        over=parts.milliseconds(times.over) if is_over else None,
        over_minutes=parts.minutes(abs(times.over)) if is_over else None,
        is_current=is_current,
        is_over=is_over,
        is_skipped=run.skipped,
        skip_reason=run.skip_reason,
        **_moves(meeting, item.id),
        can_skip=meeting.is_open and not run.skipped and not is_over,
    )


def _moves(meeting: Meeting, item: str) -> dict[str, Any]:
    """Where an item that has not begun can be moved: before its neighbour, or behind the next one."""
    order = meeting.agenda.order
    at = order.index(item)
    stays = not meeting.is_open or meeting.agenda.runs[item].has_begun
    earlier = order[at - 1] if at > 0 else None
    behind = order[at + 2] if at + 2 < len(order) else None
    can_move_later = at + 1 < len(order) and not (behind and meeting.agenda.runs[behind].has_begun)
    return {
        "earlier": None if stays or earlier is None or meeting.agenda.runs[earlier].has_begun else earlier,
        "can_move_later": can_move_later and not stays,
        "later": behind,
    }


def _ties(meeting: Meeting) -> list[list[Tied]]:
    """Units of equal score, where the chair may rule: for each unit the order with it first."""
    if TieBreak.CHAIR not in meeting.plan.rules.tie_ladder:
        return []
    closed = [result_of(meeting, round) for round in meeting.rounds.values() if not round.is_open]
    by_rank: dict[int, list[str]] = defaultdict(list)
    for each in ranking(meeting, closed):
        by_rank[each.rank].append(each.result.round)
    return [
        [
            Tied(
                unit=meeting.unit(meeting.rounds[first].unit).short_name,
                order=[first, *(round for round in tied if round != first)],
            )
            for first in tied
        ]
        for tied in by_rank.values()
        if len(tied) > 1
    ]


def _round(meeting: Meeting, round: Round, presence: Presence) -> RoundShown:
    result = result_of(meeting, round) if not round.is_open else None
    steps = reveal_steps(result) if result and result.is_scored else ()
    shown = len(round.steps_shown)
    return RoundShown(
        round=round.id,
        unit=meeting.unit(round.unit).short_name,
        is_open=round.is_open,
        is_revealed=round.is_revealed,
        is_being_revealed=round.is_being_revealed,
        tally=parts.tally(meeting, round),
        seats=[_seat(meeting, round, seat, presence) for seat in meeting.plan.seats],
        next_step=steps[shown] if shown < len(steps) else None,
        outcome=result.outcome if result else None,
        score=str(result.score) if result and result.score is not None else None,
        grade=result.grade if result else "",
        counted=result.turnout.counted if result else None,
        entitled=result.turnout.entitled if result else None,
    )


def _seat(meeting: Meeting, round: Round, seat: Seat, presence: Presence) -> SeatOfRound:
    sheet = round.sheet(seat.id)
    recused = round.unit in seat.recusals
    return SeatOfRound(
        seat=seat.id,
        label=seat.label,
        standing=Standing.RECUSED if recused else sheet.standing,
        marked=len(sheet.marks),
        can_act=not recused and not round.is_being_revealed and not (round.is_open and meeting.is_finished),
        is_late=sheet.late is not None,
        is_corrected=any(version.correction for version in sheet.versions),
        is_online=presence.seats.get(seat.id, 0) > 0,
    )


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


CONSOLE = View(
    "moderator",
    (
        Region("console-step", step),
        Region("console-warnings", warnings),
        Region("console-agenda", agenda),
        Region("console-draw", draw.console),
        Region("console-rounds", rounds),
        Region("console-panel", panel),
        Region("console-comments", comments),
        Region("console-cue", cue),
        Region("console-displays", displays.controls),
    ),
    pause=0.02,
)
