"""What a ledger that comes back would change, row by row, and what of it cannot be, with the cell that says it.

Three states of each cell are compared: as it was when the ledger was made, as it is now, as it stands in the file. What
was not touched in the file changes nothing, whatever has happened since; what was touched there and has changed
meanwhile is a conflict. A row with one is left out as a whole. Nothing is carried out here.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.language import Language, catalogue
from app.language.words import WORDS
from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.evolve import evolve, fold
from app.meeting.findings.asking import today
from app.meeting.findings.state import Finding, FindingKind, Stand, Standard
from app.meeting.meeting import Meeting
from app.meeting.refusals import Fact, Refused, Said
from app.papers.findings.telling import unnumbered
from app.papers.folder.proceedings import Proceedings
from app.papers.ledger.columns import (
    COLUMNS,
    CRITERION,
    ID,
    KIND,
    STANDARDS,
    TEXT,
    UNIT,
    LedgerColumn,
    Use,
    told,
)
from app.papers.ledger.reading import NOT_COMPUTED, Row, Sheet, text_in
from app.papers.plan.cells import shown
from app.papers.plan.mistakes import Unreadable
from app.papers.plan.names import key

NOBODY = "—"
"""Who changes it, as long as nobody has confirmed it."""


@dataclass(frozen=True, slots=True)
class CellChanged:
    cell: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChanged:
    """``command`` carries it out, once it has an author. ``number``: 0 of a draft."""

    row: int
    unit: str
    number: int
    command: c.EditFinding | c.DraftFinding
    cells: tuple[CellChanged, ...]

    @property
    def is_new(self) -> bool:
        return isinstance(self.command, c.DraftFinding)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a row is left out; ``cell`` says where."""

    row: int
    cell: str
    heading: str
    said: Said


@dataclass(frozen=True, slots=True)
class Compared:
    changes: tuple[RowChanged, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[Said, ...]


def compared(sheet: Sheet, record: Proceedings, digest: str, now: datetime) -> Compared:
    """``digest``: of the file, after which its new drafts are named, so that none is made twice. Raises Unreadable."""
    return _Comparison(record.meeting, _as_it_was(sheet, record), digest, now).of(sheet)


def _as_it_was(sheet: Sheet, record: Proceedings) -> Meeting:
    """The meeting when the ledger was made. Raises Unreadable of a ledger of another record."""
    entry = record.entries[sheet.entry - 1] if 0 < sheet.entry <= len(record.entries) else None
    if entry is None or entry.seal != sheet.seal:
        raise Unreadable("ledger_file.other_record")
    return fold(Meeting.planned(record.meeting.plan), (each.event for each in record.entries[: sheet.entry]))


class _InTheWay(Exception):
    """A cell that keeps its row from being taken."""

    def __init__(self, column: LedgerColumn, code: str, /, **facts: Fact) -> None:
        super().__init__(code)
        self.column, self.said = column, Said(code, facts)


@dataclass(slots=True)
class _Comparison:
    """``meeting`` goes on with each row that is taken, so that rules see all rows above."""

    meeting: Meeting
    was: Meeting
    digest: str
    now: datetime
    _changes: list[RowChanged] = field(default_factory=list)
    _conflicts: list[Conflict] = field(default_factory=list)

    def of(self, sheet: Sheet) -> Compared:
        twice = {id for id, times in Counter(row.id for row in sheet.rows if row.id).items() if times > 1}
        for row in sheet.rows:
            try:
                self._take(row, twice)
            except _InTheWay as found:
                cell = row.cells.get(found.column, "")
                self._conflicts.append(Conflict(row.number, cell, _called(found.column), found.said))
        return Compared(tuple(self._changes), tuple(self._conflicts), tuple(self._notes(sheet)))

    def _take(self, row: Row, twice: set[str]) -> None:
        if row.id in twice:
            raise _InTheWay(ID, "ledger_file.twice")
        change = self._edit(row) if row.id else self._draft(row)
        if change is None:
            return
        try:
            for event in decide(self.meeting, change.command, self.now):
                self.meeting = evolve(self.meeting, event)
        except Refused as refused:
            code = "ledger_file.too_late" if refused.code == "finding.not_now" else refused.code
            raise _InTheWay(TEXT if change.is_new else _first_in(change), code, **refused.said.facts) from refused
        self._changes.append(change)

    # --- a finding that is there --------------------------------------------------------------------------------------

    def _edit(self, row: Row) -> RowChanged | None:
        finding, before = (each.findings.by_id.get(row.id) for each in (self.meeting, self.was))
        if finding is None or before is None:
            raise _InTheWay(ID, "ledger_file.unknown")
        now, then = texts_of(self.meeting, finding, self._day), texts_of(self.was, before, self._day)
        touched = [
            column
            for column, text in row.texts.items()
            if column.use is not Use.COMPUTED and text not in (then[column], now[column])
            if column in row.failed or not self._is_so(finding, column, text)
        ]
        failed = [column for column in row.failed if column.use is not Use.COMPUTED]
        for column in dict.fromkeys([*failed, *touched]):
            _must_be_readable(row, column)
            self._may_be_changed(finding, column, now[column], then[column])
        if not touched:
            return None
        command = self._edited(row, finding, touched)
        cells = tuple(CellChanged(row.cells[each], _called(each), now[each], row.texts[each]) for each in touched)
        return RowChanged(row.number, self.meeting.unit(finding.unit).short_name, finding.number, command, cells)

    def _is_so(self, finding: Finding, column: LedgerColumn, text: str) -> bool:
        """Whether a cell says in other letters what is so already."""
        try:
            if column is KIND:
                return _kind(text) is finding.kind
            if column is CRITERION:
                return self._criterion(text) == finding.criterion
        except _InTheWay:
            return False
        return column is STANDARDS and _standards(text, finding.standards) == finding.standards

    def _may_be_changed(self, finding: Finding, column: LedgerColumn, now: str, then: str) -> None:
        if column.use is not Use.WRITTEN:
            raise _InTheWay(column, "ledger_file.not_from_here")
        if now != then:
            raise _InTheWay(column, "ledger_file.changed_meanwhile", now=now or NOBODY)
        if finding.is_issued and column is not STANDARDS:
            raise _InTheWay(column, "finding.issued")

    def _edited(self, row: Row, finding: Finding, touched: list[LedgerColumn]) -> c.EditFinding:
        """As the finding is now, but for the cells that were touched."""
        is_touched = {column: column in touched for column in (TEXT, KIND, CRITERION, STANDARDS)}
        return c.EditFinding(
            finding.id,
            row.texts[TEXT] if is_touched[TEXT] else finding.text,
            _kind(row.texts[KIND]) if is_touched[KIND] else finding.kind,
            NOBODY,
            self._criterion(row.texts[CRITERION]) if is_touched[CRITERION] else finding.criterion,
            _standards(row.texts[STANDARDS], finding.standards) if is_touched[STANDARDS] else finding.standards,
        )

    # --- a new draft --------------------------------------------------------------------------------------------------

    def _draft(self, row: Row) -> RowChanged:
        for column in (*row.failed, *row.texts):
            if column.use is Use.WRITTEN or column is UNIT:
                _must_be_readable(row, column)
        self._must_be_empty(row)
        unit, text = self._unit(row.texts[UNIT]), row.texts[TEXT]
        if not text:
            raise _InTheWay(TEXT, "ledger_file.no_text")
        if any(each.unit == unit and key(each.text) == key(text) for each in self._standing):
            raise _InTheWay(TEXT, "ledger_file.there_already")
        kind = _kind(row.texts[KIND]) if row.texts.get(KIND) else FindingKind.IN_TERM
        criterion = self._criterion(row.texts.get(CRITERION, ""))
        standards = _standards(row.texts.get(STANDARDS, ""), ())
        id = hashlib.sha256(f"{self.digest}\n{row.number}".encode()).hexdigest()[:32]
        command = c.DraftFinding(id, unit, text, kind, NOBODY, (), criterion, standards)
        cells = tuple(
            CellChanged(row.cells[each], _called(each), "", row.texts[each])
            for each in (UNIT, TEXT, KIND, CRITERION, STANDARDS)
            if row.texts.get(each)
        )
        return RowChanged(row.number, self.meeting.unit(unit).short_name, 0, command, cells)

    def _must_be_empty(self, row: Row) -> None:
        """What others say of a finding cannot be said of one that is only being drafted."""
        for column, text in row.texts.items():
            if text and column.use is Use.TOLD and column not in (ID, UNIT):
                raise _InTheWay(column, "ledger_file.not_from_here")

    def _unit(self, said: str) -> str:
        known = {key(name): unit.id for unit in self.meeting.plan.units for name in (unit.name, unit.short_name)}
        if key(said) not in known:
            raise _InTheWay(UNIT, "ledger_file.no_unit", name=shown(said) if said else NOBODY)
        return known[key(said)]

    def _criterion(self, said: str) -> str:
        known = {key(each.name): each.id for each in self.meeting.plan.criteria}
        if said and key(said) not in known:
            choices = tuple(each.name for each in self.meeting.plan.criteria)
            raise _InTheWay(CRITERION, "cell.not_a_choice", value=shown(said), choices=choices)
        return known[key(said)] if said else ""

    @property
    def _standing(self) -> Iterator[Finding]:
        gone = (Stand.MERGED, Stand.WITHDRAWN)
        return (each for each in self.meeting.findings.by_id.values() if each.standing not in gone)

    @property
    def _day(self) -> Any:
        return today(self.meeting, self.now)

    # --- what is said besides -----------------------------------------------------------------------------------------

    def _notes(self, sheet: Sheet) -> Iterator[Said]:
        hidden = tuple(str(row.number) for row in sheet.rows if row.is_hidden)
        there = {row.id for row in sheet.rows}
        absent = sum(each.id not in there for each in self._standing if each.id in self.was.findings.by_id)
        lacking = tuple(_called(each) for each in sheet.lacking if each.use is Use.WRITTEN)
        if hidden:
            yield Said("ledger_file.hidden", {"rows": hidden})
        for row in sheet.passed_over:
            text = next(text for text in row.texts.values() if text)
            yield Said("ledger_file.passed_over", {"row": row.number, "text": shown(text)})
        if lacking:
            yield Said("ledger_file.lacking", {"columns": lacking})
        if absent:
            yield Said("ledger_file.absent", {"number": absent})
        if sheet.is_cut:
            yield Said("ledger_file.cut", {"row": max(row.number for row in sheet.rows) if sheet.rows else 0})


def texts_of(meeting: Meeting, finding: Finding, day: Any) -> dict[LedgerColumn, str]:
    """What the ledger says of a finding, as it is read again."""
    return {column: text_in(told(column, meeting, finding, day)) for column in COLUMNS}


def signed(command: c.EditFinding | c.DraftFinding, author: str) -> c.EditFinding | c.DraftFinding:
    return replace(command, author=author)


def _first_in(change: RowChanged) -> LedgerColumn:
    return next(each for each in COLUMNS if _called(each) == change.cells[0].heading)


def _called(column: LedgerColumn) -> str:
    return column.heading.partition("（")[0]


def _must_be_readable(row: Row, column: LedgerColumn) -> None:
    failure = row.failed.get(column)
    if failure is NOT_COMPUTED:
        raise _InTheWay(column, "cell.not_computed")
    if failure is not None:
        raise _InTheWay(column, "cell.is_an_error", value=str(failure))
    if column in row.filled and column is not UNIT:
        raise _InTheWay(column, "ledger_file.merged")


def _kind(said: str) -> FindingKind:
    words = {
        key(catalogue(language).gettext(WORDS[f"finding_kind.{kind}"])): kind
        for kind in FindingKind
        for language in Language
    }
    if key(said) not in words:
        chinese = catalogue(Language.CHINESE)
        choices = tuple(chinese.gettext(WORDS[f"finding_kind.{kind}"]) for kind in FindingKind)
        raise _InTheWay(KIND, "cell.not_a_choice", value=shown(said) if said else NOBODY, choices=choices)
    return words[key(said)]


def _standards(said: str, there: tuple[Standard, ...]) -> tuple[Standard, ...]:
    """One to a line, or to a number where lines are numbered. What says the same, or stands there, keeps its id."""
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    is_numbered = bool(lines) and unnumbered(lines[0]) != lines[0]
    texts: list[str] = []
    for line in lines:
        if is_numbered and unnumbered(line) == line:
            texts[-1] = _continued(texts[-1], line)
        else:
            texts.append(unnumbered(line) if is_numbered else line)
    return tuple(_with_ids([text for text in texts if text], there))


def _continued(text: str, line: str) -> str:
    """A standard is one line, as at the desk; between words in Latin letters a blank stands for the end of a line."""
    return text + (" " if text[-1:].isascii() and line[:1].isascii() else "") + line


def _with_ids(texts: list[str], there: tuple[Standard, ...]) -> Iterator[Standard]:
    by_text = {text_in(each.text): each.id for each in there}
    taken = {by_text[text] for text in texts if text in by_text}
    free = (number for number in range(1, 1000) if f"standard-{number}" not in {each.id for each in there})
    for at, text in enumerate(texts):
        if text in by_text:
            yield Standard(by_text.pop(text), text)
        elif at < len(there) and there[at].id not in taken:
            taken.add(there[at].id)
            yield Standard(there[at].id, text)
        else:
            yield Standard(f"standard-{next(free)}", text)
