"""Everything that can happen to findings, after a meeting of any plan: two months, and a look back."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.meeting import commands as c
from app.meeting.comments.state import CommentStanding
from app.meeting.cures.state import CureMark
from app.meeting.findings.state import Cure, FindingKind, Pledge, Standard, Terms
from app.meeting.plan import Attachment, Plan
from tests.findings import (
    BUREAU,
    BUREAUS_KEY,
    UNIT,
    UNITS_KEY,
    VERIFIER,
    VERIFIERS_KEY,
    days,
    passes,
    story_day,
)
from tests.meetings import Story

CONTENT = b"The rules, as they hang on the wall"
"""Of every proof."""

FIRST, SAME, ANOTHERS, MISTAKEN = "finding-first", "finding-same", "finding-anothers", "finding-mistaken"
STANDARDS = (Standard("standard-1", "The rules are published"), Standard("standard-2", "Two trainings were held"))


def with_report(plan: Plan) -> Plan:
    """The first unit has handed in a written report."""
    first, *others = plan.units
    report = Attachment("attachment-report", "report.pdf", 1024, "ab" * 32)
    return replace(plan, units=(replace(first, attachments=(report,)), *others))


def put_right(story: Story) -> Story:
    """Of a meeting that has been held: one finding struck off and re-opened, one long-term, two that are none."""
    unit, other, *_ = (each.id for each in story.meeting.plan.units)
    _drafts(story, unit)
    _goes_to_whose_it_is(story, unit, other)
    _is_planned(story, unit)
    _takes_long(story, other)
    _is_proved(story, unit)
    _is_shown_and_struck_off(story)
    reports = tuple(each.id for each in story.meeting.unit(unit).attachments)
    story.does(c.ShowReports(reports, BUREAU))
    return _has_not_held(story, unit)


def _drafts(story: Story, unit: str) -> None:
    def draft(finding: str, text: str, **more: Any) -> c.DraftFinding:
        return c.DraftFinding(finding, unit, text, FindingKind.IN_TERM, BUREAU, **{"standards": STANDARDS, **more})

    said = tuple(
        comment.id for comment in story.meeting.comments_on(unit) if comment.standing is not CommentStanding.TAKEN_BACK
    )
    criterion = story.meeting.plan.criteria[0].id if story.meeting.plan.criteria else ""
    first = draft(FIRST, "Nobody knows the rules", sources=said[:1], criterion=criterion, standards=())
    story.does(c.SetTerms(Terms(plan_days=20), BUREAU), first, draft(SAME, "Nobody knows them", sources=said[1:]))
    story.does(draft(ANOTHERS, "The court knows"), draft(MISTAKEN, "A slip of the pen"))
    text = "The rules are not known to the people who need them"
    story.does(c.EditFinding(FIRST, text, FindingKind.IN_TERM, BUREAU, criterion, STANDARDS))
    story.does(c.MergeFindings(FIRST, (SAME,), BUREAU), c.WithdrawFinding(MISTAKEN, "", BUREAU))


def _goes_to_whose_it_is(story: Story, unit: str, other: str) -> None:
    story.does(c.HandOver((FIRST, ANOTHERS), days(story_day(story)), BUREAU), c.SignFor(unit, (FIRST,), UNIT))
    passes(story, 1).does(c.DisputeFinding(unit, ANOTHERS, "It is about courts", "the court", UNIT))
    story.does(c.SettleDispute(ANOTHERS, True, "So it is", BUREAU, other))
    story.does(c.HandOver((ANOTHERS,), days(story_day(story)), BUREAU), c.SignFor(other, (ANOTHERS,), UNIT))


def _sent(story: Story, unit: str, finding: str) -> c.SendCure:
    due = story.meeting.findings.by_id[finding].due
    assert due is not None
    cure = Cure("No plan", "Write one, publish it", "Everybody knows it", "Head", "Office", "Clerk", due)
    return c.SendCure(unit, finding, cure, UNIT)


def _is_planned(story: Story, unit: str) -> None:
    sent = _sent(story, unit, FIRST)
    story.does(sent, c.ReturnCure(FIRST, "Too vague", BUREAU), sent, c.AgreeCure(FIRST, BUREAU))
    passes(story, 30).does(c.ReportWork(unit, FIRST, "The rules are written", UNIT))
    until = story_day(story) + timedelta(days=90)
    story.does(c.AskExtension(unit, FIRST, until, "The printer burnt down", UNIT))
    story.does(c.AnswerExtension(FIRST, True, "It has burnt down", BUREAU))


def _takes_long(story: Story, other: str) -> None:
    on = story_day(story)
    long_term = c.MakeLongTerm(ANOTHERS, "It needs a law", on + timedelta(days=90), BUREAU)
    story.does(_sent(story, other, ANOTHERS), c.AgreeCure(ANOTHERS, BUREAU), long_term)
    story.does(c.EndLongTerm(ANOTHERS, on + timedelta(days=60), "There is one", BUREAU), long_term)


def _is_proved(story: Story, unit: str) -> None:
    """Taken for another paper at first, returned once by the bureau and once by who verifies."""
    _brings(story, unit, "proof-mistaken", "standard-1")
    story.does(c.RemoveProof(unit, FIRST, "proof-mistaken", UNIT))
    _brings(story, unit, "proof-rules", "standard-1")
    _brings(story, unit, "proof-trainings", "standard-2")
    pledge = Pledge("Head", story_day(story))
    story.does(c.HandInReport(unit, (FIRST,), "It is done, as this says", UNIT))
    asked = c.AskStrikeOff(unit, FIRST, "It is done", pledge, UNIT, UNITS_KEY)
    passed_on = c.PassOn(FIRST, BUREAU, BUREAUS_KEY)
    story.does(asked, c.ReturnRequest(FIRST, "A page is missing", BUREAU), asked, passed_on)
    story.does(c.VerifyFinding(FIRST, False, "Nobody there knew of it", VERIFIER, "Seen on site", VERIFIERS_KEY))
    story.does(asked, passed_on, c.VerifyFinding(FIRST, True, "Now they do", VERIFIER, key=VERIFIERS_KEY))


def _brings(story: Story, unit: str, proof: str, standard: str) -> None:
    dated, name = story_day(story) - timedelta(days=2), f"{proof}.pdf"
    sha256, size = hashlib.sha256(CONTENT).hexdigest(), len(CONTENT)
    story.does(c.AddProof(unit, FIRST, proof, (standard,), name, sha256, size, "application/pdf", dated, UNIT))


def _is_shown_and_struck_off(story: Story) -> None:
    until = story_day(story) + timedelta(days=7)
    story.does(c.ShowProofs(FIRST, ("proof-rules",), BUREAU), c.GiveNotice((FIRST,), until, BUREAU))
    story.does(c.RaiseObjection(FIRST, "objection-1", "They cannot be found"))
    story.does(c.RaiseObjection(FIRST, "objection-2", "A child of that name was refused"))
    story.does(c.AnswerObjection(FIRST, "objection-1", "They are on the second page", False, BUREAU))
    story.does(c.WithholdObjection(FIRST, "objection-2", "It names a child", BUREAU))
    passes(story, 8).does(c.StrikeOff((FIRST,), story_day(story) + timedelta(days=180), BUREAU))


def _is_judged(story: Story, unit: str) -> None:
    """Once by mistake; then everybody approves, one only after a night's sleep."""
    first, *others = (seat.id for seat in story.meeting.entitled(unit))
    mistaken = c.OpenCureVote("cures-mistaken", (FIRST,), BUREAU)
    story.does(mistaken, c.WithdrawCureVote("cures-mistaken", "Too early", BUREAU))
    story.does(c.OpenCureVote("cures-again", (FIRST,), BUREAU))
    story.does(c.JudgeCures("cures-again", first, {FIRST: CureMark.NOT_SATISFIED}))
    story.does(*(c.JudgeCures("cures-again", seat, {FIRST: CureMark.SATISFIED}) for seat in others))
    passes(story, 1).does(c.JudgeCures("cures-again", first, {FIRST: CureMark.BASICALLY}))
    until = story_day(story) + timedelta(days=30)
    story.does(c.CloseCureVote("cures-again", until, "The panel did not find it put right", BUREAU))


def _has_not_held(story: Story, unit: str) -> Story:
    """At the look-back it holds, and the panel approves; the day after it is gone again."""
    passes(story, 180).does(c.LookBack(FIRST, "It holds", BUREAU))
    _is_judged(story, unit)
    until = story_day(story) + timedelta(days=30)
    passes(story, 1).does(c.ReopenFinding(FIRST, until, "The rules are gone again", BUREAU))
    _brings(story, unit, "proof-again", "standard-1")
    return story
