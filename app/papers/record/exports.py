"""A meeting's record as files: the log line by line, the results with their working.

The log says everything, by seat, and belongs to the file. The results are written as they may be published; what else
the staff may see stands in a file of its own.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.meeting import events as e
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import told_counts
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import Ranked, ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.sealing import sealed_text
from app.meeting.telling import Account, SheetTold, tells_numbers, told, told_to_everybody, told_to_staff
from app.papers.folder.paper import JSON, LOG, Paper, file_name
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.record.public_log import public_log, standing_composites, standing_reveals

FORMAT = 2
"""Of the files of results; before they said it, it was 1."""


def papers_of_record(record: Proceedings) -> list[Paper]:
    code = file_name(record.code)
    told = public_log(record)
    return [
        Paper(f"{code}.log.jsonl", LOG, log_file(record), says="paper.log"),
        *([Paper(f"{code}.public.log.jsonl", LOG, told, for_public=True, says="paper.public_log")] if told else []),
        Paper(f"{code}.results.json", JSON, results_file(record), for_public=True, says="paper.results_data"),
        Paper(f"{code}.results-for-staff.json", JSON, full_results_file(record), says="paper.full_results_data"),
    ]


def log_file(record: Proceedings) -> bytes:
    """Each line ``{"line": <the sealed text>, "seal": …}``, in order."""
    lines = (json.dumps({"line": each.line, "seal": each.seal}, ensure_ascii=False) for each in record.entries)
    return "".join(f"{line}\n" for line in lines).encode()


def results_file(record: Proceedings) -> bytes:
    """The revealed results with rank and working, as everybody is told them; and the rules."""
    meeting = record.meeting
    rounds = [round for round in meeting.rounds.values() if round.is_revealed]
    results = [
        (told(meeting.plan, result), told_to_everybody(meeting.plan, result)) for result in _results(meeting, rounds)
    ]
    revealed = {round.id for round in rounds}
    # In what order the chair put units is seen by the ranks; who ruled and why is the record's matter. By grade alone
    # nobody is told that two have the same score.
    told_of = meeting.rulings if tells_numbers(meeting.plan) else ()
    rulings = [{"rounds": list(each.rounds)} for each in told_of if revealed.issuperset(each.rounds)]
    composites = _composites(record) if tells_numbers(meeting.plan) else _grades_of_composites(record)
    return _written(_said(record, results, rulings, composites))


def full_results_file(record: Proceedings) -> bytes:
    """The result of every closed round, every sheet by its receipt, not by seat.

    With the rules, and without the program, it is enough to reckon every result again.
    """
    meeting = record.meeting
    rounds = [round for round in meeting.rounds.values() if not round.is_open]
    results = [(result, told_to_staff(result)) for result in _results(meeting, rounds)]
    rulings = [plainly(each) for each in meeting.rulings]
    said = _said(record, results, rulings, _composites(record))
    return _written(said | {"attendance": _attendance(meeting)})


def _results(meeting: Meeting, rounds: list[Round]) -> list[Result]:
    return [result_of(meeting, round) for round in rounds]


def _composites(record: Proceedings) -> list[Any]:
    """As they stand announced, each with the points of its parts."""
    meeting = record.meeting
    return [
        {"unit_id": each.unit, **plainly(each), "unit": meeting.unit(each.unit).name}
        for each in meeting.composites.announced
    ]


def _grades_of_composites(record: Proceedings) -> list[Any]:
    """Without a number."""
    return [{name: each[name] for name in ("unit_id", "unit", "grade")} for each in _composites(record)]


def _said(
    record: Proceedings, results: list[tuple[Result, Account]], rulings: list[Any], composites: list[Any]
) -> dict[str, Any]:
    meeting = record.meeting
    numbered = [result for result, account in results if "scores" not in account.withheld]
    ranks = {each.result.round: each for each in ranking(meeting, numbered)}
    reveals = standing_reveals(record)
    return {
        "format": FORMAT,
        "meeting": meeting.plan.code,
        "entry": record.number,
        "seal": record.seal,
        "rehearsal_of": meeting.plan.rehearsal_of,
        "title": meeting.plan.name,
        "mode": meeting.plan.mode,
        "units": json.loads(sealed_text(meeting.plan))["units"],
        "groups": [{"id": each.id, "name": written(each)} for each in meeting.plan.groups],
        "criteria": [plainly(criterion) for criterion in meeting.plan.criteria],
        "rules": plainly(meeting.plan.rules),
        "rule_seal": meeting.seal,
        "sealed": sealed_text(meeting.plan),
        "reckoning": meeting.reckoning,
        "seeds": _seeds(record),
        "rulings": rulings,
        "results": [
            _result(meeting, *each) | {"entry": reveals.get(each[0].round)} | _rank(ranks.get(each[0].round))
            for each in results
        ],
        "composite": plainly(meeting.plan.composite),
        "composites_entry": standing_composites(record),
        "composites": composites,
    }


def _written(said: dict[str, Any]) -> bytes:
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()


def _attendance(meeting: Meeting) -> dict[str, str]:
    """When each seat came. Who was missing is told to nobody by the public log, nor so by the public results."""
    arrivals = meeting.panel.arrivals.items()
    return {meeting.seat(seat).label: at.isoformat() for seat, at in arrivals if _is_a_seat(meeting, seat)}


def _seeds(record: Proceedings) -> dict[str, str]:
    """Of draws that are over or were called off, by what was said of each before it."""
    seeds = (each.event.seed for each in record.entries if isinstance(each.event, e.DrawEnded | e.DrawCalledOff))
    return {commitment_of(seed): seed for seed in seeds if seed}


def plainly(part: Any) -> Any:
    """A part of the plan as JSON has it: decimals and days as text, everything in it by name."""
    if is_dataclass(part):
        return {each.name: plainly(getattr(part, each.name)) for each in fields(part)}
    if isinstance(part, dict):
        return {str(name): plainly(each) for name, each in part.items()}
    if isinstance(part, tuple):
        return [plainly(each) for each in part]
    return str(part) if isinstance(part, Decimal | date) else part


def _rank(ranked: Ranked | None) -> dict[str, Any]:
    """The place among the results of the file, and which tie break gave it; none without a score."""
    return {"rank": ranked.rank if ranked else None, "tie_broken_by": ranked.broken_by if ranked else None}


def _result(meeting: Meeting, result: Result, account: Account) -> dict[str, Any]:
    turnout = {name: getattr(result.turnout, name) for name in (*result.turnout.__slots__, "entitled")}
    return {
        "round": result.round,
        "unit_id": result.unit,
        "unit": meeting.unit(result.unit).name,
        "is_revealed": meeting.rounds[result.round].is_revealed,
        "outcome": result.outcome,
        "score": _text(result.score),
        "grade": result.grade,
        "approval": _text(result.approval),
        "turnout": turnout,
        "criteria": {each.criterion: str(each.shown) for each in account.criteria},
        "groups": {each.group: str(each.shown) for each in account.groups},
        "levels": {each.level.name: each.sheets for each in result.levels},
        "totals": [{"total": str(each.total), "dropped": each.dropped} for each in account.totals],
        "sheets": [_sheet(each) for each in account.sheets],
        "withheld": sorted(account.withheld),
        "working": [{"code": step.code, "facts": step.facts} for step in account.working],
        **_promises(meeting, meeting.rounds[result.round]),
    }


def _promises(meeting: Meeting, round: Round) -> dict[str, Any]:
    """How the panel judged those of the meeting before, as it was told beside the result; nothing where it did not."""
    counts = told_counts(meeting, round.unit) if round.is_revealed else ()
    return {"promises": plainly(counts)} if counts else {}


def _sheet(sheet: SheetTold) -> dict[str, Any]:
    """By its receipt: that it was counted, and how it was marked where that is told."""
    if sheet.total is None:
        return {"receipt": sheet.receipt}
    return {
        "receipt": sheet.receipt,
        "marks": {criterion: str(points) for criterion, points in sheet.marks.items()},
        "total": str(sheet.total),
        "dropped": sheet.dropped,
        "dropped_marks": sheet.dropped_marks,
    }


def _is_a_seat(meeting: Meeting, id: str) -> bool:
    return any(seat.id == id for seat in meeting.plan.seats)


def _text(number: object | None) -> str | None:
    return None if number is None else str(number)
