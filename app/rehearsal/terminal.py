"""What rehearsals say in a terminal. ``_`` translates."""

from collections.abc import Callable, Iterator

from app.language.sentences import sentence_of
from app.language.words import WORDS
from app.rehearsal.rehearse import Report
from app.web.links import Links

Translate = Callable[[str], str]


def report_in_words(report: Report, _: Translate) -> str:
    said = report.as_json()
    lines = [
        _("{acked} commands acknowledged, {refused} refused, {lost} lost, in {seconds} s.").format(**said),
        _("Half of the answers took at most {p50_ms} ms, 99 in 100 at most {p99_ms} ms.").format(**said),
        *(f"  {code}\t{number}" for code, number in said["refusals"].items()),
        *(sentence_of(fault, _) for fault in report.faults),
        *_restart_in_words(report, _),
    ]
    if number := report.other_totals:
        text = _("{number} sheets were refused: tablet and record add up differently.")
        lines.append(text.format(number=number))
    if not report.record_holds:
        lines.append(_("The record does not hold."))
    return "\n".join(lines)


def _restart_in_words(report: Report, _: Translate) -> Iterator[str]:
    """What people held before a restart of the server, and what of it was good for nothing after it."""
    if report.restarted is None:
        yield _(
            "Links, codes and open pages were not tried after a restart: only the rehearsal’s own server is ever "
            "restarted."
        )
        return
    for held in report.void:
        yield "  " + " ".join(filter(None, (_(WORDS[f"held.{held.kind}"]), _(WORDS[f"role.{held.role}"]), held.of)))
    yield _("The server was killed and restarted during the meeting.")
    if report.void:
        text = _("Of {number} links, short codes, open pages and forms, {void} no longer work as before.")
    else:
        text = _("All {number} links, short codes, open pages and forms still work as before.")
    yield text.format(number=report.restarted.tried, void=len(report.void))


def invitation(base: str, links: Links, _: Translate) -> str:
    """Where to look on while the bots play, and with which keys to take part."""
    seat, tablet = next(iter(links.seats.items()))
    places = {
        _("Display"): f"/{links.code}/display",
        _("Phone"): f"/{links.code}",
        _("Moderator"): links.moderator,
        links.labels[seat]: tablet,
    }
    lines = [_("Kaimen is ready: {address}").format(address=base + "/")]
    return "\n".join(lines + [f"  {name}\t{base}{path}" for name, path in places.items()])
