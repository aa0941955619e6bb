"""What became of what the panel raised: for a seat, in its own words, beside all that everybody may read."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.venue import Venue
from app.meeting.findings.asking import today
from app.meeting.meeting import Meeting
from app.papers.site.findings import findings_shown
from app.papers.site.shown import FindingShown
from app.store.keys import Role
from app.web.page import AnyRequest, html_page
from app.web.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding as society sees it. ``own``: the comments of this seat that it was made of, as the seat wrote them."""

    unit: str
    finding: FindingShown
    own: list[str]


@get("/{code:str}/panel/findings")
async def show_raised(
    request: AnyRequest,
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[str]:
    seat = meeting.seat(visitor.keys[Role.SEAT].of)
    raised = list(_raised(meeting, seat.id, venue))
    own = [each for each in raised if each.own]
    others = [each for each in raised if not each.own]
    return html_page(request, "raised", plan=meeting.plan, seat=seat, own=own, others=others)


def _raised(meeting: Meeting, seat: str, venue: Venue) -> list[Raised]:
    day = today(meeting, venue.now(meeting.plan.code))
    own = {(each.unit, each.number): _own(meeting, seat, each.sources) for each in meeting.findings.issued}
    return [
        Raised(unit.short_name or unit.name, finding, own[unit.id, finding.number])
        for unit in meeting.plan.units
        for finding in findings_shown(meeting, unit.id, day)
    ]


def _own(meeting: Meeting, seat: str, sources: tuple[str, ...]) -> list[str]:
    said = (meeting.comments[each] for each in sources if each in meeting.comments)
    return [each.original for each in said if each.seat == seat]


ROUTES: list[Any] = [show_raised]
