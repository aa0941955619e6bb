"""A record full of findings, as the benches of the second half need it: written at once, by the rules."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.events import Event
from app.meeting.evolve import fold
from app.meeting.findings.state import Cure, Deadlines, FindingKind, Pledge, Standard
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.store import log, proofs
from app.store.database import Database
from app.store.project import project

STANDARDS = tuple(Standard(f"standard-{each}", f"第{each}项：数据已公布，台账可查") for each in (1, 2))
STAGES = 5
"""At work, asked for, to be verified, verified, on notice: as they lie side by side after two months."""
BYTES_OF_PROOF = 20_000


@dataclass
class Filling:
    """Goes through the course of findings by the rules, and keeps the events."""

    meeting: Meeting
    events: list[Event] = field(default_factory=list)

    def does(self, *commands: c.Command) -> None:
        now = self.meeting.plan.starts_at + timedelta(seconds=len(self.events))
        for command in commands:
            events = decide(self.meeting, command, now)
            self.meeting = fold(self.meeting, events)
            self.events += events


def fill(database: Database, plan: Plan, findings: int, proofs_of_each: int) -> None:
    """So many findings of each unit, with so many proofs each. The plan is in the database already."""
    filling = Filling(Meeting.planned(plan))
    filling.does(c.OpenMeeting(plan))
    for unit in plan.units:
        for each in range(findings):
            filling.does(*_course(plan, unit.id, finding_of(unit.id, each), each, proofs_of_each))
    with database.writing() as connection:
        tail = log.beginning(plan.code)
        entries: list[log.Entry] = []
        for event in filling.events:
            id = f"command-{tail.seq + 1}"
            entries += log.entries_after(tail, plan.code, "organiser", id, [event], "tag-desk")
            tail = log.Tail(entries[-1].seq, entries[-1].seal)
        log.append(connection, plan.code, entries)
        project(connection, Meeting.planned(plan), filling.meeting)
        for finding in filling.meeting.findings.by_id.values():
            for proof in finding.proofs:
                proofs.keep(connection, plan.code, content_of(proof.id))


def finding_of(unit: str, number: int) -> str:
    return hashlib.sha256(f"{unit} {number}".encode()).hexdigest()[:24]


def content_of(proof: str) -> bytes:
    return f"%PDF-1.7 {proof} ".encode().ljust(BYTES_OF_PROOF, b".")


def _course(plan: Plan, unit: str, id: str, number: int, proofs_of_each: int) -> Iterator[c.Command]:
    on = plan.starts_at.date()
    days = Deadlines(*(on + timedelta(days=each) for each in (7, 9, 15, 61, 120)))
    text = f"面向新就业群体的普法内容少，效果没有数据支撑（{number}）。" * 3
    yield c.DraftFinding(id, unit, text, FindingKind.IN_TERM, "普法办", (), "", STANDARDS)
    yield c.HandOver((id,), days, "普法办")
    yield c.SignFor(unit, (id,), "经办人")
    why, how = "内容与需求脱节" * 5, "分类制作，每季度公布；" * 5
    cure = Cure(why, how, "知晓率九成", "分管领导", "法规处", "经办人", days.plan)
    yield c.SendCure(unit, id, cure, "经办人")
    yield c.AgreeCure(id, "普法办")
    for each in range(proofs_of_each):
        yield _proof(unit, id, f"{id}-proof-{each}", STANDARDS[each % 2].id, plan)
    stage = number % STAGES
    if stage >= 1:
        yield c.AskStrikeOff(unit, id, "三项措施均已完成", Pledge("主要负责人", on), "经办人", "tag-unit")
    if stage >= 2:
        yield c.PassOn(id, "普法办", "tag-desk")
    if stage >= 3:
        yield c.VerifyFinding(id, True, "现场核对过", "核验组", key="tag-seen")
    if stage >= 4:
        yield c.ShowProofs(id, (f"{id}-proof-0",), "普法办")
        yield c.GiveNotice((id,), on + timedelta(days=7), "普法办")


def _proof(unit: str, finding: str, id: str, standard: str, plan: Plan) -> c.AddProof:
    sha256 = hashlib.sha256(content_of(id)).hexdigest()
    on = plan.starts_at.date()
    return c.AddProof(
        unit, finding, id, (standard,), f"{id}.pdf", sha256, BYTES_OF_PROOF, "application/pdf", on, "经办人"
    )
