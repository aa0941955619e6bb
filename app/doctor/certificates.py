"""The certificate for https: there, for all names, and not about to run out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from app.doctor.check import Check, Translate, ok, problem, warning
from app.network import CertificateUnusable
from app.network.addresses import lan_addresses
from app.network.tls import Authority, authority_beside, covers, given_pair, permits
from app.settings import Settings

SOON = timedelta(days=14)


def certificate(settings: Settings, _: Translate, now: datetime) -> Iterator[Check]:
    if not settings.tls:
        text = _("TLS is off: links are http, and tablets cannot keep their screens on by themselves")
        yield ok("certificate", text)
        return
    try:
        yield from _given(settings, _, now) if settings.cert else _own(authority_beside(settings.db), _, now)
    except (CertificateUnusable, OSError) as error:
        text = _("The certificate cannot be used: {cause}").format(cause=error)
        yield problem("certificate", text, _("Correct --cert and --key, or leave them out to use one made here."))


def _own(authority: Authority, _: Translate, now: datetime) -> Iterator[Check]:
    if not authority.server.exists:
        text = _("Certificate: made at the first start with --tls, in {folder}").format(folder=authority.folder)
        yield ok("certificate", text)
        return
    root, server = authority.root.load(), authority.server.load()
    days = (root.not_valid_after_utc - now).days
    text = _("Certificate: made here; the root that devices trust is valid for {days} days").format(days=days)
    if root.not_valid_after_utc - now < SOON:
        yield warning("certificate", text, _("The next start makes a new one, which the devices must then install."))
    else:
        yield ok("certificate", text)
    left_out = [each for each in lan_addresses() if not permits(root, each)]
    new = [each for each in lan_addresses() if not covers(server, each) and each not in left_out]
    if left_out:
        text = _("The root certificate does not cover {addresses}").format(addresses=", ".join(left_out))
        advice = _("Remove the folder {folder}, start again, and have the devices install the new root.")
        yield problem("certificate.names", text, advice.format(folder=authority.folder))
    elif new:
        text = _("New since the last start: {addresses}").format(addresses=", ".join(new))
        yield warning("certificate.names", text, _("Start the server again; it renews its certificate by itself."))


def _given(settings: Settings, _: Translate, now: datetime) -> Iterator[Check]:
    found = given_pair(settings.cert, settings.key or settings.cert).load()
    days = (found.not_valid_after_utc - now).days
    text = _("Certificate: your own, valid for {days} days").format(days=days)
    if found.not_valid_after_utc < now:
        yield problem("certificate", text, _("It has expired: get a new one, or leave it out to use one made here."))
    elif found.not_valid_after_utc - now < SOON:
        yield warning("certificate", text, _("Renew it before the meeting."))
    else:
        yield ok("certificate", text)
    names = [urlsplit(settings.public_url).hostname or ""] if settings.public_url else lan_addresses()
    missing = [name for name in names if not covers(found, name)]
    if missing:
        text = _("The certificate does not cover {names}").format(names=", ".join(missing))
        yield warning(
            "certificate.names", text, _("Use KAIMEN_PUBLIC_URL to say by which name devices reach this server.")
        )
