"""The sheets of a workbook while it is read: their lines, the ids of these, and by which names they are spoken of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.meeting.shortcomings import At
from app.papers.plan.entries import entries_of
from app.papers.plan.grids import Grid
from app.papers.plan.identity import PREFIXES
from app.papers.plan.lines import Mistakes, PlanLine
from app.papers.plan.mistakes import Misread
from app.papers.plan.references import Names, Numbering
from app.papers.plan.sheets import UNITS
from app.papers.plan.tables import lines_of


@dataclass(slots=True)
class Book:
    """``at``: the line from which each part was read. ``rows``: where a part stands, by sheet and id.

    A line that was unreadable is left out of the plan that is judged, not of the names.
    """

    grids: Mapping[str, Grid]
    mistakes: Mistakes = field(default_factory=Mistakes)
    at: dict[tuple[str, At], PlanLine] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    names: dict[str, Names] = field(default_factory=dict)

    def lines(self, sheet: str) -> list[PlanLine]:
        return list(lines_of(self.grids[sheet], self.mistakes)) if sheet in self.grids else []

    def entries(self, sheet: str) -> tuple[PlanLine, dict[str, list[PlanLine]]]:
        if sheet not in self.grids:
            return PlanLine(sheet, None, {}, self.mistakes), {}
        line, repeated = entries_of(self.grids[sheet], self.mistakes)
        self.at[sheet, None] = line
        self.rows |= {(sheet, heading): cell.row for heading, cell in line.cells.items()}
        self.rows |= {
            (sheet, heading): min(one.cells[heading].row for one in ones) for heading, ones in repeated.items()
        }
        return line, repeated

    def numbered(self, sheet: str) -> list[tuple[str, PlanLine]]:
        """The lines of a table with their ids; of those without one, or with one that stands again, a new one."""
        lines = self.lines(sheet)
        is_whole = sheet in self.grids and not self.mistakes.is_wrong(sheet)
        self.names[sheet] = Names(sheet, is_whole=is_whole)
        given: dict[str, PlanLine] = {}
        for line in lines:
            id = line.read("编号", "")
            if id in given:
                self.mistakes.warn(line.place("编号"), "id.twice", id=id, row=given[id].row or 0)
            elif id:
                given[id] = line
        numbering = Numbering(PREFIXES[sheet], given)
        by_line = {id_of.row: id for id, id_of in given.items()}
        numbered = [(by_line.get(line.row) or numbering.new(at), line) for at, line in enumerate(lines)]
        self.made |= {(sheet, id) for id, line in numbered if line.row not in by_line}
        return numbered

    def reference(self, line: PlanLine, heading: str, to: str) -> str | None:
        """The id of the line of another sheet that a cell means; None once it has been complained about."""
        names = self.names[to]
        parse = names.id_of if to == UNITS else names.known_id_of
        if names.is_whole:
            id: str | None = line.need(heading, None, parse)
            return id
        try:  # what is wrong with the other sheet has been said
            return parse(line.need(heading, ""))
        except Misread:
            line.is_bad = True
            return None

    def keep(self, sheet: str, kept: list[Any], part: Any, line: PlanLine) -> None:
        self.rows[sheet, part.id] = line.row or 0
        if not line.is_bad:
            self.at[sheet, len(kept)] = line
            kept.append(part)
