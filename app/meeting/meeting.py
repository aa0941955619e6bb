"""The meeting as it stands after some number of events, and the questions people ask about it.

Everything is frozen: ``evolve`` answers with a new meeting that shares its unchanged parts with the old one.
Dictionaries are never changed in place.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from app.meeting.agenda.state import Agenda, ItemRun, Place
from app.meeting.comments.state import Comment
from app.meeting.composites.state import Composites
from app.meeting.cures.state import Cures
from app.meeting.displays.state import Displays, Scene, SceneKind
from app.meeting.draw.state import Reporting
from app.meeting.findings.state import Findings
from app.meeting.panel.state import Panel
from app.meeting.plan import RECKONING, AgendaItem, ItemKind, Order, Plan, Seat, Segment, Unit
from app.meeting.polls.state import Poll
from app.meeting.promises.state import Judgements
from app.meeting.questions.state import Question
from app.meeting.results.state import TieRuling
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.script.state import Script


@dataclass(frozen=True, slots=True)
class Meeting:
    """The whole meeting: what was agreed and opened, and one field for each wing.

    ``rounds`` are by the id of their agenda item and hold the sheets, ``judgements`` of promises by their round;
    ``comments`` and ``polls`` are by id, and ``questions``, those of which the log tells. ``rulings`` are the chair's
    words on ties, the latest last.
    """

    plan: Plan
    agenda: Agenda
    seal: str = ""
    opened_at: datetime | None = None
    finished_at: datetime | None = None
    reckoning: int = RECKONING
    reporting: Reporting = field(default_factory=Reporting)
    panel: Panel = field(default_factory=Panel)
    rounds: dict[str, Round] = field(default_factory=dict)
    rulings: tuple[TieRuling, ...] = ()
    composites: Composites = field(default_factory=Composites)
    polls: dict[str, Poll] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    displays: Displays = field(default_factory=Displays)
    script: Script = field(default_factory=Script)
    findings: Findings = field(default_factory=Findings)
    cures: Cures = field(default_factory=Cures)
    reports_shown: tuple[str, ...] = ()
    questions: dict[str, Question] = field(default_factory=dict)
    judgements: dict[str, Judgements] = field(default_factory=dict)

    @classmethod
    def planned(cls, plan: Plan) -> "Meeting":
        """A meeting before its first event."""
        nothing = {item.id: (timedelta(),) * len(item.segments) for item in plan.agenda}
        runs = {id: ItemRun(spent=zeros, added=zeros) for id, zeros in nothing.items()}
        return cls(plan, Agenda(tuple(item.id for item in plan.agenda), runs))

    # --- its course -------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.finished_at is None

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def day(self) -> date:
        """On which it was opened, in the hall's own time; until then that of the plan."""
        return self.plan.day_in_the_hall(self.opened_at or self.plan.starts_at)

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.agenda.place is not None and self.agenda.since is None

    @property
    def current_item(self) -> AgendaItem | None:
        return self.item(self.agenda.place.item) if self.agenda.place else None

    @property
    def current_segment(self) -> Segment | None:
        return self.segment(self.agenda.place) if self.agenda.place else None

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

    # --- the agenda and the order of reporting ----------------------------------------------------------------------

    @property
    def items(self) -> list[AgendaItem]:
        """All items in the order they are to be taken."""
        return [self.item(id) for id in self.agenda.order]

    @property
    def presentations(self) -> list[AgendaItem]:
        return [item for item in self.items if item.kind is ItemKind.PRESENTATION]

    @property
    def numbered(self) -> list[AgendaItem]:
        """All that report, the first is number one; of lots and of an order typed in those left out are no part."""
        runs, lots = self.agenda.runs, self.reporting.order
        return [item for item in self.presentations if not lots or item.unit in lots or not runs[item.id].skipped]

    @property
    def units_to_order(self) -> tuple[str, ...]:
        """The units that report, in the order of the agenda; those left out are not among them."""
        runs = self.agenda.runs
        return tuple(item.unit for item in self.presentations if item.unit and not runs[item.id].skipped)

    @property
    def has_begun_reports(self) -> bool:
        return any(self.agenda.runs[item.id].has_begun for item in self.presentations)

    @property
    def lacks_order(self) -> bool:
        """Whether the plan wants the order drawn or typed in, and that has not been done."""
        return self.plan.order is not Order.FIXED and not self.reporting.has_new_order

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

    def is_untouched(self, round: Round) -> bool:
        """Whether nobody has marked, abstained, handed in anything or judged a promise."""
        judgements = self.judgements.get(round.id)
        return round.is_untouched and not (judgements and any(judgements.marks.values()))

    @property
    def open_rounds(self) -> list[Round]:
        return [round for round in self.rounds.values() if round.is_open]

    @property
    def rounds_in_order(self) -> list[Round]:
        """In the order of the agenda."""
        return [self.rounds[id] for id in self.agenda.order if id in self.rounds]

    @property
    def closed_rounds(self) -> list[Round]:
        return [round for round in self.rounds_in_order if not round.is_open]

    @property
    def revealed_rounds(self) -> list[Round]:
        """Those whose results have been shown whole."""
        return [round for round in self.rounds_in_order if round.is_revealed]

    def comments_on(self, unit: str) -> list[Comment]:
        return [comment for comment in self.comments.values() if comment.unit == unit]

    # --- polls ------------------------------------------------------------------------------------------------------

    def poll_on(self, unit: str) -> Poll | None:
        """The poll on a unit that counts: the latest that was not withdrawn."""
        return next(
            (each for each in reversed(self.polls.values()) if each.unit == unit and not each.is_withdrawn), None
        )

    def number_of_polls(self, unit: str) -> int:
        return sum(each.unit == unit for each in self.polls.values())

    @property
    def open_polls(self) -> list[Poll]:
        return [each for each in self.polls.values() if each.is_open]

    # --- the displays -----------------------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """What the displays show now, unless one was told something of its own."""
        return self.displays.cue.scene or self.followed_scene

    def scene_of(self, display: str) -> Scene:
        """What one display shows now."""
        return self.displays.cue_of(display).scene or self.followed_scene

    @property
    def cue_is_outlived(self) -> bool:
        """Whether the agenda has gone on to another item under what the display was told; a timer goes with it."""
        scene, item = self.displays.cue.scene, self.agenda.place.item if self.agenda.place else None
        return scene is not None and scene.kind is not SceneKind.TIMER and item != self.displays.cued_at

    @property
    def followed_scene(self) -> Scene:
        """What a display that follows the agenda shows."""
        if self.displays.shown is not None:
            return self.displays.shown
        if self.displays.spotlight is not None:
            return Scene(SceneKind.RESULT, round=self.displays.spotlight)
        if self.is_finished:
            return Scene(SceneKind.FINISHED)
        if self.reporting.is_drawing or self.displays.shows_order:
            return Scene(SceneKind.DRAW)
        if self.opened_at is None:
            return Scene(SceneKind.WAITING)
        if self.agenda.place is None:
            return Scene(SceneKind.SEAL)
        return Scene(SceneKind.ITEM, item=self.agenda.place.item)


_Part = TypeVar("_Part", AgendaItem, Unit, Seat, Criterion)


def _by_id(parts: tuple[_Part, ...], id: str) -> _Part:
    for part in parts:
        if part.id == id:
            return part
    raise KeyError(id)
