"""Where in a file a shortcoming of its plan belongs: sheet, which of its lines, and column."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from app.meeting.decimals import plain
from app.meeting.plan import AgendaItem, Criterion, Group, ItemKind, Plan
from app.meeting.shortcomings import Shortcoming, shortcomings
from app.papers.plan.sheets import AGENDA, GRADES, LEVELS, MEETING, PANEL, RECUSALS, RUBRIC, RULES, UNITS, word_of

At = int | tuple[int, int] | None
"""Which line, from 0; of levels and recusals, which criterion or seat and which of its lines."""

STILL_MISSING = {"agenda.empty", "panel.empty", "rubric.empty"}
"""What a file may leave open: the meeting can be completed on the pages before it opens."""


@dataclass(frozen=True, slots=True)
class Spot:
    sheet: str
    at: At = None
    heading: str = ""


def placed_shortcomings(plan: Plan) -> Iterator[tuple[Shortcoming, Spot]]:
    """Every shortcoming with its spot. Of several with the same words each gets the next line they could mean."""
    seen: Counter[Shortcoming] = Counter()
    for each in shortcomings(plan):
        spots = list(_spots(plan, each))
        yield each, spots[min(seen[each], len(spots) - 1)] if spots else Spot(MEETING)
        seen[each] += 1


def in_words_of_the_file(plan: Plan, shortcoming: Shortcoming) -> Shortcoming:
    """With names in place of ids: in a workbook nobody knows the ids."""
    if shortcoming.code == "unit.reports_twice":
        names = {unit.id: unit.short_name for unit in plan.units}
        return replace(shortcoming, where=names.get(shortcoming.where, shortcoming.where))
    if shortcoming.code == "group.without_weight":
        return replace(shortcoming, where=word_of(Group(shortcoming.where)))
    return shortcoming


def _spots(plan: Plan, shortcoming: Shortcoming) -> Iterable[Spot]:
    code, where = shortcoming.code, shortcoming.where
    if code in _FIXED:
        return [_FIXED[code]]
    if code in _ITEMS:
        is_meant, heading = _ITEMS[code]
        return _items(plan, lambda item: item.title == where and is_meant(plan, item), heading)
    if code in _CRITERIA:
        is_meant_one, heading = _CRITERIA[code]
        named = (at for at, each in enumerate(plan.criteria) if each.name == where and is_meant_one(each))
        return [Spot(RUBRIC, at, heading) for at in named]
    if code in _TWICE:
        sheet, heading, keys = _TWICE[code]
        return [Spot(sheet, at, heading) for at in _again(keys(plan), where)]
    return _OTHERS[code](plan, where)


def _items(plan: Plan, is_meant: Callable[[AgendaItem], bool], heading: str) -> Iterator[Spot]:
    for at, item in enumerate(plan.agenda):
        if is_meant(item):
            yield Spot(AGENDA, at, heading or _timeless(item))


def _timeless(item: AgendaItem) -> str:
    """The column of the first segment without time; of an item without segments, where its time would stand."""
    for segment in item.segments:
        if segment.planned <= timedelta():
            return word_of(segment.kind)
    return "履职报告" if item.kind is ItemKind.PRESENTATION else "时长"


def _again(keys: list[str], key: str) -> list[int]:
    """Where a key stands again."""
    return [at for at, each in enumerate(keys) if each == key][1:]


def _levels_again(plan: Plan, where: str) -> Iterator[Spot]:
    for at, criterion in enumerate(plan.criteria):
        for heading, keys in (
            ("等次", [level.name for level in criterion.levels]),
            ("分值", [str(level.points) for level in criterion.levels]),
        ):
            for level_at in _again(keys, where)[:1]:
                yield Spot(LEVELS, (at, level_at), heading)


def _levels_outside(plan: Plan, where: str) -> Iterator[Spot]:
    for at, criterion in enumerate(plan.criteria):
        outside = [
            level_at
            for level_at, level in enumerate(criterion.levels)
            if criterion.name == where and not criterion.minimum <= level.points <= criterion.maximum
        ]
        for level_at in outside[:1]:
            yield Spot(LEVELS, (at, level_at), "分值")


def _unknown_recusals(plan: Plan, where: str) -> Iterator[Spot]:
    for at, seat in enumerate(plan.seats):
        for recusal_at, unit in enumerate(seat.recusals):
            if where == f"{seat.label}: {unit}":
                yield Spot(RECUSALS, (at, recusal_at), "单位")


def _negative_trim(plan: Plan, _where: str) -> list[Spot]:
    return [Spot(RULES, None, "去掉最高分" if plan.rules.trim_high < 0 else "去掉最低分")]


def _weightless_groups(plan: Plan, _where: str) -> list[Spot]:
    wrong = (group for group, weight in plan.rules.group_weights.items() if weight <= 0)
    return [Spot(RULES, None, f"{word_of(group)}权重") for group in wrong]


def _numbers(plan: Plan, where: str) -> Iterator[Spot]:
    """Where a number stands, in the order in which a plan is looked through."""
    for at, each in enumerate(plan.criteria):
        columns = (("最低分", each.minimum), ("满分", each.maximum), ("最小计分单位", each.step), ("权重", each.weight))
        yield from (Spot(RUBRIC, at, heading) for heading, number in columns if _is(number, where))
        inner = enumerate(each.levels)
        yield from (Spot(LEVELS, (at, level_at), "分值") for level_at, level in inner if _is(level.points, where))
    weights = plan.rules.group_weights.items()
    yield from (Spot(RULES, None, f"{word_of(group)}权重") for group, weight in weights if _is(weight, where))
    grades = enumerate(plan.rules.grades)
    yield from (Spot(GRADES, at, "最低总分") for at, line in grades if _is(line.at_least, where))


def _is(number: Decimal, where: str) -> bool:
    return number.is_finite() and str(plain(number)) == where


def _known(plan: Plan) -> set[str]:
    return {unit.id for unit in plan.units}


def _has_no_range(criterion: Criterion) -> bool:
    return not criterion.minimum < criterion.maximum


_FIXED = {
    "title.missing": Spot(MEETING, None, "名称"),
    "start.without_offset": Spot(MEETING, None, "时区"),
    "agenda.empty": Spot(AGENDA),
    "panel.empty": Spot(PANEL),
    "rubric.empty": Spot(RUBRIC),
    "rubric.not_one_scale": Spot(RUBRIC),
    "trim.leaves_nothing": Spot(RULES, None, "满多少份才去"),
    "rounding.places": Spot(RULES, None, "小数位数"),
    "quorum.not_a_share": Spot(RULES, None, "法定份数比例"),
}
_ITEMS: dict[str, tuple[Callable[[Plan, AgendaItem], bool], str]] = {
    "item.without_segments": (lambda _, item: not item.segments, ""),
    "segment.without_time": (lambda _, item: any(each.planned <= timedelta() for each in item.segments), ""),
    "item.unknown_unit": (
        lambda plan, item: item.kind is ItemKind.PRESENTATION and item.unit not in _known(plan),
        "单位",
    ),
    "item.needless_unit": (lambda _, item: item.kind is not ItemKind.PRESENTATION and item.unit is not None, "单位"),
}
_CRITERIA: dict[str, tuple[Callable[[Criterion], bool], str]] = {
    "criterion.no_number": (lambda each: not all(number.is_finite() for number in each.numbers), "满分"),
    "criterion.no_range": (_has_no_range, "满分"),
    "criterion.step_does_not_fit": (lambda each: not _has_no_range(each), "最小计分单位"),
    "criterion.no_weight": (lambda each: each.weight <= 0, "权重"),
}
_TWICE: dict[str, tuple[str, str, Callable[[Plan], list[str]]]] = {
    "unit.twice": (UNITS, "编号", lambda plan: [unit.id for unit in plan.units]),
    "seat.twice": (PANEL, "编号", lambda plan: [seat.id for seat in plan.seats]),
    "item.twice": (AGENDA, "编号", lambda plan: [item.id for item in plan.agenda]),
    "criterion.twice": (RUBRIC, "编号", lambda plan: [each.id for each in plan.criteria]),
    "unit.reports_twice": (AGENDA, "单位", lambda plan: [item.unit or "" for item in plan.agenda]),
    "grade.twice": (GRADES, "等次", lambda plan: [line.name for line in plan.rules.grades]),
}
_OTHERS: dict[str, Callable[[Plan, str], Iterable[Spot]]] = {
    "level.twice": _levels_again,
    "level.out_of_range": _levels_outside,
    "recusal.unknown_unit": _unknown_recusals,
    "trim.negative": _negative_trim,
    "group.without_weight": lambda _, where: [Spot(RULES, None, f"{word_of(Group(where))}权重")],
    "group.no_weight": _weightless_groups,
    "number.too_large": _numbers,
    "number.too_many_decimals": _numbers,
}
PLACED = frozenset({*_FIXED, *_ITEMS, *_CRITERIA, *_TWICE, *_OTHERS})
"""The codes that have a place."""
