"""Any word on any promise, and what must hold of it: counted once more from the events alone."""

from collections import Counter
from dataclasses import replace
from random import Random

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import told_counts
from app.meeting.promises.state import PromiseCount, PromiseMark
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.state import Standing

Said = dict[tuple[str, int], PromiseMark]


def a_word_on_a_promise(meeting: Meeting, chance: Random) -> list[c.Command]:
    """Of one seat, or of the whole panel; mostly in a round that there is, on a promise that there is."""
    seats = [seat.id for seat in meeting.plan.seats]
    round = chance.choice([*meeting.rounds, *meeting.rounds, "report-water", "opening"])
    seat, number = chance.choice(seats), chance.choice([1, 1, 2, 2, 3])
    judge = c.JudgePromise(round, seat, number, chance.choice([*PromiseMark]))
    whole = [c.JudgePromise(round, each, number, chance.choice([*PromiseMark])) for each in seats]
    return chance.choice([[judge], [judge, c.EraseJudgement(round, seat, number)], whole, whole])


def promises_are_judged_apart(before: Meeting, after: Meeting, past: list[e.Event], event: e.Event) -> None:
    match event:
        case e.PromiseJudged() | e.JudgementErased():
            may_be_said(before, event)
            no_result_is_made_of_it(before, after, event.round)
        case e.PromisesTold():
            assert event.counts == recounted(after, past, event.round)
    if after.judgements != before.judgements:
        assert isinstance(event, e.PromiseJudged | e.JudgementErased)
    for id in before.rounds.keys() & after.rounds.keys():
        was, is_now = before.rounds[id], after.rounds[id]
        if was != is_now and was.is_revealed and is_now.is_revealed:
            assert told_counts(before, was) == told_counts(after, is_now)


def may_be_said(meeting: Meeting, event: e.PromiseJudged | e.JudgementErased) -> None:
    round, plan = meeting.rounds[event.round], meeting.plan
    assert plan.rules.promises_judged
    assert meeting.is_open
    assert round.is_open
    assert event.promise in [each.number for each in meeting.unit(round.unit).promises]
    assert event.seat in [seat.id for seat in meeting.entitled(round.unit)]
    assert round.sheet(event.seat).standing not in (Standing.RECUSED, Standing.ABSTAINED)


def no_result_is_made_of_it(before: Meeting, after: Meeting, round: str) -> None:
    assert after.rounds == before.rounds
    assert result_of(after, after.rounds[round]) == result_of(replace(after, judgements={}), after.rounds[round])


def recounted(meeting: Meeting, past: list[e.Event], id: str) -> tuple[PromiseCount, ...]:
    """From what was said in this round and not taken back, of all who neither left nor were absent."""
    said = said_in(past, id)
    round = meeting.rounds[id]
    left = {Standing.RECUSED, Standing.ABSTAINED}
    came = {seat for seat, _ in said} | {seat for seat, sheet in round.sheets.items() if sheet.is_submitted}
    members = {seat for seat in came if round.sheet(seat).standing not in left}
    found = []
    for promise in meeting.unit(round.unit).promises:
        given = Counter(mark for (seat, number), mark in said.items() if number == promise.number and seat in members)
        if given.total() not in (1, 2):
            found.append(PromiseCount(promise.number, len(members), *(given[mark] for mark in PromiseMark)))
    return tuple(found)


def said_in(past: list[e.Event], round: str) -> Said:
    said: Said = {}
    for event in past:
        match event:
            case e.PromiseJudged() if event.round == round:
                said[event.seat, event.promise] = event.mark
            case e.JudgementErased() if event.round == round:
                del said[event.seat, event.promise]
    return said
