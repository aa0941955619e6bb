"""What the units of a plan promised at the meeting before, and what the panel says of it now."""

from dataclasses import replace
from datetime import date

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.plan import Plan, Rules
from app.meeting.promises.agreed import Previous, Promise
from app.meeting.promises.state import PromiseMark
from tests.small import ANN, BEN, CAT, DAN, WATER, shipped, small_plan

FENCE = Promise(1, "Otters swim in the canal", "A fence", date(2024, 1, 9), Stand.STRUCK_OFF, date(2024, 2, 1), 3, 0)
DUTIES = Promise(2, "No list of duties", "", date(2024, 1, 9), Stand.RECTIFYING, None, 290, 1)
BEFORE = Previous("before", "Before", date(2023, 11, 17), date(2024, 11, 1), {"water": "water"})
KEPT, LARGELY, NOT_KEPT = PromiseMark
JUDGED = Rules(promises_judged=True)


def with_last_year(plan: Plan, *promises: Promise) -> Plan:
    """The first unit made these promises, or two."""
    first, *others = plan.units
    return replace(plan, previous=BEFORE, units=(replace(first, promises=promises or (FENCE, DUTIES)), *others))


def judged_plan(**changes: object) -> Plan:
    return with_last_year(small_plan(**{"rules": JUDGED, **changes}))


def judges(seat: str, promise: int, mark: PromiseMark = KEPT, round: str = WATER) -> c.JudgePromise:
    return c.JudgePromise(round, seat, promise, mark)


def promising(code: str = "demo") -> Plan:
    """The shipped meeting, whose first unit made four promises of the length that they have."""
    plan = shipped(code)
    texts = (
        (
            "普法责任清单未明确到具体处室和责任人，任务没有时限",
            "逐项明确责任处室、责任人和时限，3 月底前公布",
        ),
        ("面向农村留守儿童的法治教育覆盖不足，全年仅到 4 个乡镇", "每学期到每个乡镇至少一次，全年不少于 40 场"),
        ("履职报告只列活动数量，没有说明普法实效如何评估", ""),
        ("机关工作人员旁听庭审制度没有落实", "每年组织两次，覆盖全部科级以上干部"),
    )
    stands = (Stand.STRUCK_OFF, Stand.RECTIFYING, Stand.LONG_TERM, Stand.STRUCK_OFF)
    promises = [
        Promise(at, text, promised, date(2023, 3, 31), stand, None, 12 * (at == 2), int(at == 4))
        for at, ((text, promised), stand) in enumerate(zip(texts, stands, strict=True), start=1)
    ]
    return with_last_year(replace(plan, rules=replace(plan.rules, promises_judged=True)), *promises)


WORDS = {ANN: (KEPT, NOT_KEPT), BEN: (KEPT, NOT_KEPT), CAT: (LARGELY, NOT_KEPT), DAN: (NOT_KEPT, LARGELY)}
"""Of the first promise and the second; eve says nothing."""


def all_say() -> list[c.JudgePromise]:
    return [judges(seat, at, mark) for seat, words in WORDS.items() for at, mark in enumerate(words, start=1)]
