"""The command line of Kaimen: ``run.py`` alone starts the server."""

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import rich_click as click

from app.commandline.console import in_words, language_of_terminal, qr_code, write_what_can_be_written
from app.language import catalogue, say
from app.network.addresses import at_home, base_url, seen_here
from app.settings import Settings, SettingWrong
from app.store.keys import Role

LANGUAGE = language_of_terminal()
_ = catalogue(LANGUAGE).gettext


@click.group(help=_("Kaimen runs an open review meeting. Without a command it starts the server."))
def main() -> None:
    pass


def with_db(command: Any) -> Any:
    """The option that every command takes."""
    return click.option("--db", help=_("The database: a file (SQLite) or a postgresql:// url."))(command)


def with_listening(command: Any) -> Any:
    """The options of how a server listens."""
    for option in (
        click.option("--key", help=_("The private key of that certificate (PEM).")),
        click.option("--cert", help=_("A certificate from elsewhere (PEM, with its chain) for https.")),
        click.option("--tls-port", type=click.IntRange(0, 65535), help=_("The port for https.")),
        click.option(
            "--tls", is_flag=True, help=_("Serve https as well, with a certificate made here if none is given.")
        ),
        click.option("--port", type=click.IntRange(0, 65535), help=_("The port to listen on.")),
        click.option("--host", help=_("The address to listen on; 0.0.0.0 lets the hall in.")),
    ):
        command = option(command)
    return command


@main.command(help=_("Start the server (the command without a name)."))
@with_db
@with_listening
@click.option("--open", "opens", is_flag=True, help=_("Open the lobby in this machine's browser."))
def serve(opens: bool, tls: bool, **given: Any) -> None:
    gc.disable()  # a start makes little garbage; ``spare_the_collector`` enables it again
    from app import clock
    from app.commandline.greeting import ways_in
    from app.server import (
        Server,
        allow_many_sockets,
        let_threads_take_turns,
        prepare,
        spare_the_collector,
        within_files,
    )
    from app.store.lock import Lock
    from app.web.terminal import terminal_of

    settings = _settings(tls=tls or None, **given)
    lock = Lock(settings.db)
    with _explained():
        lock.take(f"{settings.host}:{settings.port}")
        with _database(settings) as database:
            prepare(database)
            with database.preparing() as connection:
                shown = ways_in(connection, terminal_of(settings), clock.now())
        _must_be_free(settings)
        allow_many_sockets()
        let_threads_take_turns()
        possible = within_files(settings)

        def greet() -> None:
            spare_the_collector()
            _greet(settings, shown, opens)
            if possible.most_sockets < settings.most_sockets:
                _warn_of_few_files(possible)

        server = Server(possible, on_listening=greet)
        with suppress(KeyboardInterrupt):
            server.run()
    lock.release()
    if not server.started:
        _fail(_("The server could not start."))


@main.command(help=_("Make and print links: a full set, or those of one role or seat. Without CODE: which there are."))
@click.argument("code", default="")
@with_db
@click.option("--role", type=click.Choice([role.value for role in Role]), help=_("Only those of this role."))
@click.option("--seat", help=_("Only that of this seat."))
@click.option("--url", help=_("The address the links begin with, if not the one found out."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
@click.option("--revoke", is_flag=True, help=_("Revoke every earlier link of this meeting."))
def links(
    code: str, db: str | None, role: str | None, seat: str | None, url: str | None, as_json: bool, revoke: bool
) -> None:
    from app.commandline.greeting import codes_in_words
    from app.server import prepare
    from app.store import keys
    from app.store.lock import Lock
    from app.web.links import full_set, links_for, organiser_link

    settings = _settings(db=db)
    with _explained(), _database(settings) as database:
        prepare(database)
        if not code:
            with database.reading() as connection:
                click.echo(codes_in_words(connection, LANGUAGE))
            return
        with database.writing() as connection:
            plan = _plan(connection, code)
            seats = [each.id for each in plan.seats]
            if seat is not None and seat not in seats:
                _fail(_("There is no seat “{seat}”. There are: {known}").format(seat=seat, known=", ".join(seats)))
            only = Role.SEAT if seat else Role(role) if role else None
            if revoke:
                keys.revoke(connection, None if only is Role.ORGANISER else code, only, seat, keys.COMMAND_LINE)
            wanted = [key for key in full_set(plan) if only in (None, key.role) and seat in (None, key.of)]
            made = links_for(connection, plan, wanted, "links")
            organiser = organiser_link(connection, "links") if only in (None, Role.ORGANISER) else ""
    settings = replace(settings, port=Lock(settings.db).port or settings.port)
    base = (url or base_url(settings, seen_here(settings))).rstrip("/")
    if as_json:
        click.echo(json.dumps({"code": code, **_as_json(base, organiser, made)}, ensure_ascii=False))
        return
    if organiser:
        click.echo(f"{_('Organiser')}\t{base}{organiser}")
    for name, path in _named(made):
        click.echo(f"{name}\t{base}{path}")


@main.command(help=_("Check a meeting's record: chain, replay, announced results, read tables."))
@click.argument("code")
@with_db
def verify(code: str, db: str | None) -> None:
    from app.commandline.backup import verdict_in_words
    from app.store.backup import as_it_is
    from app.store.verify import verify as verified

    with _explained(), as_it_is(_settings(db=db).db) as connection:
        _must_be_there(connection, code)
        verdict = verified(connection, code)
    for fault in verdict.faults:
        click.echo(say(fault, LANGUAGE), err=True)
    said = verdict_in_words(code, verdict, LANGUAGE)
    if not verdict.holds:
        _fail(said)
    click.echo(said)


@main.command(help=_("Write all there is into one file, also while the server runs; it restores into any database."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option("--force", is_flag=True, help=_("Write over a file that is already there."))
def backup(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.backup import make_backup

    with _explained():
        make_backup(_settings(db=db).db, file, force, LANGUAGE, click.echo)


@main.command(help=_("Make a database out of a backup, and check every record in it before and after."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option(
    "--force",
    is_flag=True,
    help=_("Take the place of a database that is there; restore records that do not hold as well."),
)
def restore(file: Path, db: str | None, force: bool) -> None:
    from app.commandline.backup import restore_backup

    with _explained():
        holds = restore_backup(file, _settings(db=db).db, force, LANGUAGE, click.echo)
    sys.exit(0 if holds else 1)


@main.command(help=_("Write a meeting's log (.jsonl) and results (.json) into a folder."))
@click.argument("code")
@with_db
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help=_("The folder."))
@click.option("--for-staff", is_flag=True, help=_("Also the results with every sheet's marks: not to be published."))
def export(code: str, db: str | None, folder: Path, for_staff: bool) -> None:
    from app.papers.record.exports import write_full_results, write_log, write_results
    from app.store.backup import as_it_is
    from app.store.files import OWNERS_FOLDER

    with _explained(), as_it_is(_settings(db=db).db) as connection:
        _must_be_there(connection, code)
        folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
        written = [write_log(connection, code, folder), write_results(connection, code, folder)]
        if for_staff:
            written.append(write_full_results(connection, code, folder))
    for path in written:
        click.echo(str(path))


@main.command(help=_("Write a workbook (.xlsx) or text (.toml) to fill in: an example, or a meeting."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_db
@click.option("--code", help=_("This meeting in place of the example."))
@click.option("--force", is_flag=True, help=_("Write over a file that is already there."))
def template(file: Path, db: str | None, code: str | None, force: bool) -> None:
    from app.papers.plan.template import WRITERS
    from app.store.backup import as_it_is
    from app.store.files import write_private

    if file.suffix.lower() not in WRITERS:
        _fail(_("A template ends in .xlsx or .toml: {file}").format(file=file))
    if file.exists() and not force:
        _fail(_("{file} is already there. Write over it with --force.").format(file=file))
    with _explained():
        plan = None
        if code is not None:
            with as_it_is(_settings(db=db).db) as connection:
                plan = _plan(connection, code)
        write_private(file, WRITERS[file.suffix.lower()](plan))
    click.echo(str(file))


@main.command("import", help=_("Take a meeting from a workbook (.xlsx) or text (.toml): all of it, or nothing."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_db
@click.option("--preview", "only_shows", is_flag=True, help=_("Only show what is wrong and what would change."))
@click.option("--code", help=_("Give the meeting this code, or put it in place of the one that has it."))
def import_(file: Path, db: str | None, only_shows: bool, code: str | None) -> None:
    from app.meeting.refusals import Refused
    from app.papers.plan import importing
    from app.papers.plan.telling import preview_in_words

    with _explained(), _database(_settings(db=db)) as database:
        with file.open("rb") as opened:
            reading = importing.read_file(file.name, opened.read(importing.LARGEST_FILE + 1))
        database.create()
        try:
            with database.reading() as connection:
                preview = importing.preview_of(connection, reading, code)
            click.echo(preview_in_words(preview, LANGUAGE))
            if only_shows or not preview.can_be_taken:
                sys.exit(0 if preview.can_be_taken else 1)
            with database.writing() as connection:
                plan = importing.take(connection, preview)
        except Refused as refused:
            _fail(say(refused.said, LANGUAGE))
    click.echo(_("“{title}” is set up. Next: run.py rehearse {code}").format(title=plan.title, code=plan.code))


@main.command(help=_("Let bots play a rehearsal of a meeting over real sockets, and hold their answers to the record."))
@click.argument("code")
@with_db
@click.option(
    "--url", help=_("Play on this running server and its database; without it, on a server and database of its own.")
)
@click.option("--phones", type=click.IntRange(0), default=0, help=_("So many phones follow."))
@click.option("--speed", type=click.FloatRange(0, min_open=True), default=600, help=_("1 is real time."))
@click.option("--keep", "keeps", is_flag=True, help=_("Do not throw the rehearsal away afterwards."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def rehearse(code: str, db: str | None, url: str | None, phones: int, speed: float, keeps: bool, as_json: bool) -> None:
    from app.rehearsal import stage
    from app.rehearsal.rehearse import rehearse_as_asked
    from app.rehearsal.tempo import Tempo
    from app.rehearsal.terminal import report_in_words

    settings = _settings(db=db)
    with _explained(), _rehearsed():
        if url and not stage.exists(settings.db):
            _fail(_("There is no database {db}. Name the one of the server with --db.").format(db=settings.db))
        plan = _chosen(stage.plans_of(settings.db), code)
        report = rehearse_as_asked(settings.db, plan, Tempo(speed), phones, url, keeps)
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
    from app.store.lock import Lock

    settings = _settings(host=host, port=port)
    with _explained(), _rehearsed(), suppress(KeyboardInterrupt):
        _must_be_free(settings)
        if db:
            Lock(db).must_be_free()
            _chosen(plans_of(db), CODE)
        with demonstration(db, settings.host, settings.port) as running:
            base = base_url(settings, f"{settings.host}:{running.server.port}")
            click.echo(invitation(base, running.links, _) + "\n" + _("The bots begin now. Stop with Ctrl+C."))
            if opens:
                click.launch(f"{running.server.url}/{running.code}/display")
            with _rehearsed(goes_on=True):
                running.play()
                click.echo(_("The meeting is over. The server stays up; stop with Ctrl+C."))
            running.stay()


@main.command(help=_("Look over machine, network, database, certificate and browsers before a meeting."))
@with_db
@with_listening
@click.option("--url", help=_("Ask this running server as well."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def doctor(url: str | None, tls: bool, as_json: bool, **given: Any) -> None:
    from app.doctor import Level, examine
    from app.doctor.finding import in_words

    found = []
    for finding in examine(_settings(tls=tls or None, **given), url, _):
        found.append(finding)
        if not as_json:
            click.echo(in_words(finding, _))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
    sys.exit(1 if any(each.level is Level.PROBLEM for each in found) else 0)


@main.command(help=_("Measure the server beside a plain one, in the same run."))
@click.argument("name", type=click.Choice(["fanout", "step", "tap", "submit", "memory", "guests", "all"]))
@with_db
@click.option("--clients", help=_("How many, with commas between several numbers; with “all”, of the fan-out."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def bench(name: str, db: str | None, clients: str | None, as_json: bool) -> None:
    from app.bench import BENCHES, run
    from app.bench.rows import in_words

    numbers = _numbers(clients)
    rows, shown = list[Any](), 0
    with _explained(), _rehearsed():
        for each in BENCHES if name == "all" else [name]:
            rows += run(each, db, numbers if each in (name, "fanout") else None)
            if not as_json:
                click.echo("\n".join(map(in_words, rows[shown:])))
                shown = len(rows)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))


# --- what the commands share ------------------------------------------------------------------------------------------


def _settings(**given: str | int | bool | None) -> Settings:
    try:
        return Settings.of_environment(**given)
    except SettingWrong as error:
        _fail(say(error.said, LANGUAGE))
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

    from app.network.tls import CertificateUnusable
    from app.store.database import DatabaseUnusable

    try:
        yield
    except DatabaseUnusable as error:
        _fail(say(error.said, LANGUAGE))
    except sa.exc.SQLAlchemyError as error:
        _fail(_("The database does not answer: {cause}").format(cause=getattr(error, "orig", None) or error))
    except CertificateUnusable as error:
        _fail(_("The certificate cannot be used: {cause}").format(cause=error))
    except OSError as error:
        _fail(in_words(error, LANGUAGE))


def _plan(connection: Any, code: str) -> Any:
    from app.store import plans

    _must_be_there(connection, code)
    return plans.load(connection, code)


def _must_be_there(connection: Any, code: str) -> None:
    from app.store import plans

    codes = plans.codes(connection)
    if code not in codes:
        known = ", ".join(codes) or "—"
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


def _named(links: Any) -> Iterator[tuple[str, str]]:
    """The links of one meeting, each with the name of whom it is for."""
    names = {
        Role.MODERATOR: _("Moderator"),
        Role.OPERATOR: _("Operator"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.GUEST: _("Guest"),
    }
    for role, path in links.staff.items():
        yield names[role], path
    for name, path in links.displays.items():
        yield f"{_('Display')} {name}", path
    for seat, path in links.seats.items():
        yield links.labels[seat], path


def _as_json(base: str, organiser: str, links: Any) -> dict[str, Any]:
    staff = {"organiser": organiser, **{str(role): path for role, path in links.staff.items()}}
    return {
        **{role: base + path for role, path in staff.items() if path},
        "displays": {name: base + path for name, path in links.displays.items()},
        "seats": {seat: base + path for seat, path in links.seats.items()},
    }


def _must_be_free(settings: Settings) -> None:
    from app.network.addresses import cause_of_no_port

    for port, option in ((settings.port, "--port"), (settings.tls_port if settings.tls else 0, "--tls-port")):
        if cause := cause_of_no_port(settings.host, port):
            text = _("Cannot listen on {host}:{port} ({cause}). Choose another port with {option}.")
            _fail(text.format(host=settings.host, port=port, cause=cause, option=option))


def _greet(settings: Settings, shown: Any, opens: bool) -> None:
    from app.commandline.greeting import greeting

    if settings.tls and not settings.cert:
        _greet_with_trust(settings)
    code = qr_code(base_url(settings, seen_here(settings)) + shown.moderator) if shown.moderator else ""
    click.echo(greeting(settings, shown, LANGUAGE, code))
    if opens:
        click.launch(f"http://{at_home(settings)}/")


def _warn_of_few_files(settings: Settings) -> None:
    text = _("There is room for {sockets} screens and phones: this system lets one program open few files.")
    click.echo(text.format(sockets=settings.most_sockets))
    click.echo(_("If more are expected, raise the limit with ulimit -n before the start."))


def _greet_with_trust(settings: Settings) -> None:
    from app.network.addresses import open_url
    from app.network.tls import authority_beside, fingerprint

    address = open_url(settings, seen_here(settings)) + "/trust"
    root = authority_beside(settings.db).root.load()
    click.echo(
        _("Devices of staff and panel first go to {address} and install this server's certificate,").format(
            address=address
        )
    )
    click.echo(_("whose fingerprint (SHA-256) is {fingerprint}").format(fingerprint=fingerprint(root)))


def _with_default_command(arguments: list[str]) -> list[str]:
    """``run.py --port 80`` means ``run.py serve --port 80``."""
    names_a_command = bool(arguments) and (arguments[0] in main.commands or arguments[0] == "--help")
    return arguments if names_a_command else ["serve", *arguments]


if __name__ == "__main__":
    write_what_can_be_written()
    main(_with_default_command(sys.argv[1:]))
