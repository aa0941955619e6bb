"""Why a plan cannot be opened yet, and what in it is worth another look."""

from app.language.words import WORDS

SENTENCES = {
    **{code: word for code, word in WORDS.items() if code.startswith("group.")},
    "number.too_many_decimals": "“{where}” has more than six decimals; points, steps and weights can have at most six",
    "number.too_large": "“{where}” is more than a million; points, steps and weights go up to a million",
    "look.no_units": "no unit is listed yet",
    "look.unit_does_not_report": "{unit} is not on the agenda",
    "look.weights_of_two_kinds": "some weights are shares, such as {share}, and others are not, such as {whole}",
    "look.not_a_hundred": "the rubric adds up to {sum} points, not 100",
    "look.weights_do_not_round": (
        "all weights are 1, so rounding each mean after its weight is the same as rounding it before"
    ),
    "look.groups_never_trimmed": (
        "with weights, the highest and lowest are dropped within each group, and only if it has at least {least} "
        "sheets; these groups have fewer seats, so nothing is ever dropped in them: {groups}"
    ),
    "look.no_grade_to_tell": "only grades are to be announced, and there are no grade lines: nothing would be said",
    "look.order_tells_ranks": (
        "results announced from the lowest upwards tell the hall who is ahead, although no ranking is to be shown"
    ),
    "look.no_promises": "the panel is to judge promises, but no unit has any from the previous meeting",
    "look.grades_alike": ("{first} and {second} both begin at {points} points, so {second} is never given"),
    "look.grade_out_of_reach": "{name} is never reached: the full score is {full}",
    "look.composite_without_parts": (
        "grades or a day are given for the composite, but no parts are listed: there will be none"
    ),
    "look.one_part": "only one part is listed, so the composite is simply that part",
    "look.parts_not_a_hundred": "the weights of the parts add up to {sum}, not 100",
    "look.vote_without_ticket": (
        "“{name}” takes votes without tickets into the composite: one person may vote there more than once"
    ),
    "look.due_too_early": "the composites are to be announced on {day}, before the meeting",
    "look.grade_behind_another": (
        "whoever reaches {second} has already reached {first}, which is listed before it: {second} is never given"
    ),
    "look.nobody_in_top": "{name} is for the top {top} %, which is less than one unit in: {classes}",
    "composite_without_class": "units without a class",
    "look.long_short_name": (
        "“{name}” has more than {most} characters: it looks cramped on the screens, and its page is not saved until it "
        "is shorter."
    ),
    "look.no_place": "the place is not given",
    "look.small_groups": "{groups}: fewer than three seats, so no means by group will be made public",
    "look.small_groups_with_weights": (
        "{groups}: fewer than three seats for some unit, and groups have weights. For such a unit, neither means by "
        "group nor totals of sheets will be made public: they would reveal a single sheet"
    ),
    "title.missing": "the title is missing",
    "start.without_offset": "the start has no UTC offset",
    "agenda.empty": "the agenda is empty",
    "panel.empty": "there is no seat on the panel",
    "rubric.empty": "the rubric has no criterion",
    "item.without_segments": "“{where}” has no segment",
    "segment.without_time": "“{where}” has a segment without time",
    "unit.twice": "unit “{where}” is listed twice",
    "seat.twice": "seat “{where}” is listed twice",
    "item.twice": "agenda item “{where}” is listed twice",
    "criterion.twice": "criterion “{where}” is listed twice",
    "grade.twice": "grade “{where}” is listed twice",
    "level.twice": "level “{where}” is listed twice",
    "criterion.no_number": "“{where}” has a limit, step or weight that is not a number",
    "unit.reports_twice": "unit “{where}” reports twice",
    "item.unknown_unit": "“{where}” names no known unit",
    "item.needless_unit": "“{where}” is not a report but names a unit",
    "recusal.unknown_unit": "a recusal names an unknown unit ({where})",
    "rubric.not_one_scale": "a meeting with levels needs exactly one criterion with levels",
    "criterion.no_range": "the maximum of “{where}” is not greater than its minimum",
    "criterion.step_does_not_fit": "the range of “{where}” is not a whole number of its steps",
    "criterion.no_weight": "the weight of “{where}” is not above zero",
    "level.out_of_range": "a level of “{where}” lies outside its range",
    "audience.too_large": "the number of people expected in the hall must be from 0 to {where}",
    "trim.negative": "the number of sheets to drop cannot be negative",
    "trim.leaves_nothing": "dropping the highest and lowest would leave no sheet",
    "rounding.places": "results can have 0 to 6 decimals",
    "quorum.not_a_share": "the quorum must be a share from 0 to just below 1, or up to 1 with “at least”",
    "part.twice": "part “{where}” is listed twice",
    "part.same_name": "two parts are called “{where}”",
    "part.too_many": "there are more than {where} parts",
    "part.without_name": "part “{where}” has no name",
    "part.no_weight": "the weight of part “{where}” is not above zero",
    "part.no_full": "the full score of part “{where}” is not above zero",
    "part.nothing_scored": "“{where}” is to be scored here, but this meeting takes comments only",
    "part.scored_twice": "“{where}” is to be scored here, but another part already is",
    "choices.number": "a ballot has two to six choices; this one has {where}",
    "choices.without_name": "a choice of the ballot has no name",
    "choices.long_name": "the choice “{where}” is longer than 16 characters",
    "choices.twice": "the choice “{where}” is on the ballot twice",
    "choices.none_satisfied": "“{where}” is calculated from a vote in which no choice counts as satisfied",
    "part.nobody_votes": "“{where}” is to come from votes that this meeting does not take",
    "part.voted_twice": "“{where}” is to come from the same votes as another part",
    "part.other_full": "what is scored here has the full score of the rubric, {where}",
    "composite_grade.twice": "grade “{where}” of the composite is listed twice",
    "composite_grade.without_name": "a grade of the composite has no name",
    "composite_grade.no_number": "the lower limit of the composite grade “{where}” is not a number",
    "composite_grade.no_share": "“{where}” needs a share above 0 and up to 100 %",
    "group.without_weight": "group “{where}” has seats but no weight",
    "group.no_weight": "a group weight is not above zero",
    "group.twice": "two groups have the id “{where}”",
    "group.without_name": "the group “{where}” has no name",
    "group.long_name": "the name of the group “{where}” is too long",
    "group.too_many": "there are more than {where} groups",
    "group.unknown": "there is a weight for “{where}”, which is not a group of this meeting",
    "seat.unknown_group": "seat “{where}” belongs to no group of this meeting",
}
