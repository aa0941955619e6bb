"""Any story at all: whatever is asked in whatever order, with everything that must hold looked at on the way.

A story is a list of numbers; each is the seed of one thing asked, sensible or not (zero: nothing, so that Hypothesis
can leave it out). Every event is looked at as it is folded, and the meeting after every ask.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.composites.checking import digest_of_composites
from app.meeting.decide import decide
from app.meeting.displays.state import DisplayView, SceneKind
from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Order, ResultsShown, RoundAt, RoundsOpen, Rules, TieBreak, TrimOf
from app.meeting.polls.agreed import PollsOpen
from app.meeting.polls.state import id_of_poll
from app.meeting.questions.agreed import Questions
from app.meeting.refusals import Refused
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.reckoning import result_of, reveal_steps
from app.meeting.script.state import StepKind
from app.meeting.script.steps import last_step, next_step
from app.meeting.sheets.state import SheetVersion
from tests.findings import story_day
from tests.meeting.any_findings import an_ask, findings_go_their_way, no_other_unit_is_heard
from tests.meeting.any_promises import a_word_on_a_promise, promises_are_judged_apart
from tests.meetings import OTHER_SEED, SEED, Story, correction, joining, minutes, sheet, small_plan
from tests.promised import with_last_year

ITEMS = [item.id for item in small_plan().agenda]

UNITS = [unit.id for unit in small_plan().units]

SEATS = [seat.id for seat in small_plan().seats]

POINTS = [Decimal(points) for points in ("0", "1", "2.5", "3", "4", "17.25", "39.5", "40", "41", "60", "1E+9", "NaN")]

REASONS = ["a reason", "a reason", "a reason", " "]


def a_step(meeting: Meeting, chance: Random) -> list[c.Command]:
    without_order = chance.choice([True, False, False, False])
    if meeting.agenda.next_place:
        return [c.Advance(meeting.agenda.place, without_order)]
    return [c.JumpTo(Place(chance.choice(ITEMS)), without_order)]


def a_press(meeting: Meeting, chance: Random) -> list[c.Command]:
    """The button, mostly, sometimes twice; what it asks back is confirmed."""
    step = next_step(meeting)
    seen = step.id if step else "finish"
    press = c.Advance(step=seen, seed=SEED, without=chance.choice([(), tuple(SEATS), tuple(SEATS)]), without_order=True)
    back = c.UndoStep(f"{meeting.script.count + 1}:{seen}")
    stale = c.Advance(step=f"show:{chance.choice(ITEMS)}:score")
    if chance.random() < 0.1:
        return [c.PassStep(seen)]
    return chance.choice([[press], [press], [press, press], [press, back], [press, back, back], [stale]])


def a_step_back(meeting: Meeting, chance: Random) -> list[c.Command]:
    last = last_step(meeting)
    return [c.UndoStep(chance.choice([last.id, last.id, "0:open"]) if last else "1:open")]


def a_check(meeting: Meeting, chance: Random) -> list[c.Command]:
    id = a_round(meeting, chance)
    round = meeting.rounds.get(id)
    return [c.CheckResult(id, digest_of_round(round) if round and chance.random() > 0.1 else "another")]


def a_way_elsewhere(meeting: Meeting, chance: Random) -> list[c.Command]:
    place = Place(chance.choice(ITEMS), chance.randint(-1, 3))
    return [chance.choice([c.GoBack(meeting.agenda.place or place), c.Advance(place), c.JumpTo(place)])]


def another_agenda(_: Meeting, chance: Random) -> list[c.Command]:
    item, other = chance.choice(ITEMS), chance.choice([*ITEMS, None])
    return [chance.choice([c.SkipItem(item, chance.choice(REASONS)), c.RestoreItem(item), c.MoveItem(item, other)])]


def time(_: Meeting, chance: Random) -> list[c.Command]:
    place = Place(chance.choice(ITEMS), chance.randint(-1, 3))
    return [c.AddTime(place, chance.choice([-600, -60, 0, 60, 3600, 3601]))]


def a_touch_of_the_clock(meeting: Meeting, chance: Random) -> list[c.Command]:
    if meeting.is_finished:
        return [c.ContinueMeeting()]
    finish = [c.CloseAllRounds(everywhere()), c.FinishMeeting()]
    return chance.choice([[c.Pause()], [c.Resume()], [c.Resume()], [c.ContinueMeeting()], finish])


def a_sheet(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, seat, given = a_round(meeting, chance), chance.choice(SEATS), (chance.choice(POINTS), chance.choice(POINTS))
    criterion = meeting.plan.criteria[0].id if meeting.plan.criteria else "none"
    score, erase = c.GiveScore(round, seat, criterion, given[0]), c.EraseScore(round, seat, criterion)
    return chance.choice([[score], [score, erase], [sheet(meeting, round, seat, *given)]])


def a_leave(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, seat, reason = a_round(meeting, chance), chance.choice(SEATS), chance.choice(REASONS)
    leave, back = chance.choice([c.Abstain(round, seat), c.Recuse(round, seat, reason)]), c.ReturnToSheet(round, seat)
    return chance.choice([[leave], [leave, back], [back]])


def sheets_of_the_whole_panel(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, points = a_round(meeting, chance), chance.choice([Decimal(3), Decimal(4)])
    close = c.CloseRound(round, chance.choice([(), tuple(SEATS)]))
    return [*(sheet(meeting, round, seat, points, points) for seat in SEATS), close]


def a_correction(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, seat, given = a_round(meeting, chance), chance.choice(SEATS), (chance.choice(POINTS), chance.choice(POINTS))
    accept = c.AcceptLateSheet(round, seat, chance.choice(REASONS), "the clerk")
    void = c.VoidSheet(round, seat, chance.choice(REASONS), "the clerk")
    return [chance.choice([correction(meeting, round, seat, *given), accept, void])]


def the_state_of_a_round(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, reason = a_round(meeting, chance), chance.choice(REASONS)
    without = chance.choice([(), tuple(SEATS)])
    return [chance.choice([c.OpenRound(round), c.CloseRound(round, without), c.ReopenRound(round, reason)])]


def a_reveal(meeting: Meeting, chance: Random) -> list[c.Command]:
    id, reason = a_round(meeting, chance), chance.choice(REASONS)
    round = meeting.rounds.get(id)
    names = reveal_steps(result_of(meeting, round)) if round else ()
    steps = [c.ShowResultStep(id, step) for step in names[: chance.randint(1, 4)]]
    return chance.choice([steps, steps, [c.RevealResult(id)], [c.WithdrawReveal(id, reason)]])


def a_ruling(meeting: Meeting, chance: Random) -> list[c.Command]:
    alike = chance.choice([tuple(meeting.rounds), (a_round(meeting, chance), a_round(meeting, chance))])
    return [c.RuleOnTie(alike, chance.choice(REASONS), "the chair")]


def a_composite(meeting: Meeting, chance: Random) -> list[c.Command]:
    points = {unit: Decimal(chance.randint(-1, 20)) for unit in chance.sample(UNITS, chance.randint(0, 3))}
    part, reason = chance.choice(["vote", "panel"]), chance.choice(REASONS)
    vote = c.EnterPart(part, points, "the clerk")
    daily = c.EnterPart("daily", points, "the clerk", *chance.choice([("", ""), ("daily.csv", "ab" * 32)]))
    correct = c.CorrectPart(part, chance.choice(UNITS), chance.choice([None, Decimal(1)]), "the clerk", reason)
    announce, withdraw = c.AnnounceComposites(chance.choice([(), tuple(UNITS)])), c.WithdrawComposites(reason)
    check = c.CheckComposites(digest_of_composites(meeting))
    told = [check, announce, withdraw]
    return chance.choice([[vote, daily], [correct], told, told, told[:-1]])


def a_poll(meeting: Meeting, chance: Random) -> list[c.Command]:
    unit = chance.choice([*UNITS, "moon"])
    id = chance.choice([*meeting.polls, id_of_poll(unit, 1)])
    again, reason = chance.choice([True, False]), chance.choice(REASONS)
    whole = [c.OpenPoll(unit, again), c.ClosePoll(id), c.ShowPoll(id)]
    return chance.choice([whole, whole[:1], whole[1:], [c.WithdrawPoll(id, reason)]])


def a_comment(meeting: Meeting, chance: Random) -> list[c.Command]:
    id, seat, unit = (
        f"comment-{chance.choice('abcde')}",
        chance.choice(SEATS),
        chance.choice(["water", "court", "moon"]),
    )
    if id not in meeting.comments:
        return [c.SendComment(id, seat, unit, CommentKind.PROBLEM, "A gap")]
    author, text = chance.choice([meeting.comments[id].seat, seat]), chance.choice(REASONS)
    by_author = [c.ReviseComment(id, author, CommentKind.HIGHLIGHT, text), c.TakeBackComment(id, author)]
    by_moderator = [c.EditComment(id, text), c.ReleaseComment(id, meeting.comments[id].text), c.WithdrawComment(id)]
    return [chance.choice([*by_author, *by_moderator, *by_moderator])]


def a_cue(meeting: Meeting, chance: Random) -> list[c.Command]:
    round, text = a_round(meeting, chance), chance.choice(REASONS)
    poll = chance.choice([*meeting.polls, "water.1"])
    cue = c.CueScene(chance.choice([*SceneKind, SceneKind.RESULT]), round=round, unit="water", text=text, poll=poll)
    return [chance.choice([cue, cue, c.HoldScene(), c.FollowAgenda(), c.TellSpeaker(text)])]


def a_way_to_an_order(meeting: Meeting, chance: Random) -> list[c.Command]:
    """Mostly with the right seed; the numbers of the paper lots are mostly a permutation."""
    first, seed = (
        len(meeting.reporting.draw.drawn) + 1 if meeting.reporting.draw else 1,
        chance.choice([SEED, SEED, SEED, OTHER_SEED]),
    )
    word, numbers = chance.choice(["", "seven"]), chance.choice([["1", "2", "3"], ["3", "1", "2"], ["2", "2", "x"]])
    prepare, one, all = c.PrepareDraw(commitment_of(SEED)), c.DrawNext(first, word, seed), c.DrawAll(word, seed)
    call_off = c.CallOffDraw(chance.choice(REASONS), seed)
    typed = c.TypeOrder(dict(zip(UNITS, numbers, strict=True)))
    return chance.choice([[prepare], [prepare, one, all], [typed], [one], [all], [call_off]])


def an_arrival(_: Meeting, chance: Random) -> list[c.Command]:
    seat, device = chance.choice(SEATS), chance.choice(["device-one", "device-two", "?"])
    return [chance.choice([c.CheckIn(seat), c.CheckOut(seat), c.TakeSeat(seat, device)])]


def a_direction(meeting: Meeting, chance: Random) -> list[c.Command]:
    """To a display of a name, or to one whose name is none; most are told what it shows."""
    display, round = chance.choice(["left", "left", "right", "no name"]), a_round(meeting, chance)
    kind = chance.choice([*SceneKind, SceneKind.RESULT, "common", "agenda", "hold"])
    cue = c.DirectDisplay(display, cue=str(kind), round=round, unit="water", text=chance.choice(REASONS))
    view, language = chance.choice([*DisplayView]), chance.choice(["en", "zh-CN", "tlh"])
    return [chance.choice([cue, cue, c.DirectDisplay(display, view=view), c.DirectDisplay(display, language=language)])]


def a_round(meeting: Meeting, chance: Random) -> str:
    """Mostly a round there is."""
    return chance.choice([*meeting.rounds, *meeting.rounds, chance.choice(ITEMS)])


def everywhere() -> tuple[str, ...]:
    return tuple(f"{item}/{seat}" for item in ITEMS for seat in SEATS)


ASKS: list[Callable[[Meeting, Random], list[c.Command]]] = [
    a_step,
    a_step,
    a_press,
    a_press,
    a_press,
    a_step_back,
    a_check,
    a_way_elsewhere,
    another_agenda,
    time,
    a_touch_of_the_clock,
    a_touch_of_the_clock,
    a_sheet,
    a_sheet,
    a_word_on_a_promise,
    a_leave,
    sheets_of_the_whole_panel,
    a_correction,
    the_state_of_a_round,
    the_state_of_a_round,
    a_reveal,
    a_ruling,
    a_composite,
    a_poll,
    a_poll,
    a_comment,
    a_comment,
    a_cue,
    a_way_to_an_order,
    a_way_to_an_order,
    an_arrival,
    a_direction,
]

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
