"""The lobby: which meetings there are, and the ways in."""

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.screens.parts import status
from app.live.venue import Venue
from app.web.pages import AnyRequest, html_page, open_address_for, open_qr


@get("/")
async def lobby(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    meetings = [await venue.meeting(code) for code in await venue.codes()]
    rows = [
        {
            "code": meeting.plan.code,
            "title": meeting.plan.title,
            "rehearsal_of": meeting.plan.rehearsal_of,
            "mode": meeting.plan.mode,
            "date": meeting.plan.starts_at.date().isoformat(),
            "starts_at": meeting.plan.starts_at.strftime("%H:%M"),
            "units": len(meeting.plan.units),
            "seats": len(meeting.plan.seats),
            "status": status(meeting),
            "qr": open_qr(open_address_for(request, f"/{meeting.plan.code}")),
        }
        for meeting in meetings
        if meeting is not None
    ]
    settings = request.app.state.settings
    return html_page(
        request,
        venue,
        "lobby",
        meetings=rows,
        address=open_address_for(request, "/"),
        needs_trust=settings.tls and not settings.cert,
    )
