"""The log of a meeting: append, load, verify.

An entry's *line* is canonical JSON (keys sorted, no spaces, UTF-8); its *seal* is the SHA-256 of the seal before it, a
line feed and the SHA-256 of the line, so that a log from which lines are withheld can still be checked. In older logs
the line itself stands there; the first line says which of the two holds (``chain``). The seal before the first entry is
the SHA-256 of ``kaimen:`` and the meeting's code. Anybody can check the chain with a few lines of any language
(docs/record.md).
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.agenda.events import MeetingOpened
from app.meeting.events import KINDS, Event, PollClosed
from app.meeting.refusals import Fact, Said
from app.store import ready
from app.store.tables import EntryRow, HeadRow, table_of

BYTES_OF_ID = 16

_HEADS = table_of(HeadRow)
_LOG = table_of(EntryRow)

# Made once: building a statement anew costs SQLAlchemy more than executing it.
_OF: sa.BindParameter[str] = sa.bindparam("of")
_INSERT = sa.insert(_LOG)
_ADVANCE = sa.update(_HEADS).where(_HEADS.c.meeting == _OF).values(seq=sa.bindparam("seq"), seal=sa.bindparam("seal"))
_LOCK = sa.select(_HEADS.c.seq, _HEADS.c.seal).where(_HEADS.c.meeting == _OF).with_for_update()
_OF_COMMANDS = (
    sa.select(_LOG.c.command, _LOG.c.by, _LOG.c.seq, _LOG.c.seal).where(_LOG.c.meeting == _OF).order_by(_LOG.c.seq)
)
_KNOWN = _OF_COMMANDS.where(_LOG.c.command.in_(sa.bindparam("these", expanding=True)))
_KNOWN_ONE = _OF_COMMANDS.where(_LOG.c.command == sa.bindparam("this"))

_encode = msgspec.json.Encoder(order="sorted").encode
_decoders: dict[str, msgspec.json.Decoder[Event]] = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


OVER_LINES = 1
OVER_DIGESTS = 2
"""The two rules by which a log may be sealed."""


class EntryLine(msgspec.Struct, omit_defaults=True):
    """The sealed text of an entry, taken apart. ``data`` is the event's own JSON.

    ``key`` and ``chain`` came later: they are left out where there is none, so that older lines stay as they are. The
    first line of a log alone has a ``chain``, the rule by which all of it is sealed.
    """

    at: datetime
    by: str
    command: str
    data: msgspec.Raw
    kind: str
    meeting: str
    seq: int
    key: str = ""
    chain: int = OVER_LINES


_decode_line = msgspec.json.Decoder(EntryLine).decode


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record: what happened, who asked (``moderator``, ``seat:expert-1``), by which command.

    ``key``: the tag of the key that was shown for it (``store.keys``), empty if none was.
    """

    seq: int
    by: str
    command: str
    event: Event
    line: str
    seal: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a log ends: the number and seal of its last entry, and the rule by which it is sealed.

    Only who has read the first entry knows the rule of an older log; ``locked_tail`` and ``heads.recorded`` do not ask
    for it.
    """

    seq: int
    seal: str
    chain: int = field(default=OVER_DIGESTS, compare=False)


class Broken(Exception):
    """The log is not what it was; said with the number of the entry where that shows."""

    def __init__(self, code: str, seq: int, **facts: Fact) -> None:
        super().__init__(code)
        self.said = Said(code, {"seq": seq, **facts})

    def __str__(self) -> str:
        return str(self.said)


def beginning(meeting: str) -> Tail:
    return Tail(0, hashlib.sha256(f"kaimen:{meeting}".encode()).hexdigest())


def entries_after(
    tail: Tail, meeting: str, by: str, command: str, events: Iterable[Event], key: str = ""
) -> Iterator[Entry]:
    """The events of one command as sealed entries, numbered on from ``tail``.

    What was counted as a poll ended beside something else has an id of its own: everybody is told it, also where the
    round that ended with it is withheld, whose line could be guessed if the id of its command were known.
    """
    there, asked = list(events), command
    for event in there:
        command = secrets.token_hex(BYTES_OF_ID) if isinstance(event, PollClosed) and len(there) > 1 else asked
        seq = tail.seq + 1
        data = msgspec.Raw(_encode(event))
        chain = tail.chain if seq == 1 else OVER_LINES  # said once; left out of all others
        line = _encode(EntryLine(event.at, by, command, data, type(event).__name__, meeting, seq, key, chain)).decode()
        tail = tail_with(tail, line)
        yield Entry(seq, by, command, event, line, tail.seal, key)


def tail_with(tail: Tail, line: str) -> Tail:
    """Where a log ends once a line has come behind ``tail``."""
    chain = tail.chain if tail.seq else said_chain(line)
    return Tail(tail.seq + 1, seal_of(tail.seal, line, chain), chain)


def said_chain(first_line: str) -> int:
    """The rule that the first line of a log says all of it is sealed by."""
    try:
        return _decode_line(first_line).chain
    except msgspec.DecodeError:
        return OVER_DIGESTS


def seal_of(previous: str, line: str, chain: int = OVER_DIGESTS) -> str:
    """By a rule that is not known here, a seal that is nobody's."""
    sealed = {OVER_LINES: line, OVER_DIGESTS: digest_of(line)}.get(chain, "")
    return hashlib.sha256(f"{previous}\n{sealed}".encode()).hexdigest()


def seal_over(previous: str, digest: str) -> str:
    """The seal of an entry of which only the digest is known."""
    return hashlib.sha256(f"{previous}\n{digest}".encode()).hexdigest()


def digest_of(line: str) -> str:
    """What may stand in a public log in place of a line that is withheld."""
    return hashlib.sha256(line.encode()).hexdigest()


def start(connection: Connection, meeting: str) -> None:
    """Give a new meeting its empty log."""
    tail = beginning(meeting)
    connection.execute(sa.insert(_HEADS).values(meeting=meeting, seq=tail.seq, seal=tail.seal))


def append(connection: Connection, meeting: str, entries: Sequence[Entry]) -> None:
    """Write entries behind the last one. The caller holds the lock of ``locked_tail``."""
    rows: list[ready.Values] = [
        {
            "meeting": meeting,
            "seq": entry.seq,
            "kind": type(entry.event).__name__,
            "by": entry.by,
            "command": entry.command,
            "line": entry.line,
            "seal": entry.seal,
        }
        for entry in entries
    ]
    ready.execute(connection, _INSERT, rows)
    ready.execute(connection, _ADVANCE, {"of": meeting, "seq": entries[-1].seq, "seal": entries[-1].seal})


def locked_tail(connection: Connection, meeting: str) -> Tail | None:
    """The end of a log, locked against other writers until the transaction ends; None if there is no such meeting."""
    row = ready.execute(connection, _LOCK, {"of": meeting}).one_or_none()
    return Tail(row.seq, row.seal) if row else None


def has_been_opened(connection: Connection, meeting: str) -> bool:
    opening = sa.select(_LOG.c.seq).where(_LOG.c.meeting == meeting, _LOG.c.kind == MeetingOpened.__name__)
    return connection.scalar(opening.limit(1)) is not None


def _tail_of(meeting: str) -> sa.Select[Any]:
    return sa.select(_HEADS.c.seq, _HEADS.c.seal).where(_HEADS.c.meeting == meeting)


def load(connection: Connection, meeting: str, after: int = 0) -> Iterator[Entry]:
    """The entries of a meeting in order. Columns, not objects: folding a long log is start-up time."""
    query = (
        sa.select(_LOG.c.seq, _LOG.c.kind, _LOG.c.by, _LOG.c.command, _LOG.c.line, _LOG.c.seal)
        .where(_LOG.c.meeting == meeting, _LOG.c.seq > after)
        .order_by(_LOG.c.seq)
    )
    for row in connection.execute(query):
        yield _entry(row)


def _entry(row: Any) -> Entry:
    line = _decode_line(row.line)
    event = _decoders[row.kind].decode(line.data)
    return Entry(row.seq, row.by, row.command, event, row.line, row.seal, line.key)


def entry_of(line: str, seal: str, seq: int, meeting: str) -> Entry:
    """An entry out of a file, the seal of which is right. Raises Broken."""
    try:
        said = _decode_line(line)
        if said.kind not in KINDS:
            raise Broken("fault.kind", seq, kind=said.kind)
        event = _decoders[said.kind].decode(said.data)
    except msgspec.DecodeError as error:
        raise Broken("fault.unreadable", seq, detail=str(error)) from error
    if said.meeting != meeting:
        raise Broken("fault.columns", seq)
    return Entry(seq, said.by, said.command, event, line, seal, said.key)


def known(connection: Connection, meeting: str, commands: Iterable[str]) -> dict[str, tuple[str, int, str]]:
    """Of these command ids the ones already in the log: who asked, the number and the seal of their last entry."""
    these = list(commands)
    if len(these) == 1:  # as it nearly always is
        found: Any = ready.execute(connection, _KNOWN_ONE, {"of": meeting, "this": these[0]})
    else:
        found = connection.execute(_KNOWN, {"of": meeting, "these": these})
    return {row.command: (row.by, row.seq, row.seal) for row in found}


def seal_at(connection: Connection, meeting: str, seq: int) -> str:
    """The seal of an entry as it is recorded; empty if there is no such entry."""
    return connection.scalar(sa.select(_LOG.c.seal).where(_LOG.c.meeting == meeting, _LOG.c.seq == seq)) or ""


def verified(connection: Connection, meeting: str) -> Iterator[Entry]:
    """The entries of a meeting, each checked as it passes. Raises Broken at the first that is not as it was written."""
    query = sa.select(_LOG).where(_LOG.c.meeting == meeting).order_by(_LOG.c.seq)
    tail = beginning(meeting)
    for row in connection.execute(query):
        expected = tail.seq + 1
        if row.seq != expected:
            raise Broken("fault.missing", expected, next=row.seq)
        tail = tail_with(tail, row.line)
        if row.seal != tail.seal:
            raise Broken("fault.seal", row.seq)
        _compare_columns(row, meeting)
        yield _entry(row)
    head = connection.execute(_tail_of(meeting)).one_or_none()
    if head is None:
        raise Broken("fault.no_end", tail.seq + 1)
    if head.seq != tail.seq:
        raise Broken("fault.length", min(head.seq, tail.seq) + 1, written=head.seq, here=tail.seq)
    if head.seal != tail.seal:
        raise Broken("fault.last_seal", tail.seq)


def _compare_columns(row: Any, meeting: str) -> None:
    try:
        line = _decode_line(row.line)
    except msgspec.DecodeError as error:
        raise Broken("fault.unreadable", row.seq, detail=str(error)) from error
    said = (line.meeting, line.seq, line.kind, line.by, line.command)
    if said != (meeting, row.seq, row.kind, row.by, row.command):
        raise Broken("fault.columns", row.seq)
    if line.kind not in KINDS:
        raise Broken("fault.kind", row.seq, kind=line.kind)
