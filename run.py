"""The command line of Kaimen: ``run.py`` alone starts the server."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import rich_click as click
import segno

from app.language import Language, catalogue, say
from app.settings import Settings
from app.web.addresses import base_url

LANGUAGE = Language.ENGLISH if os.environ.get("LANG", "").startswith("en") else Language.CHINESE
_ = catalogue(LANGUAGE).gettext


@click.group(help=_("Kaimen runs an open review meeting. Without a command it starts the server."))
def main() -> None:
    pass


def with_db(command: Any) -> Any:
    """The option that every command takes."""
    return click.option("--db", help=_("The database: a file (SQLite) or a postgresql:// url."))(command)


@main.command(help=_("Start the server (the command without a name)."))
@with_db
@click.option("--host", help=_("The address to listen on; 0.0.0.0 lets the hall in."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("The port to listen on."))
@click.option("--open", "opens", is_flag=True, help=_("Open the lobby in this machine's browser."))
def serve(db: str | None, host: str | None, port: int | None, opens: bool) -> None:
    from app.server import Server, allow_many_sockets, links_to_show, prepare

    settings = _settings(db=db, host=host, port=port)
    with _explained():
        with _database(settings) as database:
            links = links_to_show(database, is_first_start=prepare(database))
        _must_be_free(settings)
        allow_many_sockets()
        server = Server(settings, on_listening=lambda: _greet(settings, links, opens))
        with suppress(KeyboardInterrupt):
            server.run()
    if not server.started:
        _fail(_("The server could not start."))


@main.command(help=_("Make and print a full set of links: the moderator's and one for each seat."))
@click.argument("code")
@with_db
@click.option("--url", help=_("The address the links begin with, if not the one found out."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
@click.option("--revoke", is_flag=True, help=_("Revoke every earlier link of this meeting."))
def links(code: str, db: str | None, url: str | None, as_json: bool, revoke: bool) -> None:
    from app.server import prepare
    from app.store import keys, plans
    from app.web.links import make_links

    settings = _settings(db=db)
    with _explained(), _database(settings) as database:
        prepare(database)
        with database.writing() as connection:
            plan = _plan(connection, code)
            if revoke:
                keys.revoke(connection, code)
            made = make_links(connection, plan, "links")
            labels = {seat.id: seat.label for seat in plans.load(connection, code).seats}
    base = (url or base_url(settings, f"127.0.0.1:{settings.port}")).rstrip("/")
    if as_json:
        seats = {seat: base + path for seat, path in made.seats.items()}
        click.echo(json.dumps({"code": code, "moderator": base + made.moderator, "seats": seats}, ensure_ascii=False))
        return
    click.echo(f"{_('Moderator')}\t{base}{made.moderator}")
    for seat, path in made.seats.items():
        click.echo(f"{labels[seat]}\t{base}{path}")


@main.command(help=_("Check a meeting's record: chain, replay, announced results, read tables."))
@click.argument("code")
@with_db
def verify(code: str, db: str | None) -> None:
    from app.store.verify import verify as verified

    with _explained(), _database(_settings(db=db)) as database:
        database.create()
        with database.reading() as session:
            connection = session.connection()
            _plan(connection, code)
            verdict = verified(connection, code)
    for fault in verdict.faults:
        click.echo(fault, err=True)
    if not verdict.holds:
        _fail(_("The record does not hold."))
    click.echo(
        _("The record holds: {entries} entries, last seal {seal}.").format(entries=verdict.entries, seal=verdict.seal)
    )


@main.command(help=_("Write a meeting's log (.jsonl) and results (.json) into a folder."))
@click.argument("code")
@with_db
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder."))
def export(code: str, db: str | None, folder: Path) -> None:
    from app.papers.exports import write_log, write_results

    with _explained(), _database(_settings(db=db)) as database:
        database.create()
        folder.mkdir(parents=True, exist_ok=True)
        with database.reading() as session:
            connection = session.connection()
            _plan(connection, code)
            written = [write_log(connection, code, folder), write_results(connection, code, folder)]
    for path in written:
        click.echo(str(path))


@main.command(help=_("Let bots play a meeting over its real sockets, and hold their answers against the record."))
@click.argument("code")
@with_db
@click.option("--url", help=_("Play on this running server and its database; without it, on a copy of the plan."))
@click.option("--phones", type=click.IntRange(0), default=0, help=_("So many phones follow."))
@click.option("--speed", type=click.FloatRange(0, min_open=True), default=600, help=_("1 is real time."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def rehearse(code: str, db: str | None, url: str | None, phones: int, speed: float, as_json: bool) -> None:
    from app.rehearsal import stage
    from app.rehearsal.rehearse import rehearse as played
    from app.rehearsal.rehearse import rehearse_at
    from app.rehearsal.tempo import Tempo
    from app.rehearsal.terminal import report_in_words

    settings = _settings(db=db)
    with _explained(), _rehearsed():
        if url and not stage.exists(settings.db):
            _fail(_("There is no database {db}. Name the one of the server with --db.").format(db=settings.db))
        plan = _chosen(stage.plans_of(settings.db), code)
        if url:
            with _database(settings) as database:
                report = rehearse_at(url, database, code, Tempo(speed), phones)
        else:
            report = played(plan, Tempo(speed), phones)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report_in_words(report, _))
    sys.exit(0 if report.is_good else 1)


@main.command(help=_("Start a server on a scratch database, with bots that play the meeting “demo” on it."))
@with_db
@click.option("--host", help=_("The address to listen on; 0.0.0.0 lets the hall in."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("The port to listen on."))
@click.option("--open", "opens", is_flag=True, help=_("Open the display in this machine's browser."))
def demo(db: str | None, host: str | None, port: int | None, opens: bool) -> None:
    from app.rehearsal.demo import CODE, demonstration
    from app.rehearsal.stage import plans_of
    from app.rehearsal.terminal import invitation

    settings = _settings(host=host, port=port)
    with _explained(), _rehearsed(), suppress(KeyboardInterrupt):
        _must_be_free(settings)
        if db:
            _chosen(plans_of(db), CODE)
        with demonstration(db, settings.host, settings.port) as running:
            base = base_url(settings, f"{settings.host}:{running.server.port}")
            click.echo(invitation(base, running.links, _) + "\n" + _("The bots begin now. Stop with Ctrl+C."))
            if opens:
                click.launch(f"{running.server.url}/{CODE}/display")
            with _rehearsed(goes_on=True):
                running.play()
                click.echo(_("The meeting is over. The server stays up; stop with Ctrl+C."))
            running.stay()


@main.command(help=_("Measure the server beside a plain one, in the same run."))
@click.argument("name", type=click.Choice(["fanout", "step", "submit", "memory", "all"]))
@with_db
@click.option("--clients", help=_("How many, with commas between several numbers; with “all”, of the fan-out."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def bench(name: str, db: str | None, clients: str | None, as_json: bool) -> None:
    from app.rehearsal.bench import BENCHES, run
    from app.rehearsal.terminal import row_in_words

    numbers = _numbers(clients)
    rows, shown = list[Any](), 0
    with _explained(), _rehearsed():
        for each in BENCHES if name == "all" else [name]:
            rows += run(each, db, numbers if each in (name, "fanout") else None)
            if not as_json:
                click.echo("\n".join(map(row_in_words, rows[shown:])))
                shown = len(rows)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))


# --- what the commands share ------------------------------------------------------------------------------------------


def _settings(**given: str | int | None) -> Settings:
    try:
        return Settings.of_environment(**given)
    except ValueError as error:
        _fail(str(error))
        raise


@contextmanager
def _database(settings: Settings) -> Iterator[Any]:
    from app.store.database import Database

    database = Database(settings.db)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _explained() -> Iterator[None]:
    """Foreseeable failures as one sentence and exit code 1."""
    import sqlalchemy as sa

    from app.store.database import DatabaseUnusable

    try:
        yield
    except DatabaseUnusable as error:
        _fail(say(error.said, LANGUAGE))
    except sa.exc.SQLAlchemyError as error:
        _fail(_("The database does not answer: {cause}").format(cause=getattr(error, "orig", None) or error))
    except OSError as error:
        _fail(str(error))


def _plan(connection: Any, code: str) -> Any:
    from app.store import plans

    try:
        return plans.load(connection, code)
    except KeyError:
        known = ", ".join(plans.codes(connection)) or "—"
        _fail(_("There is no meeting “{code}”. There are: {known}").format(code=code, known=known))


def _fail(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


def _chosen(plans: dict[str, Any], code: str) -> Any:
    if code not in plans:
        _fail(_("There is no meeting “{code}”. There are: {known}").format(code=code, known=", ".join(plans)))
    return plans[code]


@contextmanager
def _rehearsed(goes_on: bool = False) -> Iterator[None]:
    """What can foreseeably go wrong with bots, as one sentence; exit code 1 unless it ``goes_on``."""
    from app.rehearsal.terminal import FORESEEN, trouble_in_words

    try:
        yield
    except FORESEEN as trouble:
        click.echo(trouble_in_words(trouble, _), err=True)
        if not goes_on:
            sys.exit(1)


def _numbers(text: str | None) -> list[int] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        _fail(_("Numbers of clients look like this: 200,1000,3000"))
    return [int(part) for part in parts]


def _must_be_free(settings: Settings) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:  # the second: no port has such a number
            text = _("Cannot listen on {host}:{port} ({cause}). Choose another port with --port.")
            cause = getattr(error, "strerror", None) or error
            _fail(text.format(host=settings.host, port=settings.port, cause=cause))


def _greet(settings: Settings, all_links: list[Any], opens: bool) -> None:
    base = base_url(settings, f"{settings.host}:{settings.port}")
    click.echo(_("Kaimen is ready: {address}").format(address=base + "/"))
    for links in all_links:
        click.echo(f"\n{links.title} ({links.code})\n  {_('Moderator')}\t{base}{links.moderator}")
        for seat, path in links.seats.items():
            click.echo(f"  {seat}\t{base}{path}")
    if all_links:
        click.echo("\n" + _("The moderator of “{title}” can scan this:").format(title=all_links[0].title))
        segno.make(base + all_links[0].moderator, error="l").terminal(compact=True)
    click.echo(_("New links: run.py links CODE. Stop with Ctrl+C."))
    if opens:
        click.launch(f"http://127.0.0.1:{settings.port}/")


def _with_default_command(arguments: list[str]) -> list[str]:
    """``run.py --port 80`` means ``run.py serve --port 80``."""
    names_a_command = bool(arguments) and (arguments[0] in main.commands or arguments[0] == "--help")
    return arguments if names_a_command else ["serve", *arguments]


if __name__ == "__main__":
    main(_with_default_command(sys.argv[1:]))
