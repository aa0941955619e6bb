"""Any story at all: whatever is asked in whatever order, with everything that must hold looked at on the way.

A story is a list of numbers; each is the seed of one thing asked, sensible or not (zero: nothing, so that Hypothesis
can leave it out). Every event is looked at as it is folded, and the meeting after every ask.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.decide import decide
from app.meeting.draw.lots import drawn_order
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, ResultsShown, RoundAt, RoundsOpen, Rules, TieBreak, TrimOf
from app.meeting.polls.agreed import PollsOpen
from app.meeting.questions.agreed import Questions
from app.meeting.refusals import Refused
from app.meeting.rounds.state import Round
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.script.state import StepKind
from app.meeting.script.steps import next_step
from app.meeting.sheets.state import SheetVersion
from tests.findings import story_day
from tests.meeting.any_asks import ASKS, ITEMS, SEATS
from tests.meeting.any_findings import an_ask, findings_go_their_way, no_other_unit_is_heard
from tests.meeting.any_promises import promises_are_judged_apart
from tests.meetings import SEED, Story, joining, minutes, small_plan
from tests.promised import with_last_year

rules = st.builds(
    Rules,
    trim_from=st.sampled_from([3, 5]),
    trim_of=st.sampled_from(TrimOf),
    round_at=st.sampled_from(RoundAt),
    rounds_open=st.sampled_from(RoundsOpen),
    tie_ladder=st.sampled_from([(), (TieBreak.CHAIR,)]),
    results_shown=st.sampled_from(ResultsShown),
    checked=st.sampled_from([False, False, True]),
    polls=st.sampled_from(PollsOpen),
    questions=st.sampled_from(Questions),
    promises_judged=st.booleans(),
)

plans = st.builds(small_plan, mode=st.sampled_from(Mode), rules=rules, order=st.sampled_from(Order)).map(
    lambda plan: with_last_year(replace(plan, composite=joining(plan.mode)))
)

seeds = st.lists(st.integers(0, 100_000), min_size=80, max_size=120)


class Watched(Story):
    """A story under watch. ``ran`` is a stopwatch beside it: the time the agenda must show."""

    def __init__(self, plan):
        super().__init__(plan)
        self.ran, self.is_running = timedelta(), False
        self.does(c.OpenMeeting(plan))

    def asks(self, seed: int) -> None:
        chance = Random(seed)
        self.passes(minutes(chance.choice([0, 0.25, 3, 20])))
        for command in chance.choice(ASKS)(self.meeting, chance):
            self.asks_for(command)
        if chance.random() < 0.1:  # the bureau does not wait for the end
            self.asks_for(an_ask(self.meeting, chance, story_day(self)))
        all_time_that_ran_is_on_an_account(self)
        there_is_a_step_forward_that_can_be_taken(self)
        the_agenda_stands_where_it_may(self.meeting)
        the_display_shows_no_hidden_result(self.meeting)
        an_order_comes_before_the_first_report_and_the_seed_at_the_end(self.meeting)

    def asks_at_a_desk(self, seed: int) -> None:
        """Of findings alone, a day or a week later."""
        chance = Random(seed)
        self.passes(timedelta(days=chance.choice([0, 0, 0, 0, 0, 1, 5, 7]), hours=chance.choice([0, 0, 7])))
        self.asks_for(an_ask(self.meeting, chance, story_day(self)))

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.ran += time if self.is_running else timedelta()

    def asks_for(self, command: c.Command) -> None:
        try:
            events = decide(self.meeting, command, self.now)
        except Refused as refused:
            sentence_of(refused.said)  # every refusal finds its words
            return
        no_other_unit_is_heard(self.meeting, command, events)
        for event in events:
            self.takes(event)

    def takes(self, event: e.Event) -> None:
        before, after = self.meeting, evolve(self.meeting, event)
        self.is_running = runs_after(event, before, self.is_running)
        if isinstance(event, e.StepUndone):
            self.is_running = after.agenda.since is not None
            self.ran -= time_given_up(before, event)
        findings_go_their_way(before, after, self.events, event)
        promises_are_judged_apart(before, after, self.events, event)
        self.meeting = after
        self.events.append(event)
        composites_stay_as_they_were_announced(before, after)
        if after.rounds != before.rounds:
            counted_sheets_change_only_by_correction(before, after, event)
            sheets_are_of_entitled_seats(after)
            results_are_in_range_and_as_announced(after)


def runs_after(event: e.Event, before: Meeting, was_running: bool) -> bool:
    match event:
        case e.SegmentEntered() | e.ClockResumed():
            return True
        case e.MeetingContinued():
            return before.agenda.place is not None
        case e.ClockPaused() | e.MeetingFinished():
            return False
    return was_running


def time_given_up(before: Meeting, event: e.StepUndone) -> timedelta:
    """What ran where one should not have been goes to where one was, unless nothing ran there."""
    last, agenda = next(each for each in before.script.taken if each.number == event.number), before.agenda
    was, place = last.stood.agenda, last.step.place
    if place is None or was.since is not None:
        return timedelta()
    running = event.at - agenda.since if agenda.since else timedelta()
    return agenda.runs[place.item].spent[place.segment] - was.runs[place.item].spent[place.segment] + running


def there_is_a_step_forward_that_can_be_taken(story: Story) -> None:
    step = next_step(story.meeting)
    assert (step is None) == story.meeting.is_finished
    if step is not None and step.kind is not StepKind.CHECK:
        decide(story.meeting, c.Advance(step=step.id, seed=SEED, without=tuple(SEATS), without_order=True), story.now)


def all_time_that_ran_is_on_an_account(story: Watched) -> None:
    spent = [each for run in story.meeting.agenda.runs.values() for each in run.spent]
    assert min(spent) >= timedelta()
    running = story.now - story.meeting.agenda.since if story.meeting.agenda.since else timedelta()
    assert sum(spent, running) == story.ran


def the_agenda_stands_where_it_may(meeting: Meeting) -> None:
    assert sorted(meeting.agenda.order) == sorted(ITEMS)
    places = list(meeting.agenda.places())
    assert places
    assert meeting.agenda.place is None or meeting.agenda.place in places
    assert not any(meeting.agenda.runs[id].skipped for id in meeting.rounds)
    for item in meeting.items:
        for segment, added in zip(item.segments, meeting.agenda.runs[item.id].added, strict=True):
            assert segment.planned + added >= timedelta()


def the_display_shows_no_hidden_result(meeting: Meeting) -> None:
    named = [meeting.scene_of(display) for display in meeting.displays.directions]
    for scene in (meeting.scene, meeting.followed_scene, *named):
        assert scene.round is None or meeting.rounds[scene.round].is_being_revealed


def an_order_comes_before_the_first_report_and_the_seed_at_the_end(meeting: Meeting) -> None:
    assert not (meeting.reporting.is_drawing and (meeting.has_begun_reports or meeting.is_finished))
    if meeting.reporting.draw:
        drawn = drawn_order(SEED, meeting.reporting.draw.word or "", meeting.reporting.draw.units)
        assert drawn[: len(meeting.reporting.draw.drawn)] == meeting.reporting.draw.drawn
        assert (meeting.reporting.draw.seed == SEED) == (meeting.reporting.draw.left == ())


def counted_sheets_change_only_by_correction(before: Meeting, after: Meeting, event: e.Event) -> None:
    for id in before.rounds.keys() & after.rounds.keys():
        was, is_now = before.rounds[id], after.rounds[id]
        if not was.is_open and not is_now.is_open and counted(was) != counted(is_now):
            assert isinstance(event, e.SheetCorrected | e.SheetVoided)
            assert not was.is_being_revealed


def counted(round: Round) -> dict[str, SheetVersion]:
    return {seat: sheet.current for seat, sheet in round.sheets.items() if sheet.current}


def composites_stay_as_they_were_announced(before: Meeting, after: Meeting) -> None:
    """Nothing that a composite was made of changes under it, but for a unit that had none."""
    if before.composites.are_announced and after.composites.are_announced:
        now = {each.unit: each for each in composites_of(after)}
        for each in after.composites.announced:
            assert each.score is None or now[each.unit].points == each.points


def sheets_are_of_entitled_seats(meeting: Meeting) -> None:
    for round in meeting.rounds.values():
        assert set(round.sheets) <= {seat.id for seat in meeting.entitled(round.unit)}


def results_are_in_range_and_as_announced(meeting: Meeting) -> None:
    for round in meeting.rounds.values():
        result = result_of(meeting, round)
        assert result.score is None or 0 <= result.score <= meeting.plan.full_score
        assert result_of(meeting, replace(round, sheets=dict(reversed(round.sheets.items())))) == result
        if round.announced:
            assert (round.announced.score, round.announced.grade) == (result.score, result.grade)
        assert round.is_revealed == (round.announced is not None)
        assert not (round.is_open and round.is_being_revealed)
