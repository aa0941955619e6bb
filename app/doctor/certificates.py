"""The certificate for https: there, for all names, and not about to run out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from app.doctor.check import Check, ok, problem, warning
from app.meeting.refusals import Said
from app.network import CertificateUnusable
from app.network.addresses import lan_addresses
from app.network.tls import Authority, authority_beside, covers, given_pair, permits
from app.settings import Settings

SOON = timedelta(days=14)


def certificate(settings: Settings, now: datetime) -> Iterator[Check]:
    if not settings.tls:
        yield ok("certificate", Said("doctor.no_tls"))
        return
    try:
        yield from _given(settings, now) if settings.cert else _own(authority_beside(settings.db), now)
    except (CertificateUnusable, OSError) as error:
        text = Said("command.certificate", {"cause": str(error)})
        yield problem("certificate", text, Said("advice.correct_certificate"))


def _own(authority: Authority, now: datetime) -> Iterator[Check]:
    if not authority.server.exists:
        yield ok("certificate", Said("doctor.certificate_to_come", {"folder": str(authority.folder)}))
        return
    root, server = authority.root.load(), authority.server.load()
    days = (root.not_valid_after_utc - now).days
    text = Said("doctor.own_certificate", {"days": days})
    if root.not_valid_after_utc - now < SOON:
        yield warning("certificate", text, Said("advice.new_root_at_start"))
    else:
        yield ok("certificate", text)
    left_out = tuple(each for each in lan_addresses() if not permits(root, each))
    new = tuple(each for each in lan_addresses() if not covers(server, each) and each not in left_out)
    if left_out:
        text = Said("doctor.root_without", {"addresses": left_out})
        yield problem("certificate.names", text, Said("advice.new_root", {"folder": str(authority.folder)}))
    elif new:
        text = Said("doctor.new_addresses", {"addresses": new})
        yield warning("certificate.names", text, Said("advice.start_again"))


def _given(settings: Settings, now: datetime) -> Iterator[Check]:
    found = given_pair(settings.cert, settings.key or settings.cert).load()
    days = (found.not_valid_after_utc - now).days
    text = Said("doctor.given_certificate", {"days": days})
    if found.not_valid_after_utc < now:
        yield problem("certificate", text, Said("advice.expired"))
    elif found.not_valid_after_utc - now < SOON:
        yield warning("certificate", text, Said("advice.renew"))
    else:
        yield ok("certificate", text)
    names = [urlsplit(settings.public_url).hostname or ""] if settings.public_url else lan_addresses()
    missing = tuple(name for name in names if not covers(found, name))
    if missing:
        text = Said("doctor.certificate_without", {"names": missing})
        yield warning("certificate.names", text, Said("advice.public_url"))
