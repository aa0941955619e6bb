"""The public picture of a meeting: plain data in which nothing hidden is, whoever writes it out.

Days are in the meeting's own zone. No person is named but the leader in charge, whose promise the measures are.
"""

from dataclasses import dataclass
from datetime import date

from app.live.contexts import PublicComment
from app.live.screens.promised import Promised
from app.live.screens.results_contexts import ResultOfUnit
from app.live.screens.votes import VotesOnUnit
from app.meeting.findings.state import Deadlines, FindingKind, Stand
from app.meeting.plan import Attachment, Unit
from app.meeting.refusals import Said

MOST_ON_FIRST_PAGE = 40
"""Items of an agenda."""


@dataclass(frozen=True, slots=True)
class CureShown:
    """The measures as the bureau agreed to them: ``leader`` and ``office`` answer for them."""

    cause: str
    measures: str
    goal: str
    leader: str
    office: str
    until: date


@dataclass(frozen=True, slots=True)
class ProofShown:
    """A proof that the bureau has ticked. ``standards``: which of the standards it is for, counted from 1."""

    name: str
    sha256: str
    bytes: int
    media_type: str
    dated: date
    standards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """``text`` is empty before it is answered, and where it is withheld; ``answer`` then says why."""

    number: int
    raised_on: date
    text: str
    answer: str
    answered_on: date | None
    is_upheld: bool
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """What the panel said of the cure, of so many members; the counts are None where so few would give one away."""

    members: int
    satisfied: int | None
    basically: int | None
    not_satisfied: int | None
    is_passed: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in the course of a finding, by the name of its event; ``outcome`` where it was a yes or a no."""

    what: str
    on: date
    outcome: bool | None = None


@dataclass(frozen=True, slots=True)
class FindingShown:
    """``number`` is the unit's own count. ``deadlines`` are those first said; ``due`` is with what was granted.

    ``is_of_audience``: it was made of a question of the audience. ``is_report_late``: the unit's report on it has not
    come in, though its day has passed."""

    number: int
    text: str
    kind: FindingKind
    criterion: str
    standards: tuple[str, ...]
    standing: Stand
    since: date
    handed_over_on: date
    deadlines: Deadlines
    due: date
    days_late: int
    is_overdue: bool
    takes_objections: bool
    cure: CureShown | None
    proofs: tuple[ProofShown, ...]
    objections: tuple[ObjectionShown, ...]
    verdict: VerdictShown | None
    course: tuple[StepShown, ...]
    asked_on: date | None
    notice_until: date | None
    struck_off_on: date | None
    look_back_on: date | None
    looked_back_on: date | None
    checkpoint: date | None
    returns: int
    extensions: int
    reopenings: int
    is_of_audience: bool = False
    reported_on: date | None = None
    is_report_late: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Of findings that were handed over, as ``app.meeting.findings.summing`` counts them for everybody else."""

    issued: int
    struck_off: int
    on_notice: int
    long_term: int
    overdue: int
    reopened: int
    returned: int
    extended: int


@dataclass(frozen=True, slots=True)
class JoinedShown:
    """The composite of a unit as it was announced."""

    score: str | None
    grade: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question of the audience. ``answer`` is empty if it was answered aloud.

    ``finding``: the number under which ``of_unit`` was given it as a finding; 0 if it was not.
    """

    text: str
    upvotes: int
    is_answered: bool
    answer: str
    of_unit: str
    finding: int


@dataclass(frozen=True, slots=True)
class UnitShown:
    """``place``: which of the units of the plan it is, from 1. ``given_back``: numbers of what was not its own.

    ``votes``: once a poll on it has closed, how many voted; how they did once that is shown. ``unpublished``: the last
    year of the national calendar, if a day of its findings lies beyond. ``promises``: of the meeting before, once it is
    told how the panel judged them.
    """

    place: int
    unit: Unit
    result: ResultOfUnit | None
    rank: int | None
    joined: JoinedShown | None
    votes: VotesOnUnit | None
    reports: tuple[Attachment, ...]
    comments: tuple[PublicComment, ...]
    findings: tuple[FindingShown, ...]
    given_back: tuple[int, ...]
    counts: Counts
    questions: tuple[QuestionShown, ...] = ()
    unpublished: int = 0
    promises: tuple[Promised, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A line of the agenda: times of day as planned and as they were, empty where there is none yet."""

    kind: str
    title: str
    planned: str
    began: str
    ended: str
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """``as_of``: the day for which days late are counted. ``number`` and ``seal``: of the last entry of the record.

    ``edition``: by which two pictures of one record are told apart, where the plan is still being written.
    ``questions``: those that were asked of all units.
    """

    code: str
    name: str
    day: date
    place: str
    organisers: tuple[str, ...]
    status: str
    is_rehearsal: bool
    is_scored: bool
    full: str
    as_of: date
    number: int
    seal: str
    rule_seal: str
    rules: tuple[Said, ...]
    agenda: tuple[ItemShown, ...]
    units: tuple[UnitShown, ...]
    counts: Counts
    voices: tuple[str, ...]
    changes: tuple["Change", ...]
    feed_id: str
    edition: str = ""
    questions: tuple[QuestionShown, ...] = ()

    @property
    def has_long_agenda(self) -> bool:
        """Whether it has a page of its own, for the first page is to be light."""
        return len(self.agenda) > MOST_ON_FIRST_PAGE

    @property
    def files(self) -> dict[str, str]:
        """What may be opened, proofs and reports: its name by its SHA-256."""
        proofs = {each.sha256: each.name for unit in self.units for of in unit.findings for each in of.proofs}
        return {**proofs, **{each.sha256: each.name for unit in self.units for each in unit.reports}}

    def unit(self, id: str) -> UnitShown | None:
        return next((each for each in self.units if each.unit.id == id), None)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that everybody was told: of the meeting (without ``unit``), or of a unit's findings (``numbers``).

    ``id`` stays the same as long as the record does; ``at`` is an instant as the record writes it.
    """

    id: str
    at: str
    what: str
    unit: str = ""
    numbers: tuple[int, ...] = ()
    outcome: bool | None = None
