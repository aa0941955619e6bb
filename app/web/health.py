"""Whether this server is ready: only if the record can be written."""

from litestar import MediaType, Response, get
from litestar.di import NamedDependency

from app.live.venue import Venue


@get("/healthz")
async def healthz(venue: NamedDependency[Venue]) -> Response[str]:
    ready = await venue.can_write()
    text = "ready" if ready else "not ready: the record cannot be written"
    return Response(text, media_type=MediaType.TEXT, status_code=200 if ready else 503)
