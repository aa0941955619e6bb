"""Who counts, and how many must.

Who is recused, absent or abstaining, or whose sheet is void, is left out of the denominator, and the denominator is
said.
"""

from math import ceil, floor

from app.meeting.meeting import Meeting
from app.meeting.plan import Plan, QuorumBy, Rules
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.result import CountedSheet, Turnout
from app.meeting.sheets.state import Standing


def turnout_of(meeting: Meeting, round: Round) -> Turnout:
    entitled = meeting.entitled(round.unit)
    standings = [round.sheet(seat.id).standing for seat in entitled]
    panel = len(meeting.plan.seats)
    return Turnout(
        panel=panel,
        recused=panel - len(entitled) + standings.count(Standing.RECUSED),
        abstained=standings.count(Standing.ABSTAINED),
        void=standings.count(Standing.VOID),
        absent=standings.count(Standing.DRAFT),
        counted=standings.count(Standing.SUBMITTED),
    )


def quorum_of(rules: Rules, entitled: int) -> int:
    """The fewest sheets that exceed the quorum's share of the entitled seats, or reach it; never none."""
    share = rules.quorum_share * entitled
    return max(ceil(share), 1) if rules.quorum_by is QuorumBy.AT_LEAST else floor(share) + 1


def seats_needed(plan: Plan) -> dict[int, int]:
    """What the quorum comes to: how many sheets are needed of how many entitled seats, for each unit's panel."""
    panels = {sum(unit.id not in seat.recusals for seat in plan.seats) for unit in plan.units} or {len(plan.seats)}
    return {entitled: quorum_of(plan.rules, entitled) for entitled in sorted(panels, reverse=True) if entitled}


def counted_sheets(meeting: Meeting, round: Round) -> list[CountedSheet]:
    counted = []
    for seat in meeting.entitled(round.unit):
        version = round.sheet(seat.id).current
        if version is not None:
            total = total_of(meeting.plan, version.marks)
            counted.append(CountedSheet(seat.id, seat.group, version.marks, total, version.receipt))
    return counted
