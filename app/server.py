"""Starting a server: the tables, the shipped meetings, the keys, uvicorn with our wire."""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from socket import socket
from typing import TYPE_CHECKING, Any

import uvicorn
from litestar import Litestar

from app import clock
from app.live.wire import WireProtocol
from app.main import create_app
from app.network.addresses import lan_addresses, listened_on
from app.network.names import names_of_this_machine
from app.network.open_files import files_allowed
from app.settings import Settings
from app.store import plans, proofs, secret
from app.store.database import Database
from app.web.gate.threshold import SECONDS_FOR_A_HEAD, Threshold, files_beside_sockets

if TYPE_CHECKING:
    from app.network.tls import Pair

logger = logging.getLogger("kaimen.server")

LARGEST_MESSAGE = 64 * 1024
LONGEST_QUEUE = 2048
"""Connections that may wait to be accepted."""
LONGEST_UPLOAD = timedelta(hours=1)
"""Longer than anybody's takes, from its content to its entry."""
SECONDS_TO_SAY_GOODBYE = 5
SWITCH_INTERVAL = 0.001
"""Seconds for which a thread that reckons may keep the interpreter from others; Python's own are five times as many."""


def prepare(database: Database) -> bool:
    """Make the tables, and at the first start the shipped meetings. True if this was it. Raises DatabaseUnusable."""
    database.create()
    with database.preparing() as connection:
        secret.make(connection)
        if plans.codes(connection):
            return False
        from app.papers.plan.textfile import shipped_plans  # the first start alone reads them

        for plan in shipped_plans():
            plans.save(connection, plan)
        return True


def clear_away(database: Database) -> None:
    """Proofs that came in as an earlier server was killed, and of which nobody was told that they were taken.

    A server on a file is alone there; on PostgreSQL another may just be about to name what it has kept.
    """
    with database.preparing() as connection:
        since = timedelta(0) if database.is_sqlite else LONGEST_UPLOAD
        if gone := proofs.forget_unnamed(connection, clock.now() - since):
            logger.warning("%d files that were handed in and never recorded were cleared away", gone)


def within_files(settings: Settings) -> Settings:
    """The settings with no more live connections than there can be files."""
    files = files_allowed()
    if files is None or files - files_beside_sockets(files) >= settings.most_sockets:
        return settings
    return replace(settings, most_sockets=max(files - files_beside_sockets(files), 1))


def let_threads_take_turns() -> None:
    """At every statement the thread that writes the record waits for the others: it is not to be for long."""
    sys.setswitchinterval(SWITCH_INTERVAL)


def certificate_for(settings: Settings) -> "Pair":
    """What https is served with: the certificate given, or one of our own for all the names there are by now.

    Raises CertificateUnusable, OSError.
    """
    from app.network.tls import authority_beside, given_pair, now  # many halls do without

    if settings.cert:
        return given_pair(settings.cert, settings.key or settings.cert)
    return authority_beside(settings.db).certify(names_of_this_machine(lan_addresses()), now())


class Server(uvicorn.Server):
    """uvicorn, with a word when it listens; with https on one port and http beside it on another, if TLS is on."""

    def __init__(self, settings: Settings, on_listening: Callable[[], None]) -> None:
        app = create_app(settings)
        threshold = Threshold(files_allowed(), app.state["venue"].turns, app.state["quick_door"].takes)
        in_the_clear = _config(app, settings, threshold, settings.port)
        if settings.tls:
            super().__init__(_config(app, settings, threshold, settings.tls_port, certificate_for(settings)))
        else:
            super().__init__(in_the_clear)
        self._beside = in_the_clear if settings.tls else None
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start the application as uvicorn does, and listen in our own way: not even TLS may begin without an end."""
        await super().startup(sockets=[])
        if not self.started:
            return
        try:
            await self._listen_by_both(sockets or [])
        except OSError as error:
            logger.warning("%s", error)
            await self.lifespan.shutdown()
            self.started = False
            self.should_exit = True
        else:
            self._on_listening()

    async def _listen_by_both(self, sockets: list[socket]) -> None:
        for each in sockets:
            await self._listen(self.config, sock=each)
        if not sockets:
            await self._listen(self.config, host=listened_on(self.config.host), port=self.config.port)
        if self._beside:
            self._beside.load()
            await self._listen(self._beside, host=listened_on(self._beside.host), port=self._beside.port)

    async def _listen(self, config: uvicorn.Config, **where: Any) -> None:
        """All listeners serve one application, and end together."""

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = config.http_protocol_class(  # type: ignore[call-arg]
                config=config, server_state=self.server_state, app_state=self.lifespan.state
            )
            return made

        self.servers.append(
            await asyncio.get_running_loop().create_server(
                protocol,
                **where,
                backlog=config.backlog,
                ssl=config.ssl,
                ssl_handshake_timeout=SECONDS_FOR_A_HEAD if config.ssl else None,
            )
        )


def _config(
    app: Litestar, settings: Settings, threshold: Threshold, port: int, pair: "Pair | None" = None
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=port,
        ssl_certfile=pair.certificate if pair else None,
        ssl_keyfile=pair.key if pair else None,
        http=threshold.protocol,  # type: ignore[arg-type]  # uvicorn calls it, and nothing else
        ws=WireProtocol,
        ws_max_size=LARGEST_MESSAGE,
        backlog=min(LONGEST_QUEUE, threshold.kept_free or LONGEST_QUEUE),
        timeout_graceful_shutdown=SECONDS_TO_SAY_GOODBYE,
        # Addresses hold the tokens of links: requests are not logged.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
