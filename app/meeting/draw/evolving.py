"""What a draw, or an order typed in, changes."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.displays.state import SceneKind
from app.meeting.draw.state import Draw
from app.meeting.meeting import Meeting


def prepared(meeting: Meeting, event: e.DrawPrepared) -> Meeting:
    return replace(meeting, reporting=replace(meeting.reporting, draw=Draw(event.commitment, event.units), typed=()))


def going_on(meeting: Meeting, event: e.DrawBegun | e.UnitDrawn | e.DrawEnded) -> Meeting:
    draw = meeting.reporting.draw
    if draw is None:
        return meeting
    match event:
        case e.DrawBegun():
            return _with_draw(meeting, replace(draw, word=event.word))
        case e.UnitDrawn():
            return _with_draw(meeting, replace(draw, drawn=(*draw.drawn, event.unit)))
        case e.DrawEnded():
            return _in_order(_with_draw(meeting, replace(draw, seed=event.seed)), draw.drawn)


def typed(meeting: Meeting, event: e.OrderTyped) -> Meeting:
    found = replace(meeting, reporting=replace(meeting.reporting, typed=event.units))
    return _in_order(found, event.units)


def called_off(meeting: Meeting) -> Meeting:
    """The agenda stays as it is until another order is found."""
    reporting = meeting.reporting
    displays = replace(meeting.displays, shows_order=False)
    return replace(
        meeting,
        reporting=replace(reporting, draw=None, draws_called_off=reporting.draws_called_off + 1),
        displays=displays.without(lambda scene: scene.kind is SceneKind.DRAW),
    )


def _with_draw(meeting: Meeting, draw: Draw) -> Meeting:
    return replace(meeting, reporting=replace(meeting.reporting, draw=draw))


def _in_order(meeting: Meeting, units: tuple[str, ...]) -> Meeting:
    """The agenda follows the new order, and the displays show it."""
    agenda = replace(meeting.agenda, order=_order(meeting, units))
    return replace(meeting, agenda=agenda, displays=replace(meeting.displays, shows_order=True))


def _order(meeting: Meeting, units: tuple[str, ...]) -> tuple[str, ...]:
    """The reports of these units in this order, in the places their reports have on the agenda; all else stays."""
    reports = {item.unit: item.id for item in meeting.presentations}
    ordered = [reports[unit] for unit in units]
    coming = iter(ordered)
    return tuple(next(coming) if id in ordered else id for id in meeting.agenda.order)
