"""A meeting out of a workbook: every cell read or complained about, then the plan as a whole looked at."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from app.meeting.decimals import to_decimals
from app.meeting.hints import rule_hints
from app.meeting.plan import (
    AgendaItem,
    Criterion,
    GradeLine,
    Group,
    ItemKind,
    Level,
    LevelRule,
    Mode,
    Order,
    Plan,
    Receipts,
    RoundAt,
    RoundsOpen,
    Rules,
    Seat,
    Segment,
    SegmentKind,
    TieBreak,
    TrimOf,
    Unit,
)
from app.meeting.refusals import Said
from app.meeting.shortcomings import MOST_DECIMALS, At, shortcomings
from app.papers.plan import cells, times
from app.papers.plan.cells import (
    choice_of,
    count_of,
    is_of_society,
    long_text_of,
    name_of,
    number_of,
    text_of,
    yes_or_no,
)
from app.papers.plan.choices import word_of, words_of
from app.papers.plan.entries import entries_of
from app.papers.plan.example import EXAMPLE
from app.papers.plan.grade_lines import least_of
from app.papers.plan.grids import Grid, grids_of
from app.papers.plan.headings import label_of
from app.papers.plan.identity import PREFIXES
from app.papers.plan.lines import Findings, Line
from app.papers.plan.mistakes import Misread, Mistake, Place, Reading, Unreadable
from app.papers.plan.names import key, tidy_name
from app.papers.plan.naming_sheets import Named, named
from app.papers.plan.numbered import is_numbered, without_numbers
from app.papers.plan.placing import STILL_MISSING, Spot, spot_of, where_in_words
from app.papers.plan.quorums import Quorum, quorum_of
from app.papers.plan.references import Names, Numbering, pair
from app.papers.plan.segments import IN_COLUMNS, segments_in
from app.papers.plan.sheets import (
    AGENDA,
    GRADES,
    LEVELS,
    MEETING,
    NEEDED_SHEETS,
    ORDER_OF_SHEETS,
    PANEL,
    RECUSALS,
    RUBRIC,
    RULES,
    UNITS,
)
from app.papers.plan.tables import is_list_of_persons, lines_of

Otherwise = TypeVar("Otherwise", Decimal, Decimal | None)

LONGEST_SHORT_NAME = 24
LONGEST_SEGMENT = timedelta(hours=3)
SHORTEST_SEGMENT = timedelta(seconds=30)
"""What is longer or shorter is asked about: seconds may have been taken for minutes, or minutes for seconds."""

EARLIEST = 7
"""The hour from which on a row of rising times is when reports begin, and not how long they are."""

NO_DAY = date(2000, 1, 1)
"""Stands in for a day that could not be read, so that the rest can be judged."""


def read_workbook(content: bytes) -> Reading:
    """What a workbook says. Raises Unreadable if it is none."""
    sheets = named(grids_of(content))
    if not sheets.grids.keys() & {MEETING, UNITS, AGENDA, PANEL}:
        raise Unreadable("file.no_template", sheets=tuple(NEEDED_SHEETS))
    return _Reader(sheets.grids, sheets).reading()


@dataclass(slots=True)
class _Reader:
    """Goes through the sheets. A line that was unreadable is left out of the plan that is judged, not of the names."""

    grids: Mapping[str, Grid]
    sheets: Named
    findings: Findings = field(default_factory=Findings)
    lines: dict[tuple[str, At], Line] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    names: dict[str, Names] = field(default_factory=dict)
    numbered_by_group: list[tuple[int, str]] = field(default_factory=list)

    def reading(self) -> Reading:
        self._look_at_sheets()
        plan = self._plan()
        is_readable = not self.findings.has_errors
        _Judge(plan, self.findings, self.lines).judge()
        found = sorted(self.findings.all, key=_by_place)
        told = tuple(_as_called(each, self.sheets.called) for each in found)
        return Reading(plan if is_readable else None, told, self.rows, frozenset(self.made))

    def _look_at_sheets(self) -> None:
        for name in self.grids:
            if name not in ORDER_OF_SHEETS:
                self.findings.warn(Place(name), "sheet.unknown", sheet=name)
        for meant, name in self.sheets.twice:
            self.findings.warn(Place(name), "sheet.twice", sheet=meant, other=name)
        for meant in self.sheets.guessed:
            name = self.sheets.called[meant]
            self.findings.warn(Place(meant), "sheet.taken_as", sheet=name, meant=meant)
        for name in NEEDED_SHEETS:
            if name not in self.grids:
                self.findings.error(Place(name), "sheet.missing", sheet=name)
        if RULES not in self.grids:
            self.findings.warn(Place(RULES), "sheet.left_out", sheet=RULES)

    def _plan(self) -> Plan:
        units = self._units()
        panel = self._panel()
        criteria = self._criteria()
        rules = self._rules()
        agenda = self._agenda({unit.id: unit.short_name for unit in units})
        return self._meeting(units, self._with_recusals(panel), agenda, criteria, rules)

    # --- the meeting and its rules ------------------------------------------------------------------------------------

    def _meeting(
        self,
        units: tuple[Unit, ...],
        seats: tuple[Seat, ...],
        agenda: tuple[AgendaItem, ...],
        criteria: tuple[Criterion, ...],
        rules: Rules,
    ) -> Plan:
        line, repeated = self._entries(MEETING)
        nobody: tuple[str, ...] = ()
        organisers = [line.read("主办单位", cells.names_of, nobody) for line in repeated.get("主办单位", [])]
        return Plan(
            code=line.need("代号", cells.code_of, ""),
            title=line.need("名称", name_of, "?"),
            starts_at=_start(line),
            # A meeting whose mode is unreadable is judged as the one that needs least.
            mode=line.need("评议方式", partial(choice_of, Mode), Mode.COMMENTS),
            units=units,
            seats=seats,
            agenda=agenda,
            criteria=criteria,
            rules=rules,
            place=line.read("地点", name_of, ""),
            organisers=tuple(name for names in organisers for name in names),
            order=line.read("报告顺序", partial(choice_of, Order), Order.FIXED),
            invited_only=line.read("凭邀请观看", yes_or_no, False),
            rehearsal_of=line.read("彩排自", cells.code_of, ""),
        )

    def _rules(self) -> Rules:
        line, repeated = self._entries(RULES)
        usual = Rules()
        ladder = [
            one.read("并列时依次看", partial(choice_of, TieBreak), None) for one in repeated.get("并列时依次看", [])
        ]
        quorum = line.read("法定份数比例", quorum_of, Quorum(usual.quorum))
        weights: dict[Group, Decimal | None] = {group: _number(line, f"{word_of(group)}权重", None) for group in Group}
        return Rules(
            trim_high=line.read("去掉最高分", count_of, usual.trim_high),
            trim_low=line.read("去掉最低分", count_of, usual.trim_low),
            trim_from=line.read("满多少份才去", count_of, usual.trim_from),
            trim_of=line.read("去掉什么", partial(choice_of, TrimOf), usual.trim_of),
            group_weights={group: weight for group, weight in weights.items() if weight is not None},
            places=line.read("小数位数", count_of, usual.places),
            round_at=line.read("四舍五入", partial(choice_of, RoundAt), usual.round_at),
            quorum=quorum.share,
            quorum_parts=quorum.parts,
            quorum_by=quorum.by or usual.quorum_by,
            tie_ladder=tuple(each for each in ladder if each is not None),
            grades=self._grades(),
            rank_shown=line.read("向会场公布名次", yes_or_no, usual.rank_shown),
            rounds_open=line.read("开始评分", partial(choice_of, RoundsOpen), usual.rounds_open),
            level_rule=line.read("等次认定", partial(choice_of, LevelRule), usual.level_rule),
            receipts=line.read("回执公示", partial(choice_of, Receipts), usual.receipts),
        )

    def _grades(self) -> tuple[GradeLine, ...]:
        grades: list[GradeLine] = []
        for line in self._lines(GRADES):
            grade = GradeLine(line.need("最低总分", _least(line), Decimal(0)), line.need("等次", name_of, ""))
            self._look_at_level(line)
            if not line.is_bad:
                self.lines[GRADES, len(grades)] = line
                self.rows[GRADES, grade.name] = line.row or 0
                grades.append(grade)
        return tuple(grades)

    # --- who reports and who judges -----------------------------------------------------------------------------------

    def _units(self) -> tuple[Unit, ...]:
        units: list[Unit] = []
        lines = self._numbered(UNITS)
        bare = self._without_numbers([line for _, line in lines if not line.says("编号")])
        for id, line in lines:
            written = line.need("单位名称", name_of, "")
            name = bare.get(line.row, written)
            short = line.read("简称", name_of, name)
            short = (without_numbers([short]) or [short])[0] if line.row in bare else short
            unit = Unit(id, name, short, line.read("报告人职务", name_of, ""))
            self.names[UNITS].add(id, (unit.name, unit.short_name, written))
            line.is_bad = False  # kept all the same: the agenda speaks of it
            self._keep(UNITS, units, unit, line)
        return tuple(units)

    def _without_numbers(self, lines: Sequence[Line]) -> dict[int | None, str]:
        """By row, the names of units whose list came with a number before each; said once.

        Where only some have one, these may be headings of the others: that is asked about.
        """
        names = {line.row: tidy_name(label_of(line.cells["单位名称"].value)) for line in lines if line.says("单位名称")}
        bare = without_numbers(list(names.values()))
        if bare:
            first = next(iter(names.values()))
            self.findings.warn(Place(UNITS, None, "单位名称"), "units.numbers_left_out", example=first, name=bare[0])
            return dict(zip(names, bare, strict=True))
        for line in lines:
            if is_numbered(names.get(line.row, "")):
                self.findings.warn(line.place("单位名称"), "line.looks_like_heading", text=names[line.row])
        return {}

    def _panel(self) -> tuple[Seat, ...]:
        seats: list[Seat] = []
        numbers: Counter[Group] = Counter()
        is_listed = PANEL in self.grids and is_list_of_persons(self.grids[PANEL])
        for id, line in self._numbered(PANEL):
            group = line.need("类别", partial(choice_of, Group), Group.EXPERT)
            self._look_at_group(line, group)
            numbers[group] += 1
            label = f"{word_of(group)}{numbers[group]}" if is_listed else line.need("席位", name_of, "")
            self.names[PANEL].add(id, (label,))
            self._keep(PANEL, seats, Seat(id, label, group), line)
            if is_listed and line.row:
                self.numbered_by_group.append((line.row, label))
        self._say_numbered()
        return tuple(seats)

    def _look_at_group(self, line: Line, group: Group) -> None:
        value = line.cells["类别"].value if line.says("类别") else ""
        if isinstance(value, str) and is_of_society(value):
            self.findings.warn(
                line.place("类别"), "group.taken_as", value=value.strip(), group=word_of(group), choices=words_of(Group)
            )

    def _say_numbered(self) -> None:
        """A list of persons has no seats: they are numbered by group, on offer, and no name is taken."""
        if self.numbered_by_group:
            labels = tuple(label for _, label in self.numbered_by_group)
            self.findings.warn(Place(PANEL, None, "席位"), "panel.numbered", labels=labels)

    def _with_recusals(self, panel: tuple[Seat, ...]) -> tuple[Seat, ...]:
        recusals: dict[str, dict[str, str]] = defaultdict(dict)
        lines: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines(RECUSALS):
            seat = self._reference(line, "席位", PANEL)
            unit = self._reference(line, "单位", UNITS)
            reason = line.read("事由", long_text_of, "")
            if unit is not None and seat is not None and unit in recusals[seat]:
                self.findings.error(line.place("单位"), "recusal.twice", row=_row_of(lines[seat], recusals[seat], unit))
            elif unit is not None and seat is not None:
                recusals[seat][unit] = reason
                lines[seat].append(line)
                self.rows[RECUSALS, pair(seat, unit)] = line.row or 0
        for at, seat_of in enumerate(panel):
            for recusal_at, line in enumerate(lines[seat_of.id]):
                self.lines[RECUSALS, (at, recusal_at)] = line
        return tuple(
            replace(
                seat,
                recusals=tuple(recusals[seat.id]),
                reasons={unit: reason for unit, reason in recusals[seat.id].items() if reason},
            )
            for seat in panel
        )

    # --- what is judged -----------------------------------------------------------------------------------------------

    def _criteria(self) -> tuple[Criterion, ...]:
        numbered = self._numbered(RUBRIC)
        for id, line in numbered:
            self.names[RUBRIC].add(id, (line.need("指标", name_of, ""),))
        levels = self._levels([id for id, _ in numbered])
        criteria: list[Criterion] = []
        for id, line in numbered:
            criterion = _criterion(id, line, levels.get(id))
            for at, (level, level_line) in enumerate(levels.get(id, ())):
                self.lines[LEVELS, (len(criteria), at)] = level_line
                self.rows[LEVELS, pair(id, level.name)] = level_line.row or 0
            self._keep(RUBRIC, criteria, criterion, line)
        return tuple(criteria)

    def _levels(self, criteria: Sequence[str]) -> dict[str, list[tuple[Level, Line]]]:
        """The readable levels of each criterion that has any lines of levels at all."""
        levels: dict[str, list[tuple[Level, Line]]] = {}
        for line in self._lines(LEVELS):
            of = criteria[0] if len(criteria) == 1 and not line.says("指标") else self._reference(line, "指标", RUBRIC)
            level = Level(
                _need_points(line, "分值"),
                line.need("等次", name_of, ""),
                line.read("计入优良率", yes_or_no, False),
            )
            self._look_at_level(line)
            if of is not None:
                levels.setdefault(of, []).extend([] if line.is_bad else [(level, line)])
        return levels

    def _look_at_level(self, line: Line) -> None:
        value = line.cells["等次"].value if line.says("等次") else None
        if isinstance(value, str) and re.search(r"\S[、/／，,；;]\S", value):
            self.findings.warn(line.place("等次"), "level.looks_like_several", text=name_of(value))

    # --- in which order -----------------------------------------------------------------------------------------------

    def _agenda(self, short_names: Mapping[str, str]) -> tuple[AgendaItem, ...]:
        items: list[AgendaItem] = []
        lines = self._numbered(AGENDA)
        self._must_have_reports([line for _, line in lines])
        self._must_not_be_clocks([line for _, line in lines])
        for id, line in lines:
            unit = self._reference(line, "单位", UNITS) if line.says("单位") else None
            kind = self._kind(line)
            title = line.read("标题", name_of, "") or short_names.get(unit or "") or word_of(kind)
            self._keep(AGENDA, items, AgendaItem(id, kind, title, _segments(line), unit), line)
        return tuple(items)

    def _must_have_reports(self, lines: Sequence[Line]) -> None:
        """Say once, and not of every unit, that the column of the reports is missing."""
        reports = [line for line in lines if line.says("单位")]
        gives_time = any(line.says(each) for line in reports for each in ("履职报告", "时长", "其他环节安排"))
        if reports and "履职报告" not in reports[0].cells and not gives_time:
            self.findings.error(Place(AGENDA, None, "履职报告"), "column.missing", heading="履职报告")
            for line in reports:
                line.is_bad = True

    def _must_not_be_clocks(self, lines: Sequence[Line]) -> None:
        """Ask about minutes that are when each report begins: 9:00, 9:14, 9:28."""
        for heading in map(word_of, IN_COLUMNS):
            said = [line for line in lines if line.says(heading)]
            begins = [times.clock_of(line.cells[heading].value) for line in said]
            hours = [each for each in begins if each is not None]
            if len(hours) == len(said) > 1 and hours[0].hour >= EARLIEST and _rise(hours):
                self.findings.error(said[0].place(heading), "segments.are_clocks", first=f"{hours[0]:%H:%M}")

    def _kind(self, line: Line) -> ItemKind:
        if line.says("单位") and not line.says("类型"):
            return ItemKind.PRESENTATION
        if not line.says("类型") and (titled := _kind_of(line.cells["标题"].value if line.says("标题") else None)):
            return titled
        kind: ItemKind = line.need("类型", partial(choice_of, ItemKind), ItemKind.OPENING)
        return kind

    # --- what they share ----------------------------------------------------------------------------------------------

    def _lines(self, sheet: str) -> list[Line]:
        return list(lines_of(self.grids[sheet], self.findings)) if sheet in self.grids else []

    def _entries(self, sheet: str) -> tuple[Line, dict[str, list[Line]]]:
        if sheet not in self.grids:
            return Line(sheet, None, {}, self.findings), {}
        line, repeated = entries_of(self.grids[sheet], self.findings)
        self.lines[sheet, None] = line
        self.rows |= {(sheet, heading): cell.row for heading, cell in line.cells.items()}
        self.rows |= {
            (sheet, heading): min(one.cells[heading].row for one in ones) for heading, ones in repeated.items()
        }
        return line, repeated

    def _numbered(self, sheet: str) -> list[tuple[str, Line]]:
        """The lines of a table with their ids; of those without one, or with one that stands again, a new one."""
        lines = self._lines(sheet)
        is_whole = sheet in self.grids and not self.findings.is_wrong(sheet)
        self.names[sheet] = Names(sheet, is_whole=is_whole)
        given: dict[str, Line] = {}
        for line in lines:
            id = line.read("编号", cells.id_of, "")
            if id in given:
                self.findings.warn(line.place("编号"), "id.twice", id=id, row=given[id].row or 0)
            elif id:
                given[id] = line
        numbering = Numbering(PREFIXES[sheet], given)
        by_line = {id_of.row: id for id, id_of in given.items()}
        numbered = [(by_line.get(line.row) or numbering.new(at), line) for at, line in enumerate(lines)]
        self.made |= {(sheet, id) for id, line in numbered if line.row not in by_line}
        return numbered

    def _reference(self, line: Line, heading: str, to: str) -> str | None:
        """The id of the line of another sheet that a cell means; None once it has been complained about."""
        names = self.names[to]
        parse = names.id_of if to == UNITS else names.known_id_of
        if names.is_whole:
            return line.need(heading, parse, None)
        try:  # what is wrong with the other sheet has been said
            return parse(line.need(heading, text_of, ""))
        except Misread:
            line.is_bad = True
            return None

    def _keep(self, sheet: str, kept: list[Any], part: Any, line: Line) -> None:
        self.rows[sheet, part.id] = line.row or 0
        if not line.is_bad:
            self.lines[sheet, len(kept)] = line
            kept.append(part)


def _kind_of(title: Any) -> ItemKind | None:
    """The kind that a title names, other than a report: which unit it is of would not be known."""
    try:
        kind: ItemKind = choice_of(ItemKind, title)
    except Misread:
        return None
    return None if kind is ItemKind.PRESENTATION else kind


def _start(line: Line) -> datetime:
    no_day: tuple[date, time | None] = (NO_DAY, None)
    day, at = line.need("日期", times.day_and_time_of, no_day)
    heading = "日期"
    if at is None or line.says("开始时间"):
        heading, at = "开始时间", line.need("开始时间", times.time_of, time())
    said = line.cells[heading].value if line.says(heading) else None
    _compare_weekday(line, day)
    if times.is_midnight(said) and day < date.max:
        day += timedelta(days=1)
        line.findings.warn(line.place(heading), "start.is_midnight", day=day.isoformat())
    if times.has_an_end(said):
        line.findings.warn(line.place(heading), "start.end_not_read")
    return datetime.combine(day, at, line.read("时区", times.offset_of, times.HALL))


def _compare_weekday(line: Line, day: date) -> None:
    """Say that a date and the day of the week beside it are not the same day."""
    for heading in ("日期", "开始时间"):
        weekday = times.weekday_in(line.cells[heading].value) if line.says(heading) else None
        if weekday is not None and day != NO_DAY and weekday != day.weekday():
            said, is_one = ("一二三四五六日"[each] for each in (weekday, day.weekday()))
            line.findings.warn(
                line.place(heading), "start.other_weekday", day=day.isoformat(), said=said, is_one=is_one
            )
            return


def _criterion(id: str, line: Line, levels: Sequence[tuple[Level, Line]] | None) -> Criterion:
    """A criterion from its line; one with levels takes its range from them where it says nothing itself."""
    points = [level.points for level, _ in levels or ()]
    maximum = _number(line, "满分", max(points, default=None))
    if maximum is None and not line.is_bad:
        if levels is None:
            line.lack("满分")
        line.is_bad = True  # of its levels none was readable, and that has been said
    return Criterion(
        id=id,
        name=line.read("指标", name_of, ""),
        maximum=maximum or Decimal(0),
        minimum=_number(line, "最低分", min(points, default=Decimal(0))),
        step=_number(line, "最小计分单位", Decimal("0.5")),
        weight=_number(line, "权重", Decimal(1)),
        help=line.read("说明", long_text_of, ""),
        levels=tuple(level for level, _ in levels or ()),
    )


def _need_points(line: Line, heading: str) -> Decimal:
    return line.need(heading, _bounded(line, heading), Decimal(0))


def _number(line: Line, heading: str, otherwise: Otherwise) -> Decimal | Otherwise:
    return line.read(heading, _bounded(line, heading), otherwise)


def _least(line: Line) -> Callable[[Any], Decimal]:
    """Reads the total from which a grade is reached; that one of “60以下” begins with nothing is said."""

    def parse(value: Any) -> Decimal:
        least = least_of(value)
        if least.is_the_rest:
            line.findings.warn(line.place("最低总分"), "grade.is_the_rest", value=str(value).strip())
        taken: Decimal = _bounded(line, "最低总分")(least.points)
        return taken

    return parse


def _bounded(line: Line, heading: str) -> Callable[[Any], Any]:
    """Reads a number as it is reckoned with: a formula's endless decimals are rounded, and that is said."""

    def parse(value: Any) -> Decimal:
        number = number_of(value)
        taken = to_decimals(number, MOST_DECIMALS)
        if taken != number:
            line.findings.warn(line.place(heading), "cell.rounded", value=str(number), taken=str(taken))
        return taken

    return parse


def _segments(line: Line) -> tuple[Segment, ...]:
    columns = [kind for kind in IN_COLUMNS if line.says(word_of(kind))]
    if not line.says("其他环节安排"):
        return tuple(Segment(kind, line.read(word_of(kind), times.length_of, timedelta())) for kind in columns)
    if columns:
        line.complain("其他环节安排", Misread("segments.twice", columns=tuple(map(word_of, columns))))
        return ()
    return line.read("其他环节安排", segments_in, ())


def _rise(times: Sequence[time]) -> bool:
    return all(first < second for first, second in pairwise(times))


def _row_of(lines: Sequence[Line], recusals: Mapping[str, str], unit: str) -> int:
    return lines[list(recusals).index(unit)].row or 0


def _by_place(mistake: Mistake) -> tuple[int, int, str]:
    at = ORDER_OF_SHEETS.index(mistake.sheet) if mistake.sheet in ORDER_OF_SHEETS else len(ORDER_OF_SHEETS)
    letter, _, heading = mistake.column.rpartition(" ")
    return at, mistake.row or 0, letter.rjust(3) + heading


_SHEET_OF_HINT = {"look.not_a_hundred": RUBRIC, "look.grades_alike": GRADES, "look.grade_out_of_reach": GRADES}


def _as_called(mistake: Mistake, called: Mapping[str, str]) -> Mistake:
    """With the names that the sheets have in the file, which may be others than those that are meant."""
    said = mistake.said
    if said.code.startswith("reference.") and (sheet := called.get(str(said.facts["sheet"]))):
        said = Said(said.code, {**said.facts, "sheet": sheet})
    return replace(mistake, said=said, sheet=called.get(mistake.sheet, mistake.sheet))


@dataclass(slots=True)
class _Judge:
    """Looks at a plan as a whole: what is contradictory, and what a person should look at again."""

    plan: Plan
    findings: Findings
    lines: Mapping[tuple[str, At], Line]

    def judge(self) -> None:
        unread = list(self.findings.all)
        self._names_twice()
        self._shortcomings([each for each in unread if not each.is_warning])
        self._worth_a_look()

    def _names_twice(self) -> None:
        plan = self.plan
        again = self._again(UNITS, "单位名称", [unit.name for unit in plan.units])
        self._again(UNITS, "简称", [unit.short_name if at not in again else "" for at, unit in enumerate(plan.units)])
        self._again(PANEL, "席位", [seat.label for seat in plan.seats])
        self._again(RUBRIC, "指标", [criterion.name for criterion in plan.criteria])

    def _again(self, sheet: str, heading: str, names: Sequence[str]) -> set[int]:
        first: dict[str, int] = {}
        again = set()
        for at, name in enumerate(names):
            if not name:
                continue
            if key(name) in first:
                row = self.lines[sheet, first[key(name)]].row or 0
                code = "criterion.over_several_rows" if sheet == RUBRIC else "name.twice"
                self.findings.error(self.lines[sheet, at].place(heading), code, name=name, row=row)
                again.add(at)
            first.setdefault(key(name), at)
        return again

    def _shortcomings(self, unread: Sequence[Mistake]) -> None:
        """What keeps the plan from opening; nothing that only follows from what could not be read."""
        wrong_sheets = {each.sheet for each in unread}
        wrong_rows = {(each.sheet, each.row) for each in unread}
        for each in shortcomings(self.plan):
            spot = spot_of(each)
            place = self._place(spot)
            follows = place.sheet in wrong_sheets if place.row is None else (place.sheet, place.row) in wrong_rows
            if follows or (spot.sheet == RUBRIC and spot.at is None and LEVELS in wrong_sheets):
                continue
            find = self.findings.warn if each.code in STILL_MISSING else self.findings.error
            find(place, each.code, where=where_in_words(self.plan, each))

    def _place(self, spot: Spot) -> Place:
        line = self.lines.get((spot.sheet, spot.at))
        return line.place(spot.heading) if line else Place(spot.sheet, None, spot.heading)

    def _worth_a_look(self) -> None:
        plan = self.plan
        if plan.title == EXAMPLE.title:
            self.findings.warn(self._place(Spot(MEETING, None, "名称")), "title.of_the_example")
        reporting = {item.unit for item in plan.agenda}
        for at, unit in enumerate(plan.units):
            if unit.id not in reporting and not self.findings.is_wrong(AGENDA):
                self.findings.warn(self._place(Spot(UNITS, at, "单位名称")), "unit.not_on_agenda", unit=unit.short_name)
            if len(unit.short_name) > LONGEST_SHORT_NAME:
                self.findings.warn(
                    self._place(Spot(UNITS, at, "简称")), "unit.long_short_name", most=LONGEST_SHORT_NAME
                )
        for at, item in enumerate(plan.agenda):
            self._look_at_segments(at, item)
        for said in rule_hints(plan):
            sheet = _SHEET_OF_HINT.get(said.code, RULES)
            if not self.findings.is_wrong(sheet) and not self.findings.is_wrong(PANEL):
                self.findings.warn(Place(sheet), said.code, **said.facts)

    def _look_at_segments(self, at: int, item: AgendaItem) -> None:
        for segment in item.segments:
            place = self._place(Spot(AGENDA, at, word_of(segment.kind)))
            is_report = item.kind is ItemKind.PRESENTATION
            if segment.planned > LONGEST_SEGMENT:
                self.findings.warn(place, "segment.very_long", hours=LONGEST_SEGMENT // timedelta(hours=1))
            elif timedelta() < segment.planned < SHORTEST_SEGMENT:
                self.findings.warn(place, "segment.very_short", seconds=segment.planned // timedelta(seconds=1))
            elif is_report == (segment.kind is SegmentKind.WHOLE):
                self.findings.warn(place, "report.without_segments" if is_report else "item.with_segments")
        is_given = any(each.kind in (SegmentKind.REPORT, SegmentKind.WHOLE) for each in item.segments)
        if item.kind is ItemKind.PRESENTATION and item.segments and not is_given:
            self.findings.warn(self._place(Spot(AGENDA, at, word_of(SegmentKind.REPORT))), "report.without_report")
