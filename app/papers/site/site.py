"""The public pages as plain files that know one another, with what is needed to check them: a site for any web server.

It needs no script to be read. The same record makes the same bytes on the same day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.colours import colours_of, for_old_browsers
from app.language import Language
from app.live.painter import TEMPLATES
from app.older_words import in_older_words
from app.papers.folder.proceedings import Proceedings
from app.papers.record.ballots import ballots_file
from app.papers.record.exports import results_file
from app.papers.record.public_log import public_log
from app.papers.record.verifier import verify_page
from app.papers.site.data import findings_csv, public_json
from app.papers.site.feed import feed_of
from app.papers.site.links import (
    DATA,
    FEED,
    FINDINGS,
    STYLE,
    VERIFY,
    OnAStick,
    in_language,
    name_of_ballots,
    name_of_file,
    name_of_log,
    name_of_results,
)
from app.papers.site.pages import agenda_page, first_page, other_than, page_of_unit
from app.papers.site.picture import picture_of_record
from app.papers.site.shown import MeetingShown

STATIC = TEMPLATES.parent / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """``made``: files by name, those first to which others lead. ``kept``: of those that somebody handed in the SHA-256
    by name; what is in them nobody needs to read unless they are not there yet."""

    made: Mapping[str, bytes]
    kept: Mapping[str, str]


def site_of(record: Proceedings, day: date) -> Site:
    shown = picture_of_record(record, day)
    kept = {name_of_file(sha256, name): sha256 for sha256, name in shown.files.items()}
    return Site(_made(record, shown), kept)


def _made(record: Proceedings, shown: MeetingShown) -> dict[str, bytes]:
    log = public_log(record)
    return {
        **({name_of_log(shown.code): log} if log is not None else {}),
        name_of_results(shown.code): results_file(record),
        **({name_of_ballots(shown.code): ballots_file(record)} if record.ballots else {}),
        VERIFY: verify_page().encode(),
        STYLE: style(),
        DATA: public_json(shown),
        FINDINGS: findings_csv(shown),
        **{
            name: text
            for language in Language
            for name, text in _pages(shown, OnAStick(shown, language, log is not None, bool(record.ballots)))
        },
    }


def style() -> bytes:
    sheet = "".join((STATIC / name).read_text("utf-8") for name in ("base.css", "public.css", "votes.css"))
    return in_older_words(for_old_browsers(sheet, colours_of([sheet]))).encode()


def _pages(shown: MeetingShown, at: OnAStick) -> Iterator[tuple[str, bytes]]:
    language, other = at.language, replace(at, language=other_than(at.language))
    for unit in shown.units:
        yield at.unit(unit), page_of_unit(shown, unit, language, at, other.unit(unit)).encode()
    if shown.has_long_agenda:
        yield at.agenda, agenda_page(shown, language, at, other.agenda).encode()
    yield in_language(FEED, language), feed_of(shown, language, at)
    yield at.home, first_page(shown, language, at, other.home).encode()
