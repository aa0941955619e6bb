"""Last year's promises on a tablet, beside the sheet that is out: to be read, and by the rules to be judged.

The buttons do not change while a round is open; what this seat has said travels with its marks, as on the pads.
"""

from msgspec.structs import asdict

from app.live.screens.panel_contexts import PromisesOfUnit, PromiseToJudge
from app.live.screens.promised import Promised, counted_of, listed
from app.live.views import Look
from app.meeting.meeting import Meeting
from app.meeting.plan import Seat, Unit
from app.meeting.promises.counting import HAVE_LEFT, judged_of, judgements_of


def promises(look: Look) -> PromisesOfUnit:
    meeting, seat = look.meeting, look.meeting.seat(look.viewer.seat or "")
    plan = meeting.plan
    unit = next((each for each in plan.units if each.id == look.viewer.unit), None)
    held_on, round = plan.previous.held_on, meeting.round_of(unit.id) if unit else None
    state = _state(meeting, seat, unit) if unit else "read"
    own = judgements_of(meeting, round.id).of_seat(seat.id) if round and state == "closed" else {}
    return PromisesOfUnit(
        name=unit.short_name if unit else "",
        held_on=held_on.isoformat() if held_on else "",
        state=state,
        promised=counted_of(meeting, unit) if unit else None,
        promises=[_to_judge(each, own.get(each.number, "")) for each in listed(meeting, unit)] if unit else [],
    )


def _to_judge(promise: Promised, judged: str) -> PromiseToJudge:
    return PromiseToJudge(**asdict(promise), judged=judged)


def _state(meeting: Meeting, seat: Seat, unit: Unit) -> str:
    round = meeting.round_of(unit.id)
    if unit.id in seat.recusals or not judged_of(meeting.plan, unit.id):
        return "read"
    if round is None:
        return "waiting"
    if round.sheet(seat.id).standing in HAVE_LEFT:
        return "left"
    return "open" if round.is_open else "closed"
