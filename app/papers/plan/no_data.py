"""Lines of a table that are no data: totals, notes, places to sign. They are passed over aloud.

What plainly is no data is left out, with a warning that says so; what only looks like it comes in, with a warning, too.
A line that has an id is data, whatever it says.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from app.meeting.decimals import plain
from app.meeting.scoring.numbers import rounded
from app.papers.plan.cells import is_blank, number_of
from app.papers.plan.columns import Column
from app.papers.plan.contents import Holds
from app.papers.plan.grids import letter_of
from app.papers.plan.headings import by_words, heading_key
from app.papers.plan.lines import Cell, Mistakes, PlanLine
from app.papers.plan.mistakes import Misread, Where
from app.papers.plan.names import key, tidy
from app.papers.plan.sheets import AGENDA, GRADES, IDS, LEVELS, PANEL, RECUSALS, RUBRIC, TABLES, UNITS, column_of
from app.papers.plan.times import date_of, length_of

LONGEST_USUAL_NAME = 40

_TOTAL = re.compile(
    r"[(\[【*]*(?:本页|本表|以上|各项|全部|全场)?(?P<word>合计|总计|小计|共计|累计|总和|总数|平均|平均值|平均数|均值|均分|平均分"
    r"|total|grandtotal|subtotal|sum|average|mean)"
    r"(?:分|分值|分数|数|值|家数|个数|人数|家|个|时长|用时)?(?:[:()\d)\]】].*)?"
    r"|[(\[【]?共\d{1,4}(?:家|个|项|人|名|席|位|条|行)(?:单位|部门|指标|席位|评委|评议员|代表)?[)\]】]?"
)
_PARTIAL = ("小计", "subtotal")
_AVERAGES = ("平均", "平均值", "平均数", "均值", "均分", "平均分", "average", "mean")
_PERHAPS_TOTAL = (
    *("总分", "满分", "总分值", "满分合计", "总得分", "最高总分", "满分值"),
    *("得分", "合计得分", "最后得分", "最终得分", "实际得分", "平均得分", "总计得分", "评委打分"),
)
_COUNT = re.compile(r"(?:^|\D)(\d{1,4})(?:家|个|席|人|名|位|行|项|条)")
_NOTE = re.compile(
    r"[*※★#•·()\[【]*(?:注|备注|附注|注释|注意|注意事项|说明|(?:填表|填报|填写|编制|评分|评议|使用|有关|几点|情况)说明|填表须知"
    r"|温馨提示|提示|附件|附表|附|notes?|remarks?|nb)[\d一二三四五六七八九十]{0,3}[)\]】]?(?:[:.、)].*|$)"
    r"|※.+|\(?注[:：].*|[(\[【]?(?:以上|上述|以下)(?:各?单位|名单|人员|顺序|排名|排序|为|内容).*"
    r"|(?:抄送|主送|抄报|主题词|报送|印发)[:：].*"
)
_APART = re.compile(r"(?:备注|附注|注|说明)\s+\S")
_NOTHING = frozenset(["略", "无", "空", "空白", "暂无", "暂缺", "没有", "以下无", "nil", "none", "n/a", "na"])
_SIGNED = re.compile(
    r"[*(]*(?:(?:填表|填报|制表|填写|报送|编制)(?:单位|部门|时间)"
    r"|(?:填表|填报|制表|填写|报送|编制|录入|统计|审核|复核|审批|审定|核对|校核|校对|经办|批准|签发)(?:人员?|者|日期|领导)(?:签字|签名)?)"
    r"(?:$|[:_(].*|.{0,4}(?:日期|审核|复核|电话|负责人).*)"
    r"|(?:单位|部门|主管|分管)?(?:负责人|领导)(?:签字|签名|签章)?[:(_].*"
    r"|(?:联系人|联系电话|联系方式|电话|手机|日期|时间|签字|签名|签章|盖章|公章|打印日期|打印时间|制表|填表|审核|复核)(?:[:_].*|$)"
    r"|(?:评委|评议员|评审专家|专家|监督员|监票人?|计分人?|统计人?|评分人|打分人)(?:(?:签名|签字|签章)(?:$|[:_(].*)|[:_].*)"
    r"|.{0,8}\((?:盖章|公章|签字|签章|签名)\)[:_]?.*"
    r"|(?:prepared|checked|approved|filledin)by.*|(?:date|signature|signed)(?::.*|$)"
)
_PAGE = re.compile(
    r"第\d+页.*|共\d+页.*|page\d+.*|[(-]*(?:以下|此处以下|本页|此页|此后)(?:空白|无正文|无内容)[)-]*|[-—]*(?:完|end|结束)[-—]*"
)


@dataclass(slots=True)
class Sieve:
    """Goes down a table with its reader: ``holds_back`` says of each line whether it is no data."""

    sheet: str
    headings: Mapping[str, int]
    headed: frozenset[int]
    """The columns that have a heading, known or not."""
    mistakes: Mistakes
    persons: frozenset[int] = frozenset()
    """Where the names of persons stand, who have a seat each."""
    _kept: list[PlanLine] = field(default_factory=list)
    _since: int = 0
    """From which of the kept lines on the next subtotal counts."""
    _known: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        self._known = by_words(self.sheet)

    def holds_back(self, line: PlanLine, row: Sequence[Any]) -> bool:
        """Whether a line is left out; says why, and says of a line that only looks like it that it comes in."""
        at, said = self._telling_text(row)
        if self._repeats_headings(row):
            self._pass_over(line, at, "line.is_heading_again", said)
        elif said and not line.says(IDS.heading) and self._is_total(line, said):
            self._pass_over(line, at, "line.is_total", said)
            self._compare(line, row, said)
        elif said and not line.says(IDS.heading) and self._is_note(line, row, said):
            self._pass_over(line, at, "line.is_note", said)
        elif not line.says(IDS.heading) and self._says_nothing(line):
            self._pass_over(line, at, "line.only_signs", said or tidy(str(row[at])))
        elif not self._says_anything(line, row):
            if said and at in self.headed:
                self._pass_over(line, at, "line.nothing_to_read", said)
        else:
            self._look_again(line, at, said)
            self._kept.append(line)
            return False
        return True

    def _says_anything(self, line: PlanLine, row: Sequence[Any]) -> bool:
        return any(line.says(heading) for heading in self.headings) or any(not is_blank(row[at]) for at in self.persons)

    def _says_nothing(self, line: PlanLine) -> bool:
        """Whether there are but strokes, dots and words for nothing, as they are put into an empty form."""
        if IDS not in TABLES[self.sheet]:  # without ids, a line of an export could look like this
            return False
        said = [cell.value for heading, cell in line.cells.items() if line.says(heading)]
        return bool(said) and all(isinstance(value, str) and is_nothing(value) for value in said)

    def _telling_text(self, row: Sequence[Any]) -> tuple[int, str]:
        """What tells what a line is: the first text, or a total or note that stands behind the class of its lines."""
        names = [
            each.heading for each in TABLES[self.sheet] if each.is_needed or each.heading in ("类型", "单位", "标题")
        ]
        for heading in names:
            at = self.headings.get(heading)
            text = row[at] if at is not None else None
            if at is not None and isinstance(text, str) and (is_total(text) or is_note(text)):
                return at, tidy(text)
        return _first_text(row)

    def _pass_over(self, line: PlanLine, at: int, code: str, said: str) -> None:
        self.mistakes.warn(Where(self.sheet, line.row, letter_of(at)), code, text=_short(said))

    def _repeats_headings(self, row: Sequence[Any]) -> bool:
        """A table that goes over several pages has its headings again on each."""
        again = [at for heading, at in self.headings.items() if self._is_called(row[at], heading)]
        said = [at for at in self.headings.values() if not is_blank(row[at])]
        return len(again) > 1 and len(again) == len(said)

    def _is_called(self, value: Any, heading: str) -> bool:
        column = self._known.get(heading_key(value)) if isinstance(value, str) else None
        return column is not None and column.heading == heading

    # --- totals -------------------------------------------------------------------------------------------------------

    def _is_total(self, line: PlanLine, said: str) -> bool:
        found = _TOTAL.fullmatch(key(said))
        if self._speaks_of_others(line):
            return False
        if found:
            # A level may be called 平均.
            return not (self.sheet in (LEVELS, GRADES) and found["word"] in _AVERAGES)
        return self._may_be_total(said) and (self._number(line, "满分") is None or self._adds_up(line, "满分"))

    def _may_be_total(self, said: str) -> bool:
        return self.sheet == RUBRIC and re.sub(r"\(.*\)$|[:：]$", "", key(said)) in _PERHAPS_TOTAL

    def _adds_up(self, line: PlanLine, heading: str) -> bool:
        number = self._number(line, heading)
        return number is not None and bool(self._kept) and number == self._sum(self._kept, heading)

    def _compare(self, line: PlanLine, row: Sequence[Any], said: str) -> None:
        word = _word_of_total(said)
        over = self._kept[self._since :] if word in _PARTIAL else self._kept
        self._since = len(self._kept) if word in _PARTIAL else self._since
        if word in _AVERAGES:
            return
        for heading in self.headings:
            written, total = self._number(line, heading), self._sum(over, heading)
            if written is not None and total is not None and written not in (total, *self._also(over, heading)):
                self.mistakes.warn(
                    line.place(heading),
                    "total.does_not_agree",
                    heading=heading,
                    total=_told(total),
                    written=_told(written),
                )
        self._compare_count(line, row)

    def _compare_count(self, line: PlanLine, row: Sequence[Any]) -> None:
        if self.sheet not in (UNITS, PANEL):
            return
        counts = [int(found[1]) for value in row if isinstance(value, str) if (found := _COUNT.search(key(value)))]
        counts += [value for value in row if isinstance(value, int) and not isinstance(value, bool)]
        if counts and len(self._kept) not in counts:
            self.mistakes.warn(
                Where(self.sheet, line.row), "total.other_count", count=len(self._kept), written=str(counts[0])
            )

    def _also(self, over: Sequence[PlanLine], heading: str) -> list[Fraction]:
        """What else a total in this column may mean: all minutes of the agenda, all points by their weights."""
        if self.sheet == AGENDA:
            sums = [
                self._sum(over, each) for each in self.headings if column_of(self.sheet, each).holds is Holds.MINUTES
            ]
            return [sum((each for each in sums if each is not None), Fraction(0))]
        if self.sheet == RUBRIC and heading == "满分":
            products = [(self._number(each, "满分") or 0) * self._weight(each) for each in over]
            return [sum(products, Fraction(0))]
        return []

    def _weight(self, line: PlanLine) -> Fraction:
        weight = self._number(line, "权重")
        return Fraction(1) if weight is None else weight

    def _sum(self, lines: Sequence[PlanLine], heading: str) -> Fraction | None:
        """None if there is nothing to add, or something that is no number."""
        said = [line for line in lines if line.says(heading)]
        numbers = [self._number(line, heading) for line in said]
        if not numbers or None in numbers:
            return None
        return sum((number for number in numbers if number is not None), Fraction(0))

    def _number(self, line: PlanLine, heading: str) -> Fraction | None:
        """A number, or minutes, if a cell holds one."""
        parse = _PARSES.get(column_of(self.sheet, heading).holds)
        cell = line.cells.get(heading)
        if parse is None or cell is None or is_blank(cell.value):
            return None
        try:
            return parse(cell.value)
        except Misread:
            return None

    # --- notes --------------------------------------------------------------------------------------------------------

    def _is_note(self, line: PlanLine, row: Sequence[Any], said: str) -> bool:
        looks_so = is_note(said) or (_is_date(said) and sum(not is_blank(value) for value in row) == 1)
        return looks_so and not self._has_data(line)

    def _has_data(self, line: PlanLine) -> bool:
        """Whether a line holds what no note does: a number in a column of numbers, or a choice."""
        if self._speaks_of_others(line):
            return True
        if any(self._number(line, heading) is not None for heading in self.headings):
            return True
        choices = [each for each in TABLES[self.sheet] if each.choices and each.heading in self.headings]
        return any(key(str(line.cells[each.heading].value)) in map(key, each.choices) for each in choices)

    def _speaks_of_others(self, line: PlanLine) -> bool:
        """Whether a line names a seat and a unit: what these are called may look like anything."""
        return self.sheet == RECUSALS and line.says("席位") and line.says("单位")

    def _look_again(self, line: PlanLine, at: int, said: str) -> None:
        place = Where(self.sheet, line.row, letter_of(at))
        if is_note(said):
            self.mistakes.warn(place, "line.looks_like_note", text=_short(said))
        elif is_total(said) or self._may_be_total(said):
            self.mistakes.warn(place, "line.looks_like_total", text=_short(said))
        elif self.sheet in (UNITS, RUBRIC, PANEL) and _reads_like_prose(line, TABLES[self.sheet][0].heading):
            heading = TABLES[self.sheet][0].heading
            self.mistakes.warn(line.place(heading), "line.looks_like_note", text=_short(str(line.cells[heading].value)))


def is_note(said: str) -> bool:
    """Whether a text begins as a note, a place to sign or a page number does."""
    return bool(_APART.match(tidy(said))) or any(pattern.fullmatch(key(said)) for pattern in (_NOTE, _SIGNED, _PAGE))


def is_nothing(text: str) -> bool:
    """Whether a text is a stroke, dots, or a word that says that there is nothing: /, ——, ……, 无, （略）."""
    said = key(text).strip("()[]【】")
    return said in _NOTHING or not any(each.isalnum() for each in said)


def is_total(said: str) -> bool:
    return bool(_TOTAL.fullmatch(key(said)))


def _word_of_total(said: str) -> str:
    found = _TOTAL.fullmatch(key(said))
    return (found["word"] or "") if found else ""


_PARSES: Mapping[Holds, Callable[[Any], Fraction]] = {
    Holds.NUMBER: lambda value: Fraction(number_of(value)),
    Holds.MINUTES: lambda value: Fraction(length_of(value) // timedelta(seconds=1), 60),
}


def _told(number: Fraction) -> str:
    return f"{plain(rounded(number, 6)):f}"


def _first_text(row: Sequence[Any]) -> tuple[int, str]:
    """The first cell that is no mere number, and its column (0 the first)."""
    for at, value in enumerate(row):
        if isinstance(value, str) and not is_blank(value) and not re.fullmatch(r"[\d.、)(]+", key(value)):
            return at, tidy(value)
    return next((at for at, value in enumerate(row) if not is_blank(value)), 0), ""


def _is_date(said: str) -> bool:
    if re.fullmatch(r"[\d〇零○一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,2}月", key(said)):
        return True
    try:
        date_of(said)
    except Misread:
        return False
    return True


def _reads_like_prose(line: PlanLine, heading: str) -> bool:
    cell: Cell | None = line.cells.get(heading)
    text = tidy(cell.value) if cell and isinstance(cell.value, str) else ""
    return len(text) > LONGEST_USUAL_NAME or bool(re.search(r"。|[；;：:]$", text))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_USUAL_NAME else text[: LONGEST_USUAL_NAME - 1] + "…"
