"""Builders shared by the tests: a small meeting, the shipped ones, and a story that plays them by command.

Nothing here is random and nothing reads a clock: the same call always makes the same events.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Self

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.decide import decide
from app.meeting.displays.state import SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import (
    AgendaItem,
    Criterion,
    ItemKind,
    Level,
    Mode,
    Order,
    Plan,
    Preset,
    ResultsShown,
    Rules,
    Seat,
    Segment,
    SegmentKind,
    TieBreak,
    Unit,
)
from app.meeting.refusals import Refused
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.reckoning import result_of, reveal_steps
from app.meeting.scoring.result import Result
from app.meeting.script.state import StepKind
from app.meeting.script.steps import can_be_passed, last_step, next_step
from app.meeting.sheets.state import SheetVersion

HALL = timezone(timedelta(hours=8))
NOON = datetime(2023, 11, 17, 12, 0, tzinfo=HALL).astimezone(UTC)
"""When the small meeting is to start, as the log writes it."""

OPENING, WATER, COURT, BREAK, SCHOOL, SUMMARY = (
    "opening",
    "report-water",
    "report-court",
    "break",
    "report-school",
    "summary",
)
ANN, BEN, CAT, DAN, EVE = "ann", "ben", "cat", "dan", "eve"

CLARITY = Criterion("clarity", "Clarity", maximum=Decimal(60))
EFFECT = Criterion("effect", "Effect", maximum=Decimal(40))
OVERALL = Criterion(
    "overall",
    "Overall",
    minimum=Decimal(1),
    maximum=Decimal(4),
    step=Decimal(1),
    levels=(
        Level(Decimal(4), "excellent", approving=True),
        Level(Decimal(3), "good", approving=True),
        Level(Decimal(2), "fair"),
        Level(Decimal(1), "poor"),
    ),
)

SEED, OTHER_SEED = "cafe" * 16, "0ddb" * 16
"""Of draws. With the word “seven”, the small meeting is drawn as schools, court, water by the first."""

Points = int | str | Decimal

# --- plans ------------------------------------------------------------------------------------------------------------


def small_plan(**changes: Any) -> Plan:
    """Three units, five seats in three groups (eve is recused from the court), two criteria of 60 and 40 points.

    66 minutes from noon: opening 5, reports of 8 + 3 + 1 around a break of 10, summary 15. ``changes`` replace fields
    of the plan; a changed mode brings its own rubric.
    """
    rubrics = {Mode.POINTS: (CLARITY, EFFECT), Mode.LEVELS: (OVERALL,), Mode.COMMENTS: ()}
    plan = Plan(
        code="small",
        title="A small review",
        starts_at=NOON.astimezone(HALL),
        mode=Mode.POINTS,
        units=(
            Unit("water", "The Water Office of the City", "Water"),
            Unit("court", "The High Court of the City", "Court"),
            Unit("school", "The School Board of the City", "Schools"),
        ),
        seats=(
            Seat(ANN, "Expert 1", Preset.EXPERT),
            Seat(BEN, "Expert 2", Preset.EXPERT),
            Seat(CAT, "Deputy 1", Preset.DEPUTY),
            Seat(DAN, "Deputy 2", Preset.DEPUTY),
            Seat(EVE, "Member 1", Preset.CPPCC, recusals=("court",)),
        ),
        agenda=(
            whole(OPENING, ItemKind.OPENING, "Opening", 5),
            report("water", "Water"),
            report("court", "Court"),
            whole(BREAK, ItemKind.BREAK, "Break", 10),
            report("school", "Schools"),
            whole(SUMMARY, ItemKind.SUMMARY, "Summary", 15),
        ),
        criteria=rubrics[changes.get("mode", Mode.POINTS)],
    )
    return replace(plan, **changes)


def whole(id: str, kind: ItemKind, title: str, planned: int) -> AgendaItem:
    return AgendaItem(id, kind, title, (Segment(SegmentKind.WHOLE, minutes(planned)),))


def report(unit: str, title: str) -> AgendaItem:
    lengths = {SegmentKind.REPORT: 8, SegmentKind.COMMENTS: 3, SegmentKind.SCORING: 1}
    segments = tuple(Segment(kind, minutes(length)) for kind, length in lengths.items())
    return AgendaItem(f"report-{unit}", ItemKind.PRESENTATION, title, segments, unit)


def panel(*groups: str) -> tuple[Seat, ...]:
    """A seat for each group named: seat-1, seat-2 …"""
    return tuple(Seat(f"seat-{at}", f"Seat {at}", group) for at, group in enumerate(groups, start=1))


def hundred(step: Points = "0.5") -> tuple[Criterion, ...]:
    """A rubric of one criterion, so that a mark is a total."""
    return (Criterion("whole", "Whole", maximum=Decimal(100), step=Decimal(step)),)


def shipped(code: str) -> Plan:
    """A meeting that comes with Kaimen: ``demo``, ``comments`` or ``levels``."""
    from app.papers.plan.textfile import shipped_plans  # the one thing here that is not of the rules

    return next(plan for plan in shipped_plans() if plan.code == code)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def noon(minutes_later: float) -> datetime:
    return NOON + minutes(minutes_later)


# --- stories ----------------------------------------------------------------------------------------------------------


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


# --- whole meetings ---------------------------------------------------------------------------------------------------


def whole_meeting(plan: Plan) -> Story:
    """A meeting from its opening to its end, of at least two reports and four seats: every mark deterministic.

    Ties are the chair's to rule on. On the way happens whatever can: in a meeting with points, every kind of event
    there is, at least once.
    """
    rules = replace(plan.rules, tie_ladder=(TieBreak.CHAIR,), results_shown=ResultsShown.IN_ORDER, checked=True)
    story = Story(
        replace(plan, rules=rules, composite=joining(plan.mode)),
        plan.starts_at.astimezone(UTC),
        tick=timedelta(seconds=1),
    )
    story.does(c.CueScene(SceneKind.MESSAGE, text="We begin soon"), c.FollowAgenda()).opens()
    _rearranges(story)
    if plan.order is not Order.FIXED:
        _draws(story)
        _settles(story)
    _takes_back(story)
    while story.meeting.agenda.next_place:
        story.steps()
        segment = story.meeting.segment(story.here)
        story.waits(segment.planned / minutes(1) + (0.5 if segment.kind is SegmentKind.REPORT else -0.5))
        item = story.meeting.item(story.here.item)
        if item.unit and story.here.segment == len(item.segments) - 1:
            _judges(story, item.id)
        elif item.kind is ItemKind.ANNOUNCEMENT:
            _goes_by_the_script(story)
    _goes_by_the_script(story)
    _joins(story)
    story.does(c.FinishMeeting()).waits(1).does(c.ContinueMeeting()).waits(1)
    return story.does(c.FinishMeeting())


def _rearranges(story: Story) -> None:
    """The moderator tries everything out before the first report."""
    first, second, *_ = (item.id for item in story.meeting.presentations)
    story.does(c.SkipItem(second, "not yet arrived"), c.RestoreItem(second))
    story.does(c.MoveItem(second, first), c.MoveItem(first, second))
    story.does(c.AddTime(Place(first), 60), c.TellSpeaker("Two minutes left"), c.TellSpeaker(""))
    story.steps().does(c.HoldScene(), c.Pause()).waits(1).does(c.Resume(), c.FollowAgenda())


def _draws(story: Story) -> None:
    """An order is typed in, then lots are drawn: the first draw is called off after one unit."""
    units = story.meeting.units_to_order
    story.does(c.TypeOrder({unit: str(number) for number, unit in enumerate(reversed(units), start=1)}))
    story.does(c.PrepareDraw(commitment_of(OTHER_SEED)), c.DrawNext(1, "", OTHER_SEED))
    story.does(c.CallOffDraw("the microphone was off", OTHER_SEED), c.PrepareDraw(commitment_of(SEED)))
    story.does(c.DrawNext(1, "seven", SEED), c.DrawAll(seed=SEED))


def _settles(story: Story) -> None:
    """A panelist arrives, was the wrong one, comes again, and a tablet is exchanged; a display goes its own way."""
    seat = story.meeting.plan.seats[0].id
    story.does(c.CheckIn(seat), c.CheckOut(seat), c.CheckIn(seat), c.TakeSeat(seat, "tablet-one"))
    story.does(c.TakeSeat(seat, "tablet-two"), c.DirectDisplay("left", language="en"))


def _takes_back(story: Story) -> None:
    """Forward to the first report by the script, and back."""
    while not story.meeting.has_begun_reports:
        _presses(story)
    story.does(c.UndoStep(_last_taken(story)))


def _goes_by_the_script(story: Story) -> None:
    """Whatever it says here, one step of it passed over first, and taken twice."""
    is_first = True
    while (step := next_step(story.meeting)) and step.kind not in (StepKind.ENTER, StepKind.FINISH):
        if is_first and can_be_passed(story.meeting, step):
            story.does(c.PassStep(step.id)).does(c.UndoStep(_last_taken(story)))
        _presses(story)
        if is_first and step.kind is not StepKind.CHECK:
            is_first = False
            story.does(c.UndoStep(_last_taken(story)))


def _last_taken(story: Story) -> str:
    last = last_step(story.meeting)
    return last.id if last else ""


def _presses(story: Story) -> None:
    step = next_step(story.meeting)
    if step and step.kind is StepKind.CHECK:
        story.does(checks(story, step.round))
    elif step:
        story.does(c.Advance(step=step.id))


def checks(story: Story, round: str) -> c.CheckResult:
    """The supervisor has looked at what there is."""
    return c.CheckResult(round, digest_of_round(story.meeting.rounds[round]))


def _judges(story: Story, round: str) -> None:
    at = [item.id for item in story.meeting.presentations].index(round)
    _comments_on(story, story.meeting.item(round).unit or "", at)
    if story.meeting.plan.is_scored:
        _scores(story, round, at)
    elif at == 0:
        _goes_by_the_script(story)
    else:
        _presses(story)
        _presses(story)
        story.does(c.UndoStep(_last_taken(story)))


def _scores(story: Story, round: str, at: int) -> None:
    seats = [seat.id for seat in story.meeting.entitled(story.meeting.rounds[round].unit)]
    given = {seat: _deterministic_marks(story.meeting, at, number) for number, seat in enumerate(seats)}
    if at == 0:
        _judges_with_incidents(story, round, given)
    else:
        plays_round(story, round, given)
    if 0 < at < len(story.meeting.presentations) - 1:
        story.does(checks(story, round), c.RevealResult(round))
    if at == len(story.meeting.presentations) - 1:
        alike = tuple(item.id for item in story.meeting.presentations[-2:])
        story.does(c.RuleOnTie(alike, "by the order of the reports", "the chair"))


def joining(mode: Mode) -> Composite:
    """Half of what the panel gives, if it gives any, with a vote and a daily assessment of twenty points."""
    panel = Part("panel", "Panel", Decimal(50), Source.SCORED)
    others = Part("vote", "Vote", Decimal(40)), Part("daily", "Daily", Decimal(10), Source.IMPORTED, Decimal(20))
    return Composite(others if mode is Mode.COMMENTS else (panel, *others))


def _joins(story: Story) -> None:
    """The other parts are entered, one is corrected; what is announced is withdrawn, for the day has not come."""
    units = [unit.id for unit in story.meeting.plan.units]
    votes = {unit: Decimal("97.75") - at for at, unit in enumerate(units)}
    daily = {unit: Decimal(at % 5 + 15) for at, unit in enumerate(units)}
    story.does(
        c.EnterPart("vote", votes, "the clerk"),
        c.EnterPart("daily", daily, "the clerk", "daily.xlsx", "ab" * 32),
        c.CorrectPart("vote", units[0], Decimal(99), "the clerk", "misread"),
        c.AnnounceComposites(),
        c.WithdrawComposites("the council has not met"),
    )


def _comments_on(story: Story, unit: str, at: int) -> None:
    seats = [seat.id for seat in story.meeting.entitled(unit)]
    first, second, third = (f"comment-{unit}-{number}" for number in range(3))
    story.does(
        c.SendComment(first, seats[0], unit, CommentKind.HIGHLIGHT, f"The best part of report {at + 1}"),
        c.SendComment(second, seats[1], unit, CommentKind.PROBLEM, f"A gap in report {at + 1}"),
        c.SendComment(third, seats[2], unit, CommentKind.SUGGESTION, f"A thought on report {at + 1}"),
        c.ReleaseComment(first, f"The best part of report {at + 1}"),
    )
    if at == 0:
        story.does(
            c.ReviseComment(second, seats[1], CommentKind.SUGGESTION, "How to close the gap"),
            c.EditComment(second, "How to close the gap in time"),
            c.ReleaseComment(second, "How to close the gap in time"),
            c.WithdrawComment(second),
            c.TakeBackComment(third, seats[2]),
        )


def _judges_with_incidents(story: Story, round: str, given: Mapping[str, tuple[Decimal, ...]]) -> None:
    """The first seat leaves and returns, the second is late, the third is misread, the last is recused and comes back
    on reopening."""
    first, second, third, *others, last = given
    criterion = story.meeting.plan.criteria[0]
    score = c.GiveScore(round, first, criterion.id, criterion.minimum)

    def submits(seat: str) -> c.SubmitSheet:
        return sheet(story.meeting, round, seat, *given[seat])

    story.does(score, c.EraseScore(round, first, criterion.id), score)
    story.does(c.Abstain(round, first), c.ReturnToSheet(round, first), submits(first))
    story.does(*(submits(seat) for seat in (third, *others)), c.Recuse(round, last, "a former colleague"))
    closes(story, round).does(submits(second), c.AcceptLateSheet(round, second, "the network was down", "the clerk"))
    story.does(c.VoidSheet(round, third, "two marks", "the clerk"))
    story.does(correction(story.meeting, round, third, *given[third]))
    story.does(c.ReopenRound(round, "one seat was forgotten"), c.ReturnToSheet(round, last), submits(last))
    closes(story, round)
    steps = reveal_steps(result(story, round))
    story.does(checks(story, round))
    story.does(c.ShowResultStep(round, steps[0]), c.WithdrawReveal(round, "too early"))
    story.does(*(c.ShowResultStep(round, step) for step in steps))


def _deterministic_marks(meeting: Meeting, report: int, seat: int) -> tuple[Decimal, ...]:
    """Marks from the top of each criterion downwards, lower as the meeting goes on; the last two reports fare alike."""
    if report >= len(meeting.presentations) - 2:
        report, seat = 0, 0
    return tuple(
        criterion.maximum
        - criterion.step * ((3 * report + 5 * seat + 2 * at) % min(_choices(criterion), 7 + 3 * report))
        for at, criterion in enumerate(meeting.plan.criteria)
    )


def _choices(criterion: Criterion) -> int:
    return int((criterion.maximum - criterion.minimum) / criterion.step) + 1
