"""Last year's promises on a tablet, beside the sheet that is out: to be read, and by the rules to be judged.

The buttons do not change while a round is open; what this seat has said travels with its marks, as on the pads.
"""

from msgspec.structs import asdict

from app.live.screens.panel_contexts import PromisesOfUnit, PromiseToJudge
from app.live.screens.promised import Promised, counted_of, listed
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat, Unit
from app.meeting.promises.counting import HAVE_LEFT, has_begun, item_of, judged_of, judgements_of


def promises(look: Look) -> PromisesOfUnit:
    meeting, seat = look.meeting, look.meeting.seat(look.viewer.seat or "")
    plan = meeting.plan
    unit = next((each for each in plan.units if each.id == look.viewer.unit), None)
    held_on, item = plan.previous.held_on, item_of(meeting, unit.id) if unit else ""
    state = _state(meeting, seat, unit) if unit else "read"
    own = judgements_of(meeting, item).of_seat(seat.id) if state == "closed" else {}
    return PromisesOfUnit(
        name=unit.short_name if unit else "",
        held_on=held_on.isoformat() if held_on else "",
        state=state,
        is_scored=plan.is_scored,
        round=item,
        promised=counted_of(meeting, unit) if unit else None,
        promises=[_to_judge(each, own.get(each.number, "")) for each in listed(meeting, unit)] if unit else [],
    )


def _to_judge(promise: Promised, judged: str) -> PromiseToJudge:
    return PromiseToJudge(**asdict(promise), judged=judged)


def _state(meeting: Meeting, seat: Seat, unit: Unit) -> str:
    if unit.id in seat.recusals or not judged_of(meeting.plan, unit.id):
        return "read"
    if not meeting.plan.is_scored:
        return _state_without_scores(meeting, unit)
    round = meeting.round_of(unit.id)
    if round is None:
        return "waiting"
    if round.sheet(seat.id).standing in HAVE_LEFT:
        return "left"
    return "open" if round.is_open else "closed"


def _state_without_scores(meeting: Meeting, unit: Unit) -> str:
    if not has_begun(meeting, unit.id):
        return "waiting"
    return "open" if meeting.is_open else "closed"
