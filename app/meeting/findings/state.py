"""A finding, and what has become of it: from the draft to the day on which it is struck off, and after."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum


class FindingKind(StrEnum):
    """By when it can be put right: at once, within the term, or only in the long run."""

    AT_ONCE = "at_once"
    IN_TERM = "in_term"
    LONG = "long"


class Stand(StrEnum):
    """Where a finding stands. Overdue is no standing: it is computed, never set."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    DISPUTED = "disputed"
    SIGNED_FOR = "signed_for"
    PLANNED = "planned"
    RECTIFYING = "rectifying"
    LONG_TERM = "long_term"
    ASKED = "asked"
    TO_VERIFY = "to_verify"
    VERIFIED = "verified"
    NOTICE = "notice"
    STRUCK_OFF = "struck_off"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({Stand.STRUCK_OFF, Stand.MERGED, Stand.WITHDRAWN})
"""Stages in which nobody waits for anything; after a look-back a finding that was struck off may come back."""


ON_ITS_WAY = (Stand.ASKED, Stand.TO_VERIFY, Stand.VERIFIED, Stand.NOTICE)
"""To be struck off: what turns out not to be so brings it back."""


class Party(StrEnum):
    """Whose move a step was, and whom a standing waits for."""

    BUREAU = "bureau"
    UNIT = "unit"
    VERIFIER = "verifier"
    PANEL = "panel"
    SOCIETY = "society"


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what may take. Working days by the national calendar where the field says so."""

    notice_working_days: int = 5
    dispute_working_days: int = 7
    plan_days: int = 15
    rectification_months: int = 2
    report_months: int = 4
    public_working_days: int = 5
    look_back_months: int = 6


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last day of each, counted from the day of handing over; they stay as they were first said.

    ``notice``: the papers are with the unit; ``dispute``: it may say that the finding is not its own.
    """

    notice: date
    dispute: date
    plan: date
    rectification: date
    report: date


@dataclass(frozen=True, slots=True)
class Standard:
    """What must be true for the finding to be struck off, agreed before work begins."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Cure:
    """How the unit means to put it right: why it came about, what is done, by whom, by when."""

    cause: str
    measures: str
    goal: str
    leader: str
    office: str
    person: str
    until: date


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows that standards are met. ``dated``: when it was made, not when it came in.

    ``is_public``: the bureau has ticked it. One taken away stays, with the time.
    """

    id: str
    standards: tuple[str, ...]
    name: str
    sha256: str
    bytes: int
    media_type: str
    dated: date
    added_at: datetime
    is_public: bool = False
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """The word of the unit's head that what is handed in is true."""

    name: str
    dated: date


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that was asked for; ``granted`` None: nobody has said yes or no.

    ``has_lapsed``: the finding has gone on, or was given another day, before anybody did; then nobody can any more.
    """

    until: date
    reason: str
    asked_at: datetime
    granted: bool | None = None
    answer: str = ""
    has_lapsed: bool = False

    @property
    def is_waiting(self) -> bool:
        return self.granted is None and not self.has_lapsed


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody said during the notice. Its text is shown once it is answered, unless the law forbids it."""

    id: str
    text: str
    raised_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    is_upheld: bool = False
    is_withheld: bool = False

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class Step:
    """One move in the course of a finding. ``what`` is the name of its event; ``author`` as it was typed.

    ``outcome``: where it was a yes or a no (granted, passed, accepted, upheld), which.
    """

    what: str
    party: Party
    at: datetime
    author: str = ""
    text: str = ""
    outcome: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """``sources``: ids of the comments it was made of, in the words of which the unit reads it;
    ``questions``: ids of those of the audience, likewise.

    ``number`` is the unit's own count, given when it is handed over; 0 before. ``due``: by when it is to be put right,
    with what was granted since; the first day stays in ``deadlines``. ``asked_with``, ``passed_with``: tags of the keys
    that asked to strike it off and that passed it on: neither may verify it. ``checkpoint``: it is long-term, also
    while it is being verified, and is looked at again then. ``reported_on``: the unit first reported on it.
    """

    id: str
    unit: str
    text: str
    kind: FindingKind
    drafted_at: datetime
    sources: tuple[str, ...] = ()
    criterion: str = ""
    standards: tuple[Standard, ...] = ()
    standing: Stand = Stand.DRAFT
    since: datetime | None = None
    number: int = 0
    handed_over_on: date | None = None
    deadlines: Deadlines | None = None
    due: date | None = None
    signed_for_by: str = ""
    disputed_to: str = ""
    cure: Cure | None = None
    proofs: tuple[Proof, ...] = ()
    extensions: tuple[Extension, ...] = ()
    pledge: Pledge | None = None
    asked_on: date | None = None
    asked_with: str = ""
    passed_with: str = ""
    on_site: str = ""
    notice_until: date | None = None
    objections: tuple[Objection, ...] = ()
    struck_off_on: date | None = None
    look_back_on: date | None = None
    looked_back_on: date | None = None
    checkpoint: date | None = None
    merged_into: str = ""
    reopened_at: datetime | None = None
    returns: int = 0
    reopenings: int = 0
    steps: tuple[Step, ...] = ()
    questions: tuple[str, ...] = ()
    reported_on: date | None = None

    @property
    def is_of_audience(self) -> bool:
        return bool(self.questions)

    @property
    def is_issued(self) -> bool:
        """Handed over to this unit, whatever has become of it."""
        return self.number > 0

    @property
    def was_issued(self) -> bool:
        """Handed over once, perhaps to another unit."""
        return any(step.what == "FindingHandedOver" for step in self.steps)

    @property
    def course(self) -> tuple[Step, ...]:
        """From the day on which its unit was handed it: what went before was a draft, or is another unit's matter."""
        begins = max((at for at, each in enumerate(self.steps) if each.what == "FindingHandedOver"), default=None)
        return self.steps[begins:] if begins is not None else ()

    @property
    def is_ended(self) -> bool:
        return self.standing in ENDED

    @property
    def days_set(self) -> tuple[date, ...]:
        """All days that were reckoned or agreed to, past or to come."""
        terms = () if self.deadlines is None else (getattr(self.deadlines, each.name) for each in fields(Deadlines))
        single = (self.due, self.checkpoint, self.notice_until, self.look_back_on)
        return (*terms, *(day for day in single if day is not None))

    @property
    def standing_proofs(self) -> tuple[Proof, ...]:
        """Those that count: not taken away, and newer than the last re-opening."""
        since = self.reopened_at
        return tuple(each for each in self.proofs if each.removed_at is None and (not since or each.added_at > since))

    @property
    def public_proofs(self) -> frozenset[str]:
        return frozenset(proof.id for proof in self.proofs if proof.is_public)

    @property
    def unproved(self) -> tuple[Standard, ...]:
        """Standards without a proof."""
        proved = {standard for proof in self.standing_proofs for standard in proof.standards}
        return tuple(standard for standard in self.standards if standard.id not in proved)

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(objection for objection in self.objections if objection.is_open)

    @property
    def waiting_extension(self) -> Extension | None:
        latest = self.extensions[-1] if self.extensions else None
        return latest if latest is not None and latest.is_waiting else None

    @property
    def granted_extensions(self) -> int:
        return sum(1 for extension in self.extensions if extension.granted)


@dataclass(frozen=True, slots=True)
class Report:
    """A unit's account of how these findings were put right, and the day on which it came in."""

    unit: str
    findings: tuple[str, ...]
    on: date
    text: str
    author: str
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All of a meeting, by id, in the order in which they were drafted; and the terms that hold for new ones.

    ``numbers``: the last number that each unit was given. None is given twice: numbers stand in papers. ``reports``: as
    they came in.
    """

    terms: Terms = field(default_factory=Terms)
    by_id: dict[str, Finding] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()

    def of_unit(self, unit: str) -> list[Finding]:
        return [finding for finding in self.by_id.values() if finding.unit == unit]

    @property
    def issued(self) -> list[Finding]:
        return [finding for finding in self.by_id.values() if finding.is_issued]

    def made_of(self, comment: str) -> list[Finding]:
        """Those that a comment has become part of, drafts that were merged left out."""
        return [each for each in self.by_id.values() if comment in each.sources and each.standing is not Stand.MERGED]
