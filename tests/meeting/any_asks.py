"""One thing asked of a meeting, sensible or not; what ``stories`` are made of."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.composites.checking import digest_of_composites
from app.meeting.displays.state import DisplayView, SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.polls.state import id_of_poll
from app.meeting.results.checking import digest_of_round
from app.meeting.scoring.reckoning import result_of, reveal_steps
from app.meeting.script.steps import last_step, next_step
from tests.meeting.any_promises import a_word_on_a_promise
from tests.meetings import OTHER_SEED, SEED, correction, sheet, small_plan

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
