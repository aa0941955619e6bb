"""``run.py template`` and ``run.py import``: a meeting as a file, out and in; the forms of the letters, out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import rich_click as click

from app.commandline.shared import _, database_of, explained, fail, language, plan_of, settings_of, with_db
from app.language import say
from app.meeting.refusals import Said

LETTERS = "letters"
NAMES = "names.txt"


@click.command(
    help=_(
        "Write a workbook (.xlsx) or text (.toml) to fill in: an example, or a meeting. Or, as “template letters --to "
        "FOLDER”, the forms of the letters (.docx) with a list of the names that may be used in them."
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@with_db
@click.option("--code", help=_("Write this meeting instead of the example."))
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help=_("The folder to write to."))
@click.option("--force", is_flag=True, help=_("Overwrite a file that already exists."))
def template(file: Path, db: str | None, code: str | None, folder: Path | None, force: bool) -> None:
    if folder is None:
        _write_template(file, db, code, force)
    elif str(file) == LETTERS and code is None:
        _write_forms(folder, force)
    else:
        fail(Said("command.no_template", {"file": str(file)}))


def _write_forms(folder: Path, force: bool) -> None:
    from app.papers.letters.forms import FORMS, names_to_use
    from app.store.files import write_private

    how = say(Said("form.names_explained"), language())
    files = {each.file: each.content for each in FORMS.values()} | {NAMES: names_to_use(how).encode()}
    with explained():
        folder.mkdir(parents=True, exist_ok=True)
        taken = next((folder / name for name in files if (folder / name).exists()), None)
        if taken is not None and not force:
            fail(Said("file.is_there", {"file": str(taken)}))
        for name, content in files.items():
            write_private(folder / name, content)
            click.echo(str(folder / name))


def _write_template(file: Path, db: str | None, code: str | None, force: bool) -> None:
    from app.papers.plan.template import WRITERS
    from app.store.backup import as_it_is
    from app.store.files import write_private

    if file.suffix.lower() not in WRITERS:
        fail(Said("command.no_template", {"file": str(file)}))
    if file.exists() and not force:
        fail(Said("file.is_there", {"file": str(file)}))
    with explained():
        plan = None
        if code is not None:
            with as_it_is(settings_of(db=db).db) as connection:
                plan = plan_of(connection, code)
        write_private(file, WRITERS[file.suffix.lower()](plan))
    click.echo(str(file))


@click.command("import", help=_("Import a meeting from a workbook (.xlsx) or text (.toml): all of it, or nothing."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_db
@click.option("--preview", "only_shows", is_flag=True, help=_("Only show what is wrong and what would change."))
@click.option("--code", help=_("Give the meeting this code, or replace the meeting that has it."))
def import_(file: Path, db: str | None, only_shows: bool, code: str | None) -> None:
    from app.meeting.refusals import Refused
    from app.papers.plan import importing
    from app.papers.plan.telling import preview_in_words

    with explained(), _looked_at(db) if only_shows else database_of(settings_of(db=db)) as database:
        with file.open("rb") as opened:
            reading = importing.read_file(file.name, opened.read(importing.LARGEST_FILE + 1))
        database.create()
        try:
            with database.reading() as connection:
                preview = importing.preview_of(connection, reading, code)
            click.echo(preview_in_words(preview, language()))
            if only_shows or not preview.can_be_taken:
                sys.exit(0 if preview.can_be_taken else 1)
            with database.writing() as connection:
                plan = importing.take(connection, preview)
        except Refused as refused:
            fail(refused.said)
    click.echo(_("“{title}” is set up. Next: run.py rehearse {code}").format(title=plan.name, code=plan.code))


@contextmanager
def _looked_at(db: str | None) -> Iterator[Any]:
    """The database; where there is none, an empty one that is gone afterwards: none is made by looking."""
    from app.rehearsal import stage

    settings = settings_of(db=db)
    if stage.exists(settings.db):
        with database_of(settings) as database:
            yield database
    else:
        with stage.scratch() as empty, database_of(replace(settings, db=empty)) as database:
            yield database
