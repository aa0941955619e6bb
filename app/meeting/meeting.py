"""The meeting as it stands after some number of events, and the questions people ask about it.

Everything is frozen: ``evolve`` answers with a new meeting that shares its unchanged parts with the old one.
Dictionaries are never changed in place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from app.meeting.agenda.state import ItemRun, Place
from app.meeting.comments.state import Comment
from app.meeting.displays.state import Cue, Direction, Scene, SceneKind
from app.meeting.draw.state import Draw
from app.meeting.plan import RECKONING, AgendaItem, Criterion, ItemKind, Order, Plan, Seat, Segment, Unit
from app.meeting.results.state import TieRuling
from app.meeting.rounds.state import Round


@dataclass(frozen=True, slots=True)
class Meeting:
    """The whole meeting. ``since`` is the instant from which the clock of the current segment has been running.

    ``spotlight`` is the round whose result a display that follows the agenda shows, until the agenda moves on; with
    ``shows_order`` it shows the order of reporting just drawn or typed in.

    By seat, ``arrivals`` is since when its panelist is here, ``holders`` the device from which the seat is led;
    ``directions`` are of displays, by name.
    """

    plan: Plan
    order: tuple[str, ...]
    runs: dict[str, ItemRun]
    seal: str = ""
    opened_at: datetime | None = None
    finished_at: datetime | None = None
    place: Place | None = None
    since: datetime | None = None
    rounds: dict[str, Round] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    cue: Cue = field(default_factory=Cue)
    cued_at: str | None = None
    """The item at which the cue was given; None before the first."""
    speaker_message: str = ""
    spotlight: str | None = None
    rulings: tuple[TieRuling, ...] = ()
    draw: Draw | None = None
    draws_called_off: int = 0
    order_typed: tuple[str, ...] = ()
    shows_order: bool = False
    arrivals: dict[str, datetime] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    directions: dict[str, Direction] = field(default_factory=dict)
    reckoning: int = RECKONING

    @classmethod
    def planned(cls, plan: Plan) -> "Meeting":
        """A meeting before its first event."""
        nothing = {item.id: (timedelta(),) * len(item.segments) for item in plan.agenda}
        return cls(
            plan=plan,
            order=tuple(item.id for item in plan.agenda),
            runs={id: ItemRun(spent=zeros, added=zeros) for id, zeros in nothing.items()},
        )

    # --- its course -------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.finished_at is None

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.place is not None and self.since is None

    @property
    def current_item(self) -> AgendaItem | None:
        return self.item(self.place.item) if self.place else None

    @property
    def current_segment(self) -> Segment | None:
        return self.segment(self.place) if self.place else None

    @property
    def current_unit(self) -> Unit | None:
        item = self.current_item
        return self.unit(item.unit) if item and item.unit else None

    # --- looking things up; unknown ids raise KeyError --------------------------------------------------------------

    def item(self, id: str) -> AgendaItem:
        return _by_id(self.plan.agenda, id)

    def unit(self, id: str) -> Unit:
        return _by_id(self.plan.units, id)

    def seat(self, id: str) -> Seat:
        return _by_id(self.plan.seats, id)

    def criterion(self, id: str) -> Criterion:
        return _by_id(self.plan.criteria, id)

    def segment(self, place: Place) -> Segment:
        return self.item(place.item).segments[place.segment]

    def round_of(self, unit: str) -> Round | None:
        return next((round for round in self.rounds.values() if round.unit == unit), None)

    # --- the agenda -------------------------------------------------------------------------------------------------

    @property
    def items(self) -> list[AgendaItem]:
        """All items in the order they are to be taken."""
        return [self.item(id) for id in self.order]

    @property
    def presentations(self) -> list[AgendaItem]:
        return [item for item in self.items if item.kind is ItemKind.PRESENTATION]

    def places(self) -> Iterator[Place]:
        """All places the agenda passes through, skipped items left out."""
        for id in self.order:
            if not self.runs[id].skipped:
                yield from (Place(id, segment) for segment in range(len(self.item(id).segments)))

    @property
    def next_place(self) -> Place | None:
        """Where one step forward leads; None behind the last place."""
        return self._neighbour(+1)

    @property
    def previous_place(self) -> Place | None:
        return self._neighbour(-1)

    def _neighbour(self, step: int) -> Place | None:
        places = list(self.places())
        if self.place is None:
            return places[0] if places and step > 0 else None
        at = places.index(self.place) + step
        return places[at] if 0 <= at < len(places) else None

    # --- the order of reporting -------------------------------------------------------------------------------------

    @property
    def units_to_order(self) -> tuple[str, ...]:
        """The units that report, in the order of the agenda; those left out are not among them."""
        return tuple(item.unit for item in self.presentations if item.unit and not self.runs[item.id].skipped)

    @property
    def has_begun_reports(self) -> bool:
        return any(self.runs[item.id].has_begun for item in self.presentations)

    @property
    def is_drawing(self) -> bool:
        return self.draw is not None and not self.draw.has_ended

    @property
    def has_new_order(self) -> bool:
        """Whether the order has been drawn to its end, or typed in."""
        return bool(self.order_typed) or (self.draw is not None and self.draw.has_ended)

    @property
    def lacks_order(self) -> bool:
        """Whether the plan wants the order drawn or typed in, and that has not been done."""
        return self.plan.order is not Order.FIXED and not self.has_new_order

    def opening_segment(self, item: AgendaItem) -> int:
        """The segment of a presentation whose beginning opens the round, when rounds open by themselves."""
        opens = self.plan.rules.rounds_open
        return next((at for at, segment in enumerate(item.segments) if segment.kind.value == opens.value), 0)

    # --- the panel --------------------------------------------------------------------------------------------------

    def entitled(self, unit: str) -> list[Seat]:
        """The seats that judge a unit: the panel without those recused in the plan."""
        return [seat for seat in self.plan.seats if unit not in seat.recusals]

    def missing(self, round: Round) -> list[Seat]:
        """The entitled seats a round still waits for."""
        return [seat for seat in self.entitled(round.unit) if not round.sheet(seat.id).is_answered]

    def is_led_from(self, seat: str, device: str | None) -> bool:
        """Whether a device may act for a seat: the one that took it over last, or any as long as none has.

        None: a program that does not say which it is.
        """
        return self.holders.get(seat, device) == device

    @property
    def open_rounds(self) -> list[Round]:
        return [round for round in self.rounds.values() if round.is_open]

    def comments_on(self, unit: str) -> list[Comment]:
        return [comment for comment in self.comments.values() if comment.unit == unit]

    # --- the display ------------------------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """What the display shows now."""
        return self.cue.scene or self.followed_scene

    def cue_of(self, display: str) -> Cue:
        """What a display has been told, by its name; a nameless one is told what all are."""
        own = self.directions.get(display, Direction()).cue
        return self.cue if own is None else own

    def scene_of(self, display: str) -> Scene:
        """What one display shows now."""
        return self.cue_of(display).scene or self.followed_scene

    @property
    def follows_agenda(self) -> bool:
        """Whether the display shows where the agenda stands: told nothing else, and no result or order stands out."""
        return self.cue.follows and self.spotlight is None and not self.shows_order

    @property
    def cue_is_outlived(self) -> bool:
        """Whether the agenda has gone on to another item under what the display was told; a timer goes with it."""
        scene, item = self.cue.scene, self.place.item if self.place else None
        return scene is not None and scene.kind is not SceneKind.TIMER and item != self.cued_at

    @property
    def followed_scene(self) -> Scene:
        """What a display that follows the agenda shows."""
        if self.spotlight is not None:
            return Scene(SceneKind.RESULT, round=self.spotlight)
        if self.is_finished:
            return Scene(SceneKind.FINISHED)
        if self.is_drawing or self.shows_order:
            return Scene(SceneKind.DRAW)
        if self.opened_at is None:
            return Scene(SceneKind.WAITING)
        if self.place is None:
            return Scene(SceneKind.SEAL)
        return Scene(SceneKind.ITEM, item=self.place.item)


_Part = TypeVar("_Part", AgendaItem, Unit, Seat, Criterion)


def _by_id(parts: tuple[_Part, ...], id: str) -> _Part:
    for part in parts:
        if part.id == id:
            return part
    raise KeyError(id)
