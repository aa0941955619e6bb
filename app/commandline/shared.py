"""What the commands share: options, settings, a database, and failures as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import rich_click as click

from app.commandline.terminal import in_words, language_of_terminal
from app.language import Language, catalogue, say
from app.meeting.refusals import Said
from app.settings import Settings, SettingWrong

LANGUAGE = language_of_terminal()


def language() -> Language:
    return LANGUAGE


def _(text: str) -> str:
    return catalogue(LANGUAGE).gettext(text)


def with_db(command: Any) -> Any:
    """The option that every command takes."""
    return click.option("--db", help=_("The database: a file (SQLite) or a postgresql:// url."))(command)


def with_listening(command: Any) -> Any:
    """The options of how a server listens."""
    for option in (
        click.option("--key", help=_("The private key of that certificate (PEM).")),
        click.option("--cert", help=_("Your own certificate for https (PEM, with its chain).")),
        click.option("--tls-port", type=click.IntRange(0, 65535), help=_("The port for https.")),
        click.option(
            "--tls", is_flag=True, help=_("Serve https as well, with a certificate made here if none is given.")
        ),
        click.option("--port", type=click.IntRange(0, 65535), help=_("The port to listen on.")),
        click.option("--host", help=_("The address to listen on; 0.0.0.0 lets the hall in.")),
    ):
        command = option(command)
    return command


def settings_of(**given: str | int | bool | None) -> Settings:
    try:
        return Settings.of_environment(**given)
    except SettingWrong as error:
        fail(error.said)


@contextmanager
def database_of(settings: Settings) -> Iterator[Any]:
    from app.store.database import Database

    database = Database(settings.db)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def explained() -> Iterator[None]:
    """Foreseeable failures as one sentence and exit code 1."""
    import sqlalchemy as sa

    from app.network import CertificateUnusable
    from app.store.database import DatabaseUnusable

    try:
        yield
    except DatabaseUnusable as error:
        fail(error.said)
    except sa.exc.SQLAlchemyError as error:
        fail(Said("command.no_answer", {"cause": str(getattr(error, "orig", None) or error)}))
    except CertificateUnusable as error:
        fail(Said("command.certificate", {"cause": str(error)}))
    except OSError as error:
        fail_with(in_words(error, language()))


def plan_of(connection: Any, code: str) -> Any:
    from app.store import plans

    must_be_there(connection, code)
    return plans.load(connection, code)


def must_be_there(connection: Any, code: str) -> None:
    from app.store import plans

    codes = plans.codes(connection)
    if code not in codes:
        fail(Said("command.no_meeting", {"code": code, "known": tuple(codes) or "—"}))


def chosen(plans: dict[str, Any], code: str) -> Any:
    if code not in plans:
        fail(Said("command.no_meeting", {"code": code, "known": tuple(plans)}))
    return plans[code]


def fail(said: Said) -> NoReturn:
    fail_with(say(said, language()))


def fail_with(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


@contextmanager
def rehearsed(goes_on: bool = False) -> Iterator[None]:
    """What can foreseeably go wrong with bots, as one sentence; exit code 1 unless it ``goes_on``."""
    from app.rehearsal.process import NotReady
    from app.rehearsal.troubles import RehearsalFailed

    try:
        yield
    except (RehearsalFailed, NotReady) as trouble:
        click.echo(say(trouble.said, language()), err=True)
        if not goes_on:
            sys.exit(1)


def must_be_free(settings: Settings) -> None:
    from app.network.addresses import cause_of_no_port

    for port, option in ((settings.port, "--port"), (settings.tls_port if settings.tls else 0, "--tls-port")):
        if cause := cause_of_no_port(settings.host, port):
            fail(Said("command.port", {"host": settings.host, "port": port, "cause": cause, "option": option}))
