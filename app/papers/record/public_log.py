"""The log as everybody may read it: the lines that say what everybody was told, and of all others the digest.

By its digest a line could be guessed, were it not for the id of its command. So a command is told whole or not at all.
"""

import json

from app.meeting import events as e
from app.meeting.plan import Plan
from app.meeting.telling import tells_numbers
from app.papers.folder.proceedings import Proceedings
from app.store import log

SEEN_BY_ALL = (
    e.SegmentEntered,
    e.ItemRestored,
    e.ItemMoved,
    e.TimeAdded,
    e.ClockPaused,
    e.ClockResumed,
    e.MeetingFinished,
    e.MeetingContinued,
    e.DrawPrepared,
    e.DrawBegun,
    e.UnitDrawn,
    e.DrawEnded,
    e.OrderTyped,
    e.RoundOpened,
    e.RoundTakenBack,
    e.ResultsAnnounced,
    e.ResultStepShown,
    e.ResultHidden,
    e.SummedUp,
    e.PollOpened,
    e.PollClosed,
    e.PollHidden,
)
"""Kinds of which everything was to be seen in the hall. What is not named in this file is withheld."""


def public_log(record: Proceedings) -> bytes | None:
    """A line for each entry, ``{"line": …, "seal": …}`` or ``{"digest": …, "seal": …}``.

    None of a log that an earlier Kaimen began: its chain is over the lines themselves, and cannot do without one.
    """
    entries = record.entries
    if entries and log.said_chain(entries[0].line) != log.OVER_DIGESTS:
        return None
    withheld = _withheld_commands(record)
    said = (_withheld(each) if each.command in withheld else _told(each) for each in entries)
    return b"".join(f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in said)


def standing_reveals(record: Proceedings) -> dict[str, int]:
    """By round, the number of the entry by which its result was revealed, where it has not been withdrawn since."""
    return _standing(record, e.ResultRevealed)


def standing_promises(record: Proceedings) -> dict[str, int]:
    """By round, the number of the entry by which it was told what the panel says of the promises, beside a result
    or at the end of a meeting of comments."""
    if record.meeting.plan.is_scored:
        return _standing(record, e.PromisesTold)
    latest = {each.event.round: each.seq for each in record.entries if isinstance(each.event, e.PromisesTold)}
    return latest if record.meeting.is_finished else {}


def _standing(record: Proceedings, kind: type[e.ResultRevealed | e.PromisesTold]) -> dict[str, int]:
    rounds = record.meeting.rounds
    latest = {each.event.round: each.seq for each in record.entries if isinstance(each.event, kind)}
    return {id: seq for id, seq in latest.items() if id in rounds and rounds[id].is_revealed}


def standing_composites(record: Proceedings) -> int | None:
    """The number of the entry by which the composites were announced, if they stand announced."""
    if not record.meeting.composites.are_announced:
        return None
    return max(each.seq for each in record.entries if isinstance(each.event, e.CompositesAnnounced))


def standing_polls(record: Proceedings) -> set[int]:
    """The numbers of the entries by which polls were shown that still are."""
    polls = record.meeting.polls
    latest = {each.event.poll: each.seq for each in record.entries if isinstance(each.event, e.PollShown)}
    return {seq for id, seq in latest.items() if polls[id].is_shown}


def standing_objections(record: Proceedings) -> set[int]:
    """The numbers of the entries by which objections came in whose words stand on the public pages, with the answer."""
    raised = [each for finding in record.meeting.findings.issued for each in finding.objections]
    shown = {each.id for each in raised if not each.is_open and not each.is_withheld}
    raisings = {each.seq: each.event for each in record.entries if isinstance(each.event, e.ObjectionRaised)}
    return {seq for seq, event in raisings.items() if event.objection in shown}


def standing_questions(record: Proceedings) -> set[int]:
    """The numbers of the entries by which questions were chosen or answered that are shown to everybody.

    Of one that was withdrawn and chosen again, those since then: its words may have been others before.
    """
    told: dict[str, set[int]] = {}
    for each in record.entries:
        match each.event:
            case e.QuestionChosen(question=question) | e.QuestionAnswered(question=question):
                told.setdefault(question, set()).add(each.seq)
            case e.QuestionWithdrawn(question=question):
                told.pop(question, None)
    shown = (id for id, each in record.meeting.questions.items() if each.is_shown)
    return {seq for id in shown for seq in told.get(id, ())}


def _withheld_commands(record: Proceedings) -> frozenset[str]:
    announced = {*standing_reveals(record).values(), standing_composites(record), *standing_polls(record)}
    promises = set(standing_promises(record).values())
    standing = announced | promises | standing_objections(record) | standing_questions(record)
    plan = record.meeting.plan
    return frozenset(each.command for each in record.entries if not _may_be_told(plan, each, standing))


def _may_be_told(plan: Plan, entry: log.Entry, standing: set[int | None]) -> bool:
    """What staff type to give a reason is said to nobody in the hall, nor who was missing, nor papers of the panel.

    Nor what was passed over: where results come from the lowest, its place says how low one is that nobody was told.
    """
    match entry.event:
        case e.MeetingOpened(plan=opened):
            return not any(seat.reasons for seat in opened.seats) and not any(each.attachments for each in opened.units)
        case e.RoundClosed(missing=missing):
            return not missing
        case e.RoundReopened(reason=reason):
            return not reason
        case e.ResultRevealed() | e.CompositesAnnounced():
            return tells_numbers(plan) and entry.seq in standing
        case e.PollShown() | e.PromisesTold() | e.ObjectionRaised() | e.QuestionChosen() | e.QuestionAnswered():
            return entry.seq in standing
        case e.PollWithdrawn(reason=reason):
            return not reason
        case e.StepUndone(step=step, passed=passed):
            return not passed and not step.digest
    return isinstance(entry.event, SEEN_BY_ALL)


def _told(entry: log.Entry) -> dict[str, str]:
    return {"line": entry.line, "seal": entry.seal}


def _withheld(entry: log.Entry) -> dict[str, str]:
    return {"digest": log.digest_of(entry.line), "seal": entry.seal}
