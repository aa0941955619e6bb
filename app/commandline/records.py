"""``run.py verify``, ``export`` and ``publish``: whether a record holds, all papers made of it, its public pages."""

from pathlib import Path
from typing import Any

import rich_click as click

from app.commandline.shared import _, explained, fail_with, language, must_be_there, settings_of, with_db
from app.language import say
from app.meeting.refusals import Said


@click.command(help=_("Check a meeting's record (CODE), or exported files of one: chain, replay, announced results."))
@click.argument("what", nargs=-1, required=True, metavar="CODE | FILE…")
@with_db
def verify(what: tuple[str, ...], db: str | None) -> None:
    if any(_is_a_file(each, db) for each in what):
        _verify_files([Path(each) for each in what])
    else:
        for code in what:
            _verify_record(code, db)


def _is_a_file(what: str, db: str | None) -> bool:
    """Whether it has a sign that no code has, or is there and is called as no meeting is."""
    return any(sign in what for sign in "./\\") or (Path(what).exists() and not _is_a_meeting(what, db))


def _is_a_meeting(code: str, db: str | None) -> bool:
    from app.store import plans
    from app.store.backup import as_it_is
    from app.store.database import DatabaseUnusable

    try:
        with as_it_is(settings_of(db=db).db) as connection:
            return code in plans.codes(connection)
    except DatabaseUnusable:
        return False


def _verify_record(code: str, db: str | None) -> None:
    from app.commandline.copies import verdict_in_words
    from app.store.backup import as_it_is
    from app.store.verify import verify as verified

    with explained(), as_it_is(settings_of(db=db).db) as connection:
        must_be_there(connection, code)
        verdict = verified(connection, code)
    for fault in verdict.faults:
        click.echo(say(fault, language()), err=True)
    said = verdict_in_words(code, verdict, language())
    if not verdict.holds:
        fail_with(said)
    click.echo(said)


def _verify_files(files: list[Path]) -> None:
    from app.papers.record.exported import NoLog, checked

    with explained():
        try:
            found = checked(files)
        except NoLog:
            fail_with(say(Said("verdict.no_log"), language()))
    for each in found:
        for fault in each.verdict.faults:
            click.echo(f"{each.name}: {say(fault, language())}", err=True)
        if each.verdict.holds:
            click.echo(f"{each.name}: {say(each.said, language())}")
        for left in each.open:
            click.echo(f"{each.name}: {say(left, language())}")
    if not all(each.verdict.holds for each in found):
        fail_with(say(Said("verdict.does_not_hold"), language()))


@click.command(help=_("Write all papers of a meeting: a folder for the file and one for the public."))
@click.argument("code")
@with_db
@click.option(
    "--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder to write to.")
)
@click.option("--pdf", is_flag=True, help=_("Write the letters as PDF as well; needs typst."))
def export(code: str, db: str | None, to: Path, pdf: bool) -> None:
    from app.papers.folder.contents import papers_of
    from app.papers.folder.folders import folders_with, write
    from app.papers.folder.index import INDEX
    from app.papers.folder.proceedings import proceedings_of, with_ballots, with_proofs
    from app.papers.letters.pdf import can_print, fonts_missing, with_pdf
    from app.store.backup import as_it_is
    from app.store.files import OWNERS_FOLDER

    if pdf and not can_print():
        fail_with(say(Said("command.no_typst"), language()))
    with explained(), as_it_is(settings_of(db=db).db) as connection:
        must_be_there(connection, code)
        record = with_ballots(connection, with_proofs(connection, proceedings_of(connection, code)))
        papers = with_pdf(papers_of(record)) if pdf else papers_of(record)
        to.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
        written = [write(folder, to) for folder in folders_with(record, papers)]
    for root in written:
        click.echo(str(root / INDEX))
    if pdf and (fonts := fonts_missing()):
        click.echo(say(Said("command.no_fonts", {"fonts": fonts}), language()), err=True)


@click.command(help=_("Write the public pages of a meeting as plain files, for any web server or a stick."))
@click.argument("code")
@with_db
@click.option(
    "--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder to write to.")
)
@click.option("--follow", "follows", is_flag=True, help=_("Keep them fresh: look once a second what has changed."))
def publish(code: str, db: str | None, to: Path, follows: bool) -> None:
    from app import clock
    from app.papers.site import following
    from app.papers.site.writing import NotOurs
    from app.store.backup import as_it_is

    settings = settings_of(db=db)
    try:
        with explained():
            with as_it_is(settings.db) as connection:
                must_be_there(connection, code)
                record = following.went_on(connection, code, None)
                _say_written(to, following.publish(connection, record, clock.now(), to))
            if follows:
                _follow(settings.db, code, to)
    except NotOurs as problem:
        fail_with(say(problem.said, language()))


def _follow(where: str, code: str, to: Path) -> None:
    import time
    from contextlib import closing, suppress

    from app import clock
    from app.papers.site.following import follow
    from app.store.database import Database

    click.echo(say(Said("site.follows"), language()))
    with suppress(KeyboardInterrupt), closing(Database(where)) as database:
        for written in follow(database, code, to, clock.now, time.sleep):
            if written.changed or written.removed:
                _say_written(to, written)


def _say_written(to: Path, written: Any) -> None:
    facts = {"folder": str(to), "changed": written.changed, "removed": written.removed}
    click.echo(say(Said("site.written", facts), language()))
    if written.missing:
        click.echo(say(Said("site.missing", {"missing": written.missing}), language()), err=True)
