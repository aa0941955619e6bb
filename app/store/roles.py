"""Who there is: the command line names them without reading the store."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is at a door. An organiser sets up meetings and belongs to none of them; a unit comes afterwards.

    ``QUESTIONS`` moderates questions of the audience."""

    ORGANISER = "organiser"
    MODERATOR = "moderator"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    SEAT = "seat"
    DISPLAY = "display"
    GUEST = "guest"
    UNIT = "unit"
    QUESTIONS = "questions"
