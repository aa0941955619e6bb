"""Where in the text file a plan is short of something, or worth a look."""

from app.meeting.shortcomings import Shortcoming

_PATHS = {
    "meeting": "",
    "rules": "rules",
    "grades": "rules.grades",
    "levels": "criteria[{}].levels",
    "recusals": "seats[{}].recusals",
}
"""Where the parts of a plan stand whose path is not their name; of the inner ones, which outer one."""

PATH_OF_HINT = {
    "look.not_a_hundred": "criteria",
    "look.weights_do_not_round": "rules.round_at",
    "look.groups_never_trimmed": "rules.trim_from",
    "look.grades_alike": "rules.grades",
    "look.grade_out_of_reach": "rules.grades",
}


def path_of(shortcoming: Shortcoming) -> str:
    """The path in the text to where a plan is short of something: ``criteria[2].step``."""
    *outer, at = shortcoming.at if isinstance(shortcoming.at, tuple) else (shortcoming.at,)
    path = _PATHS.get(shortcoming.part, shortcoming.part).format(*outer) + ("" if at is None else f"[{at}]")
    field = "" if shortcoming.part == "recusals" else shortcoming.field  # a recusal is nothing but its unit
    return ".".join(filter(None, (path, field)))
