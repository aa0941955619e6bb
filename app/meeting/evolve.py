"""evolve(meeting, event) -> the meeting after it. It never refuses: what is in the log has happened."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from app.meeting import events as e
from app.meeting.agenda.state import ItemRun, Place
from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.displays.state import Cue, Scene, SceneKind
from app.meeting.draw.state import Draw
from app.meeting.meeting import Meeting
from app.meeting.results.state import TieRuling
from app.meeting.rounds.state import Round
from app.meeting.sheets.state import Sheet, Standing


def evolve(meeting: Meeting, event: e.Event) -> Meeting:
    """The meeting after one more event."""
    match event:
        case e.MeetingOpened():
            return _opened(meeting, event)
        case e.SegmentEntered():
            return _entered(meeting, Place(event.item, event.segment), event.at)
        case e.ItemSkipped():
            return _skipped(meeting, event)
        case e.ItemRestored():
            run = replace(meeting.runs[event.item], skipped=False, skip_reason="", left_at=None)
            return _with_run(meeting, event.item, run)
        case e.ItemMoved():
            return replace(meeting, order=_moved(meeting.order, event.item, event.before))
        case e.TimeAdded():
            run = meeting.runs[event.item]
            added = _plus(run.added, event.segment, event.amount)
            return _with_run(meeting, event.item, replace(run, added=added))
        case e.ClockPaused():
            return _stopped(meeting, event.at)
        case e.ClockResumed():
            return replace(meeting, since=event.at)
        case e.MeetingFinished():
            return replace(_left(meeting, event.at), finished_at=event.at, spotlight=None)
        case e.MeetingContinued():
            return _continued(meeting, event.at)
        case e.DrawPrepared() | e.DrawBegun() | e.UnitDrawn() | e.DrawEnded() | e.DrawCalledOff() | e.OrderTyped():
            return _ordered(meeting, event)
        case e.CueGiven():
            return _cued(meeting, event.cue)
        case e.SpeakerTold():
            return replace(meeting, speaker_message=event.text)
        case e.DisplayDirected():
            return replace(meeting, directions={**meeting.directions, event.display: event.direction})
        case e.SeatCheckedIn():
            return _arrived(meeting, event.seat, event.at)
        case e.SeatCheckedOut():
            return replace(meeting, arrivals={seat: at for seat, at in meeting.arrivals.items() if seat != event.seat})
        case e.SeatTakenOver():
            return replace(meeting, holders={**meeting.holders, event.seat: event.device})
        case e.TieRuled():
            ruling = TieRuling(event.rounds, event.reason, event.author)
            return replace(meeting, rulings=(*meeting.rulings, ruling))
        case e.RoundOpened():
            return _with_round(meeting, Round(event.round, event.unit, event.at))
        case (
            e.CommentSent()
            | e.CommentRevised()
            | e.CommentTakenBack()
            | e.CommentEdited()
            | e.CommentReleased()
            | e.CommentWithdrawn()
        ):
            return _with_comment(meeting, event)
        case (
            e.ScoreGiven()
            | e.ScoreErased()
            | e.SheetSubmitted()
            | e.SheetCameLate()
            | e.SeatAbstained()
            | e.SeatRecused()
            | e.SeatReturned()
            | e.SheetCorrected()
            | e.SheetVoided()
        ):
            round = meeting.rounds[event.round]
            sheet = _sheet_after(round.sheet(event.seat), event)
            after = _with_round(meeting, replace(round, sheets={**round.sheets, event.seat: sheet}))
            is_of_the_panelist = isinstance(event, e.ScoreGiven | e.SheetSubmitted | e.SheetCameLate)
            return _arrived(after, event.seat, event.at) if is_of_the_panelist else after
        case e.RoundClosed() | e.RoundReopened():
            return _with_round(meeting, _turned(meeting.rounds[event.round], event))
        case e.ResultStepShown() | e.ResultRevealed() | e.RevealWithdrawn():
            return _shown(meeting, event)


def fold(meeting: Meeting, events: Iterable[e.Event]) -> Meeting:
    for event in events:
        meeting = evolve(meeting, event)
    return meeting


def _opened(meeting: Meeting, event: e.MeetingOpened) -> Meeting:
    opened = Meeting.planned(event.plan)
    return replace(
        opened,
        reckoning=event.reckoning,
        seal=event.seal,
        opened_at=event.at,
        speaker_message=meeting.speaker_message,
        arrivals=meeting.arrivals,
        holders=meeting.holders,
        # Cues end here, of one display as of all: they may be of what the final plan has not.
        directions={display: replace(each, cue=None) for display, each in meeting.directions.items()},
    )


def _entered(meeting: Meeting, place: Place, at: datetime) -> Meeting:
    changes_item = meeting.place is None or meeting.place.item != place.item
    before = _left(meeting, at) if changes_item else _stopped(meeting, at)
    run = before.runs[place.item]
    run = replace(run, began_at=run.began_at or at, left_at=None)
    return replace(_with_run(before, place.item, run), place=place, since=at, spotlight=None, shows_order=False)


def _continued(meeting: Meeting, at: datetime) -> Meeting:
    """The item at which the meeting was finished goes on."""
    going_on = replace(meeting, finished_at=None)
    if meeting.place is None:
        return going_on
    run = replace(meeting.runs[meeting.place.item], left_at=None)
    return replace(_with_run(going_on, meeting.place.item, run), since=at)


def _left(meeting: Meeting, at: datetime) -> Meeting:
    """The current item ended."""
    stopped = _stopped(meeting, at)
    if stopped.place is None:
        return stopped
    return _with_run(stopped, stopped.place.item, replace(stopped.runs[stopped.place.item], left_at=at))


def _stopped(meeting: Meeting, at: datetime) -> Meeting:
    """The clock stopped, the time since its start put on the current segment's account."""
    if meeting.place is None or meeting.since is None:
        return meeting
    run = meeting.runs[meeting.place.item]
    spent = _plus(run.spent, meeting.place.segment, max(at - meeting.since, timedelta()))
    return replace(_with_run(meeting, meeting.place.item, replace(run, spent=spent)), since=None)


def _skipped(meeting: Meeting, event: e.ItemSkipped) -> Meeting:
    run = replace(meeting.runs[event.item], skipped=True, skip_reason=event.reason)
    rounds = {id: round for id, round in meeting.rounds.items() if id != event.item}
    spotlight = None if meeting.spotlight == event.item else meeting.spotlight
    return replace(_with_run(meeting, event.item, run), rounds=rounds, spotlight=spotlight)


def _moved(order: tuple[str, ...], item: str, before: str | None) -> tuple[str, ...]:
    rest = [id for id in order if id != item]
    at = rest.index(before) if before is not None else len(rest)
    return (*rest[:at], item, *rest[at:])


def _with_run(meeting: Meeting, item: str, run: ItemRun) -> Meeting:
    return replace(meeting, runs={**meeting.runs, item: run})


def _plus(durations: tuple[timedelta, ...], at: int, amount: timedelta) -> tuple[timedelta, ...]:
    return (*durations[:at], durations[at] + amount, *durations[at + 1 :])


OrderEvent = e.DrawPrepared | e.DrawBegun | e.UnitDrawn | e.DrawEnded | e.DrawCalledOff | e.OrderTyped


def _ordered(meeting: Meeting, event: OrderEvent) -> Meeting:
    match event:
        case e.DrawPrepared():
            return replace(meeting, draw=Draw(event.commitment, event.units), order_typed=())
        case e.OrderTyped():
            return replace(_reporting(meeting, event.units), order_typed=event.units, shows_order=True)
        case e.DrawCalledOff():
            return _without_draw(meeting)
        case e.DrawBegun() | e.UnitDrawn() | e.DrawEnded() if meeting.draw:
            return _drawing(meeting, meeting.draw, event)
    return meeting


def _drawing(meeting: Meeting, draw: Draw, event: e.DrawBegun | e.UnitDrawn | e.DrawEnded) -> Meeting:
    match event:
        case e.DrawBegun():
            return replace(meeting, draw=replace(draw, word=event.word))
        case e.UnitDrawn():
            return replace(meeting, draw=replace(draw, drawn=(*draw.drawn, event.unit)))
        case e.DrawEnded():
            ended = replace(draw, seed=event.seed)
            return replace(_reporting(meeting, draw.drawn), draw=ended, shows_order=True)


def _reporting(meeting: Meeting, units: tuple[str, ...]) -> Meeting:
    """The reports of these units in this order, in the places their reports have on the agenda; all else stays."""
    reports = {item.unit: item.id for item in meeting.presentations}
    ordered = [reports[unit] for unit in units]
    coming = iter(ordered)
    return replace(meeting, order=tuple(next(coming) if id in ordered else id for id in meeting.order))


def _without_draw(meeting: Meeting) -> Meeting:
    """The agenda stays as it is until another order is found."""
    called_off = replace(meeting, draw=None, draws_called_off=meeting.draws_called_off + 1, shows_order=False)
    return _off_the_displays(called_off, lambda scene: scene.kind is SceneKind.DRAW)


def _cued(meeting: Meeting, cue: Cue) -> Meeting:
    """A display told to follow the agenda that already follows it leaves the result or the order it is showing."""
    if cue.follows and meeting.cue.follows:
        return replace(meeting, cue=cue, spotlight=None, shows_order=False)
    return replace(meeting, cue=cue, cued_at=meeting.place.item if meeting.place else None)


def _off_the_displays(meeting: Meeting, is_gone: Callable[[Scene], bool]) -> Meeting:
    """What is not to be shown any more leaves every display, whatever it has been told."""
    cue = Cue() if meeting.cue.scene and is_gone(meeting.cue.scene) else meeting.cue
    directions = {
        display: replace(each, cue=None) if each.cue and each.cue.scene and is_gone(each.cue.scene) else each
        for display, each in meeting.directions.items()
    }
    return replace(meeting, cue=cue, directions=directions)


def _arrived(meeting: Meeting, seat: str, at: datetime) -> Meeting:
    """Who marks a sheet or writes a comment is here, whether checked in or not."""
    if seat in meeting.arrivals:
        return meeting
    return replace(meeting, arrivals={**meeting.arrivals, seat: at})


def _with_round(meeting: Meeting, round: Round) -> Meeting:
    return replace(meeting, rounds={**meeting.rounds, round.id: round})


def _turned(round: Round, event: e.RoundClosed | e.RoundReopened) -> Round:
    match event:
        case e.RoundClosed():
            return replace(round, closed_at=event.at)
        case e.RoundReopened():
            return replace(round, closed_at=None, reopenings=(*round.reopenings, event.reason))


SheetEvent = (
    e.ScoreGiven
    | e.ScoreErased
    | e.SheetSubmitted
    | e.SheetCameLate
    | e.SeatAbstained
    | e.SeatRecused
    | e.SeatReturned
    | e.SheetCorrected
    | e.SheetVoided
)


def _sheet_after(sheet: Sheet, event: SheetEvent) -> Sheet:
    match event:
        case e.ScoreGiven():
            return replace(sheet, marks={**sheet.marks, event.criterion: event.points})
        case e.ScoreErased():
            kept = {criterion: points for criterion, points in sheet.marks.items() if criterion != event.criterion}
            return replace(sheet, marks=kept)
        case e.SheetSubmitted() | e.SheetCorrected():
            versions = (*sheet.versions, event.version)
            return Sheet(sheet.seat, Standing.SUBMITTED, event.version.marks, versions)
        case e.SheetCameLate():
            return replace(sheet, late=event.version)
        case e.SeatAbstained():
            return replace(sheet, standing=Standing.ABSTAINED)
        case e.SeatRecused():
            return replace(sheet, standing=Standing.RECUSED, reason=event.reason)
        case e.SeatReturned():
            return replace(sheet, standing=_standing_on_return(sheet), reason="")
        case e.SheetVoided():
            return replace(sheet, standing=Standing.VOID, reason=event.correction.reason, voided=True)


def _standing_on_return(sheet: Sheet) -> Standing:
    if sheet.voided:
        return Standing.VOID
    return Standing.SUBMITTED if sheet.versions else Standing.DRAFT


def _shown(meeting: Meeting, event: e.ResultStepShown | e.ResultRevealed | e.RevealWithdrawn) -> Meeting:
    round = meeting.rounds[event.round]
    match event:
        case e.ResultStepShown():
            shown = replace(round, steps_shown=(*round.steps_shown, event.step))
        case e.ResultRevealed():
            shown = replace(round, steps_shown=event.steps, revealed_at=event.at, announced=event.announced)
        case e.RevealWithdrawn():
            hidden = replace(round, steps_shown=(), revealed_at=None, announced=None)
            spotlight = None if meeting.spotlight == round.id else meeting.spotlight
            after = replace(_with_round(meeting, hidden), spotlight=spotlight)
            return _off_the_displays(after, lambda scene: scene.round == round.id)
    return replace(_with_round(meeting, shown), spotlight=round.id)


CommentEvent = (
    e.CommentSent | e.CommentRevised | e.CommentTakenBack | e.CommentEdited | e.CommentReleased | e.CommentWithdrawn
)


def _with_comment(meeting: Meeting, event: CommentEvent) -> Meeting:
    if isinstance(event, e.CommentSent):
        comment = Comment(
            event.comment,
            event.seat,
            event.unit,
            event.kind,
            event.text,
            original=event.text,
            original_kind=event.kind,
            sent_at=event.at,
        )
        meeting = _arrived(meeting, event.seat, event.at)
    else:
        comment = _comment_after(meeting.comments[event.comment], event)
    return replace(meeting, comments={**meeting.comments, comment.id: comment})


def _comment_after(
    comment: Comment,
    event: e.CommentRevised | e.CommentTakenBack | e.CommentEdited | e.CommentReleased | e.CommentWithdrawn,
) -> Comment:
    match event:
        case e.CommentRevised():
            return replace(comment, kind=event.kind, text=event.text, original=event.text, original_kind=event.kind)
        case e.CommentTakenBack():
            return replace(comment, standing=CommentStanding.TAKEN_BACK)
        case e.CommentEdited():
            return replace(comment, text=event.text, kind=event.kind or comment.kind)
        case e.CommentReleased():
            return replace(comment, standing=CommentStanding.RELEASED, released_at=event.at)
        case e.CommentWithdrawn():
            return replace(comment, standing=CommentStanding.WITHDRAWN)
