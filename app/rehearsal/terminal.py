"""What rehearsals say in a terminal. ``_`` translates."""

from collections.abc import Callable, Iterator

from app.language.sentences import sentence_of
from app.language.words import WORDS
from app.rehearsal.rehearse import Report
from app.rehearsal.second_half.rehearse import Outcome
from app.web.links import Links

Translate = Callable[[str], str]


def report_in_words(report: Report, _: Translate) -> str:
    return "\n".join(
        (
            *_hall_in_words(report, _),
            *_restart_in_words(report, _),
            *_votes_in_words(report, _),
            *_questions_in_words(report, _),
            *_wrong_in_words(report, _),
        )
    )


def _hall_in_words(report: Report, _: Translate) -> Iterator[str]:
    said = report.as_json()
    yield _("{acked} commands acknowledged, {refused} refused, {lost} lost, in {seconds} s.").format(**said)
    yield _("Half of the answers took at most {p50_ms} ms, 99 in 100 at most {p99_ms} ms.").format(**said)
    yield from (f"  {code}\t{number}" for code, number in said["refusals"].items())
    yield from (sentence_of(fault, _) for fault in report.faults)


def _wrong_in_words(report: Report, _: Translate) -> Iterator[str]:
    if number := report.other_totals:
        yield _("{number} sheets were refused: tablet and record add up differently.").format(number=number)
    if not report.record_holds:
        yield _("The record does not hold.")


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


def second_half_in_words(outcome: Outcome, _: Translate) -> str:
    said = outcome.as_json()
    texts = (
        _("Then {days} days passed in {seconds} s: {findings} findings, {returned} returned, {reopened} re-opened."),
        _("{acked} steps acknowledged on {requests} pages, {refused} refused, {lost} lost, {twice} done twice."),
        _("Half of the pages took at most {p50_ms} ms, 99 in 100 at most {p99_ms} ms."),
        _("The server was killed while proofs came in, and started again; {repeated} pages were asked for again."),
        _("Drafts that were kept: {drafts_kept}; gone: {drafts_gone}."),
    )
    standings = (f"  {_(WORDS[f'finding_standing.{each}'])}\t{number}" for each, number in said["standings"].items())
    lines = [*_hall_in_words(outcome.first_half, _), texts[0].format(**said), *standings]
    lines += [text.format(**said) for text in texts[1:]]
    lines += [f"  {step.kind} {step.mark}" for step in (*outcome.lost, *outcome.twice, *outcome.smuggled)]
    lines += [sentence_of(fault, _) for fault in outcome.faults]
    if outcome.public:
        lines += [_("What society reads is not what the record says:"), *(f"  {each}" for each in outcome.public)]
    else:
        lines.append(_("What society reads is what the record says."))
    return "\n".join(lines)


def _votes_in_words(report: Report, _: Translate) -> Iterator[str]:
    if report.votes is None:
        return
    said = report.votes.as_json()
    text = _("{phones} phones: {acked} ballots acknowledged, {ballots} counted, {lost} lost, {surplus} too many.")
    yield text.format(**said)
    yield from (f"  {code}\t{number}" for code, number in said["refused"].items())
    if report.votes.holds is None:
        yield _("The ballots were not recounted: the script reads database files alone.")
    elif report.votes.holds:
        yield _("docs/recount.py counts the same.")
    else:
        yield _("docs/recount.py does not count the same.")


def _questions_in_words(report: Report, _: Translate) -> Iterator[str]:
    if report.questions is None:
        return
    said = report.questions.as_json()
    yield _("{acked} questions acknowledged, {refused} refused, {lost} lost, {surplus} too many.").format(**said)
    yield from (f"  {words}\t{number}" for words, number in said["refusals"].items())
    yield _("{wanted} times somebody wanted to know the same; {miscounted} questions were counted otherwise.").format(
        **said
    )
    if report.questions.asked.wordless:
        yield _("{wordless} times nobody said why something was refused.").format(**said)
    if report.questions.undone:
        yield _("The desk of questions was told that it was done, and it is not: {undone}").format(
            undone=", ".join(report.questions.undone)
        )


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
