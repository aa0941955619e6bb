"""The lobby: which meetings there are, and the ways in. One for invited guests only is listed for them alone.

The audience comes first. Where there is one meeting they are led straight to it; ``?all`` is the way back, and whoever
holds a key of it has more ways than one.
"""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.live.screens.parts import status
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.store import keys, tokens
from app.web.cookies import listing_cookie_name
from app.web.page import AnyRequest, html_page, open_address_for, open_qr
from app.web.visitors import bearer_of, visitor_of


@get("/")
async def lobby(request: AnyRequest, venue: NamedDependency[Venue]) -> Response[str] | Redirect:
    meetings = [await venue.meeting(code) for code in await venue.codes()]
    listed = await _listed(request, venue, [meeting.plan for meeting in meetings if meeting is not None])
    if only := await _only_one(request, venue, [each for each in meetings if each and each.plan.code in listed]):
        return Redirect(f"/{only}", status_code=303)
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


async def _only_one(request: AnyRequest, venue: Venue, meetings: list[Meeting]) -> str:
    """The code of the one meeting that somebody without a key can have come for; "" if there are others."""
    codes = [each.plan.code for each in meetings if not each.plan.is_rehearsal]
    if len(codes) != 1 or "all" in request.query_params or (await visitor_of(request, venue, codes[0])).keys:
        return ""
    return codes[0]


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
