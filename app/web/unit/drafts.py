"""What is typed on a unit's page is kept as it is typed, on the server: the next who shows the key finds it there."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.web.page import AnyRequest
from app.web.setup.typed import of_form
from app.web.unit.pages import keep_typed, the_finding
from app.web.visitors import Visitor


@post("/{code:str}/unit/findings/{finding:str}/typed", status_code=200)
async def keep(
    request: AnyRequest,
    finding: FromPath[str],
    meeting: NamedDependency[Meeting],
    visitor: NamedDependency[Visitor],
    venue: NamedDependency[Venue],
) -> Response[dict[str, str]]:
    """By a script, while somebody types; without one the form has a button for it. Answered once it is durable, with
    what somebody else has typed into these fields meanwhile."""
    typed = of_form((await request.form()).items())
    return Response(await keep_typed(venue, meeting.plan.code, the_finding(meeting, visitor, finding), typed))


ROUTES: list[Any] = [keep]
