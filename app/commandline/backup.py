"""``run.py backup`` and ``run.py restore``."""

import sys
from pathlib import Path

import rich_click as click

from app.commandline.shared import _, explained, language, settings_of, with_db


@click.command(help=_("Write all there is into one file, also while the server runs; it restores into any database."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option("--force", is_flag=True, help=_("Write over a file that is already there."))
def backup(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.copies import make_backup

    with explained():
        make_backup(settings_of(db=db).db, file, force, language(), click.echo)


@click.command(help=_("Make a database out of a backup, and check every record in it before and after."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option(
    "--force",
    is_flag=True,
    help=_("Take the place of a database that is there; restore records that do not hold as well."),
)
def restore(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.copies import restore_backup

    with explained():
        holds = restore_backup(file, settings_of(db=db).db, force, language(), click.echo)
    sys.exit(0 if holds else 1)
