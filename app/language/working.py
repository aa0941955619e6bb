"""The working of a result in words: one sentence per step of ``app.meeting.scoring``."""

from app.language import Language, catalogue, comma_of
from app.language.groups import called
from app.meeting.scoring.result import Working

STEPS = {
    "turnout": (
        "Panel of {panel}: {recused} recused, {abstained} abstained, {void} void, {absent} without a sheet; "
        "{counted} sheets count."
    ),
    "quorum": "Quorum: {counted} of {entitled} entitled seats, at least {needed} needed.",
    "no_quorum": "No quorum: {counted} of {entitled} entitled seats, at least {needed} needed.",
    "totals": "Totals of the sheets: {totals}.",
    "not_trimmed": "{group}Nothing is dropped: there are {counted} sheets, and dropping begins at {trim_from}.",
    "trimmed_sheets": "{group}Dropped as highest: {high}; as lowest: {low}; {kept} sheets remain.",
    "trimmed_criteria": (
        "{group}In each criterion the {high} highest and {low} lowest marks are dropped; {kept} remain."
    ),
    "criterion_means": "Means by criterion: {means}.",
    "criterion_means_rounded": "Means by criterion, each rounded to {places} decimals: {means}.",
    "weighted_means_rounded": "{group}Mean of each criterion, times its weight, rounded to {places} decimals: {means}.",
    "group_mean": "{group}Mean {mean}, weight {weight}.",
    "weighted_mean": "Weighted mean of the groups: {exact}.",
    "sum_of_means": "Sum of the (weighted) means: {exact}.",
    "mean": "Mean: {sum} / {count} = {exact}.",
    "rounded": "Rounded half up to {places} decimals: {score}.",
    "grade": "{score} reaches the line of {at_least}: {grade}.",
    "no_grade": "{score} reaches no grade line.",
    "levels": "Levels given: {levels}.",
    "approval": "Approving: {approving} of {counted}, that is {share}%.",
    "level_by_plurality": "The level given most often (if equal, the lower one): {level}.",
    "level_by_median": "The median level (of two, the lower one): {level}.",
}

STEPS_OF_COMPOSITES = {
    "part_weighted": "{part}: {points} of {full}, times {weight}, adds {adds}.",
    "part_rounded": "{part}: {points} of {full}, times {weight}, rounded, adds {adds}.",
    "parts_added": "Added up: {sum}.",
    "composite_rounded": "Composite, half up to {places} decimals: {score}.",
}
"""Of parts, not of sheets: nobody need ask whether a sheet can be told from them."""


def say_working(step: Working, language: Language) -> str:
    """A step of the working as a sentence."""
    text = catalogue(language).gettext
    facts = {
        name: comma_of(language).join(fact) if isinstance(fact, list) else fact for name, fact in step.facts.items()
    }
    if "group" in facts:
        name = called(facts["group"], facts.get("group_name", ""), language) if facts["group"] else ""
        facts["group"] = text("{group}: ").format(group=name) if name else ""
    return text((STEPS | STEPS_OF_COMPOSITES)[step.code]).format_map(facts)
