"""``run.py serve``, the command without a name: it starts the server."""

import gc
from contextlib import suppress
from pathlib import Path
from typing import Any

import rich_click as click

from app.commandline.shared import (
    _,
    database_of,
    explained,
    fail,
    language,
    must_be_free,
    settings_of,
    with_db,
    with_listening,
)
from app.commandline.terminal import qr_code
from app.meeting.refusals import Said
from app.network.addresses import at_home, base_url, seen_here
from app.settings import Settings


@click.command(help=_("Start the server (the command without a name)."))
@with_db
@with_listening
@click.option("--open", "opens", is_flag=True, help=_("Open the lobby in this machine's browser."))
@click.option("--ends-with-parent", "is_child", is_flag=True, hidden=True)
@click.option("--days", type=click.Path(path_type=Path, exists=True, dir_okay=False), hidden=True)
def serve(opens: bool, tls: bool, is_child: bool, days: Path | None, **given: Any) -> None:
    gc.disable()  # a start makes little garbage; ``looks_at_what_is_young`` enables it again
    if is_child:
        from app.rehearsal.parent import ends_with_parent

        ends_with_parent()
    from app.live.collector import looks_at_what_is_young
    from app.network.open_files import allow_many_sockets
    from app.server import Server, let_threads_take_turns, within_files
    from app.store.lock import Lock

    settings = settings_of(tls=tls or None, **given)
    lock = Lock(settings.db)
    with explained():
        lock.take(f"{settings.host}:{settings.port}")
        shown = _prepared(settings, days)
        must_be_free(settings)
        allow_many_sockets()
        let_threads_take_turns()
        possible = within_files(settings)

        def greet() -> None:
            looks_at_what_is_young()
            _greet(settings, shown, opens)
            if possible.most_sockets < settings.most_sockets:
                _warn_of_few_files(possible)

        server = Server(possible, on_listening=greet)
        with suppress(KeyboardInterrupt):
            server.run()
    lock.release()
    if not server.started:
        fail(Said("trouble.not_ready"))


def _prepared(settings: Settings, days: Path | None) -> Any:
    """What the terminal shows of a database that is ready to be served."""
    from app import clock
    from app.commandline.greeting import ways_in
    from app.server import clear_away, prepare
    from app.web.terminal import terminal_of

    with database_of(settings) as database:
        prepare(database)
        if days:
            from app.rehearsal.days import go_by

            go_by(days, database)
        clear_away(database)
        with database.preparing() as connection:
            return ways_in(connection, terminal_of(settings), clock.now())


def _greet(settings: Settings, shown: Any, opens: bool) -> None:
    from app.commandline.greeting import greeting

    if settings.tls and not settings.cert:
        _greet_with_trust(settings)
    code = qr_code(base_url(settings, seen_here(settings)) + shown.moderator) if shown.moderator else ""
    click.echo(greeting(settings, shown, language(), code))
    if opens:
        click.launch(f"http://{at_home(settings)}/")


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


def _warn_of_few_files(settings: Settings) -> None:
    text = _("There is room for {sockets} screens and phones: this system lets one program open only a few files.")
    click.echo(text.format(sockets=settings.most_sockets))
    click.echo(_("If more are expected, raise the limit with ulimit -n before the start."))
