"""What the course of the meeting changes."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.meeting import events as e
from app.meeting.agenda.state import Agenda, ItemRun, Place
from app.meeting.displays.state import Displays
from app.meeting.meeting import Meeting


def opened(meeting: Meeting, event: e.MeetingOpened) -> Meeting:
    """Begun anew by the final plan; who is here, and what was said to displays and speaker, stays."""
    before = meeting.displays
    # Cues end here, of one display as of all: they may be of what the final plan has not.
    directions = {display: replace(each, cue=None) for display, each in before.directions.items()}
    return replace(
        Meeting.planned(event.plan),
        reckoning=event.reckoning,
        seal=event.seal,
        opened_at=event.at,
        panel=meeting.panel,
        displays=Displays(speaker_message=before.speaker_message, directions=directions),
    )


def entered(meeting: Meeting, event: e.SegmentEntered) -> Meeting:
    agenda = meeting.agenda
    changes_item = agenda.place is None or agenda.place.item != event.item
    before = _left(agenda, event.at) if changes_item else _stopped(agenda, event.at)
    run = before.runs[event.item]
    run = replace(run, began_at=run.began_at or event.at, left_at=None)
    after = replace(_with_run(before, event.item, run), place=Place(event.item, event.segment), since=event.at)
    return replace(meeting, agenda=after, displays=meeting.displays.moved_on())


def skipped(meeting: Meeting, event: e.ItemSkipped) -> Meeting:
    """The item's round goes with it, and its result from the displays."""
    run = replace(meeting.agenda.runs[event.item], skipped=True, skip_reason=event.reason)
    displays = meeting.displays.without(lambda scene: scene.round == event.item)
    return replace(
        meeting,
        agenda=_with_run(meeting.agenda, event.item, run),
        rounds={id: round for id, round in meeting.rounds.items() if id != event.item},
        displays=replace(displays, spotlight=None) if displays.spotlight == event.item else displays,
    )


def restored(meeting: Meeting, event: e.ItemRestored) -> Meeting:
    run = replace(meeting.agenda.runs[event.item], skipped=False, skip_reason="", left_at=None)
    return replace(meeting, agenda=_with_run(meeting.agenda, event.item, run))


def moved(meeting: Meeting, event: e.ItemMoved) -> Meeting:
    rest = [id for id in meeting.agenda.order if id != event.item]
    at = rest.index(event.before) if event.before is not None else len(rest)
    return replace(meeting, agenda=replace(meeting.agenda, order=(*rest[:at], event.item, *rest[at:])))


def time_added(meeting: Meeting, event: e.TimeAdded) -> Meeting:
    run = meeting.agenda.runs[event.item]
    added = _plus(run.added, event.segment, event.amount)
    return replace(meeting, agenda=_with_run(meeting.agenda, event.item, replace(run, added=added)))


def paused(meeting: Meeting, event: e.ClockPaused) -> Meeting:
    return replace(meeting, agenda=_stopped(meeting.agenda, event.at))


def resumed(meeting: Meeting, event: e.ClockResumed) -> Meeting:
    return replace(meeting, agenda=replace(meeting.agenda, since=event.at))


def finished(meeting: Meeting, event: e.MeetingFinished) -> Meeting:
    return replace(
        meeting,
        agenda=_left(meeting.agenda, event.at),
        finished_at=event.at,
        displays=replace(meeting.displays, spotlight=None, shown=None),
    )


def continued(meeting: Meeting, event: e.MeetingContinued) -> Meeting:
    """The item at which the meeting was finished goes on."""
    agenda = meeting.agenda
    if agenda.place is not None:
        run = replace(agenda.runs[agenda.place.item], left_at=None)
        agenda = replace(_with_run(agenda, agenda.place.item, run), since=event.at)
    return replace(meeting, agenda=agenda, finished_at=None)


def returned(agenda: Agenda, was: Agenda, entered: Place, entered_at: datetime, at: datetime) -> Agenda:
    """Back where the agenda was before a place was entered, as if it had not been; the clock there has been going on.

    What was added to times, moved or skipped meanwhile stays so.
    """
    here, there = _stopped(agenda, at), _stopped(was, entered_at)
    ran = here.runs[entered.item].spent[entered.segment] - there.runs[entered.item].spent[entered.segment]
    left = {place.item for place in (was.place, entered) if place}
    runs = {id: _as_it_was(there.runs[id], run) if id in left else run for id, run in here.runs.items()}
    if was.place is not None and was.since is not None:
        run = runs[was.place.item]
        runs[was.place.item] = replace(run, left_at=None, spent=_plus(run.spent, was.place.segment, ran))
    return replace(agenda, runs=runs, place=was.place, since=at if was.since else None)


def _as_it_was(was: ItemRun, run: ItemRun) -> ItemRun:
    return replace(was, added=run.added, skipped=run.skipped, skip_reason=run.skip_reason)


def _left(agenda: Agenda, at: datetime) -> Agenda:
    """The current item ended."""
    stopped = _stopped(agenda, at)
    if stopped.place is None:
        return stopped
    return _with_run(stopped, stopped.place.item, replace(stopped.runs[stopped.place.item], left_at=at))


def _stopped(agenda: Agenda, at: datetime) -> Agenda:
    """The clock stopped, the time since its start put on the current segment's account."""
    if agenda.place is None or agenda.since is None:
        return agenda
    run = agenda.runs[agenda.place.item]
    spent = _plus(run.spent, agenda.place.segment, max(at - agenda.since, timedelta()))
    return replace(_with_run(agenda, agenda.place.item, replace(run, spent=spent)), since=None)


def _with_run(agenda: Agenda, item: str, run: ItemRun) -> Agenda:
    return replace(agenda, runs={**agenda.runs, item: run})


def _plus(durations: tuple[timedelta, ...], at: int, amount: timedelta) -> tuple[timedelta, ...]:
    return (*durations[:at], durations[at] + amount, *durations[at + 1 :])
