"""What each event changes of a vote on cures."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.cures.state import CureVote
from app.meeting.meeting import Meeting


def opened(meeting: Meeting, event: e.CureVoteOpened) -> Meeting:
    units = {id: meeting.findings.by_id[id].unit for id in event.findings}
    members = {id: tuple(seat.id for seat in meeting.entitled(unit)) for id, unit in units.items()}
    vote = CureVote(event.vote, event.findings, event.basically_counts, event.at, members, by_unit=event.by_unit)
    return _with(meeting, vote)


def judged(meeting: Meeting, event: e.CureJudged) -> Meeting:
    vote = meeting.cures.by_id[event.vote]
    given = {id: {**vote.marks.get(id, {}), event.seat: mark} for id, mark in event.marks.items()}
    return _with(meeting, replace(vote, marks={**vote.marks, **given}))


def closed(meeting: Meeting, event: e.CureVoteClosed) -> Meeting:
    return _with(meeting, replace(meeting.cures.by_id[event.vote], counts=event.counts, closed_at=event.at))


def withdrawn(meeting: Meeting, event: e.CureVoteWithdrawn) -> Meeting:
    vote = meeting.cures.by_id[event.vote]
    return _with(meeting, replace(vote, withdrawn_at=event.at, reason=event.reason))


def _with(meeting: Meeting, vote: CureVote) -> Meeting:
    return replace(meeting, cures=replace(meeting.cures, by_id={**meeting.cures.by_id, vote.id: vote}))
