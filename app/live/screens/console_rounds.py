"""The rounds on the console: the unit on the stage first, the others folded, newest first; seats, never their marks."""

from collections import defaultdict

from app.live.memory import result_before_corrections, result_of
from app.live.screens import parts, polls
from app.live.screens.analysis import one_seat_less
from app.live.screens.console_contexts import RoundShown, RoundsShown, Tied
from app.live.screens.console_panel import round_on_stage, sheet_of
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import TieBreak
from app.meeting.promises.counting import revealed_counts
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import reveal_steps
from app.meeting.script.steps import waits_for_check


def rounds(look: Look) -> RoundsShown:
    meeting, on_stage = look.meeting, round_on_stage(look.meeting)
    newest_first = sorted(meeting.rounds.values(), key=lambda each: (each.opened_at, each.id), reverse=True)
    item = meeting.current_item
    opens = item is not None and item.unit is not None and item.id not in meeting.rounds and meeting.is_open
    return RoundsShown(
        mode=meeting.plan.mode,
        criteria=len(meeting.plan.criteria),
        can_open=item.id if opens and item and meeting.plan.is_scored else None,
        open=len(meeting.open_rounds),
        ties=_ties(meeting),
        polls=polls.on_console(look),
        rounds=[
            _round(meeting, each, each is on_stage) for each in sorted(newest_first, key=lambda r: r is not on_stage)
        ],
    )


def _round(meeting: Meeting, round: Round, is_on_stage: bool) -> RoundShown:
    result = result_of(meeting, round) if not round.is_open else None
    can_show = result is not None and result.is_scored and not waits_for_check(meeting, round)
    steps = reveal_steps(result) if result and can_show else ()
    shown = len(round.steps_shown)
    seats = [sheet_of(meeting, round, seat) for seat in meeting.plan.seats]
    before = result_before_corrections(meeting, round) if result else None
    return RoundShown(
        round=round.id,
        unit=meeting.unit(round.unit).short_name,
        is_on_stage=is_on_stage,
        is_open=round.is_open,
        is_revealed=round.is_revealed,
        is_being_revealed=round.is_being_revealed,
        promises=round.unit if revealed_counts(meeting, round.unit) else None,
        tally=parts.tally(meeting, round),
        seats=[] if is_on_stage else seats,
        corrected=sum(each.is_corrected for each in seats),
        late=sum(each.is_late for each in seats),
        next_step=steps[shown] if shown < len(steps) else None,
        outcome=result.outcome if result else None,
        score=str(result.score) if result and result.score is not None else None,
        score_before=str(before.score) if before and before.score is not None else None,
        less=one_seat_less(meeting, round) if result and result.is_scored and not round.is_being_revealed else None,
        grade=result.grade if result else "",
        counted=result.turnout.counted if result else None,
        entitled=result.turnout.entitled if result else None,
    )


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
