"""Any course of findings at all: whatever the bureau, units, who verifies and society ask, sensible or not.

Each number is the seed of one thing asked. What must hold is looked at in the events themselves, never by the
questions that the rules ask: a rule that asks wrongly does not pass for that reason.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.cures.state import CureMark
from app.meeting.findings.state import Finding, FindingKind, Pledge, Stand, Standard, Terms
from app.meeting.meeting import Meeting
from tests.findings import BUREAU, CURE, DIGEST, UNIT, VERIFIER, days
from tests.questions import answers, asked, chooses, hands_over

UNITS = ["water", "court"]
KEYS = ["unit-key", "desk-key", "seen-key", ""]
WORDS = ["a reason", "a reason", "a reason", " "]
STANDARDS = (Standard("standard-1", "The rules are published"), Standard("standard-2", "Two trainings were held"))

Move = Callable[["Asking"], c.Command]


class Asking:
    """One ask: on a day, of a finding, mostly by its own unit, with words that are mostly there."""

    def __init__(self, meeting: Meeting, chance: Random, today: date) -> None:
        self.meeting, self.chance, self.today = meeting, chance, today
        found = meeting.findings.by_id
        alive = [id for id, each in found.items() if each.standing not in (Stand.WITHDRAWN, Stand.MERGED)]
        self.ids = [*alive[:3] * 4, *list(found)[-1:], f"finding-{len(found) % 30}"]
        self.finding = chance.choice(self.ids)
        self.is_there = found.get(self.finding)
        own = self.is_there.unit if self.is_there else "water"
        self.unit = chance.choice([own, own, own, own, *UNITS, "moon"])
        self.word = chance.choice(WORDS)

    def key(self, usual: str) -> str:
        return self.chance.choice([usual, usual, usual, *KEYS])

    def day(self) -> date:
        return self.today + timedelta(days=self.chance.choice([-1, 0, 1, 5, 7, 7, 30, 200]))

    def some(self) -> tuple[str, ...]:
        return (self.finding, *self.chance.sample(self.ids, self.chance.choice([0, 0, 0, 1])))

    def drafts(self) -> tuple[str, ...]:
        return tuple(id for id, each in self.meeting.findings.by_id.items() if each.standing is Stand.DRAFT)

    def standards(self) -> tuple[Standard, ...]:
        return self.chance.choice([STANDARDS, STANDARDS, STANDARDS[:1], (), (STANDARDS[0], STANDARDS[0])])

    def proofs(self) -> tuple[str, ...]:
        known = [each.id for each in self.is_there.proofs] if self.is_there else []
        return tuple(self.chance.sample(known, min(len(known), self.chance.choice([0, 1, 2]))))

    def proof(self) -> str:
        """One there is, or the next."""
        count = len(self.is_there.proofs) if self.is_there else 0
        return f"proof-{self.chance.choice([count, count, max(0, count - 1)]):03}"

    def next_vote(self) -> str:
        return f"cures-{len(self.meeting.cures.by_id):03}"

    def vote(self) -> str:
        """The last, mostly."""
        count = len(self.meeting.cures.by_id)
        return f"cures-{self.chance.choice([count - 1, count - 1, count - 1, count]):03}"

    def objection(self) -> str:
        count = len(self.is_there.objections) if self.is_there else 0
        return f"objection-{self.chance.choice([count, max(0, count - 1)])}"


def _draft(a: Asking) -> c.Command:
    unit, kind = a.chance.choice([*UNITS, "moon"]), a.chance.choice([*FindingKind])
    return c.DraftFinding(a.finding, unit, "A gap", kind, BUREAU, standards=a.standards())


def _edit(a: Asking) -> c.Command:
    """Once it is issued mostly with the words that were issued."""
    was = a.is_there
    text, kind = (was.text, was.kind) if was and a.chance.random() < 0.8 else ("Another", FindingKind.LONG)
    return c.EditFinding(a.finding, text, kind, BUREAU, standards=a.standards())


def _send_cure(a: Asking) -> c.Command:
    cure = replace(CURE, until=a.today + timedelta(days=a.chance.choice([-9, 0, 3, 20, 70])), goal=a.word)
    return c.SendCure(a.unit, a.finding, cure, UNIT)


def _add_proof(a: Asking) -> c.Command:
    proof = a.proof()
    standards = a.chance.choice([("standard-1", "standard-2"), ("standard-1",), ("standard-2",), (), ("standard-9",)])
    return c.AddProof(
        a.unit, a.finding, proof, standards, "rules.pdf", DIGEST, 9, "application/pdf", min(a.day(), a.today), UNIT
    )


def _ask_strike_off(a: Asking) -> c.Command:
    return c.AskStrikeOff(a.unit, a.finding, "It is done", Pledge("Head", a.today), UNIT, a.key("unit-key"))


def _set_terms(a: Asking) -> c.Command:
    return c.SetTerms(Terms(public_working_days=a.chance.choice([0, 3, 5, 5, 5])), BUREAU)


def _open_cure_vote(a: Asking) -> c.Command:
    return c.OpenCureVote(a.next_vote(), a.some(), BUREAU, a.chance.random() < 0.7)


def _judge(a: Asking) -> c.Command:
    seat = a.chance.choice(["ann", "ben", "cat", "dan", "eve", "nobody"])
    return c.JudgeCures(a.vote(), seat, {each: a.chance.choice([*CureMark]) for each in a.some()})


def _close_cure_vote(a: Asking) -> c.Command:
    return c.CloseCureVote(a.vote(), a.day(), a.word, BUREAU, a.chance.random() < 0.8)


def _question(a: Asking) -> c.Command:
    id = f"question-{a.chance.choice([0, 0, 1])}"
    unit = a.chance.choice(["", a.unit, "water"])
    return a.chance.choice(
        [
            chooses(id, unit=unit),
            answers(id, a.word, unit=unit),
            replace(hands_over(id, a.finding, a.unit), asked=asked(unit=unit)),
            c.WithdrawQuestion(id, a.word),
        ]
    )


MOVES: list[Move] = [
    _question,
    _question,
    _set_terms,
    _draft,
    _edit,
    lambda a: c.MergeFindings(a.finding, a.some(), BUREAU),
    lambda a: c.WithdrawFinding(a.finding, a.word, BUREAU),
    lambda a: c.HandOver(a.some(), days(a.chance.choice([a.today, a.today, a.day()])), BUREAU),
    lambda a: c.SettleDispute(
        a.finding, a.chance.random() < 0.6, a.word, BUREAU, a.chance.choice(["", *UNITS, *UNITS])
    ),
    lambda a: c.SignFor(a.unit, a.some(), UNIT),
    lambda a: c.DisputeFinding(a.unit, a.finding, a.word, "the court", UNIT),
    _send_cure,
    lambda a: c.ReportWork(a.unit, a.finding, a.word, UNIT),
    lambda a: c.HandInReport(a.unit, a.some(), a.word, UNIT),
    lambda a: c.EnterReport(a.some(), a.day(), BUREAU),
    _add_proof,
    lambda a: c.RemoveProof(a.unit, a.finding, a.proof(), UNIT),
    lambda a: c.AskExtension(a.unit, a.finding, a.day(), a.word, UNIT),
    lambda a: c.AgreeCure(a.finding, BUREAU),
    lambda a: c.ReturnCure(a.finding, a.word, BUREAU),
    lambda a: c.AnswerExtension(a.finding, a.chance.random() < 0.7, a.word, BUREAU),
    lambda a: c.MakeLongTerm(a.finding, a.word, a.day(), BUREAU),
    lambda a: c.EndLongTerm(a.finding, a.day(), a.word, BUREAU),
    _ask_strike_off,
    lambda a: c.PassOn(a.finding, BUREAU, a.key("desk-key")),
    lambda a: c.ReturnRequest(a.finding, a.word, BUREAU),
    lambda a: c.VerifyFinding(a.finding, a.chance.random() < 0.8, a.word, VERIFIER, key=a.key("seen-key")),
    lambda a: c.ShowProofs(a.finding, a.proofs(), BUREAU),
    lambda a: c.GiveNotice(a.some(), a.day(), BUREAU),
    lambda a: c.RaiseObjection(a.finding, a.objection(), a.word),
    lambda a: c.AnswerObjection(a.finding, a.objection(), a.word, a.chance.random() < 0.3, BUREAU),
    lambda a: c.WithholdObjection(a.finding, a.objection(), a.word, BUREAU),
    lambda a: c.StrikeOff(a.some(), a.day(), BUREAU),
    lambda a: c.LookBack(a.finding, a.word, BUREAU),
    lambda a: c.ReopenFinding(a.finding, a.day(), a.word, BUREAU),
    _open_cure_vote,
    _judge,
    _judge,
    _close_cure_vote,
    lambda a: c.WithdrawCureVote(a.vote(), a.word, BUREAU),
    lambda a: c.ShowReports(a.chance.choice([(), ("attachment-report",), ("nothing-there",)]), BUREAU),
]

FORWARD: dict[Stand | None, list[Move]] = {
    None: [_draft],
    Stand.DRAFT: [
        lambda a: c.HandOver((a.finding,), days(a.today), BUREAU),
        lambda a: c.HandOver((a.finding,), days(a.today), BUREAU),
        lambda a: c.MergeFindings(a.finding, a.drafts(), BUREAU),
    ],
    Stand.HANDED_OVER: [
        lambda a: c.SignFor(a.unit, (a.finding,), UNIT),
        lambda a: c.DisputeFinding(a.unit, a.finding, a.word, "the court", UNIT),
    ],
    Stand.DISPUTED: [lambda a: c.SettleDispute(a.finding, a.chance.random() < 0.6, a.word, BUREAU, "court")],
    Stand.SIGNED_FOR: [_send_cure],
    Stand.PLANNED: [lambda a: c.AgreeCure(a.finding, BUREAU)],
    Stand.RECTIFYING: [_add_proof, _add_proof, _ask_strike_off],
    Stand.LONG_TERM: [_add_proof, _ask_strike_off, lambda a: c.EndLongTerm(a.finding, a.day(), a.word, BUREAU)],
    Stand.ASKED: [
        lambda a: c.PassOn(a.finding, BUREAU, a.key("desk-key")),
        lambda a: c.PassOn(a.finding, BUREAU, a.key("desk-key")),
        lambda a: c.ReturnRequest(a.finding, a.word, BUREAU),
    ],
    Stand.TO_VERIFY: [lambda a: c.VerifyFinding(a.finding, True, "Seen", VERIFIER, key=a.key("seen-key"))],
    Stand.VERIFIED: [lambda a: c.GiveNotice((a.finding,), a.day(), BUREAU)],
    Stand.NOTICE: [
        lambda a: c.RaiseObjection(a.finding, a.objection(), a.word),
        lambda a: c.AnswerObjection(a.finding, a.objection(), a.word, False, BUREAU),
        lambda a: c.WithholdObjection(a.finding, a.objection(), a.word, BUREAU),
        lambda a: c.StrikeOff((a.finding,), a.day(), BUREAU),
    ],
    Stand.STRUCK_OFF: [
        _draft,
        _open_cure_vote,
        _judge,
        lambda a: c.LookBack(a.finding, a.word, BUREAU),
        lambda a: c.ReopenFinding(a.finding, a.day(), a.word, BUREAU),
    ],
}
"""What brings a finding on, where it stands: without it chance would hardly ever come to the end."""


def an_ask(meeting: Meeting, chance: Random, today: date) -> c.Command:
    a = Asking(meeting, chance, today)
    standing = a.is_there.standing if a.is_there else None
    too_early = FORWARD[chance.choice([*FORWARD])]
    (moves,) = chance.choices([FORWARD.get(standing, MOVES), too_early, MOVES], [50, 15, 35])
    return chance.choice(moves)(a)


# --- what must hold ---------------------------------------------------------------------------------------------------


def of_finding(events: list[e.Event], id: str) -> list[e.Event]:
    return [each for each in events if getattr(each, "finding", "") == id]


def since(events: list[e.Event], *kinds: type[e.Event]) -> list[e.Event]:
    """What came after the last event of these kinds; everything if there is none."""
    last = max((at for at, each in enumerate(events) if isinstance(each, kinds)), default=-1)
    return events[last + 1 :]


def a_finding_is_struck_off_rightly(before: Meeting, events: list[e.Event], event: e.FindingStruckOff) -> None:
    """With a proof of each standard that is newer than the last re-opening, by three keys, after a whole notice."""
    course = of_finding(events, event.finding)
    asked, passed, verified, notice = (
        [each for each in since(course, e.FindingReopened) if isinstance(each, kind)][-1]
        for kind in (e.StrikeOffAsked, e.RequestPassedOn, e.FindingVerified, e.NoticeGiven)
    )
    assert course.index(asked) < course.index(passed) < course.index(verified) < course.index(notice)
    assert verified.passed
    assert len({asked.key, passed.key, verified.key} - {""}) == 3
    removed = {each.proof for each in course if isinstance(each, e.ProofRemoved)}
    proofs = [each for each in since(course, e.FindingReopened) if isinstance(each, e.ProofAdded)]
    proved = {standard for each in proofs if each.proof not in removed for standard in each.standards}
    edits = [each for each in course if isinstance(each, e.FindingEdited)]
    drafted = next(each for each in events if isinstance(each, e.FindingDrafted) and each.finding == event.finding)
    standards = edits[-1].standards if edits else drafted.standards
    assert standards
    assert {each.id for each in standards} <= proved
    terms = [Terms(), *(each.terms for each in events[: events.index(notice)] if isinstance(each, e.TermsSet))][-1]
    given = notice.at.astimezone(before.plan.starts_at.tzinfo).date()
    assert event.on > notice.until >= given + timedelta(days=terms.public_working_days)
    every_objection_has_an_answer(course, asked)


def a_vote_is_counted_as_it_was_given(events: list[e.Event], event: e.CureVoteClosed) -> None:
    """The last mark of each seat; passed by more than half of all who may judge."""
    opened, *course = [each for each in events if getattr(each, "vote", "") == event.vote]
    assert isinstance(opened, e.CureVoteOpened)
    given = {
        (finding, each.seat): mark
        for each in course
        if isinstance(each, e.CureJudged)
        for finding, mark in each.marks.items()
    }
    for count in event.counts:
        marks = [mark for (finding, _), mark in given.items() if finding == count.finding]
        assert [marks.count(mark) for mark in CureMark] == [count.satisfied, count.basically, count.not_satisfied]
        approving = count.satisfied + (count.basically if opened.basically_counts else 0)
        assert count.passed == (approving > count.members / 2)
        assert len(marks) <= count.members


def every_objection_has_an_answer(course: list[e.Event], asked: e.Event) -> None:
    answers = [each for each in course if isinstance(each, e.ObjectionAnswered | e.ObjectionWithheld)]
    raised = [each.objection for each in course if isinstance(each, e.ObjectionRaised)]
    assert sorted(raised) == sorted(each.objection for each in answers)
    after = course[course.index(asked) :]
    assert not any(isinstance(each, e.ObjectionAnswered) and each.upheld for each in after)


def nothing_is_forgotten(was: Finding, now: Finding, event: e.Event) -> None:
    """Counters never fall, steps and proofs stay, and the first days are the unit's for good."""
    assert (now.returns, now.reopenings) >= (was.returns, was.reopenings)
    assert now.returns >= was.returns
    assert now.steps[: len(was.steps)] == was.steps
    assert len(now.steps) <= len(was.steps) + 1
    assert [each.id for each in now.proofs][: len(was.proofs)] == [each.id for each in was.proofs]
    assert [each.id for each in now.objections][: len(was.objections)] == [each.id for each in was.objections]
    if isinstance(event, e.DisputeSettled) and event.to:
        return
    assert now.unit == was.unit
    if was.deadlines is not None:
        assert (now.deadlines, now.number, now.handed_over_on) == (was.deadlines, was.number, was.handed_over_on)
    if was.reported_on is not None:
        assert now.reported_on is not None
        assert now.reported_on <= was.reported_on
    if isinstance(event, e.ExtensionAnswered) and was.due and now.due:
        assert now.due > was.due if event.granted else now.due == was.due


def no_number_is_given_twice(events: list[e.Event], before: Meeting, event: e.FindingHandedOver) -> None:
    unit = before.findings.by_id[event.finding].unit
    assert (unit, event.number) not in given_numbers(events)


def given_numbers(events: list[e.Event]) -> set[tuple[str, int]]:
    """By which unit had the finding when it was handed over."""
    units, given = dict[str, str](), set[tuple[str, int]]()
    for each in events:
        match each:
            case e.FindingDrafted():
                units[each.finding] = each.unit
            case e.DisputeSettled() if each.to:
                units[each.finding] = each.to
            case e.FindingHandedOver():
                given.add((units[each.finding], each.number))
    return given


def findings_go_their_way(before: Meeting, after: Meeting, events: list[e.Event], event: e.Event) -> None:
    """``events``: all before this one."""
    for id, was in before.findings.by_id.items():
        now = after.findings.by_id[id]
        if now is not was:
            nothing_is_forgotten(was, now, event)
    match event:
        case e.FindingStruckOff():
            a_finding_is_struck_off_rightly(before, events, event)
        case e.CureVoteClosed():
            a_vote_is_counted_as_it_was_given(events, event)
        case e.FindingHandedOver():
            no_number_is_given_twice(events, before, event)
        case e.FindingVerified():
            course = of_finding(events, event.finding)
            assert event.key not in {
                each.key
                for each in since(course, e.FindingVerified, e.RequestReturned)
                if isinstance(each, e.StrikeOffAsked | e.RequestPassedOn)
            }


def no_other_unit_is_heard(before: Meeting, command: c.Command, events: list[e.Event]) -> None:
    """What a unit asks changes its own findings, and those after they were handed over."""
    unit = getattr(command, "unit", None)
    if unit is None or isinstance(command, c.DraftFinding | c.HandOverQuestion) or not isinstance(command, c.AtDesk):
        return
    for id in [id for event in events for id in getattr(event, "findings", ()) or (event.finding,)]:
        finding = before.findings.by_id[id]
        assert finding.unit == unit
        assert finding.number
