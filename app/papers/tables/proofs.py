"""佐证材料: the proofs as files, for the file alone, and a table of all of them with their digests.

They are laid in as they came and never looked into: to us each is nothing but bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from app.meeting.findings.state import Finding, Proof
from app.meeting.meeting import Meeting
from app.papers.folder.paper import Paper, file_name
from app.papers.folder.proceedings import Proceedings
from app.papers.tables.table import Column, Table, Value, papers_of_table

TITLE = "佐证材料"
BYTES = "application/octet-stream"
NOT_IN_FOLDER = "未附（见数据库备份）"
COLUMNS = (
    Column("单位", "unit", 22),
    Column("问题编号", "number", 10),
    Column("验收标准", "standards", 40),
    Column("文件名", "name", 30),
    Column("形成日期", "dated", 12),
    Column("提交时间", "added", 18),
    Column("大小（字节）", "bytes", 14),
    Column("SHA-256", "sha256", 66),
    Column("情况", "state", 10),
    Column("在本文件夹", "file", 40),
)


@dataclass(frozen=True, slots=True)
class Laid:
    """A proof of a finding, and under which name it lies in the folder; empty if it does not."""

    finding: Finding
    proof: Proof
    file: str


def papers_of_proofs(record: Proceedings) -> list[Paper]:
    laid = list(_laid(record))
    if not laid:
        return []
    table = Table(f"{TITLE}目录", COLUMNS, [_row(record.meeting, each) for each in laid])
    files = [
        Paper(each.file, BYTES, record.proofs[each.proof.sha256], says="paper.proof") for each in laid if each.file
    ]
    return [*papers_of_table(record, table, "paper.proofs"), *files]


def _laid(record: Proceedings) -> Iterator[Laid]:
    order = {unit.id: at for at, unit in enumerate(record.meeting.plan.units)}
    findings = sorted(record.meeting.findings.by_id.values(), key=lambda each: (order[each.unit], each.number))
    for finding in findings:
        for at, proof in enumerate(finding.proofs, start=1):
            yield Laid(finding, proof, _file(record, finding, proof, at) if proof.sha256 in record.proofs else "")


def _file(record: Proceedings, finding: Finding, proof: Proof, at: int) -> str:
    """Told apart by finding and place: units call many files alike."""
    unit = record.meeting.unit(finding.unit)
    path = PurePath(proof.name)
    stem = file_name(f"{unit.short_name or unit.name}-{finding.number}-{at:02}-{path.stem}")
    return f"{TITLE}/{stem}{path.suffix}"


def _row(meeting: Meeting, laid: Laid) -> tuple[Value, ...]:
    finding, proof = laid.finding, laid.proof
    numbers = {standard.id: at for at, standard in enumerate(finding.standards, start=1)}
    return (
        meeting.unit(finding.unit).name,
        finding.number,
        "、".join(str(numbers[each]) for each in proof.standards if each in numbers),
        proof.name,
        proof.dated.isoformat(),
        f"{meeting.plan.in_the_hall(proof.added_at):%Y-%m-%d %H:%M}",
        proof.bytes,
        proof.sha256,
        _state(finding, proof),
        laid.file or NOT_IN_FOLDER,
    )


def _state(finding: Finding, proof: Proof) -> str:
    if proof.removed_at is not None:
        return "已撤下"
    return "有效" if proof in finding.standing_proofs else "不再计入"
