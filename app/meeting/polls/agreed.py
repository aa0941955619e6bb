"""What a plan says of polls: when they open, who may vote in them, and between what."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


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


class Counts(StrEnum):
    """As what a ballot for a choice counts where votes are part of a composite; one that says neither is left out."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """A choice in the organiser's own words."""

    name: str
    counts: Counts = Counts.AGAINST


FEWEST_CHOICES, MOST_CHOICES = 2, 6
LONGEST_CHOICE = 16
"""Of the organiser's own: so that they stand on a phone and before the hall in large letters."""

USUAL_COUNTS: Mapping[str, Counts] = MappingProxyType(
    {
        **dict.fromkeys(("very", "satisfied", "fairly", "for"), Counts.FOR),
        **dict.fromkeys(("dissatisfied", "against"), Counts.AGAINST),
        **dict.fromkeys(("unknown", "abstain"), Counts.NEITHER),
    }
)


class RulesOfPolls:
    """What follows from the rules of polls. The organiser's own choices stand in place of those of the ballot."""

    __slots__ = ()

    voters: Voters
    ballots: Ballots
    own_choices: tuple[OwnChoice, ...]

    @property
    def voices(self) -> tuple[Voice, ...]:
        return VOICES[self.voters]

    @property
    def choices(self) -> tuple[str, ...]:
        """Ids, in the order in which they stand on the ballot."""
        return tuple(self.names_of_choices) or CHOICES[self.ballots]

    @property
    def names_of_choices(self) -> dict[str, str]:
        """The organiser's own, by id; none where the choices are ours, which have a word in every language."""
        return {id: each.name for id, each in self._own.items()}

    @property
    def counts_as(self) -> Mapping[str, Counts]:
        """As what each choice counts."""
        return {id: each.counts for id, each in self._own.items()} or USUAL_COUNTS

    @property
    def _own(self) -> dict[str, OwnChoice]:
        return {f"own_{number}": each for number, each in enumerate(self.own_choices, start=1)}


def fault_of_choices(own: tuple[OwnChoice, ...]) -> tuple[str, str]:
    """What is wrong with the organiser's own choices: a code and where; both empty if nothing is."""
    names = [each.name for each in own]
    if own and not FEWEST_CHOICES <= len(own) <= MOST_CHOICES:
        return "choices.number", str(len(own))
    if not all(name.strip() for name in names):
        return "choices.without_name", ""
    if long := next((name for name in names if len(name) > LONGEST_CHOICE), ""):
        return "choices.long_name", long
    same = [_in_common(name) for name in names]
    twice = next((name for name in names if same.count(_in_common(name)) > 1), "")
    return ("choices.twice", twice) if twice else ("", "")


def _in_common(name: str) -> str:
    """What names have in common that a hall would take for one: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
