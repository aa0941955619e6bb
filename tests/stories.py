"""A story plays a meeting command by command; beside it the commands that most stories need, and their results."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.decide import decide
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import (
    Plan,
    Preset,
    Rules,
    Seat,
)
from app.meeting.refusals import Refused
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.sheets.state import SheetVersion
from tests.small import (
    ANN,
    NOON,
    WATER,
    Points,
    hundred,
    minutes,
    panel,
    small_plan,
)


class Story:
    """A meeting played command by command, its events kept. ``tick`` passes after every command."""

    def __init__(self, plan: Plan, now: datetime = NOON, tick: timedelta = timedelta()) -> None:
        self.meeting = Meeting.planned(plan)
        self.events: list[e.Event] = []
        self.now = now
        self.tick = tick

    def does(self, *commands: c.Command) -> Self:
        for command in commands:
            for event in decide(self.meeting, command, self.now):
                self.meeting = evolve(self.meeting, event)
                self.events.append(event)
            self.now += self.tick
        return self

    def waits(self, number_of_minutes: float) -> Self:
        self.now += minutes(number_of_minutes)
        return self

    def opens(self) -> Self:
        return self.does(c.OpenMeeting(self.meeting.plan))

    def steps(self, times: int = 1) -> Self:
        for _ in range(times):
            self.does(c.Advance(self.meeting.agenda.place))
        return self

    def goes_to(self, item: str, segment: int = 0) -> Self:
        return self.does(c.JumpTo(Place(item, segment)))

    def refusal(self, command: c.Command) -> str:
        return refusal(self.meeting, command, self.now)

    @property
    def here(self) -> Place:
        assert self.meeting.agenda.place is not None
        return self.meeting.agenda.place

    @property
    def water(self) -> Round:
        return self.meeting.rounds[WATER]

    @property
    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events]


def opened(plan: Plan | None = None) -> Story:
    return Story(plan or small_plan()).opens()


def at_water(plan: Plan | None = None) -> Story:
    """The first report has begun and its round is open."""
    return opened(plan).steps(2)


def closed_over(*rows: Mapping[str, tuple[Points, ...]], plan: Plan | None = None) -> Story:
    """One round per row of marks by seat, in the order of the reports; every round is closed."""
    story = opened(plan)
    for item, marks in zip(story.meeting.presentations, rows, strict=False):
        story.goes_to(item.id)
        plays_round(story, item.id, marks)
    return story


def plays_round(story: Story, round: str, marks: Mapping[str, tuple[Points, ...]]) -> Story:
    """The seats named submit their marks, the round closes without the others."""
    if round not in story.meeting.rounds:
        story.does(c.OpenRound(round))
    for seat, points in marks.items():
        story.does(sheet(story.meeting, round, seat, *points))
    return closes(story, round)


def closes(story: Story, round: str) -> Story:
    missing = story.meeting.missing(story.meeting.rounds[round])
    return story.does(c.CloseRound(round, tuple(seat.id for seat in missing)))


def with_displays(meeting: Meeting, **told: Any) -> Meeting:
    """The same meeting, with displays that have been told something else."""
    return replace(meeting, displays=replace(meeting.displays, **told))


def refused(meeting: Meeting, command: c.Command, now: datetime = NOON) -> Refused:
    try:
        decide(meeting, command, now)
    except Refused as refused:
        return refused
    raise AssertionError(f"{command} was not refused")


def refusal(meeting: Meeting, command: c.Command, now: datetime = NOON) -> str:
    return refused(meeting, command, now).code


# --- commands ---------------------------------------------------------------------------------------------------------


def give_score(seat: str, points: Points, criterion: str = "clarity", round: str = WATER) -> c.GiveScore:
    return c.GiveScore(round, seat, criterion, Decimal(points))


def sheet(meeting: Meeting, round: str, seat: str, *points: Points, **changes: Any) -> c.SubmitSheet:
    """A sheet as an honest tablet submits it; ``changes`` make it less so."""
    given = marks(meeting.plan, *points)
    unit = meeting.item(round).unit or ""
    return replace(c.SubmitSheet(round, seat, unit, given, total_of(meeting.plan, given), salt(round, seat)), **changes)


def correction(meeting: Meeting, round: str, seat: str, *points: Points, **changes: Any) -> c.CorrectSheet:
    """A correction by the clerk of a misread paper sheet."""
    given = marks(meeting.plan, *points)
    return replace(c.CorrectSheet(round, seat, given, "misread", "the clerk", salt(round, seat)), **changes)


def marks(plan: Plan, *points: Points) -> dict[str, Decimal]:
    return {each.id: Decimal(mark) for each, mark in zip(plan.criteria, points, strict=False)}


def salt(round: str, seat: str) -> str:
    return f"{round}-{seat}".rjust(16, "0")


def counting(round: Round, seat: str) -> SheetVersion:
    """The version of a seat's sheet that counts."""
    version = round.sheet(seat).current
    assert version is not None
    return version


def comment(seat: str = ANN, id: str = "comment1", unit: str = "water", text: str = "Well argued") -> c.SendComment:
    return c.SendComment(id, seat, unit, CommentKind.HIGHLIGHT, text)


# --- results ----------------------------------------------------------------------------------------------------------


def result(story: Story, round: str = WATER) -> Result:
    return result_of(story.meeting, story.meeting.rounds[round])


def result_of_totals(*totals: Points, step: Points = "0.5", groups: tuple[str, ...] = (), **rules: Any) -> Result:
    """The result of one sheet for each total, by seats of one group unless said otherwise."""
    groups = groups or (Preset.EXPERT,) * len(totals)
    return result_of_sheets(*((total,) for total in totals), seats=panel(*groups), criteria=hundred(step), rules=rules)


def result_of_sheets(
    *sheets: tuple[Points, ...], seats: tuple[Seat, ...] = (), rules: Mapping[str, Any] | None = None, **plan: Any
) -> Result:
    """The result of these sheets, one for each seat in order; seats left over are absent."""
    seats = seats or panel(*(Preset.EXPERT,) * len(sheets))
    small = small_plan(seats=seats, rules=Rules(**(rules or {})), **plan)
    rows = {seat.id: points for seat, points in zip(seats, sheets, strict=False)}
    return result(closed_over(rows, plan=small))
