"""Whole meetings by each plan, played to their end; and all that tests of meetings are built from, under one roof.

Nothing here is random and nothing reads a clock: the same call always makes the same events.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.composites.checking import digest_of_composites
from app.meeting.displays.state import SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.plan import ItemKind, Mode, Order, Plan, ResultsShown, SegmentKind, TieBreak
from app.meeting.polls.agreed import PollsOpen
from app.meeting.polls.state import id_of_poll
from app.meeting.questions.agreed import Questions
from app.meeting.results.checking import digest_of_round
from app.meeting.rubric import Criterion
from app.meeting.scoring.reckoning import reveal_steps
from app.meeting.script.state import StepKind
from app.meeting.script.steps import can_be_passed, last_step, next_step
from tests.promised import judges, with_last_year
from tests.questions import answers, chooses
from tests.small import (
    ANN,
    BEN,
    BREAK,
    CAT,
    CLARITY,
    COURT,
    DAN,
    EFFECT,
    EVE,
    HALL,
    NOON,
    OPENING,
    OTHER_SEED,
    OVERALL,
    SCHOOL,
    SEED,
    SUMMARY,
    WATER,
    Points,
    hundred,
    minutes,
    noon,
    panel,
    report,
    shipped,
    small_plan,
    whole,
)
from tests.stories import (
    Story,
    at_water,
    closed_over,
    closes,
    comment,
    correction,
    counting,
    give_score,
    marks,
    opened,
    plays_round,
    refusal,
    refused,
    result,
    result_of_sheets,
    result_of_totals,
    salt,
    sheet,
    with_displays,
)

__all__ = [
    "ANN",
    "BEN",
    "BREAK",
    "CAT",
    "CLARITY",
    "COURT",
    "DAN",
    "EFFECT",
    "EVE",
    "HALL",
    "NOON",
    "OPENING",
    "OVERALL",
    "SCHOOL",
    "SUMMARY",
    "WATER",
    "Points",
    "at_water",
    "closed_over",
    "comment",
    "counting",
    "give_score",
    "hundred",
    "marks",
    "noon",
    "opened",
    "panel",
    "refusal",
    "refused",
    "report",
    "result_of_sheets",
    "result_of_totals",
    "salt",
    "shipped",
    "small_plan",
    "whole",
    "with_displays",
]
"""What is not used here: of the small meeting (tests/small.py) and of its stories (tests/stories.py)."""


def whole_meeting(plan: Plan) -> Story:
    """A meeting from its opening to its end, of at least two reports and four seats: every mark deterministic.

    Ties are the chair's to rule on. On the way happens whatever can: in a meeting with points, every kind of event
    there is, at least once. By equal plans it is played once, and everybody goes on from its end by themselves.
    """
    key = repr(plan)
    if key not in _PLAYED:
        _PLAYED[key] = _plays(plan)
    story = copy(_PLAYED[key])
    story.events = list(story.events)
    return story


_PLAYED: dict[str, Story] = {}


def _plays(plan: Plan) -> Story:
    rules = replace(plan.rules, tie_ladder=(TieBreak.CHAIR,), results_shown=ResultsShown.IN_ORDER, checked=True)
    rules = replace(rules, polls=PollsOpen.BY_HAND, questions=Questions.MODERATED, promises_judged=True)
    story = Story(
        with_last_year(replace(plan, rules=rules, composite=joining(plan.mode))),
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
    unit = story.meeting.item(round).unit or ""
    _comments_on(story, unit, at)
    if at == 0:
        _votes(story, unit)
        _answers(story, unit)
    if story.meeting.plan.is_scored:
        _scores(story, round, at)
    elif at == 0:
        _goes_by_the_script(story)
    else:
        _presses(story)
        _presses(story)
        story.does(c.UndoStep(_last_taken(story)))


def _votes(story: Story, unit: str) -> None:
    """The first poll is shown too early, then withdrawn, and held again."""
    first, second = (id_of_poll(unit, number) for number in (1, 2))
    story.does(c.OpenPoll(unit), c.ClosePoll(first), c.ShowPoll(first))
    story.does(c.UndoStep(_last_taken(story)), c.WithdrawPoll(first, "the hall had not been told"))
    story.does(c.OpenPoll(unit), c.ClosePoll(second), c.ShowPoll(second))


def _answers(story: Story, unit: str) -> None:
    """A question of the audience is chosen and answered, another one taken off the displays."""
    first, second = f"question-{unit}-1", f"question-{unit}-2"
    story.does(chooses(first, unit=unit), answers(first, "By the end of the year.", unit=unit))
    story.does(chooses(second, unit=""), c.WithdrawQuestion(second, "it names a person"))


def _scores(story: Story, round: str, at: int) -> None:
    seats = [seat.id for seat in story.meeting.entitled(story.meeting.rounds[round].unit)]
    given = {seat: _deterministic_marks(story.meeting, at, number) for number, seat in enumerate(seats)}
    if story.meeting.unit(story.meeting.rounds[round].unit).promises:
        _judges_promises(story, round, *seats[:3])
    if at == 0:
        _judges_with_incidents(story, round, given)
    else:
        plays_round(story, round, given)
    if 0 < at < len(story.meeting.presentations) - 1:
        story.does(checks(story, round), c.RevealResult(round))
    if at == len(story.meeting.presentations) - 1:
        alike = tuple(item.id for item in story.meeting.presentations[-2:])
        story.does(c.RuleOnTie(alike, "by the order of the reports", "the chair"))


def _judges_promises(story: Story, round: str, first: str, *others: str) -> None:
    """One seat thinks again."""
    story.does(judges(first, 1, round=round), c.EraseJudgement(round, first, 1))
    story.does(*(judges(seat, 1, round=round) for seat in (first, *others)))


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
    )
    if story.meeting.plan.rules.checked:
        story.does(c.CheckComposites(digest_of_composites(story.meeting)))
    story.does(
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
