"""What is sealed, in words: one sentence for each code of ``app.meeting.sealing``."""

from app.language import Language, catalogue, comma_of
from app.language.sentences import sentence_of
from app.language.words import WORDS
from app.meeting.refusals import Said

RULES = {
    "panel": "Panel of {seats} seats ({groups}) for {units} units.",
    "recusals": "Recusals set beforehand: {number}.",
    "criteria": "Criteria: {criteria}.",
    "criterion": "{name} {points}",
    "criterion_weighted": "{name} {points} × {weight}",
    "steps_alike": "Marks are given in steps of {step}.",
    "steps": "Marks are given in steps: {steps}.",
    "total": "The marks of a sheet are added up; full score {full}.",
    "total_weighted": (
        "Each mark is multiplied by the weight of its criterion, then all are added up; full score {full}."
    ),
    "trim_none": "Nothing is dropped.",
    "trim": "From {from} sheets upwards, {dropped}.",
    "trim_in_groups": "From {from} sheets in a group upwards, within that group {dropped}.",
    "drops_both_sheet": "the highest and the lowest sheets are dropped, {number} each",
    "drops_high_sheet": "the highest sheets are dropped: {number}",
    "drops_low_sheet": "the lowest sheets are dropped: {number}",
    "drops_some_sheet": "the {high} highest and the {low} lowest sheets are dropped",
    "drops_both_criterion": "the highest and the lowest marks of each criterion are dropped, {number} each",
    "drops_high_criterion": "the highest marks of each criterion are dropped: {number}",
    "drops_low_criterion": "the lowest marks of each criterion are dropped: {number}",
    "drops_some_criterion": "the {high} highest and the {low} lowest marks of each criterion are dropped",
    "mean_sheet": "The score is the mean of the remaining sheets.",
    "mean_criterion": "The score is the sum of the means by criterion.",
    "mean_of_groups_sheet": (
        "The mean of each group counts with its weight: {groups}. A group without a sheet is left out."
    ),
    "mean_of_groups_criterion": (
        "In each group the means by criterion are added up, and each group counts with its weight: {groups}. "
        "A group without a sheet is left out."
    ),
    "rounded_end": "Rounded once, at the end, half up to {places} decimals.",
    "rounded_criterion": "The mean of each criterion is rounded half up to {places} decimals, and so is the score.",
    "rounded_weighted": (
        "The mean of each criterion, times its weight, is rounded half up to {places} decimals, and then all are "
        "added up; the score is rounded in the same way."
    ),
    "quorum_more_than": "There is a result if the sheets of more than {share} of the entitled seats count: {needed}.",
    "quorum_at_least": "There is a result if the sheets of at least {share} of the entitled seats count: {needed}.",
    "quorum_more_than_of_none": "There is a result if the sheets of more than {share} of the entitled seats count.",
    "quorum_at_least_of_none": "There is a result if the sheets of at least {share} of the entitled seats count.",
    "needed": "{needed} of {entitled}",
    "shares": "Shares are rounded half up to {places} decimals.",
    "grades": "Grades: {grades}.",
    "grade_line": "from {at_least} points {name}",
    "grades_none": "There are no grades.",
    "levels": "Each sheet gives one level: {levels}.",
    "approving": "Approval is the share of: {levels}.",
    "approving_none": "No level counts as approving.",
    "level_plurality": "The result is the level given most often; if equal, the lower one.",
    "level_median": "The result is the median level; of two, the lower one.",
    "comments_only": "Comments are given, not scores.",
    "ties": "Equal results are ordered by: {steps}.",
    "ties_none": "Equal results share a place.",
    "ranks_shown": "The ranking is shown to the hall.",
    "ranks_hidden": "No ranking is shown to the hall.",
    "rounds_open": "Scoring opens: {when}.",
    "results_by_hand": "Each result is shown when the moderator decides.",
    "results_after_each": "The result of each unit is shown as soon as its scoring is over.",
    "results_in_order": "The results are shown at the announcement, in the order of the agenda.",
    "results_from_lowest": "The results are shown at the announcement, from the lowest to the highest.",
    "results_by_grade": "At the announcement only the grades are told, and no scores.",
    "checked": "No result is shown before the supervisor has checked it.",
    "receipts": "The public list of receipts is to {what}.",
    "polls": "The audience votes on each unit: {polls}. Who may vote: {voters}. The ballot: {ballots}.",
    "own_choice_for": "{name} (counts as satisfied)",
    "own_choice_neither": "{name} (counts as neither)",
    "counts_seen": "Until a poll has closed, what was chosen in it is seen by: {who}.",
    "audience": "People expected in the hall: {number}.",
    "questions": "Questions of the audience: {questions}.",
    "promises_judged": (
        "The panel judges each promise of the meeting before in secret ({marks}). The counts are told with the result "
        "of the unit, and no score is made of them."
    ),
    "promises_judged_without_scores": (
        "The panel judges each promise of the meeting before in secret ({marks}). The counts are told as the meeting "
        "ends."
    ),
    "composite": "A composite is joined of: {parts}.",
    "composite_part": "{name} {weight} ({source}, full score {full})",
    "composite_rounded": (
        "Each part counts by its share of its own full score, times its weight; a full composite is {full}. "
        "The sum is rounded once, half up to {places} decimals."
    ),
    "composite_rounds_parts": (
        "Each part counts by its share of its own full score, times its weight, rounded half up to {places} decimals, "
        "and then all are added up; a full composite is {full}."
    ),
    "composite_votes": (
        "A vote gives the share of its ballots for {approving}, without those for {undecided}, of the full score of "
        "its part, half up to {places} decimals; each voice counts for itself."
    ),
    "composite_votes_all": (
        "A vote gives the share of its ballots for {approving} of the full score of its part, half up to {places} "
        "decimals; each voice counts for itself."
    ),
    "composite_votes_without_ticket": (
        "By the rules of this meeting these enter the composite as well, although one person may have voted there more "
        "than once: {sources}."
    ),
    "composite_missing": "A part that is missing is said and never counts as zero: such a unit has no composite.",
    "composite_classes": "Units are ranked within their class: {classes}.",
    "composite_class": "{name} ({units})",
    "composite_no_class": "without a class ({units})",
    "composite_grades": "Grades of the composite, the first that is reached: {grades}.",
    "composite_grade_top": "for the first {top} % of a class, from {at_least} points {name}",
    "composite_due": "The composites are to be announced on {day}.",
    "stated": "{rule}: {what}.",
    "of_group": "{group}: {number}",
}
_SAID = {**WORDS, **RULES}


def say_rule(said: Said, language: Language) -> str:
    """One of ``app.meeting.sealing`` as a sentence."""
    return sentence_of(said, catalogue(language).gettext, comma_of(language), _SAID)
