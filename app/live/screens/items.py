"""An item of the agenda on the stage: a report with its clock, a break with its end, the opening, the announcement."""

from typing import Literal

from app.live.contexts import Context
from app.live.screens import overview, parts
from app.live.screens.onstage import OnStage
from app.live.screens.overview import Cell
from app.live.screens.parts import ClockShown, Expected
from app.live.screens.promised import PromisesCounted, counted_of_all
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.displays.state import Scene
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, ItemKind
from app.meeting.timing import Projection, clock_of

TIMED = frozenset({ItemKind.PRESENTATION, ItemKind.DISCUSSION})
"""Items whose time counts down before the hall. A break says when it ends; the others take the time they take."""


class SegmentOnStage(Context, frozen=True, kw_only=True):
    kind: str
    is_current: bool


class Reporting(Context, frozen=True, kw_only=True):
    """A unit in the order of reporting; ``number`` is null while that order is to be drawn or typed in."""

    number: int | None
    unit: str


class Item(OnStage, frozen=True, kw_only=True):
    """Its clock runs only while the agenda stands there (a held scene keeps its last time).

    ``ends``: when a break is over; ``follows``: who or what comes then. ``units``: of the opening; ``cells``: of the
    announcement, of which so many are ``known``; ``problems``: how many the hall has seen, where nothing is scored.
    ``promised``: at the opening, of all units at the meeting before.
    """

    scene: Literal["item"] = "item"
    kind: str
    title: str
    unit: str | None
    short_name: str | None
    office: str
    number: int | None
    segments: list[SegmentOnStage]
    segment: str
    clock: ClockShown
    is_timed: bool
    is_paused: bool
    seal: str
    offset: int
    ends: Expected | None
    follows: str
    units: list[Reporting]
    cells: list[Cell]
    known: int
    promised: PromisesCounted | None
    problems: int | None


def item(meeting: Meeting, scene: Scene, is_held: bool) -> Item:
    item = meeting.item(scene.item or "")
    here = Place(item.id, _segment(meeting, item))
    unit = meeting.unit(item.unit) if item.unit else None
    cells = overview.cells(meeting) if item.kind is ItemKind.ANNOUNCEMENT else []
    return Item(
        is_held=is_held,
        kind=item.kind,
        title=item.title,
        unit=unit.name if unit else None,
        short_name=unit.short_name if unit else None,
        office=unit.office if unit else "",
        number=parts.number_of(meeting, item),
        segments=[
            SegmentOnStage(kind=each.kind, is_current=at == here.segment) for at, each in enumerate(item.segments)
        ],
        segment=item.segments[here.segment].kind,
        clock=parts.clock(clock_of(meeting, here)),
        is_timed=item.kind in TIMED,
        is_paused=meeting.is_paused,
        seal=meeting.seal if item.kind is ItemKind.OPENING else "",
        offset=parts.offset_minutes(meeting),
        ends=_end_of_break(meeting, here) if item.kind is ItemKind.BREAK else None,
        follows=_next(meeting, item) if item.kind is ItemKind.BREAK else "",
        units=_reporting(meeting) if item.kind is ItemKind.OPENING else [],
        cells=cells,
        known=sum(each.is_known for each in cells),
        promised=counted_of_all(meeting) if item.kind is ItemKind.OPENING else None,
        problems=None if meeting.plan.is_scored else _problems(cells),
    )


def _problems(cells: list[Cell]) -> int:
    return sum(kind.number for cell in cells for kind in cell.comments if kind.kind == CommentKind.PROBLEM)


def _segment(meeting: Meeting, item: AgendaItem) -> int:
    place = meeting.agenda.place
    return place.segment if place and place.item == item.id else len(item.segments) - 1


def _end_of_break(meeting: Meeting, here: Place) -> Expected | None:
    clock = clock_of(meeting, here)
    left = clock.limit - clock.spent
    return parts.projection(Projection(clock.due, left, after=left - left))


def _next(meeting: Meeting, item: AgendaItem) -> str:
    """What is called next, items that are skipped left out."""
    order = meeting.items
    later = order[order.index(item) + 1 :]
    return next((parts.title_of(meeting, each) for each in later if not meeting.agenda.runs[each.id].skipped), "")


def _reporting(meeting: Meeting) -> list[Reporting]:
    numbers = {} if meeting.lacks_order else parts.numbers(meeting)
    return [
        Reporting(number=numbers.get(each.id), unit=parts.title_of(meeting, each))
        for each in meeting.presentations
        if not meeting.agenda.runs[each.id].skipped
    ]
