"""The ledger: every finding of a meeting in one table, what waits first; filtered, ticked and acted on together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.screens.parts import day_text
from app.live.venue import Venue
from app.meeting.findings.asking import today as today_of
from app.meeting.findings.lateness import next_to_move
from app.meeting.findings.reporting import REPORTABLE
from app.meeting.findings.state import Finding, FindingKind, Party, Stand
from app.meeting.findings.summing import Mark, marks_of, sum_up
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.store.keys import Role
from app.web.access import BUREAU
from app.web.desk.shown import SHOWN_STANDINGS, name_of, rows_of
from app.web.page import AnyRequest, html_page
from app.web.sockets.frames import new_id
from app.web.visitors import Visitor
from app.workdays import published_until

MARKS = (
    *(Mark.OVERDUE, Mark.DUE_SOON, Mark.DUE_THIS_WEEK, Mark.ASKS_FOR_TIME, Mark.OPEN, Mark.LATE),
    *(Mark.RETURNED, Mark.REOPENED),
    *(Mark.LOOK_BACK, Mark.UNDELIVERED, Mark.REPORT_LATE),
)
TILES = (Mark.OPEN, Mark.OVERDUE, Mark.DUE_SOON, Mark.RETURNED, Mark.STRUCK_OFF, Mark.REOPENED)
FILTERS = ("unit", "standing", "criterion", "kind", "mark", "party")
DONE = (
    *("hand_over", "give_notice", "strike_off", "merge", "draft", "terms"),
    *("agree_cure", "return_cure", "grant_extension", "refuse_extension", "enter_report"),
)
OFFERED: dict[str, Callable[[Finding], bool]] = {
    "hand_over": lambda each: each.standing is Stand.DRAFT,
    "agree_cure": lambda each: each.standing is Stand.PLANNED,
    "return_cure": lambda each: each.standing is Stand.PLANNED,
    "grant_extension": lambda each: each.waiting_extension is not None,
    "refuse_extension": lambda each: each.waiting_extension is not None,
    "give_notice": lambda each: each.standing is Stand.VERIFIED,
    "strike_off": lambda each: each.standing is Stand.NOTICE,
    "enter_report": lambda each: each.standing in REPORTABLE and each.reported_on is None,
    "merge": lambda each: each.standing is Stand.DRAFT,
}
"""What the desk can do with ticked findings, by those with which it can be done: a button for each that has any."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for of each column; empty: all of it."""

    asked: dict[str, str]

    def takes(self, finding: Finding, today: date) -> bool:
        party = next_to_move(finding, today)
        has = {
            "unit": {finding.unit},
            "standing": {str(finding.standing)},
            "criterion": {finding.criterion},
            "kind": {str(finding.kind)},
            "mark": {str(each) for each in marks_of(finding, today)} if self.asked["mark"] else set(),
            "party": {str(party)} if party else set(),
        }
        return all(not self.asked[name] or self.asked[name] in has[name] for name in FILTERS)


def filter_of(request: AnyRequest) -> Filter:
    return Filter({name: request.query_params.get(name, "")[:80] for name in FILTERS})


@get("/{code:str}/findings")
async def show_ledger(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    return ledger_page(request, meeting, visitor, venue)


def ledger_page(
    request: AnyRequest, meeting: Meeting, visitor: Visitor, venue: Venue, problem: str = ""
) -> Response[str]:
    """``problem``: why what was asked of the ticked findings was not even begun."""
    plan, today = meeting.plan, today_of(meeting, venue.now(meeting.plan.code))
    asked, done = filter_of(request), request.query_params.get("done", "")
    counted = [each for each in meeting.findings.by_id.values() if each.standing is not Stand.MERGED]
    found = [each for each in counted if asked.takes(each, today)]
    return html_page(
        request,
        "desk/ledger",
        422 if problem else 200,
        plan=plan,
        rows=rows_of(meeting, found, today),
        unpublished=published_until(day for each in found for day in each.days_set),
        **_summed_up(meeting, counted, today),
        offered=[action for action, fits in OFFERED.items() if any(map(fits, found))],
        asked=asked.asked,
        is_filtered=any(asked.asked.values()),
        choices=_choices(plan),
        today=today.isoformat(),
        acts=visitor.key(BUREAU) is not None,
        all_ticked="all" in request.query_params,
        problem=problem,
        done=done if done in DONE else "",
        id=new_id(),
        way_back=way_back(visitor, plan.code),
        is_opened=meeting.opened_at is not None,
    )


def _summed_up(meeting: Meeting, counted: list[Finding], today: date) -> dict[str, Any]:
    """What stands above the table: the tiles, and what waits for whom."""
    summary = sum_up(counted, today)
    return {
        "number": len(counted),
        "tally": summary.whole,
        "tiles": (*TILES, *(each for each in (Mark.UNDELIVERED, Mark.REPORT_LATE) if summary.whole[each])),
        "waiting": [
            {
                "row": each,
                "since": day_text(today_of(meeting, each.since) if each.since else None),
                "by": day_text(each.by),
            }
            for each in summary.waiting
        ],
    }


def _choices(plan: Plan) -> dict[str, Any]:
    """What each column can be filtered by."""
    return {
        "unit": [(unit.id, name_of(unit)) for unit in plan.units],
        "standing": SHOWN_STANDINGS,
        "criterion": [(each.id, each.name) for each in plan.criteria],
        "kind": tuple(FindingKind),
        "mark": MARKS,
        "party": tuple(Party),
    }


def way_back(visitor: Visitor, code: str) -> str:
    for role, path in ((Role.ORGANISER, f"/setup/{code}"), (Role.MODERATOR, f"/{code}/moderator")):
        if visitor.keys.get(role):
            return path
    return f"/{code}/record"


ROUTES: list[Any] = [show_ledger]
