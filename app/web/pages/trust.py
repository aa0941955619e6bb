"""How a device comes to trust this server: its root certificate, and what to tap on which device.

Reached by plain http: a device that does not trust us yet must be able to get here. How certificates are read is read
when one is asked for: many halls do without.
"""

from typing import Any

from litestar import Response, get

from app.network import CertificateUnusable
from app.network.addresses import secure_twin
from app.settings import Settings
from app.web.page import AnyRequest, NotHere, html_page, is_secure, open_address_for, open_qr


@get("/trust")
async def trust(request: AnyRequest) -> Response[str]:
    settings: Settings = request.app.state.settings
    address = open_address_for(request, "/trust")
    return html_page(
        request,
        "trust",
        standing=_standing(settings),
        is_secure=is_secure(request),
        secure_address=f"{secure_twin(settings, request.headers.get('host', ''))}/trust",
        address=address,
        qr=open_qr(address),
        root=_root_in_words(settings) if _standing(settings) == "own" else None,
    )


@get("/trust/kaimen.crt")
async def root_certificate(request: AnyRequest) -> Response[bytes]:
    """The root as DER."""
    from app.network.tls import as_der

    content = as_der(_root(request.app.state.settings))
    return _download(content, "application/x-x509-ca-cert", "kaimen.crt")


@get("/trust/kaimen.mobileconfig")
async def root_profile(request: AnyRequest) -> Response[bytes]:
    """The root as a profile for iPads and iPhones."""
    from app.network.tls import as_profile

    content = as_profile(_root(request.app.state.settings))
    return _download(content, "application/x-apple-aspen-config", "kaimen.mobileconfig")


def _standing(settings: Settings) -> str:
    """``off``, ``given`` (a certificate from elsewhere) or ``own`` (one of ours)."""
    if not settings.tls:
        return "off"
    return "given" if settings.cert else "own"


def _root(settings: Settings) -> Any:
    if _standing(settings) != "own":
        raise NotHere(404, "trust.nothing_to_install")
    from app.network.tls import authority_beside

    try:
        return authority_beside(settings.db).root.load()
    except CertificateUnusable:
        raise NotHere(404, "trust.nothing_to_install") from None


def _root_in_words(settings: Settings) -> dict[str, Any]:
    """The fingerprint in lines of eight bytes."""
    from app.network.tls import fingerprint

    root = _root(settings)
    said = fingerprint(root)
    lines = [said[at : at + 23] for at in range(0, len(said), 24)]
    return {"fingerprint": lines, "until": root.not_valid_after_utc.date().isoformat()}


def _download(content: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


ROUTES: list[Any] = [trust, root_certificate, root_profile]
