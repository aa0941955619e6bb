"""What a bot on the panel makes of a unit. Scores cluster at the top and comments sound like a meeting's."""

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Criterion = dict[str, Any]
"""A criterion as the tablet's picture has it: id, minimum, maximum, step, weight, levels; numbers as text."""

REMARKS: tuple[tuple[str, str], ...] = (
    ("highlight", "领导班子带头学法，述法评议走深走实，经验值得推广。"),
    ("highlight", "以案释法贴近群众，短视频案例库点击量可观，形式新颖。"),
    ("highlight", "普法责任清单逐项落实到处室，台账完整，看得出是日常在做。"),
    ("problem", "面向农民工和新就业形态劳动者的宣传覆盖不足，缺少针对性内容。"),
    ("problem", "报告里活动数量多，效果数据少，群众知晓率没有前后对比。"),
    ("problem", "基层执法人员说理式执法还不够，部分文书释法部分套话较多。"),
    ("problem", "普法经费和人员向区县倾斜不够，个别区县工作停留在挂横幅、发传单。"),
    ("suggestion", "建议建立常见纠纷的普法提示清单，在办事窗口和线上同步推送。"),
    ("suggestion", "建议把普法融入执法全过程，每年公布一批典型案例并请群众评价。"),
    ("suggestion", "建议与学校、社区共建实践基地，请第三方评估实效后再推广。"),
)

SHARE_OF_SECOND_THOUGHTS = 0.25
SHARE_OF_FORGETTING = 0.03
SHARE_OF_ABSTAINING = 0.02
SHARE_OF_LOSING_THE_LINE = 0.06
SHARE_OF_RECUSING = 0.02
REASONS = ("曾在该单位任职", "与该单位有合作项目", "近亲属在该单位工作")
SHARE_OF_COMMENTING = 0.4
SHARE_OF_AFTERTHOUGHTS = 0.2


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment; ``afterthought`` is what it is revised to a moment later (mostly nothing)."""

    kind: str
    text: str
    afterthought: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One seat's mind about one unit; the same for the same seed, whatever happens in the meeting.

    ``marks`` are points by criterion as text. ``second_thoughts`` are the marks changed after submitting (often none).
    ``recuses`` is the reason for which no sheet is given (mostly none); ``forgets``: the sheet comes late.
    """

    marks: dict[str, str]
    second_thoughts: dict[str, str]
    remarks: tuple[Remark, ...]
    forgets: bool
    abstains: bool
    loses_the_line: bool
    recuses: str


def judgement(seed: int, seat: str, unit: str, criteria: list[Criterion]) -> Judgement:
    """``criteria`` is empty where only comments are given: then everybody has something to say."""
    dice = random.Random(f"{seed}/{seat}/{unit}")
    quality = random.Random(f"{seed}/{unit}").uniform(0.80, 0.95)
    leaning = random.Random(f"{seed}/{seat}").uniform(-0.04, 0.03)
    marks = {each["id"]: _points(each, quality + leaning + dice.gauss(0, 0.04)) for each in criteria}
    changes = dice.random() < SHARE_OF_SECOND_THOUGHTS
    says = 1 if not criteria else int(dice.random() < SHARE_OF_COMMENTING)
    return Judgement(
        marks=marks,
        second_thoughts=_neighbour(dice.choice(criteria), marks) if changes and criteria else {},
        remarks=tuple(_remark(dice, kind, text) for kind, text in dice.sample(REMARKS, says)),
        forgets=dice.random() < SHARE_OF_FORGETTING,
        abstains=dice.random() < SHARE_OF_ABSTAINING,
        loses_the_line=dice.random() < SHARE_OF_LOSING_THE_LINE,
        recuses=dice.choice(REASONS) if dice.random() < SHARE_OF_RECUSING else "",
    )


def total(marks: dict[str, str], criteria: list[Criterion]) -> str:
    """What the tablet shows as the sum of a sheet: added as static/numbers.js adds, and not as the rules do."""
    products = [_product(marks[each["id"]], each["weight"]) for each in criteria]
    places = max((behind for _, behind in products), default=0)
    units = sum(number * 10 ** (places - behind) for number, behind in products)
    digits = str(abs(units)).rjust(places + 1, "0")
    text = f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 else text


def _product(points: str, weight: str) -> tuple[int, int]:
    """Two decimals multiplied in whole units, and how many places these stand behind the point."""
    (one, places), (other, more) = _units(points), _units(weight)
    return one * other, places + more


def _units(text: str) -> tuple[int, int]:
    """A decimal in whole units, and how many places these stand behind the point: 8.50 is 850 and 2."""
    number, _, exponent = text.partition("E")
    whole, _, behind = number.partition(".")
    places = len(behind) - int(exponent or 0)
    return int(whole + behind) * 10 ** max(-places, 0), max(places, 0)


def _remark(dice: random.Random, kind: str, text: str) -> Remark:
    revises = dice.random() < SHARE_OF_AFTERTHOUGHTS
    return Remark(kind, text, text.removesuffix("。") + "，请书面回复。" if revises else "")


def _points(criterion: Criterion, share: float) -> str:
    """The allowed points nearest to a share (0 to 1) of what can be given."""
    least, most, step = (Decimal(criterion[name]) for name in ("minimum", "maximum", "step"))
    wanted = least + (most - least) * Decimal(str(min(max(share, 0), 1)))
    if criterion["levels"]:
        return str(min((level["points"] for level in criterion["levels"]), key=lambda it: abs(Decimal(it) - wanted)))
    steps = ((wanted - least) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return str(least + steps * step)


def _neighbour(criterion: Criterion, marks: dict[str, str]) -> dict[str, str]:
    """The same criterion one step lower, or higher from the bottom."""
    allowed, now = _allowed(criterion), Decimal(marks[criterion["id"]])
    at = allowed.index(now)
    return {criterion["id"]: str(allowed[at - 1] if at > 0 else allowed[at + 1])}


def _allowed(criterion: Criterion) -> list[Decimal]:
    if criterion["levels"]:
        return sorted(Decimal(level["points"]) for level in criterion["levels"])
    least, most, step = (Decimal(criterion[name]) for name in ("minimum", "maximum", "step"))
    return [least + step * at for at in range(int((most - least) / step) + 1)]
