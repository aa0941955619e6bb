"""综合评分: the parts of each unit, joined by their weights, placed within its class; all as formulas.

A part that is missing is said, and the unit has no composite, as in the rules.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

from app.meeting.composites.agreed import CompositeGrade, Part, Source
from app.meeting.decimals import decimals_of, plain
from app.meeting.scoring.composite import Joined, composites_of
from app.meeting.scoring.full import full_of
from app.papers.folder.proceedings import Proceedings
from app.papers.results.formulas import (
    BeyondSpreadsheet,
    Formula,
    Whole,
    as_it_fits,
    decimal_sum,
    half_up,
    number_of,
    quoted,
    times,
    whole_of,
)
from app.papers.results.overview import Overview
from app.papers.results.page import Content, Page

TITLE = "综合评分"
HEADS, FULL, WEIGHTS, FIRST = 3, 4, 5, 6
NO, UNIT, CLASS, PARTS = range(4)
MISSING = "缺"


class JoinedSheet:
    """A row for each unit, in the order of the plan."""

    def __init__(self, page: Page, record: Proceedings, overview: Overview | None) -> None:
        self._page, self._record, self._overview = page, record, overview
        self._plan = record.meeting.plan
        self._parts = self._plan.composite.parts
        self._joined = composites_of(record.meeting)
        self._rows = range(FIRST, FIRST + len(self._joined))
        self._shares = PARTS + len(self._parts)
        self._score = self._shares + (len(self._parts) if self._plan.composite.rounds_parts else 0)
        self._grade, self._rank, self._note, self._there, self._of = range(self._score + 1, self._score + 6)
        self._ballots: dict[tuple[str, str], tuple[Whole, Whole]] = {}
        fulls = [full_of(self._plan, part) for part in self._parts]
        weights = [part.weight for part in self._parts]
        points = [each for joined in self._joined for each in joined.points.values()]
        self._decimals = {
            name: max(map(decimals_of, of), default=0)
            for name, of in (("full", fulls), ("weight", weights), ("points", points))
        }
        self._common = lcm(*(int(full * 10 ** self._decimals["full"]) for full in fulls))

    def write(self) -> None:
        self._page.title(self._record, TITLE)
        self._heads()
        end = self._write_votes()
        for row, joined in zip(self._rows, self._joined, strict=True):
            self._unit(row, joined)
        self._page.finish(self._record, FIRST)
        self._page.sheet.print_area(0, 0, end, self._note)

    def _heads(self) -> None:
        page, looks = self._page, self._page.looks
        names = [part.name for part in self._parts]
        shares = [f"{name} 折算" for name in names] if self._plan.composite.rounds_parts else []
        page.row(HEADS, ("序号", "单位", "分类", *names, *shares, "综合得分", "等次", "名次", "备注"), looks.heading)
        page.row(HEADS, ("有综合得分", "同类数"), looks.small, first=self._there)
        for row, text in ((FULL, "满分"), (WEIGHTS, "权重（%）")):
            page.label(row, text, PARTS)
        page.row(FULL, [plain(full_of(self._plan, part)) for part in self._parts], looks.number(), first=PARTS)
        page.row(WEIGHTS, [plain(part.weight) for part in self._parts], looks.number(), first=PARTS)
        page.widths(6, 26, 12, *(12 for _ in (*names, *shares)), 12, 12, 8, 16)
        if not any(self._plan.classes):
            page.hide(CLASS)
        if not self._plan.composite.grades:
            page.hide(self._grade)

    def _unit(self, row: int, joined: Joined) -> None:
        page, looks = self._page, self._page.looks
        unit = self._record.meeting.unit(joined.unit)
        page.put(row, NO, row - WEIGHTS, looks.number())
        page.row(row, (unit.name, unit.of_class), looks.text, first=UNIT)
        for column, part in enumerate(self._parts, start=PARTS):
            page.put(row, column, self._points(part, joined, column), looks.number())
        places, number = self._plan.rules.places, looks.number
        if self._plan.composite.rounds_parts:
            for column, part in enumerate(self._parts):
                page.put(row, self._shares + column, self._share(row, PARTS + column, part, joined), number(places))
        page.put(row, self._score, self._joined_score(row, joined), number(places, bold=True))
        page.put(
            row, self._there, Formula(f"IF({self._is_whole(row)},1,0)", int(joined.score is not None)), looks.small
        )
        page.put(row, self._of, self._peers(row, joined), looks.small)
        page.put(row, self._rank, self._placed(row, joined), number(bold=True))
        page.put(row, self._grade, self._graded(row, joined), looks.text)
        page.put(row, self._note, None, looks.note)

    def _points(self, part: Part, joined: Joined, column: int) -> Content:
        """What is scored here is repeated from the overview, and what is voted reckoned from its ballots."""
        points = joined.points.get(part.id)
        if points is None:
            return MISSING
        number_of(points)
        if part.voice:
            return self._voted(self._ballots[part.id, joined.unit], full_of(self._plan, part), column)
        is_here = part.source is Source.SCORED
        cell = self._overview.score_of(joined.unit) if self._overview and is_here else ""
        return Formula(cell, points) if cell else points

    def _write_votes(self) -> int:
        """Below the units: of each that has points by votes the ballots that approve, and those that say anything."""
        page, looks, end = self._page, self._page.looks, self._rows.stop
        for part in self._parts:
            voted = [each for each in self._joined if part.voice and part.id in each.points]
            if not voted:
                continue
            page.put(end + 1, UNIT, f"{part.name}：票数", looks.heading)
            page.row(end + 1, ("赞成票", "有效票"), looks.heading, first=PARTS)
            for row, each in enumerate(voted, start=end + 2):
                page.put(row, UNIT, self._record.meeting.unit(each.unit).name, looks.text)
                self._ballots[part.id, each.unit] = self._counted(row, part, each.unit)
            end += 1 + len(voted)
        return end

    def _counted(self, row: int, part: Part, unit: str) -> tuple[Whole, Whole]:
        poll = self._record.meeting.poll_on(unit)
        counts = poll.approving_of(part.voice, self._plan.rules.counts_as) if poll and part.voice else (0, 0)
        cells = [self._page.put(row, PARTS + at, each, self._page.looks.number()) for at, each in enumerate(counts)]
        approving, valid = (Whole(cell, each) for cell, each in zip(cells, counts, strict=True))
        return approving, valid

    def _voted(self, ballots: tuple[Whole, Whole], full: Decimal, column: int) -> Formula[Decimal]:
        """The share that approves, of the full score."""
        approving, valid = ballots
        of = whole_of(self._page.at(FULL, column, row_abs=True), full, self._decimals["full"])
        above = Whole(f"{approving.text}*{of.text}", approving.value * of.value)
        return half_up(above, valid, self._decimals["full"], self._plan.rules.places, is_signed=False)

    # --- what they come to --------------------------------------------------------------------------------------------

    def _is_whole(self, row: int) -> str:
        return f"COUNT({self._page.cells(row, PARTS, row, PARTS + len(self._parts) - 1)})={len(self._parts)}"

    def _joined_score(self, row: int, joined: Joined) -> Formula[Decimal] | Formula[str]:
        if self._plan.composite.rounds_parts:
            shares = self._page.cells(row, self._shares, row, self._shares + len(self._parts) - 1)
            said = decimal_sum(f"SUM({shares})", joined.score or Decimal(0), self._plan.rules.places)
        else:
            terms = [self._term(row, PARTS + at, part, joined) for at, part in enumerate(self._parts)]
            above = Whole(f"({'+'.join(term.text for term in terms)})", sum(term.value for term in terms))
            said = half_up(
                above, Whole(str(self._common), self._common), self._behind, self._plan.rules.places, self._is_signed
            )
        text = f'IF({self._is_whole(row)},{said.text},"")'
        return Formula(text, joined.score) if joined.score is not None else Formula(text, "")

    def _share(self, row: int, column: int, part: Part, joined: Joined) -> Formula[Decimal] | str:
        """A part times its weight, rounded before it is added."""
        if part.id not in joined.points:
            return MISSING
        term = self._term(row, column, part, joined)
        return half_up(
            term, Whole(str(self._common), self._common), self._behind, self._plan.rules.places, self._is_signed
        )

    def _term(self, row: int, column: int, part: Part, joined: Joined) -> Whole:
        """Points times weight over the full score, all without their points, over a common divisor."""
        full, points = full_of(self._plan, part), joined.points.get(part.id, Decimal(0))
        decimals = self._decimals
        own = whole_of(self._page.at(row, column), points, decimals["points"])
        weight = whole_of(self._page.at(WEIGHTS, column, row_abs=True), part.weight, decimals["weight"])
        of = whole_of(self._page.at(FULL, column, row_abs=True), full, decimals["full"])
        text = f"{own.text}*{weight.text}*{self._common}/{of.text}"
        value = own.value * weight.value * (self._common // of.value)
        scale = 10 ** decimals["full"]
        return Whole(times(text, scale), value * scale)

    @property
    def _is_signed(self) -> bool:
        return any(criterion.minimum < 0 for criterion in self._plan.criteria)

    @property
    def _behind(self) -> int:
        return self._decimals["points"] + self._decimals["weight"]

    # --- where that stands --------------------------------------------------------------------------------------------

    def _in_class(self, row: int) -> str:
        """Of each unit, whether it is of the same class and has a composite."""
        return f"{self._column(self._there)}*EXACT({self._column(CLASS)},{self._page.at(row, CLASS)})"

    def _peers(self, row: int, joined: Joined) -> Formula[int]:
        unit = self._record.meeting.unit(joined.unit)
        of = sum(
            each.score is not None and self._record.meeting.unit(each.unit).of_class == unit.of_class
            for each in self._joined
        )
        return Formula(f"SUMPRODUCT({self._in_class(row)})", of)

    def _placed(self, row: int, joined: Joined) -> Formula[int] | Formula[str]:
        own = self._page.at(row, self._score)
        better = f"SUMPRODUCT({self._in_class(row)}*({self._column(self._score)}>{own}))"
        text = f'IF({self._page.at(row, self._there)}=1,1+{better},"")'
        return Formula(text, joined.rank) if joined.rank is not None else Formula(text, "")

    def _graded(self, row: int, joined: Joined) -> Formula[str]:
        """The first line that is reached: from so much on, and within the first so many per cent of the class."""
        text = quoted("")
        for line in reversed(self._plan.composite.grades):
            text = f"IF({self._reaches(row, line)},{quoted(line.name)},{text})"
        return Formula(f'IF({self._page.at(row, self._there)}=1,{text},"")', joined.grade)

    def _reaches(self, row: int, line: CompositeGrade) -> str:
        scale = 10**self._plan.rules.places
        score, rank, of = (self._page.at(row, at) for at in (self._score, self._rank, self._of))
        is_enough = f"ROUND({times(score, scale)},0)>={ceil(Fraction(line.at_least) * scale)}"
        if line.top is None:
            return is_enough
        by = 10 ** decimals_of(line.top)
        return f"AND({is_enough},{100 * by}*{rank}<={int(Fraction(line.top) * by)}*{of})"

    def _column(self, column: int) -> str:
        return self._page.cells(self._rows.start, column, self._rows.stop - 1, column)


def write_joined(page: Page, record: Proceedings, overview: Overview | None) -> None:
    """With formulas; without, where the numbers have more digits than a spreadsheet reckons with."""
    try:
        JoinedSheet(page, record, overview).write()
    except BeyondSpreadsheet:
        _plain(Page(page.sheet, page.looks), record)


def _plain(page: Page, record: Proceedings) -> None:
    meeting, looks = record.meeting, page.looks
    parts = meeting.plan.composite.parts
    page.title(record, TITLE)
    names = [f"{part.name}（{plain(part.weight):f}%）" for part in parts]
    page.row(HEADS, ("单位", "分类", *names, "综合得分", "等次", "名次", "备注"), looks.heading)
    for row, joined in enumerate(composites_of(meeting), start=HEADS + 1):
        unit = meeting.unit(joined.unit)
        points = [str(joined.points.get(part.id, MISSING)) for part in parts]
        score = as_it_fits(joined.score) if joined.score is not None else ""
        page.row(row, (unit.name, unit.of_class, *points, score, joined.grade, joined.rank), looks.text)
        page.put(row, len(parts) + 5, None, looks.note)
    page.widths(26, 12, *(16 for _ in parts), 12, 12, 8, 16)
    page.finish(record, HEADS + 1)
