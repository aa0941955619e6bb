"""What a start shows: little, and what is needed first stands last, where the eye is, above the QR code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting.plan import Plan
from app.network.addresses import base_url, is_in_tunnel, other_networks, seen_here
from app.settings import Settings
from app.store import plans
from app.store.heads import load_head
from app.web.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Shown:
    """The ways in that a start shows, as paths; ``moderator`` is that of the one meeting which is the next."""

    organiser: str
    moderator: str = ""
    title: str = ""
    code: str = ""


def ways_in(connection: Connection, terminal: Terminal, now: datetime) -> Shown:
    organiser = terminal.organisers_link(connection)
    plan = _next_meeting(connection, now)
    if plan is None:
        return Shown(organiser)
    return Shown(organiser, terminal.moderators_link(connection, plan.code), plan.name, plan.code)


def greeting(settings: Settings, shown: Shown, language: Language, code: str = "") -> str:
    """The organiser's link is the last line, or stands above the QR code; what that code opens is said above."""
    _ = catalogue(language).gettext
    base = base_url(settings, seen_here(settings))
    lines = [_("Kaimen is ready: {address}").format(address=base + "/"), *_other_addresses(settings, language), ""]
    lines.append(_("Links of seats, displays and other meetings: run.py links CODE. Stop the server with Ctrl+C."))
    if shown.moderator:
        said = _("Moderator’s link for “{title}” ({code}); the QR code at the end opens the same page:")
        said = said if code else _("Moderator of “{title}” ({code}):")
        lines += [said.format(title=shown.title, code=shown.code), f"  {base}{shown.moderator}"]
    lines += [
        "",
        _("Begin here. The organiser’s link, to set up meetings and make keys:"),
        f"  {base}{shown.organiser}",
        *([code.rstrip("\n")] if code else []),
    ]
    return "\n".join(lines)


def codes_in_words(connection: Connection, language: Language) -> str:
    """The meetings, each with what is to be typed for its links."""
    _ = catalogue(language).gettext
    found = [plans.load(connection, code) for code in plans.codes(connection)]
    mark = _(" (rehearsal)")
    lines = [f"  run.py links {each.code}\t{each.title}{mark if each.is_rehearsal else ''}" for each in found]
    return "\n".join([_("To make more links of a meeting:"), *lines])


def _other_addresses(settings: Settings, language: Language) -> Iterator[str]:
    """Where else the hall may be, and how to say so."""
    _ = catalogue(language).gettext
    others = other_networks(settings, seen_here(settings))
    if is_in_tunnel(base_url(settings, seen_here(settings)), settings):
        yield _("That is the address of a VPN: devices in the hall cannot reach it.")
    if others:
        told = ", ".join(" ".join(filter(None, (e.address, e.name, _(WORDS[f"network.{e.kind}"])))) for e in others)
        yield _("This machine is on other networks as well: {others}.").format(others=told)
        example = f"http://{others[0].address}:{settings.port}"
        yield _("If the hall is on one of them, start with KAIMEN_PUBLIC_URL={example}").format(example=example)


def _next_meeting(connection: Connection, now: datetime) -> Plan | None:
    """The meeting that goes on; else the next that is to come; else the first that has not been held."""
    codes = plans.codes(connection)
    meetings = [head.meeting for head in (load_head(connection, code) for code in codes) if head is not None]
    real = [each for each in meetings if not each.plan.is_rehearsal]
    going_on = [each.plan for each in real if each.opened_at is not None and each.finished_at is None]
    waiting = [each.plan for each in real if each.opened_at is None]
    to_come = sorted((each for each in waiting if _start(each) >= now.timestamp()), key=_start)
    found = [*going_on, *to_come, *waiting, *(each.plan for each in real)]
    return found[0] if found else None


def _start(plan: Plan) -> float:
    """Also of a plan whose start was imported without an offset."""
    return plan.starts_at.timestamp()
