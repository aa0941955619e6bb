"""Parts joined by their weights, exactly: each share of its own full score counts with its weight, and the sum is
rounded once, half up, unless the plan has each part rounded before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.meeting.composites.agreed import CompositeGrade, Part, Source
from app.meeting.composites.state import AnnouncedComposite
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, Unit
from app.meeting.polls.agreed import Voice
from app.meeting.rounds.state import Round
from app.meeting.scoring.full import full_of
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.reckoning import result_of


@dataclass(frozen=True, slots=True)
class Joined:
    """What the parts of a unit come to. ``missing``: ids of those that are not there; with one there is no score.

    ``rank`` (equal scores share it) is among the ``of`` units of its class that have a score.
    """

    unit: str
    points: dict[str, Decimal]
    missing: tuple[str, ...]
    score: Decimal | None = None
    grade: str = ""
    rank: int | None = None
    of: int = 0

    @property
    def as_announced(self) -> AnnouncedComposite:
        return AnnouncedComposite(self.unit, self.points, self.score, self.grade, self.rank, self.of)


def composites_of(meeting: Meeting) -> tuple[Joined, ...]:
    """Of every unit, in the order of the plan; none where the plan joins no parts."""
    if not meeting.plan.composite.parts:
        return ()
    joined = [_joined(meeting, unit) for unit in meeting.plan.units]
    classes = {each.unit: meeting.unit(each.unit).of_class for each in joined}
    return tuple(_placed(meeting.plan, each, _peers(each, joined, classes)) for each in joined)


def weighted(plan: Plan, part: Part, points: Decimal) -> Fraction:
    """What a part adds to the composite."""
    share = Fraction(points) * Fraction(part.weight) / Fraction(full_of(plan, part))
    return Fraction(rounded(share, plan.rules.places)) if plan.composite.rounds_parts else share


def points_of(meeting: Meeting, part: Part, unit: Unit) -> Decimal | None:
    """What a unit has in a part: of one that is scored here the published score, or the approval rate; of votes the
    share that approves, once the hall has been shown it."""
    if part.voice:
        return _voted(meeting, part, part.voice, unit)
    if part.source is not Source.SCORED:
        return meeting.composites.points(part.id, unit.id)
    round = meeting.round_of(unit.id)
    if round is None or round.is_open:
        return None
    result = result_of(meeting, round)
    return result.approval if meeting.plan.mode is Mode.LEVELS else result.score


def _voted(meeting: Meeting, part: Part, voice: Voice, unit: Unit) -> Decimal | None:
    """One voice alone, of the poll that counts."""
    poll = meeting.poll_on(unit.id)
    approval = poll.approval(voice, meeting.plan.rules.counts_as) if poll else None
    if approval is None:
        return None
    return rounded(approval * Fraction(full_of(meeting.plan, part)), meeting.plan.rules.places)


def day_to_come(meeting: Meeting) -> date | None:
    """On which the composites are to be announced, as long as they are not."""
    plan = meeting.plan
    return plan.composite.due if plan.has_composites and not meeting.composites.are_announced else None


def untold_rounds(meeting: Meeting) -> list[Round]:
    """What the hall has still to hear before composites that hang on it; where there is no result there is nothing."""
    if meeting.plan.composite.scored is None:
        return []
    hidden = [round for round in meeting.rounds.values() if not round.is_revealed]
    return [round for round in hidden if round.is_open or result_of(meeting, round).is_scored]


def _joined(meeting: Meeting, unit: Unit) -> Joined:
    plan = meeting.plan
    known = {part.id: points_of(meeting, part, unit) for part in plan.composite.parts}
    points = {id: each for id, each in known.items() if each is not None}
    missing = tuple(id for id in known if id not in points)
    if missing:
        return Joined(unit.id, points, missing)
    exact = sum((weighted(plan, part, points[part.id]) for part in plan.composite.parts), Fraction(0))
    return Joined(unit.id, points, (), rounded(exact, plan.rules.places))


def _peers(of: Joined, joined: Iterable[Joined], classes: dict[str, str]) -> list[Decimal]:
    """The scores there are in the class of a unit."""
    return [each.score for each in joined if each.score is not None and classes[each.unit] == classes[of.unit]]


def _placed(plan: Plan, one: Joined, peers: list[Decimal]) -> Joined:
    if one.score is None:
        return one
    score = one.score
    rank = 1 + sum(peer > score for peer in peers)
    grade = next((line.name for line in plan.composite.grades if _reaches(line, score, rank, len(peers))), "")
    return replace(one, grade=grade, rank=rank, of=len(peers))


def _reaches(line: CompositeGrade, score: Decimal, rank: int, of: int) -> bool:
    """Within the first so many per cent is who has a rank that is not beyond them; a fraction of a unit is none."""
    is_within = line.top is None or 100 * rank <= line.top * of
    return score >= line.at_least and is_within
