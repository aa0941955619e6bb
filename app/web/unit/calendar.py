"""A unit's own days, for whatever it keeps its days in."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.venue import Venue
from app.meeting.findings.asking import today
from app.meeting.meeting import Meeting
from app.web.unit.pages import unit_of
from app.web.visitors import Visitor

CALENDAR = "text/calendar"


@get("/{code:str}/unit/deadlines.ics")
async def take_own_calendar(
    meeting: NamedDependency[Meeting], visitor: NamedDependency[Visitor], venue: NamedDependency[Venue]
) -> Response[bytes]:
    from app.papers.calendars import calendar_of  # seldom needed, and a start should not wait for it

    content = calendar_of(meeting, today(meeting, venue.now(meeting.plan.code)), unit_of(visitor))
    headers = {"content-disposition": f'attachment; filename="{meeting.plan.code}-deadlines.ics"'}
    return Response(content, media_type=CALENDAR, headers=headers)


ROUTES: list[Any] = [take_own_calendar]
