"""The panel judges the cure: a page for each seat, by its own link, months after the meeting; it needs no script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.language import say
from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.cures.state import CureCount, CureMark, CureVote
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said
from app.store.keys import Role
from app.web.page import AnyRequest, asked_language, html_page
from app.web.pages.desk import perform
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor

SEAT = frozenset({Role.SEAT})
MARK = "mark."
_MARKS = {mark.value: mark for mark in CureMark}


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A finding as a panelist judges it: what the panel said and the audience asked, what the unit did, what was seen.

    ``asks``: whether its marks are asked for here; in a vote by units behind the last of each.
    """

    id: str
    number: int
    unit: str
    text: str
    said: tuple[str, ...]
    asked: tuple[str, ...]
    done: str
    seen: str
    proofs: int
    asks: bool = True


@get("/{code:str}/panel/cures")
async def show_judging(
    request: AnyRequest, meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor]
) -> Response[str]:
    return _page(request, meeting, _seat(visitor))


@post("/{code:str}/panel/cures")
async def judge(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    """What is chosen is kept, all of it or some; it can be changed until the vote is closed."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    marks = {name.removeprefix(MARK): _MARKS[value] for name, value in form.items() if _is_a_mark(name, value)}
    try:
        command = c.JudgeCures(form.get("vote", ""), _seat(visitor), marks)
        await perform(venue, meeting, visitor, SEAT, [command], form.get("id", ""))
    except Refused as refused:
        now = await venue.meeting(meeting.plan.code) or meeting
        return _page(request, now, _seat(visitor), marks, refused.said)
    return Redirect(f"/{quote(meeting.plan.code)}/panel/cures?done=1", status_code=303)


def votes_for(meeting: Meeting, seat: str) -> list[CureVote]:
    """Open votes in which a seat has something to judge."""
    return [vote for vote in meeting.cures.open if vote.findings_of(seat)]


def told(meeting: Meeting, votes: list[CureVote]) -> list[tuple[str, Finding, CureCount]]:
    """Of votes that were closed, the last first: the name of the unit, the finding, and what was said of it."""
    counts = [each for vote in reversed(votes) for each in vote.counts]
    findings = [meeting.findings.by_id[each.finding] for each in counts]
    return [(meeting.unit(of.unit).short_name, of, count) for of, count in zip(findings, counts, strict=True)]


def _is_a_mark(name: str, value: str) -> bool:
    return name.startswith(MARK) and value in _MARKS


def _seat(visitor: Visitor) -> str:
    return visitor.keys[Role.SEAT].of


def _page(
    request: AnyRequest,
    meeting: Meeting,
    seat: str,
    chosen: Mapping[str, CureMark] | None = None,
    complaint: Said | None = None,
) -> Response[str]:
    """``chosen`` just now, and not kept."""
    votes = votes_for(meeting, seat)
    marks = {finding: mark for vote in votes for finding, mark in vote.marks_of(seat).items()}
    ended = [vote for vote in meeting.cures.by_id.values() if vote.closed_at and vote.findings_of(seat)]
    return html_page(
        request,
        "judging",
        422 if complaint else 200,
        plan=meeting.plan,
        seat=meeting.seat(seat),
        votes=[(vote, _listed(meeting, vote, seat)) for vote in votes],
        marks={**marks, **(chosen or {})},
        kept=marks,
        results=told(meeting, ended),
        complaint=say(complaint, asked_language(request)) if complaint else "",
        done=bool(request.query_params.get("done")) and not complaint,
        id=new_id(),
    )


def _listed(meeting: Meeting, vote: CureVote, seat: str) -> list[ToJudge]:
    if not vote.by_unit:
        return [_to_judge(meeting, id) for id in vote.findings_of(seat)]
    mine = [meeting.findings.by_id[id] for id in vote.findings_of(seat)]
    by_units = [each for unit in meeting.plan.units for each in mine if each.unit == unit.id]
    last = {each.unit: each.id for each in by_units}
    return [replace(_to_judge(meeting, each.id), asks=last[each.unit] == each.id) for each in by_units]


def _to_judge(meeting: Meeting, id: str) -> ToJudge:
    finding = meeting.findings.by_id[id]
    said = tuple(meeting.comments[each].original for each in finding.sources if each in meeting.comments)
    asked = tuple(meeting.questions[each].asked.text for each in finding.questions if each in meeting.questions)
    return ToJudge(
        finding.id,
        finding.number,
        meeting.unit(finding.unit).name,
        finding.text,
        said,
        asked,
        _last(finding, "StrikeOffAsked"),
        _last(finding, "FindingVerified"),
        len(finding.standing_proofs),
    )


def _last(finding: Finding, what: str) -> str:
    return next((step.text for step in reversed(finding.steps) if step.what == what), "")


ROUTES: list[Any] = [show_judging, judge]
