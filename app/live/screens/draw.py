"""The order of reporting as it is drawn or typed in, on display and console. There is no seed before its draw's end."""

from typing import Any, Literal

from app.live.contexts import Context
from app.live.views import Look
from app.meeting.displays.state import Scene
from app.meeting.draw.state import Draw
from app.meeting.meeting import Meeting
from app.meeting.plan import Order

LONG_NAME = 6
"""Characters beyond which a name is set smaller on the display."""


class Lot(Context, frozen=True, kw_only=True):
    """A place in the order of reporting, empty as long as no lot has filled it."""

    number: int
    unit: str
    name: str


class Lots(Context, frozen=True, kw_only=True):
    """``stage``: choose, prepared, drawing, drawn, typed; ``number`` places are filled."""

    stage: str
    commitment: str
    word: str | None
    seed: str
    called_off: int
    draw_number: int
    number: int
    next_number: int
    places: list[Lot]


class LastLot(Context, frozen=True, kw_only=True):
    unit: str
    name: str


class UnitToOrder(Context, frozen=True, kw_only=True):
    """``number``: the one that was typed in for it."""

    unit: str
    name: str
    number: int | None


class LotsOnConsole(Lots, frozen=True, kw_only=True):
    order: str
    units: list[UnitToOrder]


class NothingToDraw(Context, frozen=True, kw_only=True):
    """``stage`` is empty while there is nothing to decide."""

    stage: str = ""


class LotsOnStage(Lots, frozen=True, kw_only=True):
    """``last``: the lot that came out last, until all have."""

    scene: Literal["draw"] = "draw"
    is_held: bool
    picture: str = ""
    names: list[str]
    size: str
    last: LastLot


def scene(meeting: Meeting, _scene: Scene, is_held: bool) -> LotsOnStage:
    draw = meeting.reporting.draw
    units = draw.units if draw else meeting.reporting.typed
    last = draw.drawn[-1] if draw and draw.drawn and not draw.has_ended else ""
    names = [meeting.unit(unit).short_name for unit in units]
    return LotsOnStage(
        **_lots(meeting),
        is_held=is_held,
        names=names,
        size="long" if any(len(name) > LONG_NAME for name in names) else "short",
        last=LastLot(unit=last, name=meeting.unit(last).short_name if last else ""),
    )


def console(look: Look) -> LotsOnConsole | NothingToDraw:
    meeting = look.meeting
    if meeting.plan.order is Order.FIXED or not meeting.is_open or meeting.has_begun_reports:
        return NothingToDraw()
    return LotsOnConsole(
        order=meeting.plan.order,
        **_lots(meeting),
        units=[
            UnitToOrder(unit=unit, name=meeting.unit(unit).short_name, number=_number_typed(meeting, unit))
            for unit in meeting.units_to_order
        ],
    )


def _lots(meeting: Meeting) -> dict[str, Any]:
    """The fields of ``Lots``."""
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


def _place(meeting: Meeting, at: int, order: tuple[str, ...]) -> Lot:
    unit = order[at] if at < len(order) else ""
    return Lot(number=at + 1, unit=unit, name=meeting.unit(unit).short_name if unit else "")


def _number_typed(meeting: Meeting, unit: str) -> int | None:
    return meeting.reporting.typed.index(unit) + 1 if unit in meeting.reporting.typed else None
