"""A meeting out of a file: read it, show what would change, then take all of it or nothing."""

import logging
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy.engine import Connection

from app.meeting.plan import Plan, Unit
from app.meeting.refusals import Refused, Said, refuse_if, refuse_unless
from app.meeting.telling import word_on_small_groups
from app.papers.plan.cells import code_of
from app.papers.plan.changes import Change, changes
from app.papers.plan.identity import with_known_ids
from app.papers.plan.kinds import ending_of, must_be_the_file_itself, other_kind
from app.papers.plan.mistakes import Misread, Mistake, Reading, Unreadable
from app.store import keys, log, plans

logger = logging.getLogger("kaimen.importing")

MOST_SAID = 200

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes. A meeting of fifty units has about 20 KB."""


def _read_workbook(content: bytes) -> Reading:
    from app.papers.plan.reading_workbook import (
        read_workbook,  # here and below: a start should not wait for what reads files
    )

    return read_workbook(content)


def _read_text(content: bytes) -> Reading:
    from app.papers.plan.textfile import read_text

    return read_text(content)


READERS = {".xlsx": _read_workbook, ".toml": _read_text}

__all__ = ["Change", "Mistake", "Preview", "Reading", "preview", "preview_of", "read_file", "take"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file would do. ``plan`` is what would be written in place of ``before``."""

    before: Plan | None
    plan: Plan | None
    mistakes: tuple[Mistake, ...]
    changes: tuple[Change, ...]

    @property
    def can_be_taken(self) -> bool:
        return self.plan is not None and all(each.is_warning for each in self.mistakes)

    @property
    def hint(self) -> Said | None:
        """What follows from the plan for what the public will be told, and is better known before it is sealed."""
        return word_on_small_groups(self.plan) if self.plan else None


def read_file(name: str, content: bytes) -> Reading:
    """What a file says, by the end of its name (.xlsx, .toml). Never raises: what is wrong stands in ``mistakes``.

    Of very many mistakes the first are said, and the number of all. It may take seconds: never in the event loop.
    """
    try:
        must_be_the_file_itself(PurePath(name).name)
        reading = _read(ending_of(name), content)
    except Unreadable as error:
        return Reading(None, (Mistake(error.said),))
    except Exception:  # what an unknown hand has made can break a reader in ways that nobody has thought of
        logger.exception("A file could not be read")
        return Reading(None, (Mistake(Said("file.broken")),))
    return replace(reading, mistakes=_the_first(reading.mistakes))


def _the_first(mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Those that are said; what must be put right comes before what is only to be looked at, if there are too many."""
    if len(mistakes) <= MOST_SAID:
        return mistakes
    said = sorted(mistakes, key=lambda each: each.is_warning)[:MOST_SAID]
    rest = Mistake(Said("file.more_mistakes", {"all": len(mistakes), "said": MOST_SAID}), is_warning=said[0].is_warning)
    return (*said, rest)


def preview(before: Plan | None, reading: Reading, code: str = "") -> Preview:
    """What taking a file would change in the meeting as it is (None: it would be a new one).

    The meeting keeps its code, the mark of a rehearsal, the meeting before it, and by unit id its attachments and
    promises: they are not in the file. Parts without an id in the file are known again by their names. ``code`` gives
    a new meeting another code.
    """
    if reading.plan is None:
        return Preview(before, None, reading.mistakes, ())
    if before is None:
        plan = replace(reading.plan, code=code or reading.plan.code)
        return Preview(None, plan, reading.mistakes, tuple(changes(None, plan, reading.rows)))
    known = with_known_ids(before, reading)
    plan = replace(
        _with_what_is_kept(before, known.plan or reading.plan),
        code=before.code,
        rehearsal_of=before.rehearsal_of,
        previous=before.previous,
    )
    return Preview(before, plan, _still_said(known.mistakes, plan), tuple(changes(before, plan, known.rows)))


def preview_of(connection: Connection, reading: Reading, code: str | None = None) -> Preview:
    """The same, compared with the meeting that has the file's code, or another ``code`` (which may be wrong, too)."""
    try:
        code = code_of(code) if code is not None else ""
    except Misread as misread:
        return Preview(None, None, (Mistake(misread.said), *reading.mistakes), ())
    return preview(_current(connection, code or (reading.plan.code if reading.plan else "")), reading, code)


def _current(connection: Connection, code: str) -> Plan | None:
    return plans.load(connection, code) if code in plans.codes(connection) else None


def take(connection: Connection, preview: Preview) -> Plan:
    """Write the plan of a preview: whole, or not at all. Nothing is written before all is known to be well.

    Keys of seats that are gone open nothing any more. Who calls this beside a running server lets its venue know
    (``Venue.replanned``).

    Raises Refused: with mistakes in the file, once the meeting is open, or if it is not what the preview compared with.
    """
    plan = preview.plan
    if plan is None or not preview.can_be_taken:
        raise Refused("import.has_mistakes")
    log.locked_tail(connection, plan.code)
    refuse_if(log.has_been_opened(connection, plan.code), "import.already_open")
    refuse_unless(_current(connection, plan.code) == preview.before, "import.changed_meanwhile")
    if preview.before is not None:
        return plans.change(connection, plan.code, lambda _before: plan, keys.IMPORT)
    plans.save(connection, plan)
    return plan


def _read(suffix: str, content: bytes) -> Reading:
    if suffix not in READERS:
        raise other_kind(suffix, content)
    if not content:
        raise Unreadable("file.empty")
    if len(content) > LARGEST_FILE:
        raise Unreadable("file.too_large", megabytes=LARGEST_FILE // 1024 // 1024)
    return READERS[suffix](content)


def _still_said(mistakes: tuple[Mistake, ...], plan: Plan) -> tuple[Mistake, ...]:
    """A file by itself has no promises to judge; the meeting may have some."""
    has_promises = any(unit.promises for unit in plan.units)
    return tuple(each for each in mistakes if not (has_promises and each.said.code == "look.no_promises"))


def _with_what_is_kept(before: Plan, plan: Plan) -> Plan:
    """What hangs on a unit and stands in no file: its attachments, and what it promised at the meeting before."""
    kept = {unit.id: unit for unit in before.units}

    def dressed(unit: Unit) -> Unit:
        known = kept.get(unit.id, unit)
        return replace(unit, attachments=known.attachments, promises=known.promises)

    return replace(plan, units=tuple(map(dressed, plan.units)))
