"""Ballots: rows, one for each voter of each poll. Taken many at once, and counted as they stand; nothing is added up.

Whoever takes ballots shares a lock of the poll, whoever ends it has that lock alone: what was taken before is counted,
what comes after is refused. The log's lock has no part in it. On SQLite one thread writes, and no such lock is needed.
"""

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.polls.state import NOTHING_COUNTED, Count, Poll, Tally, sealed
from app.meeting.refusals import Fact, Refused, Said
from app.store.refusals import refused_in
from app.store.rows import insert_into, lock
from app.store.slips import key_of, make_key, slips
from app.store.tables import BallotRow, PollRow, table_of
from app.store.tickets import good_tickets, taken_among

_BALLOTS, _POLLS = table_of(BallotRow), table_of(PollRow)
_ENDED = sa.select(_POLLS.c.closed_at).where(
    _POLLS.c.meeting == sa.bindparam("of"), _POLLS.c.poll == sa.bindparam("this")
)
_OF_POLL = sa.select(_BALLOTS.c.voter, _BALLOTS.c.voice, _BALLOTS.c.choice).where(
    _BALLOTS.c.meeting == sa.bindparam("of"), _BALLOTS.c.poll == sa.bindparam("this")
)
_PRESS = sa.select(_BALLOTS.c.press).where(
    _BALLOTS.c.meeting == sa.bindparam("of"),
    _BALLOTS.c.poll == sa.bindparam("this"),
    _BALLOTS.c.voter == sa.bindparam("by"),
)
_TURNOUT = (
    sa.select(_BALLOTS.c.poll, _BALLOTS.c.voice, sa.func.count())
    .where(_BALLOTS.c.meeting == sa.bindparam("of"), _BALLOTS.c.poll.in_(sa.bindparam("these", expanding=True)))
    .group_by(_BALLOTS.c.poll, _BALLOTS.c.voice)
)
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
"""Of receipts: nobody takes 0 for O, or 1 for I."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """``press``: the number of the press on the device; it changes nothing once a later one came. 0: it does.

    ``ticket``: the hash of the one by which it is cast, which stands in no row of a ballot.
    """

    meeting: str
    poll: str
    voter: str
    voice: str
    choice: str
    press: int = 0
    ticket: str = ""


# --- taking -----------------------------------------------------------------------------------------------------------


def take(connection: Connection, ballots: Sequence[Ballot], now: datetime) -> list[Refused | None]:
    """Write ballots of any polls, within the caller's transaction. Says of each, in their order, why not, or None."""
    refusals: dict[tuple[str, str], Refused | None] = {}
    for of, poll in sorted({(each.meeting, each.poll) for each in ballots}):
        _lock(connection, of, poll, is_shared=True)
        refusals[of, poll] = _why_not(connection, of, poll)
    tickets = _tickets_of(connection, ballots)
    told = [refusals[each.meeting, each.poll] or _why_not_by(each, tickets) for each in ballots]
    latest: dict[tuple[str, str, str], Ballot] = {}
    for at, each in enumerate(ballots):
        if told[at] is None:
            before = latest.get(_key(each))
            if before is None or _replaces(each.press, before.press):
                latest[_key(each)] = each
            else:
                told[at] = Refused("ballot.earlier")
    if latest:
        these = [latest[key] for key in sorted(latest)]  # in one order: nobody waits in a circle
        if _write(connection, these, now) < len(these):
            later = _later_than(connection, these)
            told = [
                refused or (Refused("ballot.earlier") if _key(each) in later else None)
                for each, refused in zip(ballots, told, strict=True)
            ]
    return told


def _key(ballot: Ballot) -> tuple[str, str, str]:
    return ballot.meeting, ballot.poll, ballot.voter


def _later_than(connection: Connection, ballots: Sequence[Ballot]) -> set[tuple[str, str, str]]:
    """Of whom a later press is counted than these."""
    found = set()
    for each in ballots:
        press = connection.scalar(_PRESS, {"of": each.meeting, "this": each.poll, "by": each.voter})
        if press is not None and not _replaces(each.press, press):
            found.add(_key(each))
    return found


def was_taken(connection: Connection, ballot: Ballot) -> bool:
    """Whether this very press is what counts: its answer was lost, and the poll may have ended since."""
    row = sa.select(_BALLOTS.c.choice, _BALLOTS.c.press).where(
        _BALLOTS.c.meeting == ballot.meeting, _BALLOTS.c.poll == ballot.poll, _BALLOTS.c.voter == ballot.voter
    )
    found = connection.execute(row).one_or_none()
    return ballot.press > 0 and found is not None and (found.choice, found.press) == (ballot.choice, ballot.press)


def _tickets_of(connection: Connection, ballots: Sequence[Ballot]) -> set[tuple[str, str]]:
    """Those by which ballots are cast and which there are, each with its meeting."""
    shown: dict[str, set[str]] = defaultdict(set)
    for each in ballots:
        if each.ticket:
            shown[each.meeting].add(each.ticket)
    return {(of, ticket) for of, these in shown.items() for ticket in taken_among(connection, of, these)}


def _why_not_by(ballot: Ballot, tickets: set[tuple[str, str]]) -> Refused | None:
    """A cookie outlives a meeting that was set up once more under its code, and a database that was put back."""
    is_good = not ballot.ticket or (ballot.meeting, ballot.ticket) in tickets
    return None if is_good else Refused("ticket.unknown")


def _write(connection: Connection, ballots: Sequence[Ballot], now: datetime) -> int:
    """By the driver itself: SQLAlchemy would take more time with each row than the database does.

    On SQLite many rows by one statement: behind each the thread would have to wait until it may go on, and while the
    whole hall is answered that takes a thousand times as long as the row.

    Returns how many were written: none in place of a later press.
    """
    at = now.isoformat()
    rows = [(each.meeting, each.poll, each.voter, each.voice, each.choice, each.press, at) for each in ballots]
    if connection.dialect.name == "sqlite":
        written = 0
        for first, number in _helpings(len(rows)):
            statement = _upsert_of(connection.dialect, number)
            values = tuple(chain.from_iterable(rows[first : first + number]))
            written += connection.exec_driver_sql(statement, values).rowcount
        return written
    named = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
    return connection.exec_driver_sql(_upsert(connection.dialect), named).rowcount


_FIELDS = ("meeting", "poll", "voter", "voice", "choice", "press", "cast_at")
HELPINGS = (128, 64, 32, 16, 8, 4, 2, 1)
"""How many rows a statement has: few different ones, so that the driver keeps them, and 999 values at most."""


def _helpings(number: int) -> Iterator[tuple[int, int]]:
    """Where each begins, and how many rows it has."""
    first = 0
    for helping in HELPINGS:
        while number - first >= helping:
            yield first, helping
            first += helping


def _replaces(press: int, before: int) -> bool:
    return press == 0 or press >= before


@lru_cache(4)
def _upsert(dialect: sa.Dialect) -> str:
    """As a driver takes it. Its values have names, or, on SQLite, the order of the fields.

    The voice is that of the first ballot: who leaves the hall's network does not vote once more.
    """
    insert = insert_into(_BALLOTS, dialect).values({name: sa.bindparam(name) for name in _FIELDS})
    new, none = insert.excluded, sa.literal_column("0", sa.Integer)
    upsert = insert.on_conflict_do_update(
        index_elements=[_BALLOTS.c.meeting, _BALLOTS.c.poll, _BALLOTS.c.voter],
        set_={"choice": new.choice, "press": new.press, "cast_at": new.cast_at},
        where=(new.press == none) | (new.press >= _BALLOTS.c.press),
    )
    return str(upsert.compile(dialect=dialect))


@lru_cache(4 * len(HELPINGS))
def _upsert_of(dialect: sa.Dialect, number: int) -> str:
    """The same of so many rows."""
    row = f"({', '.join('?' * len(_FIELDS))})"
    begins, rows, ends = _upsert(dialect).partition(row)
    return f"{begins}{', '.join([rows] * number)}{ends}"


def _why_not(connection: Connection, of: str, poll: str) -> Refused | None:
    found = connection.execute(_ENDED, {"of": of, "this": poll}).one_or_none()
    if found is None:
        return Refused("ballot.no_poll")
    return Refused("ballot.too_late") if found.closed_at else None


def _lock(connection: Connection, of: str, poll: str, is_shared: bool) -> None:
    lock(connection, f"poll\n{of}\n{poll}", is_shared)


# --- counting ---------------------------------------------------------------------------------------------------------


def counted(connection: Connection, meeting: Meeting, events: Iterable[e.Event]) -> list[e.Event]:
    """Events with what the ballots come to, where they tell it. No ballot is taken any more until the transaction ends.

    Raises Refused if the ballots that are to be shown are not those that were counted.
    """
    return [_counted(connection, meeting, each) for each in events]


def _counted(connection: Connection, meeting: Meeting, event: e.Event) -> e.Event:
    code = meeting.plan.code
    match event:
        case e.PollClosed():
            return replace(event, count=_ended(connection, code, event.poll))
        case e.PollWithdrawn() if event.count is not None:
            return replace(event, count=_ended(connection, code, event.poll))
        case e.PollShown():
            poll = meeting.polls[event.poll]
            if not sealed(poll).is_of(count_of(connection, code, poll.id)):
                raise Refused("poll.ballots_changed", unit=meeting.unit(poll.unit).short_name)
            return replace(event, tally=tally_of(connection, code, poll.id))
    return event


def _ended(connection: Connection, code: str, poll: str) -> Count:
    _lock(connection, code, poll, is_shared=False)
    make_key(connection, code, poll)
    count = count_of(connection, code, poll)
    return replace(count, tickets=good_tickets(connection, code), refused=refused_in(connection, code, poll))


def count_of(connection: Connection, code: str, poll: str) -> Count:
    """How many ballots there are, and the digests of them and of their receipts. Of none there is no digest."""
    rows = _rows(connection, code, poll)
    if not rows:
        return NOTHING_COUNTED
    voices = dict(sorted(Counter(voice for _, voice, _ in rows).items()))
    receipts = _digest(_receipts(code, poll, rows))
    key = key_of(connection, code, poll)
    if not key:
        return Count(voices, _digest(" ".join(row) for row in sorted(rows)), receipts)
    return Count(voices, receipts=receipts, slips=_digest(slips(key, code, poll, rows)))


def tally_of(connection: Connection, code: str, poll: str) -> Tally:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for _, voice, choice in _rows(connection, code, poll):
        tally[voice][choice] += 1
    return {voice: dict(sorted(chosen.items())) for voice, chosen in sorted(tally.items())}


def receipts_of(connection: Connection, code: str, poll: str) -> list[str]:
    """Of all ballots that are counted, in an order that says nothing of them."""
    return _receipts(code, poll, _rows(connection, code, poll))


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody may know of each ballot: the receipts, and apart from them the slips. Both are in order."""

    receipts: tuple[str, ...]
    slips: tuple[str, ...]


def to_be_told(meeting: Meeting) -> list[Poll]:
    """The polls of which everybody may know the slips: those that are shown, and ended when there were slips."""
    return [poll for poll in meeting.polls.values() if poll.is_shown and sealed(poll).slips]


def listed(connection: Connection, code: str, poll: Poll) -> Told | None:
    """Of one of these polls. None if they are not those that were sealed: slips by a key that somebody has put there
    would lead to their voters. Raises ValueError of a poll that is not shown.
    """
    if not poll.is_shown:
        raise ValueError(poll.id)
    rows, key = _rows(connection, code, poll.id), key_of(connection, code, poll.id)
    told = Told(tuple(_receipts(code, poll.id, rows)), tuple(slips(key, code, poll.id, rows)))
    return (
        told if (_digest(told.slips), _digest(told.receipts)) == (sealed(poll).slips, sealed(poll).receipts) else None
    )


def _receipts(code: str, poll: str, rows: "_Rows") -> list[str]:
    return sorted(receipt_of(code, poll, voter) for voter, _, _ in rows)


def receipt_of(code: str, poll: str, voter: str) -> str:
    """Eight letters by which a voter finds that the ballot was counted. It tells nobody the choice."""
    digest = hashlib.sha256(f"receipt\n{code}\n{poll}\n{voter}".encode()).digest()
    return base64.b32encode(digest[:5]).translate(_LETTERS).decode()


def turnouts(connection: Connection, code: str, polls: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many ballots there are by poll and voice, without what was chosen."""
    found: dict[str, dict[str, int]] = {poll: {} for poll in polls}
    for poll, voice, number in connection.execute(_TURNOUT, {"of": code, "these": list(polls)}):
        found[poll][voice] = number
    return found


_Rows = list[tuple[str, str, str]]
"""Voter, voice, choice."""


def _rows(connection: Connection, code: str, poll: str) -> _Rows:
    return [tuple(row) for row in connection.execute(_OF_POLL, {"of": code, "this": poll})]


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


# --- looking once more ------------------------------------------------------------------------------------------------


def faults(connection: Connection, meeting: Meeting) -> Iterator[Said]:
    """The polls whose ballots are not those that were counted, or come to something else than was shown."""
    for poll in meeting.polls.values():
        if poll.is_open:
            continue
        found = count_of(connection, meeting.plan.code, poll.id)
        facts: dict[str, Fact] = {"number": poll.number, "unit": meeting.unit(poll.unit).short_name}
        if not sealed(poll).is_of(found):
            yield Said("fault.ballots", {**facts, "found": found.total, "counted": sealed(poll).total})
        elif poll.is_shown and tally_of(connection, meeting.plan.code, poll.id) != poll.tally:
            yield Said("fault.ballots_shown", facts)
