"""The order of reporting, where the agenda does not fix it: drawn by lot, or typed in; before the first report only."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.draw.state import Draw
from app.meeting.lookups import must_be_open, the_unit
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind, Order
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import LONGEST_NAME, the_reason, the_text

FEWEST_UNITS = 2


def prepare_draw(meeting: Meeting, command: c.PrepareDraw, now: datetime) -> list[e.Event]:
    _order_must_be_open(meeting)
    units = meeting.units_to_order
    refuse_if(len(units) < FEWEST_UNITS, "draw.too_few")
    return [e.DrawPrepared(command.commitment, units, at=now)]


def draw_next(meeting: Meeting, command: c.DrawNext, now: datetime) -> list[e.Event]:
    draw = _draw_going_on(meeting, command.seed)
    refuse_unless(command.number == len(draw.drawn) + 1, "draw.moved_on")
    return _drawn(draw, command.seed, _word(draw, command.word), 1, now)


def draw_all(meeting: Meeting, command: c.DrawAll, now: datetime) -> list[e.Event]:
    draw = _draw_going_on(meeting, command.seed)
    return _drawn(draw, command.seed, _word(draw, command.word), len(draw.left), now)


def call_off_draw(meeting: Meeting, command: c.CallOffDraw, now: datetime) -> list[e.Event]:
    """Its seed is disclosed all the same: nobody shall call off a draw unseen because of what would come out."""
    must_be_open(meeting)
    draw = meeting.reporting.draw
    if draw is None:
        raise Refused("draw.none")
    refuse_if(meeting.has_begun_reports, "order.reports_begun")
    seed = command.seed if commitment_of(command.seed) == draw.commitment else ""
    return [e.DrawCalledOff(seed, the_reason(command.reason), at=now)]


def type_order(meeting: Meeting, command: c.TypeOrder, now: datetime) -> list[e.Event]:
    _order_must_be_open(meeting)
    units = _units_by_number(meeting, command.numbers)
    return [] if units == meeting.reporting.typed else [e.OrderTyped(units, at=now)]


def must_have_order(meeting: Meeting, place: Place, without_order: bool) -> None:
    """The first report does not begin while lots are drawn, nor, unless said so knowingly, before there is an order."""
    if meeting.has_begun_reports or meeting.item(place.item).kind is not ItemKind.PRESENTATION:
        return
    refuse_if(meeting.reporting.is_drawing, "draw.going_on")
    if meeting.lacks_order and not without_order:
        knowingly = {"without_order": True}
        if meeting.plan.order is Order.DRAWN:
            raise Refused("order.not_drawn", again=knowingly)
        raise Refused("order.not_typed", again=knowingly)


def _order_must_be_open(meeting: Meeting) -> None:
    must_be_open(meeting)
    refuse_if(meeting.plan.order is Order.FIXED, "order.fixed")
    refuse_if(meeting.has_begun_reports, "order.reports_begun")
    refuse_if(meeting.reporting.is_drawing, "draw.going_on")
    refuse_if(meeting.reporting.draw is not None, "draw.ended")


def _draw_going_on(meeting: Meeting, seed: str) -> Draw:
    must_be_open(meeting)
    draw = meeting.reporting.draw
    if draw is None or draw.has_ended:
        raise Refused("draw.none")
    refuse_unless(commitment_of(seed) == draw.commitment, "draw.seed_lost")
    return draw


def _word(draw: Draw, said: str) -> str:
    """The word of a draw: it may be empty, and is said once, with the first lot."""
    word = the_text(said, LONGEST_NAME) if said.strip() else ""
    if draw.word is None:
        return word
    refuse_unless(word in ("", draw.word), "draw.other_word", word=draw.word)
    return draw.word


def _drawn(draw: Draw, seed: str, word: str, how_many: int, now: datetime) -> list[e.Event]:
    order = drawn_order(seed, word, draw.units)
    first = len(draw.drawn)
    events: list[e.Event] = [e.DrawBegun(word, at=now)] if draw.word is None else []
    events += [e.UnitDrawn(order[at], at + 1, at=now) for at in range(first, first + how_many)]
    if first + how_many == len(order):
        events.append(e.DrawEnded(seed, at=now))
    return events


def _units_by_number(meeting: Meeting, numbers: dict[str, str]) -> tuple[str, ...]:
    """The units in the order of the numbers that were typed for them: 1 to their count, each of them once."""
    for id in numbers:
        the_unit(meeting, id)
    units = meeting.units_to_order
    missing = [id for id in units if not numbers.get(id, "").strip()]
    if missing:
        raise Refused("order.number_missing", at=missing, units=_names(meeting, missing))
    typed = {id: _number(numbers[id]) for id in units}
    for id, number in typed.items():
        if not 1 <= number <= len(units):
            unit, most = meeting.unit(id).short_name, len(units)
            raise Refused("order.number_wrong", at=[id], number=numbers[id].strip()[:20], unit=unit, most=most)
    for number in typed.values():
        alike = [id for id in units if typed[id] == number]
        if len(alike) > 1:
            raise Refused("order.number_twice", at=alike, number=number, units=_names(meeting, alike))
    return tuple(sorted(units, key=typed.__getitem__))


def _number(text: str) -> int:
    """A whole number of few digits; 0 for anything else."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else 0


def _names(meeting: Meeting, units: list[str]) -> tuple[str, ...]:
    return tuple(meeting.unit(id).short_name for id in units)
