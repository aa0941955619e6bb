"""Things remembered: what is made of a frozen part of a meeting is the same as long as the part is, for every screen.

Keyed by identity; the parts themselves are kept as long as what was made of them, so no identity is used twice.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Generic, TypeVar

from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.findings.state import Findings, Stand
from app.meeting.meeting import Meeting
from app.meeting.rounds.state import Round
from app.meeting.scoring import leaving_out, reckoning
from app.meeting.scoring.agreement import Agreement, agreement
from app.meeting.scoring.leaving_out import Change, Results
from app.meeting.scoring.result import Result
from app.meeting.sheets.state import Sheet, Standing
from app.meeting.telling import Account, told_to_everybody

MOST = 256
MOST_MEETINGS = 8

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class SortedComments:
    """Without those taken back. ``waiting`` and ``by_author`` (seat and unit) as they were sent; ``decided``,
    ``released`` and ``released_on`` (by unit) newest first."""

    waiting: list[Comment] = field(default_factory=list)
    decided: list[Comment] = field(default_factory=list)
    released: list[Comment] = field(default_factory=list)
    released_on: dict[str, list[Comment]] = field(default_factory=dict)
    by_author: dict[tuple[str, str], list[Comment]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingsMade:
    """How many findings there are on each unit and of each comment; ``ever``: with those that were withdrawn."""

    on_units: Counter[str] = field(default_factory=Counter)
    of_comments: Counter[str] = field(default_factory=Counter)
    ever: Counter[str] = field(default_factory=Counter)


class _Memory(Generic[_Made]):
    """The last few things made of given parts."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._things: OrderedDict[tuple[int, ...], tuple[tuple[Any, ...], _Made]] = OrderedDict()

    def recall(self, parts: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        key = tuple(map(id, parts))
        if key not in self._things:
            self._things[key] = (parts, make())
            if len(self._things) > self._most:
                self._things.popitem(last=False)
        return self._things[key][1]


def once(make: Callable[[Meeting], _Made]) -> Callable[[Meeting], _Made]:
    """What is the same before every screen is made once of a meeting, however many look."""
    made: _Memory[_Made] = _Memory(MOST_MEETINGS)
    return lambda meeting: made.recall((meeting,), lambda: make(meeting))


_results: _Memory[Result] = _Memory()
_uncorrected: _Memory[Result | None] = _Memory()
_without_a_seat: _Memory[Results] = _Memory()
_changes: _Memory[tuple[Change, ...]] = _Memory(MOST_MEETINGS)
_agreements: _Memory[Agreement | None] = _Memory(MOST_MEETINGS)
_accounts: _Memory[Account] = _Memory()
_comments: _Memory[SortedComments] = _Memory()
_findings: _Memory[FindingsMade] = _Memory()


def result_of(meeting: Meeting, round: Round) -> Result:
    """As ``reckoning.result_of``."""
    return _results.recall((meeting.plan, round), lambda: reckoning.result_of(meeting, round))


def result_before_corrections(meeting: Meeting, round: Round) -> Result | None:
    """What the sheets came to as their panelists gave them in; None of a round in which nothing was corrected."""
    return _uncorrected.recall((meeting.plan, round), lambda: _before_corrections(meeting, round))


def _before_corrections(meeting: Meeting, round: Round) -> Result | None:
    given = {seat: _as_given(sheet) for seat, sheet in round.sheets.items()}
    if all(given[seat] is sheet for seat, sheet in round.sheets.items()):
        return None
    return reckoning.result_of(meeting, replace(round, sheets=given))


def _as_given(sheet: Sheet) -> Sheet:
    versions = tuple(each for each in sheet.versions if each.correction is None)
    if not sheet.is_submitted or versions == sheet.versions:
        return sheet
    return replace(sheet, versions=versions, standing=Standing.SUBMITTED if versions else Standing.DRAFT)


def changes_without_a_seat(meeting: Meeting) -> tuple[Change, ...]:
    """As ``leaving_out.changes``, of all rounds that are closed."""
    closed = meeting.closed_rounds
    return _changes.recall((meeting.plan, meeting.rulings, *closed), lambda: _changes_of(meeting, closed))


def agreement_of(meeting: Meeting) -> Agreement | None:
    """As ``agreement.agreement``, of all rounds that are closed."""
    closed = meeting.closed_rounds
    return _agreements.recall((meeting.plan, *closed), lambda: agreement([result_of(meeting, each) for each in closed]))


def _changes_of(meeting: Meeting, closed: list[Round]) -> tuple[Change, ...]:
    results = {each.id: result_of(meeting, each) for each in closed}
    return leaving_out.changes(meeting, results, {each.id: _results_without(meeting, each) for each in closed})


def _results_without(meeting: Meeting, round: Round) -> Results:
    return _without_a_seat.recall((meeting.plan, round), lambda: leaving_out.results_without(meeting, round))


def public_account(meeting: Meeting, round: Round) -> Account:
    """What everybody is told of a result, once it is revealed."""
    result = result_of(meeting, round)
    return _accounts.recall((meeting.plan, result), lambda: told_to_everybody(meeting.plan, result))


def comments_of(meeting: Meeting, seat: str, unit: str) -> list[Comment]:
    """One seat's comments on one unit, in the order they were first sent, without those taken back."""
    return sorted_comments(meeting).by_author.get((seat, unit), [])


def sorted_comments(meeting: Meeting) -> SortedComments:
    """All comments of a meeting in their order: gone through once for all screens, however many there are."""
    return _comments.recall((meeting.comments,), lambda: _sorted(meeting.comments.values()))


def _sorted(comments: Iterable[Comment]) -> SortedComments:
    found = SortedComments()
    for comment in comments:
        if comment.standing is CommentStanding.TAKEN_BACK:
            continue
        found.by_author.setdefault((comment.seat, comment.unit), []).append(comment)
        (found.waiting if comment.standing is CommentStanding.WAITING else found.decided).append(comment)
    found.decided.sort(key=attrgetter("released_at", "id"), reverse=True)
    for comment in found.decided:
        if comment.standing is CommentStanding.RELEASED:
            found.released.append(comment)
            found.released_on.setdefault(comment.unit, []).append(comment)
    return found


def findings_made(meeting: Meeting) -> FindingsMade:
    """Of all findings of a meeting: gone through once, however many comments are looked at."""
    return _findings.recall((meeting.findings,), lambda: _made(meeting.findings))


def _made(findings: Findings) -> FindingsMade:
    made = FindingsMade()
    for finding in findings.by_id.values():
        if finding.standing is Stand.MERGED:
            continue
        made.ever.update(finding.sources)
        if finding.standing is not Stand.WITHDRAWN:
            made.of_comments.update(finding.sources)
            made.on_units[finding.unit] += 1
    return made
