"""Where a rehearsal takes place: a database, the keys of a full cast in it, a server of its own on a copy."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.polls.agreed import PollsOpen
from app.meeting.questions.agreed import Questions
from app.papers.plan.textfile import shipped_plans
from app.rehearsal.door import NotPressed, press
from app.rehearsal.hall import Part
from app.rehearsal.process import ServerProcess, Trust
from app.settings import file_of
from app.store import keys, log, plans, rehearsals
from app.store.database import Database
from app.store.heads import load_head
from app.store.keys import Key, Role
from app.web.links import Links, make_links

LABEL = "rehearsal"
LABEL_OF_CAST = "bots"
IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Cast:
    """Tokens for everybody who takes part; a guest's, where only the invited may look on.

    ``supervisor``: where results are checked, else empty. ``unit``: the first that reports.
    """

    moderator: str
    seats: dict[str, str]
    guest: str
    links: Links
    supervisor: str = ""
    unit: str = ""


def plans_of(where: str) -> dict[str, Plan]:
    """The plans in a database by code, or the shipped ones while there is none; no database is made by asking."""
    if exists(where):
        with opened(where) as database:
            found = plans_in(database)
        if found:
            return found
    return {plan.code: plan for plan in shipped_plans()}


def plans_in(database: Database) -> dict[str, Plan]:
    with database.reading() as connection:
        return {code: plans.load(connection, code) for code in plans.codes(connection)}


def exists(where: str) -> bool:
    """Whether there is such a file; a database of a url is taken to be there."""
    file = file_of(where)
    return file is None or file.exists()


def meeting_of(database: Database, code: str) -> Meeting:
    """A meeting as its record stands. Raises KeyError."""
    with database.reading() as connection:
        head = load_head(connection, code)
    if head is None:
        raise KeyError(code)
    return head.meeting


@contextmanager
def opened(where: str) -> Iterator[Database]:
    """A database with its tables."""
    database = Database(where)
    try:
        database.create()
        yield database
    finally:
        database.close()


@contextmanager
def scratch(*all_plans: Plan) -> Iterator[str]:
    """The path of a database that holds these plans and is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kaimen-") as folder:
        path = str(Path(folder) / "scratch.db")
        with opened(path) as database:
            save(database, *all_plans)
        yield path


def save(database: Database, *all_plans: Plan) -> None:
    with database.writing() as connection:
        for plan in all_plans:
            plans.save(connection, plan)


@contextmanager
def running(where: str) -> Iterator[ServerProcess]:
    """A server on a database; what it says on stderr is lost."""
    with ServerProcess(where) as server:
        yield server


@contextmanager
def copied(
    url: str, database: Database, code: str, keeps: bool, trust: Trust = None, part: Part = Part.NOTHING
) -> Iterator[str]:
    """The code of a rehearsal of this meeting, thrown away afterwards unless it is kept. Raises KeyError.

    A meeting that is a rehearsal already is played itself, and left to who made it.
    """
    with database.writing() as connection:
        plan = plans.load(connection, code)
        copy = plan if plan.is_rehearsal else rehearsals.make(connection, code)
        if part and not plan.is_rehearsal:
            plans.change(connection, copy.code, lambda made: opened_up(made, part))
    try:
        yield copy.code
    finally:
        if not keeps and not plan.is_rehearsal:
            _throw_away(url, database, copy.code, trust)


def opened_up(plan: Plan, part: Part) -> Plan:
    """The same plan, whose units the audience votes on as they are scored, and whom it may ask."""
    rules = plan.rules
    if Part.VOTES in part and rules.polls is PollsOpen.NEVER:
        rules = replace(rules, polls=PollsOpen.WITH_ROUND)
    if Part.QUESTIONS in part and rules.questions is Questions.NEVER:
        rules = replace(rules, questions=Questions.MODERATED)
    return replace(plan, rules=rules)


def _throw_away(url: str, database: Database, code: str, trust: Trust) -> None:
    """By the server's own door, so that it forgets the rehearsal as well; without a server, in the database alone."""
    with database.writing() as connection:
        token = keys.make(connection, Key(code, Role.MODERATOR), LABEL)
    try:
        press(url, code, "throw-away", token, trust)
    except NotPressed:
        with database.writing() as connection:
            rehearsals.throw_away(connection, code)


@contextmanager
def cast(database: Database, code: str) -> Iterator[Cast]:
    """Keys for a whole cast, forgotten afterwards. Raises KeyError if there is no such meeting."""
    with database.writing() as connection:
        plan = plans.load(connection, code)
        links = make_links(connection, plan, LABEL_OF_CAST)
    try:
        seats = {seat: _token(link) for seat, link in links.seats.items()}
        supervisor = _token(links.staff[Role.SUPERVISOR]) if plan.rules.checked else ""
        yield Cast(_token(links.moderator), seats, _token(links.guest), links, supervisor, plan.units[0].id)
    finally:
        with database.writing() as connection:
            for role in Role:
                keys.forget(connection, code, role, LABEL_OF_CAST)


def _token(link: str) -> str:
    return link.rpartition("/")[2]


def recorded(database: Database, code: str, commands: list[str]) -> set[str]:
    """Of these command ids the ones that are in the record."""
    found: set[str] = set()
    with database.reading() as connection:
        for at in range(0, len(commands), IDS_AT_ONCE):
            found |= log.known(connection, code, commands[at : at + IDS_AT_ONCE]).keys()
    return found
