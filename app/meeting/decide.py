"""decide(meeting, command, now) -> the events it makes, or raises Refused. Pure: time and identity come in.

What holds of every command:

- It is one thing that somebody asks of the meeting, with all that the rules have to know of it. Who may ask for it was
  looked at before, at a door; whose hand it was stands in the log beside the entries, and is nothing to the rules.
- The answer is the events that it makes, in the order in which they happen. They happen together or not at all: one
  transaction writes them, and nothing comes between. What only the record knows, such as how many ballots there are
  when a poll ends, is added to them there, in the same transaction.
- No event is an answer as well: what was asked for is so already. To ask twice is no fault.
- So is a refusal. It leaves the meeting as it was, and says by a code and facts why (``refusals.py``); where the same
  could be had otherwise, it says how (``again``), and where something that was typed is wrong, in which field (``at``).
- It depends on the meeting as it stands, the command and ``now`` alone: the same three give the same answer, today, on
  another server and in a test.
- What was made can be folded: ``evolve`` never refuses, since what is in the log has happened.

What never happens here: nothing is read, written or waited for; no clock is asked and nothing drawn at random (ids,
salts and seeds come with the command); nobody is looked up; no sentence is made (``app/language`` says what a code
means); the meeting that came in is not changed.

This is the table of contents; the rules of each subject stand in its wing, in ``deciding.py``. Of findings they
stand by what is done with them: ``drafting``, ``answering``, ``reporting``, ``striking_off``.
"""

from datetime import datetime

from app.meeting import commands as c
from app.meeting.agenda import deciding as agenda
from app.meeting.comments import deciding as comments
from app.meeting.composites import deciding as composites
from app.meeting.cures import deciding as cures
from app.meeting.displays import deciding as displays
from app.meeting.draw import deciding as draw
from app.meeting.events import Event
from app.meeting.findings import answering, drafting, reporting, striking_off
from app.meeting.meeting import Meeting
from app.meeting.panel import deciding as seats
from app.meeting.polls import deciding as polls
from app.meeting.promises import deciding as promises
from app.meeting.publication import deciding as publication
from app.meeting.questions import deciding as questions
from app.meeting.results import deciding as results
from app.meeting.rounds import deciding as rounds
from app.meeting.script import deciding as script
from app.meeting.script import undoing
from app.meeting.sheets import deciding as sheets


def decide(meeting: Meeting, command: c.Command, now: datetime) -> list[Event]:
    """The events a command makes at the instant ``now`` (aware). Empty if it asks for what is already so.

    Raises Refused, with a code and facts, if the rules do not allow it.
    """
    match command:
        case c.OpenMeeting():
            return agenda.open_meeting(meeting, command, now)
        case c.Advance():
            return script.advance(meeting, command, now)
        case c.PassStep():
            return script.pass_step(meeting, command, now)
        case c.UndoStep():
            return undoing.undo_step(meeting, command, now)
        case c.GoBack():
            return agenda.go_back(meeting, command, now)
        case c.JumpTo():
            return agenda.jump_to(meeting, command, now)
        case c.SkipItem():
            return agenda.skip_item(meeting, command, now)
        case c.RestoreItem():
            return agenda.restore_item(meeting, command, now)
        case c.MoveItem():
            return agenda.move_item(meeting, command, now)
        case c.AddTime():
            return agenda.add_time(meeting, command, now)
        case c.Pause():
            return agenda.pause(meeting, now)
        case c.Resume():
            return agenda.resume(meeting, now)
        case c.FinishMeeting():
            return agenda.finish_meeting(meeting, now)
        case c.ContinueMeeting():
            return agenda.continue_meeting(meeting, now)
        case c.PrepareDraw():
            return draw.prepare_draw(meeting, command, now)
        case c.DrawNext():
            return draw.draw_next(meeting, command, now)
        case c.DrawAll():
            return draw.draw_all(meeting, command, now)
        case c.CallOffDraw():
            return draw.call_off_draw(meeting, command, now)
        case c.TypeOrder():
            return draw.type_order(meeting, command, now)
        case c.OpenRound():
            return rounds.open_round(meeting, command, now)
        case c.CloseRound():
            return rounds.close_round(meeting, command, now)
        case c.CloseAllRounds():
            return rounds.close_all_rounds(meeting, command, now)
        case c.ReopenRound():
            return rounds.reopen_round(meeting, command, now)
        case c.ShowResultStep():
            return results.show_result_step(meeting, command, now)
        case c.RevealResult():
            return results.reveal_result(meeting, command, now)
        case c.WithdrawReveal():
            return results.withdraw_reveal(meeting, command, now)
        case c.RuleOnTie():
            return results.rule_on_tie(meeting, command, now)
        case c.CheckResult():
            return results.check_result(meeting, command, now)
        case c.OpenPoll():
            return polls.open_poll(meeting, command, now)
        case c.ClosePoll():
            return polls.close_poll(meeting, command, now)
        case c.ShowPoll():
            return polls.show_poll(meeting, command, now)
        case c.WithdrawPoll():
            return polls.withdraw_poll(meeting, command, now)
        case c.EnterPart():
            return composites.enter_part(meeting, command, now)
        case c.CorrectPart():
            return composites.correct_part(meeting, command, now)
        case c.CheckComposites():
            return composites.check_composites(meeting, command, now)
        case c.AnnounceComposites():
            return composites.announce_composites(meeting, command, now)
        case c.WithdrawComposites():
            return composites.withdraw_composites(meeting, command, now)
        case c.GiveScore():
            return sheets.give_score(meeting, command, now)
        case c.EraseScore():
            return sheets.erase_score(meeting, command, now)
        case c.JudgePromise():
            return promises.judge_promise(meeting, command, now)
        case c.EraseJudgement():
            return promises.erase_judgement(meeting, command, now)
        case c.SubmitSheet():
            return sheets.submit_sheet(meeting, command, now)
        case c.Abstain():
            return sheets.abstain(meeting, command, now)
        case c.Recuse():
            return sheets.recuse(meeting, command, now)
        case c.ReturnToSheet():
            return sheets.return_to_sheet(meeting, command, now)
        case c.CorrectSheet():
            return sheets.correct_sheet(meeting, command, now)
        case c.VoidSheet():
            return sheets.void_sheet(meeting, command, now)
        case c.AcceptLateSheet():
            return sheets.accept_late_sheet(meeting, command, now)
        case c.SendComment():
            return comments.send_comment(meeting, command, now)
        case c.ReviseComment():
            return comments.revise_comment(meeting, command, now)
        case c.TakeBackComment():
            return comments.take_back_comment(meeting, command, now)
        case c.EditComment():
            return comments.edit_comment(meeting, command, now)
        case c.ReleaseComment():
            return comments.release_comment(meeting, command, now)
        case c.WithdrawComment():
            return comments.withdraw_comment(meeting, command, now)
        case c.FollowAgenda():
            return displays.follow_agenda(meeting, now)
        case c.HoldScene():
            return displays.hold_scene(meeting, now)
        case c.CueScene():
            return displays.cue_scene(meeting, command, now)
        case c.TellSpeaker():
            return displays.tell_speaker(meeting, command, now)
        case c.DirectDisplay():
            return displays.direct_display(meeting, command, now)
        case c.CheckIn():
            return seats.check_in(meeting, command, now)
        case c.CheckOut():
            return seats.check_out(meeting, command, now)
        case c.TakeSeat():
            return seats.take_seat(meeting, command, now)
        case c.SetTerms():
            return drafting.set_terms(meeting, command, now)
        case c.DraftFinding():
            return drafting.draft_finding(meeting, command, now)
        case c.EditFinding():
            return drafting.edit_finding(meeting, command, now)
        case c.MergeFindings():
            return drafting.merge_findings(meeting, command, now)
        case c.WithdrawFinding():
            return drafting.withdraw_finding(meeting, command, now)
        case c.HandOver():
            return drafting.hand_over(meeting, command, now)
        case c.SettleDispute():
            return drafting.settle_dispute(meeting, command, now)
        case c.SignFor():
            return answering.sign_for(meeting, command, now)
        case c.DisputeFinding():
            return answering.dispute_finding(meeting, command, now)
        case c.SendCure():
            return answering.send_cure(meeting, command, now)
        case c.ReportWork():
            return answering.report_work(meeting, command, now)
        case c.HandInReport():
            return reporting.hand_in_report(meeting, command, now)
        case c.EnterReport():
            return reporting.enter_report(meeting, command, now)
        case c.AddProof():
            return answering.add_proof(meeting, command, now)
        case c.RemoveProof():
            return answering.remove_proof(meeting, command, now)
        case c.AskExtension():
            return answering.ask_extension(meeting, command, now)
        case c.AgreeCure():
            return answering.agree_cure(meeting, command, now)
        case c.ReturnCure():
            return answering.return_cure(meeting, command, now)
        case c.AnswerExtension():
            return answering.answer_extension(meeting, command, now)
        case c.MakeLongTerm():
            return answering.make_long_term(meeting, command, now)
        case c.EndLongTerm():
            return answering.end_long_term(meeting, command, now)
        case c.AskStrikeOff():
            return striking_off.ask_strike_off(meeting, command, now)
        case c.PassOn():
            return striking_off.pass_on(meeting, command, now)
        case c.ReturnRequest():
            return striking_off.return_request(meeting, command, now)
        case c.VerifyFinding():
            return striking_off.verify_finding(meeting, command, now)
        case c.ShowProofs():
            return striking_off.show_proofs(meeting, command, now)
        case c.GiveNotice():
            return striking_off.give_notice(meeting, command, now)
        case c.RaiseObjection():
            return striking_off.raise_objection(meeting, command, now)
        case c.AnswerObjection():
            return striking_off.answer_objection(meeting, command, now)
        case c.WithholdObjection():
            return striking_off.withhold_objection(meeting, command, now)
        case c.StrikeOff():
            return striking_off.strike_off(meeting, command, now)
        case c.LookBack():
            return striking_off.look_back(meeting, command, now)
        case c.ReopenFinding():
            return striking_off.reopen_finding(meeting, command, now)
        case c.OpenCureVote():
            return cures.open_cure_vote(meeting, command, now)
        case c.JudgeCures():
            return cures.judge_cures(meeting, command, now)
        case c.CloseCureVote():
            return cures.close_cure_vote(meeting, command, now)
        case c.WithdrawCureVote():
            return cures.withdraw_cure_vote(meeting, command, now)
        case c.ShowReports():
            return publication.show_reports(meeting, command, now)
        case c.ChooseQuestion():
            return questions.choose_question(meeting, command, now)
        case c.AnswerQuestion():
            return questions.answer_question(meeting, command, now)
        case c.HandOverQuestion():
            return questions.hand_over_question(meeting, command, now)
        case c.WithdrawQuestion():
            return questions.withdraw_question(meeting, command, now)
