"""From a unit's sheets to its score: means, weights of groups, rounding, grade, and what breaks ties; all formulas."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from app.meeting.plan import FIRST_RECKONING, RoundAt, Rules, TieBreak
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.ranking import heaviest_of
from app.meeting.scoring.result import CountedSheet
from app.papers.results.blocks import Blocks
from app.papers.results.formulas import Formula, Whole, half_up, quoted, times, whole_of
from app.papers.results.lines import Lines
from app.papers.results.points import FIRST, Sheets, sum_of
from app.papers.results.shares import ONE, Block, Share, Weights, in_cells, without_decimals


class Working:
    """``score`` and ``grade`` are where the overview finds them; ``ties``, by step of the ladder, what breaks them."""

    def __init__(self, sheets: Sheets, rows: list[range], lines: Lines) -> None:
        self._sheets, self._rows, self._lines, self._rules = sheets, rows, lines, sheets.rules
        self.ties: dict[TieBreak, tuple[Whole, Whole]] = {}
        blocks = Blocks(sheets, lines)
        self._blocks = [blocks.of(pool, of) for pool, of in zip(sheets.pools, rows, strict=True)]
        self._weights = Weights(sheets, lines, self._blocks) if self._rules.group_weights else None
        self._means = {criterion.id: self._mean(at) for at, criterion in enumerate(sheets.criteria)}
        self._write_means()
        self.score, self.grade = self._write_score()
        self._write_ties()

    def _mean(self, at: int) -> Share:
        """Of a criterion, over the whole panel."""
        shares = [self._mean_in(block, at) for block in self._blocks]
        return self._weights.mean(shares) if self._weights else shares[0]

    def _mean_in(self, block: Block, at: int) -> Share:
        decimals, places = self._sheets.mark_decimals, self._rules.places
        kept, column = block.pool.kept(self._sheets.criteria[at].id), FIRST + at
        if self._rules.round_at is not RoundAt.CRITERION:
            return Share(whole_of(self._lines.page.at(block.sums, column), kept, decimals), block.count, decimals)
        mean = rounded(Fraction(kept) / block.count.value, places)
        return Share(whole_of(self._lines.page.at(block.means, column), mean, places), ONE, places)

    def _write_means(self) -> None:
        row = self._lines.label("各项指标平均分")
        for column, share in enumerate(self._means.values(), start=FIRST):
            self._lines.put(row, column, self._half_up(share), self._rules.places)

    def _write_score(self) -> tuple[Formula[Decimal], Formula[str]]:
        shares = [block.score for block in self._blocks]
        exact = in_cells(self._weights.mean(shares), self._lines) if self._weights else shares[0]
        score, name = self._half_up(exact), self._sheets.result.grade
        cell = self._lines.line("得分", score, self._rules.places, is_bold=True)
        grade = self._lines.line("等次", Formula(grade_formula(self._rules, cell), name), is_bold=True)
        return Formula(cell, score.value), Formula(grade, name)

    def _write_ties(self) -> None:
        """What the ladder asks among equals, exactly: two whole numbers each, to be compared crosswise."""
        asked = {
            TieBreak.UNTRIMMED_MEAN: ("未去极值平均分的", self._untrimmed),
            TieBreak.HEAVIEST_CRITERION: ("权重最大指标平均分的", self._heaviest),
        }
        for step, (text, share) in asked.items():
            if step in self._rules.tie_ladder:
                written = in_cells(without_decimals(share()), self._lines, text)
                self.ties[step] = written.above, written.below

    def _heaviest(self) -> Share:
        return self._means[heaviest_of(self._sheets.plan).id]

    def _untrimmed(self) -> Share:
        if self._weights is None or self._sheets.meeting.reckoning == FIRST_RECKONING:
            everything = range(self._rows[0].start, self._rows[-1].stop)
            return self._mean_of_all(everything, self._sheets.result.sheets)
        return self._weights.mean_of_all([self._mean_of_all(each.rows, each.pool.sheets) for each in self._blocks])

    def _mean_of_all(self, rows: range, sheets: Sequence[CountedSheet]) -> Share:
        totals, decimals = self._sheets.column_of(rows, self._sheets.total), self._sheets.decimals
        total = whole_of(f"SUM({totals})", sum_of(sheet.total for sheet in sheets), decimals)
        return Share(total, Whole(f"COUNT({totals})", len(sheets)), decimals)

    def _half_up(self, share: Share) -> Formula[Decimal]:
        return half_up(share.above, share.below, share.decimals, self._rules.places, self._sheets.is_signed)


def grade_formula(rules: Rules, score: str) -> str:
    """The highest line that is reached, compared in whole units of the last place."""
    text, scale = quoted(""), 10**rules.places
    for line in sorted(rules.grades, key=lambda line: line.at_least):
        least = ceil(Fraction(line.at_least) * scale)
        text = f"IF(ROUND({times(score, scale)},0)>={least},{quoted(line.name)},{text})"
    return text
