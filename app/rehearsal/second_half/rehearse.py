"""A meeting, and the two months after it, played on a server and a database of their own, which are gone afterwards."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.language.sentences import sentence_of
from app.meeting.plan import Plan
from app.meeting.refusals import Said
from app.rehearsal import rehearse, stage
from app.rehearsal.days import Days
from app.rehearsal.latencies import milliseconds
from app.rehearsal.process import ServerProcess
from app.rehearsal.second_half.course import DAYS_OF_WORK, FINDINGS_OF_UNIT, Course, invited
from app.rehearsal.second_half.examination import held_against, lines_of, public_faults
from app.rehearsal.second_half.steps import Step, Steps
from app.rehearsal.second_half.unit import Draft
from app.rehearsal.tempo import Tempo
from app.store import rehearsals
from app.store.database import Database
from app.store.verify import verify

AS_FAST_AS_IT_GOES = Tempo(speed=60_000)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. Of ``lost``, ``twice``, ``smuggled``, ``drafts_gone``, ``public`` and ``faults`` there must be
    none: steps that the record lacks or has twice, steps that were refused and stand there, drafts that were kept and
    are gone, what society reads and is not so, and what a check of the whole record finds.
    """

    first_half: rehearse.Report
    seconds: float
    steps: Steps
    standings: Counter[str]
    counted: Counter[str]
    lost: tuple[Step, ...]
    twice: tuple[Step, ...]
    smuggled: tuple[Step, ...]
    drafts: dict[Draft, bool]
    public: tuple[str, ...]
    faults: tuple[Said, ...]

    @property
    def drafts_gone(self) -> tuple[Draft, ...]:
        return tuple(draft for draft, is_there in self.drafts.items() if not is_there)

    @property
    def is_good(self) -> bool:
        wrong = (self.lost, self.twice, self.smuggled, self.drafts_gone, self.public, self.faults)
        return self.first_half.is_good and not any(wrong) and bool(self.steps.acked) and bool(self.drafts)

    def as_json(self) -> dict[str, Any]:
        return {
            "meeting": self.first_half.as_json(),
            "days": DAYS_OF_WORK[-1],
            "seconds": round(self.seconds, 1),
            "requests": self.steps.answers.total(),
            "repeated": self.steps.repeated,
            "acked": len(self.steps.acked),
            "acked_by_kind": dict(Counter(step.kind for step in self.steps.acked).most_common()),
            "refused": len(self.steps.refused),
            "p50_ms": milliseconds(self.steps.percentile(0.50)),
            "p99_ms": milliseconds(self.steps.percentile(0.99)),
            "standings": dict(self.standings.most_common()),
            **self.counted,
            "lost": len(self.lost),
            "twice": len(self.twice),
            "smuggled": len(self.smuggled),
            "drafts_kept": sum(self.drafts.values()),
            "drafts_gone": len(self.drafts_gone),
            "public": list(self.public),
            "faults": [sentence_of(fault) for fault in self.faults],
        }


@dataclass(frozen=True)
class Premises:
    """Where a second half is played: a server whose days pass, its database, and the rehearsal in it."""

    server: ServerProcess
    database: Database
    plan: Plan
    days: Days


@contextmanager
def premises_for(plan: Plan) -> Iterator[Premises]:
    """With a rehearsal of this plan and nothing else: where days pass there is no real meeting."""
    copy = plan if plan.is_rehearsal else rehearsals.copy_of(plan, number=1)
    with stage.scratch(copy) as where, stage.opened(where) as database:
        days = Days(Path(where).with_name("days"), copy.starts_at)
        with ServerProcess(where, days=days.file) as server:
            yield Premises(server, database, copy, days)


def rehearse_second_half(plan: Plan, tempo: Tempo = AS_FAST_AS_IT_GOES, number: int = FINDINGS_OF_UNIT) -> Outcome:
    """``number``: of findings of each unit. Raises RehearsalFailed if it breaks off."""
    with premises_for(plan) as here:
        return played(here, tempo, number)


def played(here: Premises, tempo: Tempo, number: int) -> Outcome:
    code, steps = here.plan.code, Steps()
    first_half = rehearse.rehearse_at(here.server.url, here.database, code, tempo)
    began = time.monotonic()
    with invited(here.server.url, here.database, here.plan, steps, here.days) as company:
        course = Course(here.server, here.plan, company, steps, here.days, number)
        course.play()
        seconds = time.monotonic() - began
        published, pages = company.citizen.opens("/public/public.json"), company.citizen.reads()
    meeting, lines = stage.meeting_of(here.database, code), lines_of(here.database, code)
    findings = meeting.findings.by_id.values()
    with here.database.reading() as connection:
        faults = verify(connection, code).faults
    return Outcome(
        first_half,
        seconds,
        steps,
        Counter(each.standing.value for each in findings),
        Counter(
            findings=len(findings),
            returned=sum(each.returns for each in findings),
            reopened=sum(each.reopenings for each in findings),
            objections=sum(len(each.objections) for each in findings),
            proofs=sum(len(each.proofs) for each in findings),
        ),
        *held_against(lines, steps),
        course.drafts,
        tuple(public_faults(meeting, published, pages, company.authors)),
        faults,
    )
