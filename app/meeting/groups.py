"""How the groups of a panel are called, and how many there may be."""

from app.meeting.plan import Plan
from app.meeting.refusals import Said
from app.meeting.texts import LONGEST_SHORT_NAME

LONGEST_NAME_OF_GROUP = LONGEST_SHORT_NAME
MOST_GROUPS = 20


def said_of_group(plan: Plan, id: str) -> str | Said:
    """What a group is called: by the organiser, or by the word that every language has for a preset."""
    return plan.group(id).name or Said(f"group.{id}")
