"""A meeting's record as files: the log line by line, the results with their working."""

import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from app.meeting.evolve import evolve
from app.meeting.ranking import Ranked, ranking
from app.meeting.scoring import Result, result_of
from app.meeting.state import Meeting
from app.store import log, plans
from app.store.files import write_private, written_privately


def write_log(connection: Connection, code: str, folder: Path) -> Path:
    """``CODE.log.jsonl``: each line ``{"line": <the sealed text>, "seal": …}``, in order."""
    path = folder / f"{code}.log.jsonl"
    with written_privately(path) as file:
        for entry in log.load(connection, code):
            said = json.dumps({"line": entry.line, "seal": entry.seal}, ensure_ascii=False)
            file.write(f"{said}\n".encode())
    return path


def write_results(connection: Connection, code: str, folder: Path) -> Path:
    """``CODE.results.json``: every closed round with its rank and working, and the rules: enough to reckon it again.

    Sheets are told by receipt, not by seat.
    """
    meeting = Meeting.planned(plans.load(connection, code))
    for entry in log.load(connection, code):
        meeting = evolve(meeting, entry.event)
    results = [result_of(meeting, round) for round in meeting.rounds.values() if not round.is_open]
    ranks = {each.result.round: each for each in ranking(meeting, results)}
    said = {
        "meeting": code,
        "rehearsal_of": meeting.plan.rehearsal_of,
        "title": meeting.plan.title,
        "mode": meeting.plan.mode,
        "units": [{"id": unit.id, "name": unit.name, "short_name": unit.short_name} for unit in meeting.plan.units],
        "criteria": [plainly(criterion) for criterion in meeting.plan.criteria],
        "rules": plainly(meeting.plan.rules),
        "rule_seal": meeting.seal,
        "rulings": [plainly(each) for each in meeting.rulings],
        "attendance": {
            meeting.seat(seat).label: at.isoformat()
            for seat, at in meeting.arrivals.items()
            if _is_a_seat(meeting, seat)
        },
        "results": [_result(meeting, each) | _rank(ranks.get(each.round)) for each in results],
    }
    path = folder / f"{code}.results.json"
    write_private(path, f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode())
    return path


def plainly(part: Any) -> Any:
    """A part of the plan as JSON has it: decimals as text, everything in it by name."""
    if is_dataclass(part):
        return {each.name: plainly(getattr(part, each.name)) for each in fields(part)}
    if isinstance(part, dict):
        return {str(name): plainly(each) for name, each in part.items()}
    if isinstance(part, tuple):
        return [plainly(each) for each in part]
    return str(part) if isinstance(part, Decimal) else part


def _rank(ranked: Ranked | None) -> dict[str, Any]:
    """The place among all closed rounds, and which tie break gave it; none without a score."""
    return {"rank": ranked.rank if ranked else None, "tie_broken_by": ranked.broken_by if ranked else None}


def _result(meeting: Meeting, result: Result) -> dict[str, Any]:
    turnout = {name: getattr(result.turnout, name) for name in (*result.turnout.__slots__, "entitled")}
    return {
        "round": result.round,
        "unit": meeting.unit(result.unit).name,
        "is_revealed": meeting.rounds[result.round].is_revealed,
        "outcome": result.outcome,
        "score": _text(result.score),
        "grade": result.grade,
        "approval": _text(result.approval),
        "turnout": turnout,
        "criteria": {each.criterion: str(each.shown) for each in result.criteria},
        "groups": {each.group: str(each.shown) for each in result.groups},
        "levels": {each.level.name: each.sheets for each in result.levels},
        "sheets": [
            {
                "receipt": sheet.receipt,
                "marks": {criterion: str(points) for criterion, points in sheet.marks.items()},
                "total": str(sheet.total),
                "dropped": sheet.dropped,
                "dropped_marks": sheet.dropped_marks,
            }
            for sheet in sorted(result.sheets, key=lambda each: each.receipt)
        ],
        "working": [{"code": step.code, "facts": step.facts} for step in result.working],
    }


def _is_a_seat(meeting: Meeting, id: str) -> bool:
    return any(seat.id == id for seat in meeting.plan.seats)


def _text(number: object | None) -> str | None:
    return None if number is None else str(number)
