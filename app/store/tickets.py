"""Tickets: printed codes by which somebody in the hall has one ballot in each poll. Only a hash of each is kept.

A ticket is taken once, by one device. What was issued is used, spoiled or still about: these three come to all of them.
Codes are made of the secret and of the form by which they were asked for: sent once more, it makes the same tickets.
"""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store.rows import lock
from app.store.secret import make as secret_of
from app.store.tables import TicketRow, table_of

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Nobody takes 0 for O, or 1 for I."""

_PRINTED = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", LETTERS.encode())
LENGTH = 8
ON_A_SHEET = 24
MOST_SHEETS_AT_ONCE = 50
MOST_TICKETS = 20_000

_TICKETS = table_of(TicketRow)
_GOOD = (
    sa.select(sa.func.count())
    .select_from(_TICKETS)
    .where(_TICKETS.c.meeting == sa.bindparam("of"), _TICKETS.c.spoiled_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Balance:
    """``issued`` = ``used`` + ``spoiled`` + ``unused``."""

    sheets: int
    issued: int
    used: int
    spoiled: int

    @property
    def unused(self) -> int:
        return self.issued - self.used - self.spoiled


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4, with the codes that are printed on it and are known nowhere else."""

    number: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """``is_again``: the same form was sent before, and these are the tickets that it made."""

    sheets: tuple[Sheet, ...]
    is_again: bool


def issue(connection: Connection, meeting: str, form: str, sheets: int, now: datetime) -> Issued:
    """Make new tickets, by whole sheets; of one form once."""
    refuse_unless(1 <= sheets <= MOST_SHEETS_AT_ONCE, "tickets.sheets", most=MOST_SHEETS_AT_ONCE)
    lock(connection, f"tickets\n{meeting}")
    secret, before = secret_of(connection).value, balance(connection, meeting)
    codes = [_codes(secret, meeting, f"{form}\n{sheets}", at) for at in range(sheets)]
    if first := _sheet_of(connection, meeting, _hash(secret, meeting, codes[0][0])):
        made = tuple(Sheet(first + at, each) for at, each in enumerate(codes))
        stand = _counted(connection, meeting, _TICKETS.c.sheet.between(first, first + sheets - 1))
        is_touched = stand.used or stand.spoiled
        refuse_if(bool(is_touched), "tickets.made_before", first=first, last=first + sheets - 1)
        return Issued(made, is_again=True)
    refuse_if(before.issued + sheets * ON_A_SHEET > MOST_TICKETS, "tickets.too_many", most=MOST_TICKETS)
    made = tuple(Sheet(before.sheets + at, each) for at, each in enumerate(codes, start=1))
    rows = [
        {"meeting": meeting, "hash": _hash(secret, meeting, code), "sheet": sheet.number, "number": number}
        | {"device": "", "made_at": now, "taken_at": None, "spoiled_at": None}
        for sheet in made
        for number, code in enumerate(sheet.codes, start=1)
    ]
    connection.execute(sa.insert(_TICKETS), rows)
    return Issued(made, is_again=False)


def take(connection: Connection, meeting: str, typed: str, device: str, now: datetime) -> str:
    """Take a ticket for a device, or go on with the one that it has taken. Returns its hash; raises Refused."""
    hash = _found(connection, meeting, typed).hash
    mine = _of(meeting, hash)
    free = sa.update(_TICKETS).where(*mine, _TICKETS.c.device == "", _TICKETS.c.spoiled_at.is_(None))
    connection.execute(free.values(device=device, taken_at=now))
    row = connection.execute(sa.select(_TICKETS).where(*mine)).one()
    refuse_if(row.spoiled_at is not None, "ticket.spoiled")
    refuse_unless(row.device == device, "ticket.used")
    return str(hash)


def spoil(connection: Connection, meeting: str, typed: str, now: datetime) -> None:
    """A ticket that was misprinted, torn or given back is good no more. Raises Refused, of one that has been used."""
    hash = _found(connection, meeting, typed).hash
    free = sa.update(_TICKETS).where(*_of(meeting, hash), _TICKETS.c.device == "", _TICKETS.c.spoiled_at.is_(None))
    connection.execute(free.values(spoiled_at=now))
    row = connection.execute(sa.select(_TICKETS).where(*_of(meeting, hash))).one()
    refuse_if(row.device != "", "ticket.used_not_spoiled")


def spoil_sheet(connection: Connection, meeting: str, sheet: int, now: datetime) -> None:
    """A sheet that was lost, or never came out of the printer: what nobody has used of it is good no more."""
    of_sheet = _TICKETS.c.meeting == meeting, _TICKETS.c.sheet == sheet
    is_there = connection.scalar(sa.select(sa.func.count()).select_from(_TICKETS).where(*of_sheet))
    refuse_unless(bool(is_there), "ticket.no_sheet")
    free = sa.update(_TICKETS).where(*of_sheet, _TICKETS.c.device == "", _TICKETS.c.spoiled_at.is_(None))
    connection.execute(free.values(spoiled_at=now))


def balance(connection: Connection, meeting: str, sheet: int | None = None) -> Balance:
    """Of all sheets, or of one."""
    return _counted(connection, meeting, sa.true() if sheet is None else _TICKETS.c.sheet == sheet)


def _counted(connection: Connection, meeting: str, which: sa.ColumnElement[bool]) -> Balance:
    counted = sa.select(
        sa.func.count(sa.distinct(_TICKETS.c.sheet)),
        sa.func.count(),
        sa.func.count(_TICKETS.c.taken_at),
        sa.func.count(_TICKETS.c.spoiled_at),
    ).where(_TICKETS.c.meeting == meeting, which)
    return Balance(*connection.execute(counted).one())


def good_tickets(connection: Connection, meeting: str) -> int:
    """How many can vote, or have: issued and not spoiled."""
    return connection.scalar(_GOOD, {"of": meeting}) or 0


def taken_among(connection: Connection, meeting: str, hashes: Iterable[str]) -> set[str]:
    """Of these the ones that there are and that a phone has taken."""
    of = _TICKETS.c.meeting == meeting, _TICKETS.c.hash.in_(sorted(hashes)), _TICKETS.c.device != ""
    return set(connection.scalars(sa.select(_TICKETS.c.hash).where(*of)))


def taken_by_phones(connection: Connection, meeting: str) -> tuple[int, int]:
    """How many phones have taken more than one ticket, and how many the one has that has taken the most."""
    number = sa.func.count().label("number")
    taken = _TICKETS.c.meeting == meeting, _TICKETS.c.device != ""
    by_phone = sa.select(number).where(*taken).group_by(_TICKETS.c.device).subquery()
    several = sa.func.count().filter(by_phone.c.number > 1)
    row = connection.execute(sa.select(several, sa.func.max(by_phone.c.number))).one()
    return row[0], row[1] or 0


def as_printed(typed: str) -> str:
    """What was typed, whatever its case, width and dashes, as it stands on the ticket; empty if that can be none."""
    code = "".join(each for each in unicodedata.normalize("NFKC", typed).upper() if each.isalnum())
    return code if len(code) == LENGTH and not set(code) - set(LETTERS) else ""


def _codes(secret: str, meeting: str, form: str, sheet: int) -> tuple[str, ...]:
    """Nobody without the secret and the form can make them."""
    return tuple(_code(secret, f"code\n{meeting}\n{form}\n{sheet}\n{number}") for number in range(ON_A_SHEET))


def _code(secret: str, of: str) -> str:
    """Five bits for each of its letters."""
    drawn = hmac.new(secret.encode(), of.encode(), hashlib.sha256).digest()
    return base64.b32encode(drawn[:5]).translate(_PRINTED).decode()


def _sheet_of(connection: Connection, meeting: str, hash: str) -> int | None:
    return connection.scalar(sa.select(_TICKETS.c.sheet).where(*_of(meeting, hash)))


def _found(connection: Connection, meeting: str, typed: str) -> "sa.Row[tuple[object, ...]]":
    code = as_printed(typed)
    refuse_unless(bool(code), "ticket.no_code")
    hash = _hash(secret_of(connection).value, meeting, code)
    row = connection.execute(sa.select(_TICKETS).where(*_of(meeting, hash))).one_or_none()
    if row is None:
        raise Refused("ticket.unknown")
    return row


def _of(meeting: str, hash: object) -> tuple[sa.ColumnElement[bool], ...]:
    return _TICKETS.c.meeting == meeting, _TICKETS.c.hash == hash


def _hash(secret: str, meeting: str, code: str) -> str:
    return hmac.new(secret.encode(), f"ticket\n{meeting}\n{code}".encode(), hashlib.sha256).hexdigest()[:32]
