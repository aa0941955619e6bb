"""The steps that have been taken, told from what has happened: by the script, by hand beside it, in any log."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.agenda.evolving import returned
from app.meeting.agenda.state import Place
from app.meeting.comments.summing_up import pages_shown
from app.meeting.displays.state import Displays, Scene, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import PollsOpen
from app.meeting.script.state import Script, Step, StepKind, Stood, Taken
from app.meeting.script.steps import digest_of

MOST_KEPT = 5000
"""Of the steps taken: many times those of the longest meeting, and still few megabytes."""


def quoted(meeting: Meeting, event: e.CommentQuoted) -> Meeting:
    unit = meeting.comments[event.comment].unit
    return _showing(meeting, Scene(SceneKind.COMMENT, unit=unit, comment=event.comment))


def summed_up(meeting: Meeting, event: e.SummedUp) -> Meeting:
    unit = meeting.unit(event.unit).id if event.unit else None
    return _showing(meeting, Scene(SceneKind.SUMMING_UP, unit=unit, page=max(event.page, 0)))


def announced(meeting: Meeting, _event: e.ResultsAnnounced) -> Meeting:
    """All results told so far: along the scale where ranks are told, else as the units report."""
    return _showing(meeting, Scene(SceneKind.LANDSCAPE if meeting.plan.has_landscape else SceneKind.RANKING))


def undone(meeting: Meeting, event: e.StepUndone) -> Meeting:
    """As it stood before: where the agenda was, with its clock, and what the displays showed."""
    taken = next((each for each in meeting.script.taken if each.number == event.number), None)
    if taken is None:
        return meeting
    agenda = meeting.agenda
    if taken.step.place is not None:
        agenda = returned(agenda, taken.stood.agenda, taken.step.place, taken.at, event.at)
    kept = tuple(each for each in meeting.script.taken if each.number <= event.back_to)
    return replace(
        meeting,
        agenda=agenda,
        displays=_as_they_stood(meeting, taken.stood),
        script=replace(meeting.script, taken=kept),
    )


def followed(before: Meeting, after: Meeting, event: e.Event) -> Meeting:
    """The meeting after an event, with the step that it was, or without the steps of which nothing is left."""
    step = _step_of(before, event)
    if step is not None:
        return _with_step(before, after, step, event)
    if isinstance(event, e.RoundOpened):  # with a step that has been counted
        return _with_last(after, opened=event.round)
    gone = _gone_with(event)
    if gone is None:
        return after
    stays_passed = not isinstance(event, e.ItemSkipped)
    kept = tuple(each for each in after.script.taken if (each.passed and stays_passed) or not _is_about(each, *gone))
    return after if kept == after.script.taken else replace(after, script=replace(after.script, taken=kept))


def _step_of(before: Meeting, event: e.Event) -> Step | None:
    """The step that an event is; None of one that is none, or only part of a step."""
    match event:
        case e.MeetingOpened():
            return Step(StepKind.OPEN)
        case e.SegmentEntered():
            return Step(StepKind.ENTER, place=Place(event.item, event.segment))
        case e.UnitDrawn():
            return Step(StepKind.DRAW, number=event.number)
        case e.RoundOpened() | e.RoundClosed():
            return _of_a_round(before, event)
        case e.PollOpened() | e.PollClosed() | e.PollShown():
            return _of_a_poll(before, event)
        case e.ResultStepShown() | e.ResultRevealed() | e.ResultsAnnounced():
            return _of_results(before, event)
        case e.CommentQuoted() | e.SummedUp():
            return _of_comments(before, event)
        case e.MeetingFinished():
            return Step(StepKind.FINISH)
        case e.StepPassed():
            return event.step
    return None


def _of_a_round(before: Meeting, event: e.RoundOpened | e.RoundClosed) -> Step | None:
    if isinstance(event, e.RoundClosed):
        return Step(StepKind.CLOSE, round=event.round)
    return None if _opens_by_itself(before, event) else Step(StepKind.BEGIN_SCORING, round=event.round)


def _of_a_poll(before: Meeting, event: e.PollOpened | e.PollClosed | e.PollShown) -> Step | None:
    match event:
        case e.PollOpened(unit=unit):
            round = before.round_of(unit)
            goes_with = _goes_with_rounds(before) and round is not None and round.opened_at == event.at
            return None if goes_with else Step(StepKind.OPEN_POLL, unit=unit, poll=event.poll)
        case e.PollClosed():
            unit = before.polls[event.poll].unit
            round = before.round_of(unit)
            goes_with = _goes_with_rounds(before) and round is not None and round.closed_at == event.at
            return None if goes_with else Step(StepKind.CLOSE_POLL, unit=unit, poll=event.poll)
    return Step(StepKind.SHOW_POLL, unit=before.polls[event.poll].unit, poll=event.poll)


def _goes_with_rounds(meeting: Meeting) -> bool:
    return meeting.plan.rules.polls is PollsOpen.WITH_ROUND


def _of_results(before: Meeting, event: e.ResultStepShown | e.ResultRevealed | e.ResultsAnnounced) -> Step | None:
    match event:
        case e.ResultStepShown():
            return Step(StepKind.SHOW, round=event.round, part=event.step)
        case e.ResultRevealed():
            return None if _is_told_already(before, event) else Step(StepKind.ANNOUNCE, round=event.round)
        case e.ResultsAnnounced() if event.by_grade:
            return Step(StepKind.ANNOUNCE_GRADE, grade=event.grade, digest=digest_of(*event.rounds))
    return Step(StepKind.ANNOUNCE, round=event.rounds[0])


def _of_comments(before: Meeting, event: e.CommentQuoted | e.SummedUp) -> Step:
    if isinstance(event, e.SummedUp):
        return Step(StepKind.SUM_UP, unit=event.unit, page=event.page)
    if not event.released:
        return Step(StepKind.QUOTE, comment=event.comment)
    comment = before.comments[event.comment]
    return Step(StepKind.RELEASE, comment=comment.id, digest=digest_of(comment.kind, comment.text))


def _opens_by_itself(before: Meeting, event: e.RoundOpened) -> bool:
    """Whether a round opens as its segment begins: that is one step."""
    last = before.script.last
    if last is None or last.step.kind is not StepKind.ENTER or last.step.place is None:
        return False
    return (last.step.place.item, last.at) == (event.round, event.at)


def _is_told_already(before: Meeting, event: e.ResultRevealed) -> bool:
    """Whether its last part was shown by a step of its own, or it is revealed by an announcement."""
    round = before.rounds[event.round]
    return round.steps_shown == event.steps or before.script.announces(event.round)


def _with_step(before: Meeting, after: Meeting, step: Step, event: e.Event) -> Meeting:
    script = after.script if isinstance(event, e.MeetingOpened) else before.script
    displays = before.displays
    stood = Stood(before.agenda, displays.spotlight, displays.shown, displays.shows_order)
    told = {id: before.rounds[id].steps_shown for id in _rounds_told(event)}
    passed = isinstance(event, e.StepPassed)
    said = _said(before, event)
    taken = Taken(script.count + 1, step, event.at, stood, told=told, said=said, passed=passed)
    return replace(after, script=Script((*script.taken, taken)[-MOST_KEPT:], taken.number))


def _rounds_told(event: e.Event) -> tuple[str, ...]:
    match event:
        case e.ResultStepShown() | e.ResultRevealed():
            return (event.round,)
        case e.ResultsAnnounced():
            return event.rounds
    return ()


def _said(before: Meeting, event: e.Event) -> frozenset[tuple[str, str]]:
    if not isinstance(event, e.SummedUp):
        return frozenset()
    pages = dict(enumerate(pages_shown(before, event.unit)))
    return pages[event.page].said if event.page in pages else frozenset()


def _with_last(meeting: Meeting, opened: str) -> Meeting:
    *rest, last = meeting.script.taken
    return replace(meeting, script=replace(meeting.script, taken=(*rest, replace(last, opened=opened))))


def _gone_with(event: e.Event) -> tuple[tuple[StepKind, ...], str] | None:
    """What was undone by hand cannot be undone again: of which kinds, and about what."""
    match event:
        case e.RoundReopened():
            return (StepKind.CLOSE, StepKind.CHECK, StepKind.SHOW, StepKind.ANNOUNCE), event.round
        case e.RevealWithdrawn():
            return (StepKind.SHOW, StepKind.ANNOUNCE), event.round
        case e.ItemSkipped():
            return (StepKind.BEGIN_SCORING, StepKind.CLOSE, StepKind.SHOW, StepKind.ANNOUNCE), event.item
        case e.CommentWithdrawn():
            return (StepKind.RELEASE, StepKind.QUOTE), event.comment
        case e.PollHidden():
            return (StepKind.SHOW_POLL,), event.poll
        case e.PollWithdrawn():
            return (StepKind.OPEN_POLL, StepKind.CLOSE_POLL, StepKind.SHOW_POLL), event.poll
        case e.MeetingContinued():
            return (StepKind.FINISH,), ""
    return None


def _is_about(taken: Taken, kinds: tuple[StepKind, ...], id: str) -> bool:
    return taken.step.kind in kinds and id in (taken.step.round, taken.step.comment, taken.step.poll)


def _as_they_stood(meeting: Meeting, stood: Stood) -> Displays:
    """What was shown and may still be: not a result, a comment or composites that have been withdrawn since."""
    round = meeting.rounds.get(stood.spotlight or "")
    return replace(
        meeting.displays,
        spotlight=stood.spotlight if round and round.is_being_revealed else None,
        shown=stood.shown if stood.shown and _may_be_shown(meeting, stood.shown) else None,
        shows_order=stood.shows_order,
    )


def _may_be_shown(meeting: Meeting, scene: Scene) -> bool:
    match scene.kind:
        case SceneKind.COMMENT:
            comment = meeting.comments.get(scene.comment or "")
            return comment is not None and comment.is_released
        case SceneKind.POLL:
            poll = meeting.polls.get(scene.poll or "")
            return poll is not None and not poll.is_withdrawn
        case SceneKind.COMPOSITES:
            return meeting.composites.are_announced
    return True


def _showing(meeting: Meeting, scene: Scene) -> Meeting:
    return replace(meeting, displays=replace(meeting.displays, shown=scene))
