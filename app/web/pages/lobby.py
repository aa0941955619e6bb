"""The lobby: which meetings there are, and the ways in. One for invited guests only is listed for them alone."""

from litestar import Response, get
from litestar.di import NamedDependency

from app.live.screens.parts import status
from app.live.venue import Venue
from app.meeting.plan import Plan
from app.store import keys, tokens
from app.web.cookies import listing_cookie_name
from app.web.page import AnyRequest, html_page, open_address_for, open_qr
from app.web.visitors import bearer_of, visitor_of


@get("/")
async def lobby(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str]:
    meetings = [await venue.meeting(code) for code in await venue.codes()]
    listed = await _listed(request, venue, [meeting.plan for meeting in meetings if meeting is not None])
    address = open_address_for(request, "/")
    rows = [
        {
            "code": meeting.plan.code,
            "title": meeting.plan.name,
            "rehearsal_of": meeting.plan.rehearsal_of,
            "mode": meeting.plan.mode,
            "date": meeting.plan.starts_at.date().isoformat(),
            "starts_at": meeting.plan.starts_at.strftime("%H:%M"),
            "units": len(meeting.plan.units),
            "seats": len(meeting.plan.seats),
            "status": status(meeting),
            "qr": open_qr(f"{address}{meeting.plan.code}"),
        }
        for meeting in meetings
        if meeting is not None and meeting.plan.code in listed
    ]
    settings = request.app.state.settings
    return html_page(
        request,
        "lobby",
        meetings=rows,
        address=address,
        needs_trust=settings.tls and not settings.cert,
    )


async def _listed(request: AnyRequest, venue: Venue, plans: list[Plan]) -> set[str]:
    """The meetings that are open to all; of the others those of which the visitor holds a key, an organiser all."""
    closed = {plan.code for plan in plans if plan.invited_only}
    everywhere = {plan.code for plan in plans} - closed
    if closed and (await visitor_of(request, venue, None)).keys:
        return everywhere | closed
    words = {code: request.cookies.get(listing_cookie_name(request, code), "") for code in closed}
    if token := bearer_of(request):
        words |= dict.fromkeys(closed, keys.listing_word(tokens.hash_of(token)))
    if not any(words.values()):
        return everywhere
    known: set[str] = await venue.read(
        lambda each: {code for code, word in words.items() if word and word in keys.listing_words(each, code)}
    )
    return everywhere | known
