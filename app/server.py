"""Starting a server: the tables, the shipped meetings, the keys, uvicorn with our wire."""

import sys
from collections.abc import Callable
from contextlib import suppress
from socket import socket

import uvicorn
from sqlalchemy.engine import Connection

from app.live.wire import WireProtocol
from app.main import create_app
from app.meeting.plan import Plan
from app.papers.textfile import shipped_plans
from app.settings import Settings
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Role
from app.web.links import Links, make_links, moderator_link

LABEL_OF_TERMINAL = "terminal"
LARGEST_MESSAGE = 64 * 1024
SECONDS_TO_SAY_GOODBYE = 5


def prepare(database: Database) -> bool:
    """Make the tables, and at the first start the shipped meetings. True if this was it. Raises DatabaseUnusable."""
    database.create()
    with database.preparing() as connection:
        if plans.codes(connection):
            return False
        for plan in shipped_plans():
            plans.save(connection, plan)
        return True


def links_to_show(database: Database, is_first_start: bool) -> list[Links]:
    """A moderator's link for each meeting, at the first start with those of all seats.

    A link that an earlier start showed and nobody used is forgotten, so that starting often does not pile up keys.
    """
    with database.preparing() as connection:
        all_plans = [plans.load(connection, code) for code in plans.codes(connection)]
        make = make_links if is_first_start else _moderators_alone
        return [make(connection, plan, LABEL_OF_TERMINAL) for plan in all_plans]


def allow_many_sockets() -> None:
    """As many open files as the system lets this user have: every phone is one."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _moderators_alone(connection: Connection, plan: Plan, label: str) -> Links:
    keys.forget_unused(connection, plan.code, Role.MODERATOR, label)
    return Links(plan.code, plan.title, moderator_link(connection, plan, label))


class Server(uvicorn.Server):
    """uvicorn, with a word when it listens."""

    def __init__(self, settings: Settings, on_listening: Callable[[], None]) -> None:
        super().__init__(_config(settings))
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_listening()


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        ws=WireProtocol,
        ws_max_size=LARGEST_MESSAGE,
        timeout_graceful_shutdown=SECONDS_TO_SAY_GOODBYE,
        # Addresses hold the tokens of links: requests are not logged.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
