"""A plan out of a workbook, looked at as a whole: what is contradictory, and what a person should look at again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.meeting.hints import rule_hints
from app.meeting.plan import AgendaItem, ItemKind, Plan, SegmentKind
from app.meeting.shortcomings import At, shortcomings
from app.papers.plan.choices import word_of
from app.papers.plan.example import EXAMPLE
from app.papers.plan.groups import alike, written
from app.papers.plan.joined_sheets import PARTS
from app.papers.plan.lines import Mistakes, PlanLine
from app.papers.plan.mistakes import Mistake, Where
from app.papers.plan.names import key
from app.papers.plan.placing import STILL_MISSING, Spot, spot_of, where_in_words
from app.papers.plan.sheets import AGENDA, GROUPS, LEVELS, MEETING, PANEL, RUBRIC, RULES, UNITS, heading_of

LONGEST_SEGMENT = timedelta(hours=3)
SHORTEST_SEGMENT = timedelta(seconds=30)
"""What is longer or shorter is asked about: seconds may have been taken for minutes, or minutes for seconds."""


@dataclass(slots=True)
class Judge:
    """Looks at a plan as a whole: what is contradictory, and what a person should look at again."""

    plan: Plan
    mistakes: Mistakes
    lines: Mapping[tuple[str, At], PlanLine]

    def judge(self) -> None:
        unread = list(self.mistakes.all)
        self._names_twice()
        self._shortcomings([each for each in unread if not each.is_warning])
        self._worth_a_look()

    def _names_twice(self) -> None:
        plan = self.plan
        again = self._again(UNITS, "单位名称", [unit.name for unit in plan.units])
        self._again(UNITS, "简称", [unit.short_name if at not in again else "" for at, unit in enumerate(plan.units)])
        for at, earlier in alike(plan.groups):
            line = self.lines.get((GROUPS, at))
            row = self.lines[GROUPS, earlier].row if line else None
            place = line.place("类别") if line else Where(GROUPS, None, "类别")
            self.mistakes.error(place, "name.twice", name=written(plan.groups[at]), row=row or 0)
        self._again(PANEL, "席位", [seat.label for seat in plan.seats])
        self._again(RUBRIC, "指标", [criterion.name for criterion in plan.criteria])
        self._again(PARTS, "部分", [part.name for part in plan.composite.parts])

    def _again(self, sheet: str, heading: str, names: Sequence[str]) -> set[int]:
        first: dict[str, int] = {}
        again = set()
        for at, name in enumerate(names):
            if not name:
                continue
            if key(name) in first:
                row = self.lines[sheet, first[key(name)]].row or 0
                code = "criterion.over_several_rows" if sheet == RUBRIC else "name.twice"
                self.mistakes.error(self.lines[sheet, at].place(heading), code, name=name, row=row)
                again.add(at)
            first.setdefault(key(name), at)
        return again

    def _shortcomings(self, unread: Sequence[Mistake]) -> None:
        """What keeps the plan from opening; nothing that only follows from what could not be read."""
        wrong_sheets = {each.sheet for each in unread}
        wrong_rows = {(each.sheet, each.row) for each in unread}
        for each in shortcomings(self.plan):
            spot = spot_of(self.plan, each)
            place = self._place(spot)
            follows = place.sheet in wrong_sheets if place.row is None else (place.sheet, place.row) in wrong_rows
            if follows or (spot.sheet == RUBRIC and spot.at is None and LEVELS in wrong_sheets):
                continue
            find = self.mistakes.warn if each.code in STILL_MISSING else self.mistakes.error
            find(place, each.code, where=where_in_words(self.plan, each))

    def _place(self, spot: Spot) -> Where:
        line = self.lines.get((spot.sheet, spot.at))
        if spot.sheet == GROUPS and not any(sheet == GROUPS for sheet, _ in self.lines):
            return self._place_without_list(spot)
        return line.place(spot.heading) if line else Where(spot.sheet, None, spot.heading)

    def _place_without_list(self, spot: Spot) -> Where:
        """In a workbook that does not list its groups: where their weights once stood, or all seats with them."""
        group = self.plan.groups[spot.at] if isinstance(spot.at, int) else None
        heading = heading_of(RULES, f"group_weights.{group.id}") if group and spot.heading == "权重" else ""
        older = self.lines.get((RULES, None))
        if older is not None and heading:
            return older.place(heading)
        return Where(PANEL, None, "类别")

    def _worth_a_look(self) -> None:
        plan = self.plan
        if plan.title == EXAMPLE.title:
            self.mistakes.warn(self._place(Spot(MEETING, None, "名称")), "title.of_the_example")
        reporting = {item.unit for item in plan.agenda}
        for at, unit in enumerate(plan.units):
            if unit.id not in reporting and not self.mistakes.is_wrong(AGENDA):
                self.mistakes.warn(self._place(Spot(UNITS, at, "单位名称")), "unit.not_on_agenda", unit=unit.short_name)
        for at, item in enumerate(plan.agenda):
            self._look_at_segments(at, item)
        for hint in rule_hints(plan):
            spot = spot_of(plan, hint)
            if not self.mistakes.is_wrong(spot.sheet) and not self.mistakes.is_wrong(PANEL):
                self.mistakes.warn(self._place(spot), hint.said.code, **hint.said.facts)

    def _look_at_segments(self, at: int, item: AgendaItem) -> None:
        for segment in item.segments:
            place = self._place(Spot(AGENDA, at, word_of(segment.kind)))
            is_report = item.kind is ItemKind.PRESENTATION
            if segment.planned > LONGEST_SEGMENT:
                self.mistakes.warn(place, "segment.very_long", hours=LONGEST_SEGMENT // timedelta(hours=1))
            elif timedelta() < segment.planned < SHORTEST_SEGMENT:
                self.mistakes.warn(place, "segment.very_short", seconds=segment.planned // timedelta(seconds=1))
            elif is_report == (segment.kind is SegmentKind.WHOLE):
                self.mistakes.warn(place, "report.without_segments" if is_report else "item.with_segments")
        is_given = any(each.kind in (SegmentKind.REPORT, SegmentKind.WHOLE) for each in item.segments)
        if item.kind is ItemKind.PRESENTATION and item.segments and not is_given:
            self.mistakes.warn(self._place(Spot(AGENDA, at, word_of(SegmentKind.REPORT))), "report.without_report")
