"""What a plan says of polls: when they open, who may vote in them, and between what."""

from enum import StrEnum


class PollsOpen(StrEnum):
    """When a unit is voted on: never, when somebody says so, together with its round, or by a step of the script."""

    NEVER = "never"
    BY_HAND = "by_hand"
    WITH_ROUND = "with_round"
    BY_SCRIPT = "by_script"


class Voters(StrEnum):
    """Who may vote: holders of a ticket, phones in the hall, both of these, or everybody, the open web among them."""

    TICKETS = "tickets"
    PHONES = "phones"
    HALL = "hall"
    EVERYBODY = "everybody"


class CountsSeen(StrEnum):
    """Who sees what has been chosen so far while a poll is open: how many have voted, everybody sees."""

    NOBODY = "nobody"
    MODERATOR = "moderator"
    HALL = "hall"


class Ballots(StrEnum):
    """Between what is chosen."""

    FOUR = "four"
    FIVE = "five"
    THREE = "three"
    MOTION = "motion"


class Voice(StrEnum):
    """From where a ballot comes. Voices are counted apart and never added up."""

    TICKET = "ticket"
    PHONE = "phone"
    WEB = "web"


CHOICES: dict[Ballots, tuple[str, ...]] = {
    Ballots.FOUR: ("satisfied", "fairly", "dissatisfied", "unknown"),
    Ballots.FIVE: ("very", "satisfied", "fairly", "dissatisfied", "unknown"),
    Ballots.THREE: ("satisfied", "fairly", "dissatisfied"),
    Ballots.MOTION: ("for", "against", "abstain"),
}
"""The choices of a ballot, in the order in which they stand on it: their words are of the language."""

VOICES: dict[Voters, tuple[Voice, ...]] = {
    Voters.TICKETS: (Voice.TICKET,),
    Voters.PHONES: (Voice.PHONE,),
    Voters.HALL: (Voice.TICKET, Voice.PHONE),
    Voters.EVERYBODY: (Voice.TICKET, Voice.PHONE, Voice.WEB),
}
"""Whose ballots are taken."""

APPROVING = frozenset({"very", "satisfied", "fairly", "for"})
UNDECIDED = frozenset({"unknown", "abstain"})
"""Where votes are part of a composite, ballots that say neither are left out."""
