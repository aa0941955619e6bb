"""What a word on a promise changes. That it was told changes nothing: it is told as long as the result is."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.panel.evolving import arrived
from app.meeting.promises.counting import judgements_of
from app.meeting.promises.state import Marks


def judged(meeting: Meeting, event: e.PromiseJudged | e.JudgementErased) -> Meeting:
    before = judgements_of(meeting, event.round)
    marks = before.marks | {event.seat: _marks_after(before.of_seat(event.seat), event)}
    after = replace(meeting, judgements={**meeting.judgements, event.round: replace(before, marks=marks)})
    return arrived(after, event.seat, event.at)


def _marks_after(marks: Marks, event: e.PromiseJudged | e.JudgementErased) -> Marks:
    if isinstance(event, e.PromiseJudged):
        return {**marks, event.promise: event.mark}
    return {number: mark for number, mark in marks.items() if number != event.promise}
