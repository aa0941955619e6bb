"""``run.py erase``: names, signatures and questions of people out of the database, once they have served."""

from dataclasses import asdict

import rich_click as click

from app.commandline.shared import _, database_of, explained, fail, must_be_there, settings_of, with_db
from app.meeting.refusals import Said


@click.command(
    help=_("Erase a meeting's names, signatures and questions of the audience. Its record stays as it is, and holds.")
)
@click.argument("code")
@with_db
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def erase(code: str, db: str | None, yes: bool) -> None:
    from app.rehearsal import stage
    from app.store import erasing
    from app.store.database import DatabaseUnusable

    settings = settings_of(db=db)
    with explained(), database_of(settings) as database:
        if not stage.exists(settings.db):
            raise DatabaseUnusable("database.none", file=settings.db)
        database.create()
        with database.reading() as connection:
            must_be_there(connection, code)
            there = erasing.kept(connection, code)
        if there.is_anything and not yes:
            asked = _("Names: {names}; signatures: {signatures}; questions: {questions}. Erase them for ever?")
            click.confirm(asked.format(**asdict(there)), abort=True)
        with database.writing() as connection:
            there = erasing.erase(connection, code)
        is_out = database.checkpoint()
    said = _(
        "Erased: names {names}, signatures {signatures}, questions {questions}. Backups made before still have them."
    )
    click.echo(said.format(**asdict(there)))
    if not is_out:
        fail(Said("command.erased_but_in_files", {"file": settings.db}))
