"""``run.py verify`` and ``run.py export``: whether a record holds, and the record as files."""

from pathlib import Path

import rich_click as click

from app.commandline.shared import _, explained, fail_with, language, must_be_there, settings_of, with_db
from app.language import say


@click.command(help=_("Check a meeting's record: chain, replay, announced results, read tables."))
@click.argument("code")
@with_db
def verify(code: str, db: str | None) -> None:
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


@click.command(help=_("Write a meeting's log (.jsonl) and results (.json) into a folder."))
@click.argument("code")
@with_db
@click.option(
    "--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder to write to.")
)
@click.option(
    "--for-staff", is_flag=True, help=_("Also write the results with every sheet's marks (not for publication).")
)
def export(code: str, db: str | None, folder: Path, for_staff: bool) -> None:
    from app.papers.record.exports import write_full_results, write_log, write_results
    from app.store.backup import as_it_is
    from app.store.files import OWNERS_FOLDER

    with explained(), as_it_is(settings_of(db=db).db) as connection:
        must_be_there(connection, code)
        folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
        written = [write_log(connection, code, folder), write_results(connection, code, folder)]
        if for_staff:
            written.append(write_full_results(connection, code, folder))
    for path in written:
        click.echo(str(path))
