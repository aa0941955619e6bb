"""What a plan says of questions of the audience."""

from enum import StrEnum


class Questions(StrEnum):
    """Whether they are taken, and who is shown them first: a moderator, or everybody at once."""

    NEVER = "never"
    MODERATED = "moderated"
    AT_ONCE = "at_once"
