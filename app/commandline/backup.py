"""``run.py backup`` and ``run.py restore``."""

import sys
from pathlib import Path

import rich_click as click

from app.commandline.shared import _, explained, language, settings_of, with_db


@click.command(
    help=_("Write everything into one file, even while the server runs; it can be restored into any database.")
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option("--force", is_flag=True, help=_("Overwrite a file that already exists."))
def backup(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.copies import make_backup

    with explained():
        make_backup(settings_of(db=db).db, file, force, language(), click.echo)


@click.command(help=_("Make a database from a backup, and check every record in it before and after."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option(
    "--force",
    is_flag=True,
    help=_("Replace an existing database; also restore records that do not hold."),
)
def restore(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.copies import restore_backup

    with explained():
        holds = restore_backup(file, settings_of(db=db).db, force, language(), click.echo)
    sys.exit(0 if holds else 1)
