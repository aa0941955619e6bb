"""The page of the rubric: what is judged, for how many points or in which levels."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from app.meeting.decimals import plain
from app.meeting.plan import Mode, Plan
from app.meeting.rubric import Criterion, Level
from app.meeting.shortcomings import FARTHEST, faults_of
from app.meeting.texts import LONGEST_SHORT_NAME
from app.papers.plan.names import key as looks_like
from app.web.setup.page import Rows, SetupPage, new_id
from app.web.setup.typed import Reader, Typed

CRITERIA = Rows("criteria", ("name", "maximum", "minimum", "step", "weight", "help"))
LEVELS = Rows("levels", ("name", "approving"))
AT_FIELD = {
    "criterion.no_range": ("maximum", "rubric.no_range"),
    "criterion.step_does_not_fit": ("step", "rubric.step_does_not_fit"),
    "criterion.no_weight": ("weight", "rubric.no_weight"),
    "level.out_of_range": ("maximum", "level.out_of_range"),
}
"""At which field a fault of a criterion is mended, and what is said there."""

# Contents of a meeting, not texts of the interface: Chinese in either language.
HUNDRED_POINTS = (
    ("责任制机制建设", "20", "普法责任清单、年度计划、部门协同、经费保障"),
    ("系统内学法用法", "15", "领导干部和工作人员学法、旁听庭审、考法述法"),
    ("社会普法宣传", "20", "面向管理和服务对象、重点人群、重要节点的宣传"),
    ("创新普法形式", "15", "以案释法、新媒体、公益广告、品牌项目"),
    ("普法实效", "20", "群众知晓率和满意度、矛盾纠纷和违法案件变化"),
    ("现场报告", "10", "实事求是、重点突出、回应问题、遵守时间"),
)
SCALES = {
    "quality": (("优秀", True), ("良好", True), ("一般", False), ("较差", False)),
    "satisfaction": (("满意", True), ("基本满意", True), ("不满意", False)),
}
NAME_OF_SCALE = "总体评价"


class RubricPage(SetupPage):
    name = "rubric"
    fields = ("name", "help")
    rows = (CRITERIA, LEVELS)

    def part(self, plan: Plan) -> Any:
        return (plan.mode, plan.criteria)

    def typed(self, plan: Plan) -> Typed:
        if plan.mode is Mode.LEVELS:
            return _scale_typed(plan.criteria[0] if plan.criteria else Criterion("scale", NAME_OF_SCALE, Decimal(1)))
        return Typed().with_rows("criteria", [(each.id, _row(each)) for each in plan.criteria])

    def take(self, plan: Plan, reader: Reader) -> Plan:
        if plan.mode is Mode.LEVELS:
            return replace(plan, criteria=(_scale(plan, reader),))
        known = {each.id: each for each in plan.criteria}
        taken = {*known, *reader.typed.keys("criteria")}
        criteria = []
        for key in reader.typed.keys("criteria"):
            id = key if key in known else new_id("criterion", taken)
            taken.add(id)
            criteria.append(_criterion(known.get(id) or Criterion(id, "", Decimal(0)), f"criteria.{key}", reader))
            if criteria[-1].name and looks_like(criteria[-1].name) in {looks_like(each.name) for each in criteria[:-1]}:
                reader.complain(f"criteria.{key}.name", "rubric.same_name", name=criteria[-1].name)
        return replace(plan, criteria=tuple(criteria))

    def act(self, plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        match action:
            case "add" if plan.mode is Mode.LEVELS:
                added = typed.with_row("levels", {"name": "", "points": "", "approving": ""})
                return added.with_texts({"focus": f"levels.{added.keys('levels')[-1]}.name"})
            case "add":
                added = typed.with_row("criteria", _new_row("", "", ""))
                return added.with_texts({"focus": f"criteria.{added.keys('criteria')[-1]}.name"})
            case "hundred":
                rows = [(f"new-{at}", _new_row(*each)) for at, each in enumerate(HUNDRED_POINTS, start=1)]
                return typed.with_rows("criteria", rows)
            case "scale" if target in SCALES:
                return with_scale(typed, target)
        return super().act(plan, typed, action, target)

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        if plan.mode is Mode.LEVELS:
            return {"sum": "", "levels": {}}
        looked_at = self.take(plan, Reader(typed))
        return {
            "sum": str(plain(looked_at.full_score)),
            "levels": {each.id: [level.name for level in each.levels] for each in plan.criteria if each.levels},
        }


def _scale_typed(scale: Criterion) -> Typed:
    levels = sorted(scale.levels, key=lambda level: -level.points)
    rows = [
        (str(at), {"name": level.name, "points": str(plain(level.points)), "approving": _on(level.approving)})
        for at, level in enumerate(levels, start=1)
    ]
    return Typed({"name": scale.name, "help": scale.help}).with_rows("levels", rows)


def _row(criterion: Criterion) -> dict[str, str]:
    numbers = {name: str(plain(getattr(criterion, name))) for name in ("maximum", "minimum", "step", "weight")}
    return {"name": criterion.name, **numbers, "help": criterion.help}


def _criterion(criterion: Criterion, row: str, reader: Reader) -> Criterion:
    taken = replace(
        criterion,
        name=reader.needed_line(f"{row}.name"),
        maximum=reader.number(f"{row}.maximum", -FARTHEST, FARTHEST),
        minimum=reader.number(f"{row}.minimum", -FARTHEST, FARTHEST, empty=Decimal(0)),
        step=reader.number(f"{row}.step", 0, FARTHEST, empty=Decimal("0.5")),
        weight=reader.number(f"{row}.weight", 0, FARTHEST, empty=Decimal(1)),
        help=reader.paragraph(f"{row}.help"),
    )
    for fault in faults_of(taken):
        field, code = AT_FIELD[fault.code]
        reader.complain(f"{row}.{field}", code, where=fault.where)
    return taken


def _scale(plan: Plan, reader: Reader) -> Criterion:
    """The one criterion of a meeting with levels. Its points say the order only: the last level is 1, unless set."""
    keys = reader.typed.keys("levels")
    names = [reader.needed_line(f"levels.{key}.name", LONGEST_SHORT_NAME) for key in keys]
    for key, name in zip(keys, names, strict=True):
        if name and [looks_like(each) for each in names].count(looks_like(name)) > 1:
            reader.complain(f"levels.{key}.name", "rubric.same_level", name=name)
    if len(keys) < 2:
        reader.complain("rows", "rubric.two_levels")
    points = _points(reader.typed, keys)
    levels = tuple(
        Level(number, name, reader.flag(f"levels.{key}.approving"))
        for key, name, number in zip(keys, names, points, strict=True)
    )
    before = plan.criteria[0] if plan.criteria else Criterion("scale", "", Decimal(1))
    lowest, highest = min(points, default=Decimal(0)), max(points, default=Decimal(1))
    fits = before.step > 0 and (highest - lowest) % before.step == 0
    return replace(
        before,
        name=reader.needed_line("name"),
        help=reader.paragraph("help"),
        minimum=lowest,
        maximum=highest,
        step=before.step if fits else highest - lowest,
        weight=before.weight if before.weight > 0 else Decimal(1),
        levels=levels,
    )


def _points(typed: Typed, keys: Sequence[str]) -> list[Decimal]:
    """The points that levels had, as long as they still fall from one to the next; else counted down to 1."""
    had = [typed.text(f"levels.{key}.points") for key in keys]
    if all(text.replace(".", "", 1).isdecimal() for text in had):
        points = [Decimal(text) for text in had]
        if all(one > other for one, other in pairwise(points)):
            return points
    return [Decimal(len(keys) - at) for at in range(len(keys))]


def with_scale(typed: Typed, name: str) -> Typed:
    rows = [
        (f"new-{at}", {"name": level, "points": "", "approving": _on(approving)})
        for at, (level, approving) in enumerate(SCALES[name], start=1)
    ]
    return typed.with_texts({"name": typed.text("name") or NAME_OF_SCALE}).with_rows("levels", rows)


def _new_row(name: str, maximum: str, help: str) -> dict[str, str]:
    return {"name": name, "maximum": maximum, "minimum": "0", "step": "0.5", "weight": "1", "help": help}


def _on(flag: bool) -> str:
    return "on" if flag else ""


PAGE = RubricPage()
