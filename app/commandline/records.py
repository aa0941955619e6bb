"""``run.py verify`` and ``run.py export``: whether a record holds, and all papers made of it."""

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


@click.command(help=_("Write all papers of a meeting: a folder for the file and one for the public."))
@click.argument("code")
@with_db
@click.option(
    "--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder to write to.")
)
def export(code: str, db: str | None, to: Path) -> None:
    from app.papers.folder.folders import folders_of, write
    from app.papers.folder.index import INDEX
    from app.papers.folder.proceedings import proceedings_of
    from app.store.backup import as_it_is
    from app.store.files import OWNERS_FOLDER

    with explained(), as_it_is(settings_of(db=db).db) as connection:
        must_be_there(connection, code)
        record = proceedings_of(connection, code)
        to.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
        written = [write(folder, to) for folder in folders_of(record)]
    for root in written:
        click.echo(str(root / INDEX))
