"""``run.py erase``: the names of people out of the database, once they have served."""

import rich_click as click

from app.commandline.shared import _, database_of, explained, must_be_there, settings_of, with_db


@click.command(help=_("Erase the names of a meeting's people. Its record stays as it is, and holds."))
@click.argument("code")
@with_db
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def erase(code: str, db: str | None, yes: bool) -> None:
    from app.rehearsal import stage
    from app.store import persons
    from app.store.database import DatabaseUnusable

    settings = settings_of(db=db)
    with explained(), database_of(settings) as database:
        if not stage.exists(settings.db):
            raise DatabaseUnusable("database.none", file=settings.db)
        database.create()
        with database.reading() as connection:
            must_be_there(connection, code)
            number = len(persons.persons_of(connection, code).known)
        if number and not yes:
            click.confirm(_("Erase the names of {number} people for ever?").format(number=number), abort=True)
        with database.writing() as connection:
            number = persons.erase(connection, code)
        database.checkpoint()
    click.echo(_("Erased: {number}. Backups made before still have them.").format(number=number))
