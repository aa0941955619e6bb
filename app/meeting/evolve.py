"""evolve(meeting, event) -> the meeting after it. It never refuses: what is in the log has happened.

This is the table of contents; what an event changes stands in the wing of its subject, in ``evolving.py``.
"""

from collections.abc import Iterable

from app.meeting import events as e
from app.meeting.agenda import evolving as agenda
from app.meeting.comments import evolving as comments
from app.meeting.composites import evolving as composites
from app.meeting.cures import evolving as cures
from app.meeting.displays import evolving as displays
from app.meeting.draw import evolving as draw
from app.meeting.findings import evolving as findings
from app.meeting.meeting import Meeting
from app.meeting.panel import evolving as panel
from app.meeting.polls import evolving as polls
from app.meeting.promises import evolving as promises
from app.meeting.publication import evolving as publication
from app.meeting.questions import evolving as questions
from app.meeting.results import evolving as results
from app.meeting.rounds import evolving as rounds
from app.meeting.script import evolving as script
from app.meeting.sheets import evolving as sheets


def evolve(meeting: Meeting, event: e.Event) -> Meeting:
    """The meeting after one more event."""
    return script.followed(meeting, _after(meeting, event), event)


def _after(meeting: Meeting, event: e.Event) -> Meeting:
    match event:
        case e.MeetingOpened():
            return agenda.opened(meeting, event)
        case e.SegmentEntered():
            return agenda.entered(meeting, event)
        case e.ItemSkipped():
            return agenda.skipped(meeting, event)
        case e.ItemRestored():
            return agenda.restored(meeting, event)
        case e.ItemMoved():
            return agenda.moved(meeting, event)
        case e.TimeAdded():
            return agenda.time_added(meeting, event)
        case e.ClockPaused():
            return agenda.paused(meeting, event)
        case e.ClockResumed():
            return agenda.resumed(meeting, event)
        case e.MeetingFinished():
            return agenda.finished(meeting, event)
        case e.MeetingContinued():
            return agenda.continued(meeting, event)
        case e.DrawPrepared():
            return draw.prepared(meeting, event)
        case e.DrawBegun() | e.UnitDrawn() | e.DrawEnded():
            return draw.going_on(meeting, event)
        case e.DrawCalledOff():
            return draw.called_off(meeting)
        case e.OrderTyped():
            return draw.typed(meeting, event)
        case e.RoundOpened() | e.RoundClosed() | e.RoundReopened():
            return rounds.turned(meeting, event)
        case e.RoundTakenBack():
            return rounds.taken_back(meeting, event)
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
            return sheets.changed(meeting, event)
        case e.ResultStepShown():
            return results.step_shown(meeting, event)
        case e.ResultRevealed():
            return results.revealed(meeting, event)
        case e.RevealWithdrawn():
            return results.withdrawn(meeting, event)
        case e.ResultHidden():
            return results.hidden(meeting, event)
        case e.ResultChecked():
            return results.checked(meeting, event)
        case e.TieRuled():
            return results.tie_ruled(meeting, event)
        case e.PollOpened() | e.PollClosed() | e.PollShown() | e.PollHidden() | e.PollWithdrawn():
            return polls.turned(meeting, event)
        case e.PartEntered():
            return composites.entered(meeting, event)
        case e.PartCorrected():
            return composites.corrected(meeting, event)
        case e.CompositesChecked():
            return composites.checked(meeting, event)
        case e.CompositesAnnounced():
            return composites.announced(meeting, event)
        case e.CompositesWithdrawn():
            return composites.withdrawn(meeting)
        case e.PromiseJudged() | e.JudgementErased():
            return promises.judged(meeting, event)
        case e.PromisesTold():
            return meeting
        case e.CommentSent():
            return comments.sent(meeting, event)
        case (
            e.CommentRevised()
            | e.CommentTakenBack()
            | e.CommentEdited()
            | e.CommentReleased()
            | e.CommentWithdrawn()
            | e.CommentPutBack()
        ):
            return comments.changed(meeting, event)
        case e.CommentQuoted():
            return script.quoted(meeting, event)
        case e.SummedUp():
            return script.summed_up(meeting, event)
        case e.ResultsAnnounced():
            return script.announced(meeting, event)
        case e.StepPassed():
            return meeting
        case e.StepUndone():
            return script.undone(meeting, event)
        case e.CueGiven():
            return displays.cued(meeting, event)
        case e.SpeakerTold():
            return displays.speaker_told(meeting, event)
        case e.DisplayDirected():
            return displays.directed(meeting, event)
        case e.SeatCheckedIn():
            return panel.arrived(meeting, event.seat, event.at)
        case e.SeatCheckedOut():
            return panel.left(meeting, event)
        case e.SeatTakenOver():
            return panel.taken_over(meeting, event)
        case e.TermsSet():
            return findings.terms_set(meeting, event)
        case e.FindingDrafted():
            return findings.drafted(meeting, event)
        case e.FindingsMerged():
            return findings.merged(meeting, event)
        case e.FindingHandedOver():
            return findings.handed_over(meeting, event)
        case e.ReportCameIn():
            return findings.reported(meeting, event)
        case (
            e.FindingEdited()
            | e.FindingWithdrawn()
            | e.FindingSignedFor()
            | e.FindingDisputed()
            | e.DisputeSettled()
            | e.CureSent()
            | e.CureAgreed()
            | e.CureReturned()
            | e.WorkReported()
            | e.ProofAdded()
            | e.ProofRemoved()
            | e.ExtensionAsked()
            | e.ExtensionAnswered()
            | e.FindingMadeLongTerm()
            | e.LongTermEnded()
            | e.StrikeOffAsked()
            | e.RequestPassedOn()
            | e.RequestReturned()
            | e.FindingVerified()
            | e.ProofsShown()
            | e.NoticeGiven()
            | e.ObjectionRaised()
            | e.ObjectionAnswered()
            | e.ObjectionWithheld()
            | e.FindingStruckOff()
            | e.FindingLookedBack()
            | e.FindingReopened()
        ):
            return findings.changed(meeting, event)
        case e.CureVoteOpened():
            return cures.opened(meeting, event)
        case e.CureJudged():
            return cures.judged(meeting, event)
        case e.CureVoteClosed():
            return cures.closed(meeting, event)
        case e.CureVoteWithdrawn():
            return cures.withdrawn(meeting, event)
        case e.ReportsShown():
            return publication.reports_shown(meeting, event)
        case e.QuestionChosen() | e.QuestionAnswered() | e.QuestionHandedOver() | e.QuestionWithdrawn():
            return questions.turned(meeting, event)


def fold(meeting: Meeting, events: Iterable[e.Event]) -> Meeting:
    for event in events:
        meeting = evolve(meeting, event)
    return meeting
