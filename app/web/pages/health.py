"""Whether this server is ready: only if the record can be written."""

from litestar import MediaType, Response, get
from litestar.di import NamedDependency

from app.language.sentences import sentence_of
from app.live.venue import Venue


@get("/healthz")
async def healthz(venue: NamedDependency[Venue]) -> Response[str]:
    why_not = await venue.why_not()
    text = f"not ready: {sentence_of(why_not)}" if why_not else "ready"
    return Response(text, media_type=MediaType.TEXT, status_code=503 if why_not else 200)
