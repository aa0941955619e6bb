"""``verify.html`` as the server gives it, for whoever has files and no folder that it lies in."""

from litestar import MediaType, Response, get


@get("/trust/verify.html")
async def verifier() -> Response[str]:
    """Under the policy that the page has on a stick: its own script, and no address to send anything to."""
    from app.papers.record.verifier import policy, verify_page

    return Response(verify_page(), media_type=MediaType.HTML, headers={"content-security-policy": policy()})
