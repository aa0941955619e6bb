"""What came of the second half, held against the record: nothing acknowledged is lost, nothing was done twice, the
tables are what the log says, and society reads what is true and no more."""

import html
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.rehearsal.second_half.steps import Step, Steps
from app.store import log
from app.store.database import Database

Lines = dict[str, list[tuple[str, str]]]
"""The lines of a log by the kind of their entries, each with the id of its command."""


def lines_of(database: Database, code: str) -> Lines:
    found: Lines = defaultdict(list)
    with database.reading() as connection:
        for entry in log.load(connection, code):
            found[type(entry.event).__name__].append((entry.command, entry.line))
    return found


def times_found(lines: Lines, step: Step) -> int:
    """By how many commands it came into the record."""
    return len({command for command, line in lines[step.kind] if step.mark in line})


def held_against(lines: Lines, steps: Steps) -> tuple[tuple[Step, ...], tuple[Step, ...], tuple[Step, ...]]:
    """Of what was acknowledged what the record lacks, and what it has twice; of what was refused what it has."""
    times = {step: times_found(lines, step) for step in (*steps.acked, *steps.refused)}
    return (
        tuple(step for step in steps.acked if times[step] == 0),
        tuple(step for step in steps.acked if times[step] > 1),
        tuple(step for step in steps.refused if times[step]),
    )


def public_faults(meeting: Meeting, published: str, pages: Mapping[str, str], authors: Iterable[str]) -> list[str]:
    """Where what society reads is not what the record says: on the pages of the units, and in the file for programs.

    ``authors``: how the names begin that were typed for who acted, none of which may be told.
    """
    said = {each["id"]: each for each in json.loads(published)["units"]}
    faults = [
        fault for unit in meeting.plan.units for fault in _of_unit(meeting, unit.id, said, pages.get(unit.id, ""))
    ]
    everything = "\n".join((published, *pages.values()))
    return [*faults, *(f"{author} is told" for author in authors if author in everything)]


def _of_unit(meeting: Meeting, unit: str, said: Mapping[str, Any], page: str) -> Iterator[str]:
    issued = {each.number: each for each in meeting.findings.of_unit(unit) if each.is_issued}
    told = {each["number"]: each for each in said.get(unit, {"findings": []})["findings"]}
    if told.keys() != issued.keys():
        yield f"{unit}: {sorted(told)} for {sorted(issued)}"
    for number in issued.keys() & told.keys():
        expected = _facts(issued[number])
        found = {name: told[number][name] for name in expected if name in told[number]}
        found["answers"] = [each["answer"] for each in told[number]["objections"]]
        found["proofs"] = len(told[number]["proofs"])
        if found != expected:
            yield f"{unit} {number}: {found} for {expected}"
        lacking = [text for text in (issued[number].text, *expected["answers"]) if html.escape(text) not in page]
        yield from (f"{unit} {number}: the page lacks “{text}”" for text in lacking)


def _facts(finding: Finding) -> dict[str, Any]:
    return {
        "text": finding.text,
        "standing": finding.standing.value,
        "returns": finding.returns,
        "reopenings": finding.reopenings,
        "struck_off_on": finding.struck_off_on.isoformat() if finding.struck_off_on else None,
        "answers": [each.answer for each in finding.objections],
        "proofs": sum(each.is_public for each in finding.standing_proofs),
    }
