"""The order of reporting as it is drawn or typed in, on display and console. There is no seed before its draw's end."""

from app.live.views import Context, Look
from app.meeting.displays.state import Scene
from app.meeting.draw.state import Draw
from app.meeting.meeting import Meeting
from app.meeting.plan import Order

LONG_NAME = 6
"""Characters beyond which a name is set smaller on the display."""


def scene(meeting: Meeting, _scene: Scene) -> Context:
    """``last`` is the lot that came out last, until all have; ``number`` its place, 0 before the first one."""
    draw = meeting.reporting.draw
    units = draw.units if draw else meeting.reporting.typed
    last = draw.drawn[-1] if draw and draw.drawn and not draw.has_ended else ""
    names = [meeting.unit(unit).short_name for unit in units]
    return {
        **_lots(meeting),
        "names": names,
        "size": "long" if any(len(name) > LONG_NAME for name in names) else "short",
        "last": {"unit": last, "name": meeting.unit(last).short_name if last else ""},
    }


def console(look: Look) -> Context:
    """``stage``: choose, prepared, drawing, drawn, typed; empty while there is nothing to decide."""
    meeting = look.meeting
    if meeting.plan.order is Order.FIXED or not meeting.is_open or meeting.has_begun_reports:
        return {"stage": ""}
    return {
        "order": meeting.plan.order,
        **_lots(meeting),
        "units": [
            {"unit": unit, "name": meeting.unit(unit).short_name, "number": _number_typed(meeting, unit)}
            for unit in meeting.units_to_order
        ],
    }


def _lots(meeting: Meeting) -> Context:
    draw = meeting.reporting.draw
    order = draw.drawn if draw else meeting.reporting.typed
    count = len(draw.units if draw else meeting.reporting.typed)
    return {
        "stage": _stage(meeting, draw),
        "commitment": draw.commitment if draw else "",
        "word": draw.word if draw else None,
        "seed": draw.seed if draw else "",
        "called_off": meeting.reporting.draws_called_off,
        "draw_number": meeting.reporting.draws_called_off + 1,
        "number": len(order),
        "next_number": len(order) + 1,
        "places": [_place(meeting, at, order) for at in range(count)],
    }


def _stage(meeting: Meeting, draw: Draw | None) -> str:
    if draw is None:
        return "typed" if meeting.reporting.typed else "choose"
    if draw.has_ended:
        return "drawn"
    return "drawing" if draw.drawn else "prepared"


def _place(meeting: Meeting, at: int, order: tuple[str, ...]) -> Context:
    """A place in the order of reporting, empty as long as no lot has filled it."""
    unit = order[at] if at < len(order) else ""
    return {"number": at + 1, "unit": unit, "name": meeting.unit(unit).short_name if unit else ""}


def _number_typed(meeting: Meeting, unit: str) -> int | None:
    return meeting.reporting.typed.index(unit) + 1 if unit in meeting.reporting.typed else None
