"""create_app(settings): the table of contents."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin

from app.live.painter import TEMPLATES, Painter
from app.live.venue import Venue
from app.rehearsal.standins import StandIns
from app.settings import Settings, networks
from app.store import secret
from app.store.database import Database
from app.store.reels import Reels
from app.store.secret import Secret
from app.web import desk, setup, unit
from app.web.browsers import Browsers
from app.web.desk.sieves import Sieves
from app.web.doorkeeper import Doorkeeper
from app.web.gate.doorstep import Doorstep, HearsOut, forget_requests
from app.web.gate.forms import LARGEST_FORM
from app.web.gate.gate import Gate
from app.web.gate.guard import meeting_entered, only_at_the_feed, visitor_let_in
from app.web.gate.guesses import Guesses
from app.web.gate.headers import add_security_headers
from app.web.gate.hosts import Hosts
from app.web.gate.restraint import Restraint
from app.web.locksmith import Locksmith
from app.web.page import refusal_page
from app.web.pages import (
    backups,
    checkable,
    checking,
    entrance,
    folder,
    health,
    join,
    judging,
    keyring,
    lobby,
    objecting,
    parts,
    people,
    presiding,
    printing,
    proof,
    public,
    raised,
    record,
    rehearsals,
    replay,
    screens,
    signing,
    static,
    trust,
    verifying,
)
from app.web.pages.static import StaticFiles
from app.web.phones import asking, ballots, receipts, snapshot, tickets
from app.web.phones.inflow import Inflow
from app.web.phones.listed import Listings
from app.web.phones.quick import QuickDoor
from app.web.phones.snapshot import Snapshots
from app.web.sockets.line import live
from app.web.uses import Uses

ROUTES = [
    lobby.lobby,
    *entrance.ROUTES,
    *keyring.ROUTES,
    *join.ROUTES,
    *parts.ROUTES,
    *people.ROUTES,
    *printing.ROUTES,
    *record.ROUTES,
    *checking.ROUTES,
    *replay.ROUTES,
    *screens.ROUTES,
    *judging.ROUTES,
    *ballots.ROUTES,
    *receipts.ROUTES,
    *snapshot.ROUTES,
    *tickets.ROUTES,
    *asking.ROUTES,
    *signing.ROUTES,
    *proof.ROUTES,
    *public.ROUTES,
    *checkable.ROUTES,
    *objecting.ROUTES,
    *raised.ROUTES,
    *presiding.ROUTES,
    *rehearsals.ROUTES,
    *backups.ROUTES,
    *folder.ROUTES,
    *trust.ROUTES,
    *setup.ROUTES,
    *unit.ROUTES,
    *desk.ROUTES,
    live,
    health.healthz,
    verifying.verifier,
    static.static_file,
]


class Application(Litestar):
    """Litestar without its ways for pydantic: our handlers take and give none of its models, and it is long to read."""

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def create_app(settings: Settings) -> Litestar:
    """The web application of one running Kaimen. The database must have its tables (``Database.create``)."""
    static_files = StaticFiles(TEMPLATES)
    painter = Painter(static_files.addresses, static_files.build, static_files.modules, static_files.inside)
    venue = Venue(Database(settings.db), painter, settings.most_sockets, settings.share_of_address)
    doorkeeper = Doorkeeper()
    venue.neighbours.watch(doorkeeper)
    hosts = Hosts(settings)
    bots, browsers, snapshots = StandIns(venue), Browsers(venue), Snapshots(venue)
    app = Application(
        route_handlers=ROUTES,
        dependencies={
            **_by_name(settings, venue, static_files),
            "bots": _given(bots),
            "doorkeeper": _given(doorkeeper),
            "snapshots": _given(snapshots),
            "meeting": Provide(meeting_entered, sync_to_thread=False),
            "visitor": Provide(visitor_let_in, sync_to_thread=False),
        },
        lifespan=[_life(venue, bots, settings)],
        state=_in_state(settings, venue, bots, hosts),
        exception_handlers={Exception: refusal_page},
        before_send=[add_security_headers],
        guards=[only_at_the_feed],
        middleware=[Gate(browsers.look)],
        compression_config=CompressionConfig(backend="gzip", exclude=["^/static/", *checkable.COMPRESSED]),
        request_max_body_size=LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
    )
    forget_requests(app)
    proxies = networks(settings.trusted_proxies)
    app.state.quick_door = QuickDoor(app, venue, snapshots, hosts, proxies)
    app.asgi_handler = Doorstep(HearsOut(app.asgi_handler), hosts, proxies)
    return app


def _by_name(settings: Settings, venue: Venue, static_files: StaticFiles) -> dict[str, Provide]:
    """What handlers ask for by name: one of each, for all of them."""
    things = {
        "venue": venue,
        "static": static_files,
        "guesses": Guesses(),
        "proofs": proof.Proofs(venue),
        "restraint": Restraint(),
        "sieves": Sieves(settings.question_words),
        "restraints": asking.Restraints(),
        "published": public.Published(venue, static_files),
        "checkable": checkable.Checkable(venue),
        "reels": Reels(),
        "locksmith": Locksmith(venue),
        "receipts": receipts.Receipts(venue),
    }
    return {name: _given(thing) for name, thing in things.items()}


def _in_state(settings: Settings, venue: Venue, bots: StandIns, hosts: Hosts) -> State:
    """What is needed where nothing can be asked for by name: before the handlers, and in what they share."""
    return State(
        {
            "venue": venue,
            "settings": settings,
            "bots": bots,
            "hosts": hosts,
            "uses": Uses(venue),
            "listings": Listings(venue),
            "inflow": Inflow(),
        }
    )


def _life(venue: Venue, bots: StandIns, settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """What is opened before the first request, and closed after the last."""

    @asynccontextmanager
    async def life(app: Litestar) -> AsyncIterator[None]:
        await venue.open()
        app.state.secret = await secret_of(venue, settings)
        yield
        await bots.close()
        await venue.close()

    return life


def _given(thing: Any) -> Provide:
    """The same thing for every handler that asks for it by name."""
    return Provide(lambda: thing, sync_to_thread=False)


async def secret_of(venue: Venue, settings: Settings) -> Secret:
    """The secret that was set, or else the database's, which is made if it has none."""
    kept = await venue.read(secret.find) or await venue.write(secret.make)
    return Secret(settings.secret or kept.value, kept.mark)
