"""Any word on any promise, and what must hold of it: counted once more from the events alone."""

from collections import Counter
from dataclasses import replace
from random import Random

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import are_told, told_counts
from app.meeting.promises.state import PromiseCount, PromiseMark
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.state import Standing

LEFT = (Standing.RECUSED, Standing.ABSTAINED)
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
    if after.rounds != before.rounds or after.judgements != before.judgements:
        for unit in [each.id for each in after.plan.units if are_told(before, each.id) and are_told(after, each.id)]:
            assert told_counts(before, unit) == told_counts(after, unit)


def may_be_said(meeting: Meeting, event: e.PromiseJudged | e.JudgementErased) -> None:
    unit, plan = meeting.item(event.round).unit or "", meeting.plan
    assert plan.rules.promises_judged
    assert meeting.is_open
    assert event.promise in [each.number for each in meeting.unit(unit).promises]
    assert event.seat in [seat.id for seat in meeting.entitled(unit)]
    if plan.is_scored:
        assert meeting.rounds[event.round].is_open
        assert meeting.rounds[event.round].sheet(event.seat).standing not in LEFT
    else:
        assert meeting.agenda.runs[event.round].has_begun


def no_result_is_made_of_it(before: Meeting, after: Meeting, round: str) -> None:
    assert after.rounds == before.rounds
    if round not in after.rounds:
        return
    assert result_of(after, after.rounds[round]) == result_of(replace(after, judgements={}), after.rounds[round])


def recounted(meeting: Meeting, past: list[e.Event], id: str) -> tuple[PromiseCount, ...]:
    """From what was said of this unit and not taken back, of all who neither left nor were absent."""
    said = said_in(past, id)
    unit, spoke = meeting.item(id).unit or "", {seat for seat, _ in said}
    if meeting.plan.is_scored:
        round = meeting.rounds[id]
        came = spoke | {seat for seat, sheet in round.sheets.items() if sheet.is_submitted}
        members = {seat for seat in came if round.sheet(seat).standing not in LEFT}
    else:
        members = {seat.id for seat in meeting.entitled(unit)} & (spoke | meeting.panel.arrivals.keys())
    found = []
    for promise in meeting.unit(unit).promises:
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
