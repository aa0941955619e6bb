"""What the sheets of a panel come to, in which parts it is told, and how far the seats agree."""

WORDS = {
    "outcome.scored": "Scored",
    "outcome.no_quorum": "No quorum",
    "outcome.no_sheets": "No sheet",
    "reliability.excellent": "The seats agree closely: the mean of the panel is very reliable.",
    "reliability.good": "The seats agree well: the mean of the panel is reliable.",
    "reliability.moderate": "The seats agree by and large: the mean of the panel is moderately reliable.",
    "reliability.poor": "The seats differ widely: the mean of the panel is not very reliable.",
    "in_order.strong": "The seats put the units in much the same order.",
    "in_order.moderate": "The seats put the units in a similar order.",
    "in_order.weak": "The seats put the units in different orders.",
    "step.spread": "Spread",
    "step.trimmed": "Highest and lowest dropped",
    "step.score": "Score",
    "step.grade": "Grade",
}
