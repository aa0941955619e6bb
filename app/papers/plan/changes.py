"""What would change in a meeting, line by line, in the words of the workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from app.meeting.plan import AgendaItem, Criterion, Group, Level, Plan, Rules, Seat, Unit
from app.meeting.scoring.turnout import seats_needed
from app.meeting.shortcomings import is_a_quorum
from app.papers.plan.choices import NO, YES, word_of
from app.papers.plan.quorums import share_in
from app.papers.plan.references import pair
from app.papers.plan.segments import written
from app.papers.plan.sheets import AGENDA, ENTRIES, GRADES, LEVELS, MEETING, PANEL, RECUSALS, RUBRIC, RULES, UNITS

Kind = Literal["new", "changed", "gone", "same"]
Texts = dict[str, str]
"""What is said of a thing, by heading."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be new, changed, gone or the same. ``before`` and ``after`` name what differs."""

    kind: Kind
    sheet: str
    row: int | None
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A line of a sheet as it is told: known again by its id, called by its name.

    ``note`` says what comes of it; of itself it is no change.
    """

    id: str
    name: str
    texts: Texts
    note: str = ""


def changes(before: Plan | None, after: Plan, rows: Mapping[tuple[str, str], int]) -> Iterator[Change]:
    """All that a new plan changes, in the order of the sheets. ``rows`` tells where each thing stands in the file."""
    old = _things(before) if before else {}
    for sheet, things in _things(after).items():
        yield from _compared(sheet, old.get(sheet, []), things, rows)


def _compared(
    sheet: str, old: Sequence[_Thing], new: Sequence[_Thing], rows: Mapping[tuple[str, str], int]
) -> Iterator[Change]:
    known = {thing.id: thing for thing in old}
    moved = _moved([thing.id for thing in old], [thing.id for thing in new])
    for at, thing in enumerate(new, start=1):
        row = rows.get((sheet, thing.id))
        if thing.id not in known and sheet in ENTRIES and not thing.texts["内容"]:
            continue
        if thing.id not in known:
            yield Change("new", sheet, row, thing.name, "", _told(thing.texts) + thing.note)
            continue
        was, is_now = dict(known[thing.id].texts), dict(thing.texts)
        if thing.id in moved:
            was["次序"], is_now["次序"] = str(moved[thing.id]), str(at)
        different = [heading for heading in is_now | was if was.get(heading, "") != is_now.get(heading, "")]
        texts = [_told({heading: texts.get(heading, "") for heading in different}) for texts in (was, is_now)]
        before, after = texts
        kind: Kind = "changed" if different else "same"
        yield Change(kind, sheet, row, thing.name, before, after + thing.note if different else after)
    left = {thing.id for thing in new}
    for thing in old:
        if thing.id not in left:
            yield Change("gone", sheet, None, thing.name, _told(thing.texts), "")


def _moved(old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    """What stood elsewhere among what is in both, with its old position (1 the first)."""
    both = [id for id in old if id in set(new)], [id for id in new if id in set(old)]
    stayed = {
        id
        for block in SequenceMatcher(None, *both, autojunk=False).get_matching_blocks()
        for id in both[0][block.a : block.a + block.size]
    }
    return {id: at for at, id in enumerate(old, start=1) if id in both[0] and id not in stayed}


def _told(texts: Texts) -> str:
    return "；".join(f"{heading}：{text or '—'}" for heading, text in texts.items())


# --- a plan as things -------------------------------------------------------------------------------------------------


def _things(plan: Plan) -> dict[str, list[_Thing]]:
    units = {unit.id: unit.short_name for unit in plan.units}
    return {
        MEETING: [_Thing(heading, heading, {"内容": text}) for heading, text in _meeting(plan).items()],
        UNITS: [_Thing(unit.id, unit.short_name, _unit(unit)) for unit in plan.units],
        AGENDA: [_Thing(item.id, item.title, _item(item, units)) for item in plan.agenda],
        PANEL: [_Thing(seat.id, seat.label, {"席位": seat.label, "类别": word_of(seat.group)}) for seat in plan.seats],
        RECUSALS: [each for seat in plan.seats for each in _recusals(seat, units)],
        RUBRIC: [_Thing(each.id, each.name, _criterion(each)) for each in plan.criteria],
        LEVELS: [each for criterion in plan.criteria for each in _levels(criterion)],
        GRADES: [_Thing(line.name, line.name, {"最低总分": _number(line.at_least)}) for line in plan.rules.grades],
        RULES: [
            _Thing(heading, heading, {"内容": text}, _seats(plan) if heading == "法定份数比例" else "")
            for heading, text in _rules(plan.rules).items()
        ],
    }


def _meeting(plan: Plan) -> Texts:
    return {
        "代号": plan.code,
        "名称": plan.title,
        "日期": plan.starts_at.date().isoformat(),
        "开始时间": plan.starts_at.time().isoformat("minutes"),
        "时区": plan.starts_at.isoformat()[-6:],
        "地点": plan.place,
        "主办单位": "、".join(plan.organisers),
        "评议方式": word_of(plan.mode),
        "报告顺序": word_of(plan.order),
        "凭邀请观看": YES if plan.invited_only else NO,
    }


def _unit(unit: Unit) -> Texts:
    return {"单位名称": unit.name, "简称": unit.short_name, "报告人职务": unit.office}


def _item(item: AgendaItem, units: Mapping[str, str]) -> Texts:
    return {
        "类型": word_of(item.kind),
        "单位": units.get(item.unit or "", ""),
        "标题": item.title,
        "用时": f"{_minutes(item.planned)} 分钟",
        "环节": written(item.segments),
    }


def _recusals(seat: Seat, units: Mapping[str, str]) -> Iterator[_Thing]:
    for unit in seat.recusals:
        name = f"{seat.label} · {units.get(unit, unit)}"
        yield _Thing(pair(seat.id, unit), name, {"事由": seat.reasons.get(unit, "")})


def _criterion(criterion: Criterion) -> Texts:
    return {
        "指标": criterion.name,
        "满分": _number(criterion.maximum),
        "最低分": _number(criterion.minimum),
        "最小计分单位": _number(criterion.step),
        "权重": _number(criterion.weight),
        "说明": criterion.help,
    }


def _levels(criterion: Criterion) -> Iterator[_Thing]:
    for level in criterion.levels:
        yield _Thing(pair(criterion.id, level.name), f"{criterion.name} · {level.name}", _level(level))


def _level(level: Level) -> Texts:
    return {"分值": _number(level.points), "计入优良率": YES if level.approving else NO}


def _rules(rules: Rules) -> Texts:
    texts = {
        "去掉最高分": str(rules.trim_high),
        "去掉最低分": str(rules.trim_low),
        "满多少份才去": str(rules.trim_from),
        "去掉什么": word_of(rules.trim_of),
        "小数位数": str(rules.places),
        "四舍五入": word_of(rules.round_at),
        "法定份数比例": f"{word_of(rules.quorum_by)} {share_in(rules)}",
        "并列时依次看": "、".join(map(word_of, rules.tie_ladder)),
        "向会场公布名次": YES if rules.rank_shown else NO,
        "开始评分": word_of(rules.rounds_open),
        "等次认定": word_of(rules.level_rule),
    }
    weights = {f"{word_of(group)}权重": _number(rules.group_weights.get(group)) for group in Group}
    return texts | weights | {"回执公示": word_of(rules.receipts)}


def _seats(plan: Plan) -> str:
    """What the quorum comes to."""
    needed = seats_needed(plan).items() if is_a_quorum(plan.rules) else ()
    said = "，".join(f"应评 {entitled} 席时至少 {sheets} 份" for entitled, sheets in needed)
    return f"（{said}）" if said else ""


def _number(number: Decimal | None) -> str:
    return "" if number is None else str(number)


def _minutes(length: timedelta) -> str:
    return f"{length.total_seconds() / 60:g}"
