"""Votes on cures: opened by the bureau, judged by the seats in secret, closed once, with what comes of it."""

from datetime import date, datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import must_be_an_id
from app.meeting.cures.state import CureCount, CureMark, CureVote
from app.meeting.findings.asking import each_in_standing, must_be_later, today
from app.meeting.findings.state import ON_ITS_WAY, Stand
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.texts import the_author, the_reason

JUDGEABLE = (*ON_ITS_WAY, Stand.STRUCK_OFF)
"""The unit has said that it is done."""


def open_cure_vote(meeting: Meeting, command: c.OpenCureVote, now: datetime) -> list[e.Event]:
    must_be_an_id(command.vote)
    refuse_if(command.vote in meeting.cures.by_id, "cures.twice")
    findings = each_in_standing(meeting, command.findings, *JUDGEABLE)
    for finding in findings:
        refuse_if(any(vote.is_open for vote in meeting.cures.on(finding.id)), "cures.already_open")
        refuse_unless(bool(meeting.entitled(finding.unit)), "cures.nobody", unit=meeting.unit(finding.unit).short_name)
    ids, author = tuple(finding.id for finding in findings), the_author(command.author)
    return [e.CureVoteOpened(command.vote, ids, author, now, command.basically_counts, command.by_unit)]


def judge_cures(meeting: Meeting, command: c.JudgeCures, now: datetime) -> list[e.Event]:
    vote = the_open(meeting, command.vote)
    refuse_unless(bool(command.marks), "cures.nothing_judged")
    refuse_unless(command.marks.keys() <= set(vote.findings_of(command.seat)), "cures.not_yours")
    given = vote.marks_of(command.seat)
    marks = _of_whole_units(meeting, vote, command) if vote.by_unit else command.marks
    changed = {finding: mark for finding, mark in marks.items() if given.get(finding) is not mark}
    return [e.CureJudged(vote.id, command.seat, changed, at=now)] if changed else []


def close_cure_vote(meeting: Meeting, command: c.CloseCureVote, now: datetime) -> list[e.Event]:
    """Nobody knows how it stands before: whoever closes it cannot choose the hour by that."""
    vote = the_open(meeting, command.vote)
    if vote.missing and not command.incomplete:
        raise Refused("cures.missing", again={"incomplete": True}, count=len(vote.missing))
    must_be_later(command.until, today(meeting, now))
    reason, author = the_reason(command.reason), the_author(command.author)
    counts = tuple(map(vote.count, vote.findings))
    closed = e.CureVoteClosed(vote.id, counts, author, at=now)
    failed = (each for each in counts if not each.passed)
    return [closed, *(back for each in failed for back in _back(meeting, each, command.until, closed, reason))]


def withdraw_cure_vote(meeting: Meeting, command: c.WithdrawCureVote, now: datetime) -> list[e.Event]:
    vote = the_open(meeting, command.vote)
    return [e.CureVoteWithdrawn(vote.id, the_reason(command.reason), the_author(command.author), at=now)]


def _of_whole_units(meeting: Meeting, vote: CureVote, command: c.JudgeCures) -> dict[str, CureMark]:
    """What is said of one finding is said of all of its unit."""
    findings, said = meeting.findings.by_id, dict[str, CureMark]()
    for id, mark in command.marks.items():
        unit = findings[id].unit
        refuse_if(said.setdefault(unit, mark) is not mark, "cures.one_mark", unit=meeting.unit(unit).short_name)
    return {id: said[findings[id].unit] for id in vote.findings_of(command.seat) if findings[id].unit in said}


def _back(
    meeting: Meeting, count: CureCount, until: date, closed: e.CureVoteClosed, reason: str
) -> list[e.FindingReopened | e.RequestReturned]:
    """What is at work again already needs nothing more."""
    finding = meeting.findings.by_id[count.finding]
    if finding.standing is Stand.STRUCK_OFF:
        return [e.FindingReopened(finding.id, until, reason, closed.author, closed.at, closed.vote)]
    if finding.standing in ON_ITS_WAY:
        return [e.RequestReturned(finding.id, reason, closed.author, closed.at, closed.vote)]
    return []


def the_open(meeting: Meeting, id: str) -> CureVote:
    refuse_unless(id in meeting.cures.by_id, "cures.unknown")
    vote = meeting.cures.by_id[id]
    refuse_unless(vote.is_open, "cures.closed")
    return vote
