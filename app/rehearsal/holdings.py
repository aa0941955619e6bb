"""What people hold of a meeting, and whether it answers after a restart of the server as it did before.

Links of every role, of the terminal as well; short codes; pages that are open, with their cookies; forms on them, with
the token they were made with.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.rehearsal.browser import FIELD_OF_TOKEN, Browser, Page
from app.rehearsal.process import ServerProcess
from app.rehearsal.stage import LABEL_OF_CAST, Cast
from app.store import codes, keys
from app.store.database import Database
from app.store.keys import Key, Role


class Means(StrEnum):
    TERMINAL = "terminal"
    LINK = "link"
    SESSION = "session"
    CODE = "code"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that somebody holds. ``role`` and ``of`` say whose: ``of`` is a seat, the name of a display, a code."""

    kind: Means
    role: Role
    of: str = ""


Answer = tuple[int, str, bool]
"""How something is answered: the status, where it leads, and whether it is what it says it is."""

Trial = Callable[[], Answer]


def everything(server: ServerProcess, database: Database, code: str, cast: Cast, organiser: str) -> dict[Held, Trial]:
    """Whatever was given out for a meeting, and how to try it as often as one likes."""
    held: dict[Held, Trial] = {}
    for link in server.links_shown():
        held[Held(Means.TERMINAL, _role_of(link), link.split("/")[1])] = _shown(server, link)
    for owner, link in _links(cast, organiser):
        held[Held(Means.LINK, *owner)] = _link(server.url, link)
        held[Held(Means.SESSION, *owner)] = _session(server.url, link)
    for key, typed in _codes(database, code, cast):
        held[Held(Means.CODE, key.role, key.of)] = _code(server.url, typed)
    held[Held(Means.FORM, Role.MODERATOR)] = _form(server.url, code, cast)
    return held


def _links(cast: Cast, organiser: str) -> Iterator[tuple[tuple[Role, str], str]]:
    yield (Role.ORGANISER, ""), organiser
    for role, link in cast.links.staff.items():
        yield (role, ""), link
    for name, link in cast.links.displays.items():
        yield (Role.DISPLAY, name), link
    for seat, link in cast.links.seats.items():
        yield (Role.SEAT, seat), link


def _role_of(link: str) -> Role:
    return Role.ORGANISER if link.startswith("/setup/") else Role.MODERATOR


def _shown(server: ServerProcess, link: str) -> Trial:
    """It opens, and the terminal shows it."""
    return lambda: (*_told(Browser(server.url).ask(link)), link in server.links_shown())


def _link(url: str, link: str) -> Trial:
    return lambda: (*_told(Browser(url).ask(link)), True)


def _session(url: str, link: str) -> Trial:
    """Somebody has come in by a link, and looks at the page again and again."""
    browser = Browser(url)
    page = browser.ask(link).leads_to
    return lambda: (*_told(browser.ask(page)), True)


def _code(url: str, code: str) -> Trial:
    """Typed at the door, in the form of a page that is open there."""
    browser = Browser(url)
    token = browser.ask("/join").token
    return lambda: (*_told(browser.send("/join", code=code, **{FIELD_OF_TOKEN: token})), True)


def _form(url: str, code: str, cast: Cast) -> Trial:
    """A moderator's, on the page of keys: it makes one for a guest, which is forgotten with those of the bots."""
    browser = Browser(url)
    browser.ask(cast.links.moderator)
    fields = {"who": str(Role.GUEST), "label": LABEL_OF_CAST, FIELD_OF_TOKEN: browser.ask(f"/{code}/keys").token}
    return lambda: (*_told(browser.send(f"/{code}/keys", **fields)), True)


def _codes(database: Database, code: str, cast: Cast) -> list[tuple[Key, str]]:
    """On cards of the first seat and of a display."""
    wanted = [
        *(Key(code, Role.SEAT, seat) for seat in list(cast.seats)[:1]),
        *(Key(code, Role.DISPLAY, name) for name in cast.links.displays),
    ]
    cuts = [codes.cut() for _ in wanted]
    with database.writing() as connection:
        return [
            (key, keys.issue(connection, key, LABEL_OF_CAST, cut).code) for key, cut in zip(wanted, cuts, strict=True)
        ]


def _told(page: Page) -> tuple[int, str]:
    return page.status, page.leads_to
