"""What of a plan is sealed: the seal of its rules, and the same rules said in words."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.meeting.composites.agreed import NO_COMPOSITE
from app.meeting.composites.saying import said_of_composites
from app.meeting.decimals import plain
from app.meeting.groups import said_of_group
from app.meeting.plan import PRESETS, Mode, Plan, Rules, Unit
from app.meeting.polls.agreed import Counts, OwnChoice
from app.meeting.promises.state import PromiseMark
from app.meeting.refusals import Fact, Said
from app.meeting.rubric import Criterion
from app.meeting.scoring.turnout import seats_needed
from app.meeting.shortcomings import is_a_quorum


def rule_seal(plan: Plan) -> str:
    """SHA-256 (64 hex digits) of what decides the result: mode, units with their classes, seats with groups and
    recusals, rubric, rules, composite."""
    return hashlib.sha256(sealed_text(plan).encode()).hexdigest()


def sealed_text(plan: Plan) -> str:
    """What the rule seal is of: JSON with sorted keys, no spaces, UTF-8, decimals and days as text.

    Anybody can make it again from the plan. The list of groups is in it unless it is that of the presets, the composite
    where there is one, the class of a unit where it has one: the first plans had no others.
    """
    frozen: dict[str, Any] = {
        "mode": plan.mode,
        "units": [_unit(unit) for unit in plan.units],
        "seats": [
            {"id": seat.id, "label": seat.label, "group": seat.group, "recusals": seat.recusals} for seat in plan.seats
        ],
        "criteria": [asdict(criterion) for criterion in plan.criteria],
        "rules": _as_sealed(plan.rules),
    }
    if plan.groups != PRESETS:
        frozen["groups"] = [asdict(group) for group in plan.groups]
    if plan.composite != NO_COMPOSITE:
        frozen["composite"] = asdict(plan.composite)
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


FIRST_RULES = frozenset(
    {
        *("trim_high", "trim_low", "trim_from", "trim_of", "group_weights", "places", "round_at"),
        *("quorum", "tie_ladder", "grades", "rank_shown", "rounds_open", "level_rule"),
    }
)
CAME_LATER = frozenset(each.name for each in fields(Rules)) - FIRST_RULES
"""Fields of rules that the first plans did not have. At their default they are left out: an old seal stays right."""


def _unit(unit: Unit) -> dict[str, str]:
    """The first plans had no classes."""
    named = {"id": unit.id, "name": unit.name, "short_name": unit.short_name}
    return named | {"of_class": unit.of_class} if unit.of_class else named


def _as_sealed(rules: Rules) -> dict[str, Any]:
    usual = asdict(Rules())
    said = asdict(rules)
    return {name: value for name, value in said.items() if name not in CAME_LATER or value != usual[name]}


def _as_text(value: Any) -> str:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(f"a rule seal cannot hold a {type(value).__name__}")


def said_of_rules(plan: Plan) -> tuple[Said, ...]:
    """Codes of ``app.language.sealed``, in the order in which a sheet becomes a result."""
    return tuple(_said(plan))


def _said(plan: Plan) -> Iterator[Said]:
    yield from _panel(plan)
    match plan.mode:
        case Mode.POINTS:
            yield from _rubric(plan)
            yield _trim(plan)
            yield _mean(plan)
            yield Said(f"rounded_{plan.rules.round_at}", {"places": plan.rules.places})
            yield _quorum(plan)
            yield _grades(plan)
        case Mode.LEVELS:
            yield from _scale(plan)
            yield Said(f"level_{plan.rules.level_rule}")
            yield Said("shares", {"places": plan.rules.places})
            yield _quorum(plan)
        case Mode.COMMENTS:
            yield Said("comments_only")
            yield from _audience(plan.rules)
            yield from _promises(plan)
            yield from said_of_composites(plan)
            return
    yield _ties(plan)
    yield Said("ranks_shown" if plan.rules.ranks_told else "ranks_hidden")
    yield Said("rounds_open", {"when": (Said(f"rounds_open.{plan.rules.rounds_open}"),)})
    yield Said(f"results_{plan.rules.results_shown}")
    if plan.rules.checked:
        yield Said("checked")
    yield Said("receipts", {"what": (Said(f"receipts.{plan.rules.receipts_told}"),)})
    yield from (_stated(plan.rules, name) for name in STATED)
    yield from _audience(plan.rules)
    yield from _promises(plan)
    yield from said_of_composites(plan)


OF_POLLS = ("polls", "voters", "ballots", "audience", "counts_seen", "own_choices")
SAID_ALREADY = {
    "receipts",
    "quorum_by",
    "quorum_parts",
    "results_shown",
    "checked",
    "questions",
    "promises_judged",
    *OF_POLLS,
}
STATED = tuple(each.name for each in fields(Rules) if each.name in CAME_LATER - SAID_ALREADY)
"""Rules that have no sentence of their own: said by the name and the word that they have on the page of the rules."""


def _audience(rules: Rules) -> Iterator[Said]:
    """Nothing where the audience is not asked; where only the rest is set, that is said, for it is sealed as well."""
    usual = Rules()
    if any(getattr(rules, name) != getattr(usual, name) for name in OF_POLLS):
        polls, voters = (Said(f"polls.{rules.polls}"),), (Said(f"voters.{rules.voters}"),)
        own = tuple(map(_own_choice, rules.own_choices))
        yield Said("polls", {"polls": polls, "voters": voters, "ballots": own or (Said(f"ballots.{rules.ballots}"),)})
        yield Said("counts_seen", {"who": (Said(f"counts_seen.{rules.counts_seen}"),)})
        if rules.audience:
            yield Said("audience", {"number": rules.audience})
    if rules.questions is not usual.questions:
        yield Said("questions", {"questions": (Said(f"questions.{rules.questions}"),)})


def _promises(plan: Plan) -> Iterator[Said]:
    if plan.rules.promises_judged:
        marks = tuple(Said(f"promise_mark.{mark}") for mark in PromiseMark)
        yield Said("promises_judged" if plan.is_scored else "promises_judged_without_scores", {"marks": marks})


def _own_choice(own: OwnChoice) -> Said | str:
    return own.name if own.counts is Counts.AGAINST else Said(f"own_choice_{own.counts}", {"name": own.name})


def _stated(rules: Rules, name: str) -> Said:
    value = getattr(rules, name)
    if isinstance(value, bool):
        what: Fact = (Said("yes" if value else "no"),)
    else:
        what = (Said(f"{name}.{value}"),) if isinstance(value, StrEnum) else str(value)
    return Said("stated", {"rule": (Said(f"field.rules.{name}"),), "what": what})


def _panel(plan: Plan) -> Iterator[Said]:
    seats = Counter(seat.group for seat in plan.seats)
    groups = tuple(_of_group(plan, group, seats[group]) for group in plan.groups_among(seats))
    if groups:
        yield Said("panel", {"seats": len(plan.seats), "units": len(plan.units), "groups": groups})
    if recusals := sum(len(seat.recusals) for seat in plan.seats):
        yield Said("recusals", {"number": recusals})


def _rubric(plan: Plan) -> Iterator[Said]:
    if not plan.criteria:
        return
    is_weighted = any(each.weight != 1 for each in plan.criteria)
    yield Said("criteria", {"criteria": tuple(_criterion(each) for each in plan.criteria)})
    yield _steps(plan)
    yield Said("total_weighted" if is_weighted else "total", {"full": _text(plan.full_score)})


def _steps(plan: Plan) -> Said:
    if len({each.step for each in plan.criteria}) == 1:
        return Said("steps_alike", {"step": _text(plan.criteria[0].step)})
    steps = tuple(Said("criterion", {"name": each.name, "points": _text(each.step)}) for each in plan.criteria)
    return Said("steps", {"steps": steps})


def _criterion(criterion: Criterion) -> Said:
    code = "criterion" if criterion.weight == 1 else "criterion_weighted"
    points = _text(criterion.maximum)
    if criterion.minimum:
        points = f"{_text(criterion.minimum)} … {points}"
    return Said(code, {"name": criterion.name, "points": points, "weight": _text(criterion.weight)})


def _scale(plan: Plan) -> Iterator[Said]:
    levels = [level for criterion in plan.criteria for level in criterion.levels]
    if not levels:
        return
    approving = tuple(level.name for level in levels if level.approving)
    yield Said("levels", {"levels": tuple(level.name for level in levels)})
    yield Said("approving", {"levels": approving}) if approving else Said("approving_none")


def _trim(plan: Plan) -> Said:
    rules = plan.rules
    if not rules.trim_high + rules.trim_low:
        return Said("trim_none")
    code = "trim_in_groups" if rules.group_weights else "trim"
    return Said(code, {"from": rules.trim_from, "dropped": (_dropped(plan),)})


def _dropped(plan: Plan) -> Said:
    high, low, of = plan.rules.trim_high, plan.rules.trim_low, plan.rules.trim_of
    if high == low:
        return Said(f"drops_both_{of}", {"number": high})
    if not high or not low:
        return Said(f"drops_{'high' if high else 'low'}_{of}", {"number": high or low})
    return Said(f"drops_some_{of}", {"high": high, "low": low})


def _mean(plan: Plan) -> Said:
    rules = plan.rules
    if not rules.group_weights:
        return Said(f"mean_{rules.trim_of}")
    weights = rules.group_weights
    groups = tuple(_of_group(plan, each, _text(weights[each])) for each in plan.groups_among(weights))
    return Said(f"mean_of_groups_{rules.trim_of}", {"groups": groups})


def _quorum(plan: Plan) -> Said:
    rules = plan.rules
    share = f"{_text(rules.quorum)}/{rules.quorum_parts}" if rules.quorum_parts > 1 else f"{_text(100 * rules.quorum)}%"
    needed = tuple(Said("needed", {"entitled": of, "needed": least}) for of, least in _seats_needed(plan).items())
    code = f"quorum_{rules.quorum_by}"
    return Said(code, {"share": share, "needed": needed}) if needed else Said(f"{code}_of_none", {"share": share})


def _seats_needed(plan: Plan) -> dict[int, int]:
    """None of a share that can not be met; a plan that is being made may have one."""
    return seats_needed(plan) if is_a_quorum(plan.rules) else {}


def _grades(plan: Plan) -> Said:
    lines = sorted(plan.rules.grades, key=lambda line: -line.at_least)
    grades = tuple(Said("grade_line", {"at_least": _text(line.at_least), "name": line.name}) for line in lines)
    return Said("grades", {"grades": grades}) if grades else Said("grades_none")


def _ties(plan: Plan) -> Said:
    steps = tuple(Said(f"tie.{step}") for step in plan.rules.tie_ladder)
    return Said("ties", {"steps": steps}) if steps else Said("ties_none")


def _of_group(plan: Plan, group: str, number: int | str) -> Said:
    return Said("of_group", {"group": (said_of_group(plan, group),), "number": number})


def _text(number: Decimal) -> str:
    return f"{plain(number):f}"
